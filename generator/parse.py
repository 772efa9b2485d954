"""Read a contract with openapi-python-client; whatever it warns of or leaves out stops the build."""

from pathlib import Path
from typing import Any

from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint, GeneratorData
from openapi_python_client.parser.properties import ModelProperty

from generator.distil import operations

# Only spelled here: our templates treat each as a file.
BINARY = {"application/pdf": "application/octet-stream"}


class ParserFault(Exception):
    """openapi-python-client warned, or left something out; the message has its words."""


def config() -> Config:
    """Return the settings of openapi-python-client: our own layout and formatting come later."""
    settings = ConfigFile(
        literal_enums=True, content_type_overrides=BINARY, use_path_prefixes_for_title_model_names=False
    )
    return Config.from_sources(
        settings, MetaType.NONE, Path("contract.json"), "utf-8", overwrite=True, output_path=Path()
    )


def parse(document: dict[str, Any], settings: Config) -> GeneratorData:
    """Return what openapi-python-client makes of a contract, all of it."""
    data = GeneratorData.from_dict(_readable(document), config=settings)
    if isinstance(data, GeneratorError):
        raise ParserFault(f"{data.header}: {data.detail}")
    faults = [*data.errors, *(fault for tag in data.endpoint_collections_by_tag.values() for fault in tag.parse_errors)]
    if faults:
        raise ParserFault("\n".join(f"{fault.header} {fault.detail}" for fault in faults))
    _complete({str(model.class_info.name) for model in data.models}, set(document["components"]["schemas"]), "models")
    _complete(
        {str(each.name) for each in endpoints(data)},
        {each["operationId"] for _, _, each in operations(document)},
        "operations",
    )
    return data


def _complete(parsed: set[str], wanted: set[str], what: str) -> None:
    if lost := sorted(wanted - parsed):
        raise ParserFault(f"openapi-python-client lost {len(lost)} {what}: {', '.join(lost[:20])}")


def endpoints(data: GeneratorData) -> list[Endpoint]:
    """Return the operations, in the order of the document."""
    return [endpoint for tag in data.endpoint_collections_by_tag.values() for endpoint in tag.endpoints]


def models(data: GeneratorData) -> dict[str, ModelProperty]:
    """Return the models by name."""
    return {str(model.class_info.name): model for model in data.models}


def _readable(document: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the client does not take over: defaults are Zoom's to apply, errors are decoded in one place."""
    paths = {
        path: {method: _operation(operation) for method, operation in item.items()}
        for path, item in document.get("paths", {}).items()
    }
    return {
        "openapi": document["openapi"],
        "info": {"title": document["info"].get("title") or "Zoom", "version": document["info"].get("version") or "0"},
        "paths": paths,
        "components": {"schemas": {name: _schema(each) for name, each in document["components"]["schemas"].items()}},
    }


def _operation(operation: dict[str, Any]) -> dict[str, Any]:
    successes = {status: _schema(each) for status, each in operation["responses"].items() if status.startswith("2")}
    read: dict[str, Any] = {key: operation[key] for key in ("operationId", "deprecated") if key in operation}
    read |= {"responses": successes, "parameters": [_parameter(each) for each in operation["parameters"]]}
    if operation.get("requestBody", {}).get("content"):
        read["requestBody"] = _schema(operation["requestBody"])
    return read


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    known: dict[str, Any] = {
        key: parameter[key] for key in ("name", "in", "required", "deprecated") if key in parameter
    }
    return {**known, "schema": _schema(parameter["schema"])}


def _schema(value: Any) -> Any:
    if isinstance(value, list):
        return [_schema(each) for each in value]
    if not isinstance(value, dict):
        return value
    is_schema = isinstance(value.get("type"), str) or "anyOf" in value or "$ref" in value
    kept = {key: _schema(each) for key, each in value.items() if not (is_schema and key in ("default", "description"))}
    return {"$ref": kept["$ref"]} if "$ref" in kept and is_schema else kept
