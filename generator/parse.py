"""Read a contract with openapi-python-client; whatever it warns of or leaves out stops the build."""

import hashlib
import re
from pathlib import Path
from typing import Any

from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.openapi import Endpoint, GeneratorData
from openapi_python_client.parser.properties import ModelProperty

from generator.distil import operations
from generator.normalise import JSON

_FILE = "application/octet-stream"
_OBJECT = re.compile(r"<\S*UntrustedString object at \w+>")  # what it says of names, for want of a `__str__`


class ParserFault(Exception):
    """openapi-python-client warned, or left something out; each reason has its words, on one line."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = [" ".join(_OBJECT.sub("a name", reason).split()) for reason in reasons]
        super().__init__("\n".join(self.reasons))


def config() -> Config:
    """Return the settings of openapi-python-client: our own layout and formatting come later."""
    settings = ConfigFile(literal_enums=True, use_path_prefixes_for_title_model_names=False)
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
        raise ParserFault(*(f"{fault.header} {fault.detail}" for fault in faults))
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
    successes = {status: _answer(each) for status, each in operation["responses"].items() if status.startswith("2")}
    read: dict[str, Any] = {key: operation[key] for key in ("operationId", "deprecated") if key in operation}
    read |= {"responses": successes, "parameters": [_parameter(each) for each in operation["parameters"]]}
    if operation.get("requestBody", {}).get("content"):
        body = operation["requestBody"]
        content = {media_type: {"schema": _schema(each["schema"])} for media_type, each in body["content"].items()}
        read["requestBody"] = {"required": body["required"], "content": content}
    return read


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    known: dict[str, Any] = {
        key: parameter[key] for key in ("name", "in", "required", "deprecated") if key in parameter
    }
    return {**known, "schema": _schema(parameter["schema"])}


def _answer(answer: dict[str, Any]) -> dict[str, Any]:
    """Call a file all that is neither JSON nor text: which one it is makes no difference to a caller."""
    content = {
        media_type if media_type == JSON or media_type.startswith("text/") else _FILE: (
            {"schema": _schema(media["schema"])} if "schema" in media else {}
        )
        for media_type, media in answer.get("content", {}).items()
    }
    return {"description": "", **({"content": content} if content else {})}


def _schema(plain: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in plain:
        return {"$ref": plain["$ref"]}
    kept = {key: value for key, value in plain.items() if key not in ("default", "description", "not")}
    if "properties" in plain:
        kept["properties"] = {name: _schema(part) for name, part in plain["properties"].items()}
    for key in ("items", "additionalProperties"):
        if isinstance(plain.get(key), dict):
            kept[key] = _schema(plain[key])
    if "anyOf" in plain:
        kept["anyOf"] = [_schema(part) for part in plain["anyOf"]]
    if "enum" in plain:
        kept["title"] = _title(plain["enum"])
    return kept


def _title(values: list[Any]) -> str:
    """Return a name that only enums of these values have: openapi-python-client refuses two of one name.

    We write literals, so that nobody meets it.
    """
    return f"Enum {hashlib.sha256(repr(values).encode()).hexdigest()}"
