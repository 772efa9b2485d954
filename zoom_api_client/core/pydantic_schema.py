"""Tell pydantic, and so FastAPI, how to treat a field whose type is a model. Only pydantic calls this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Literal, get_args, get_origin

from pydantic_core import core_schema as pydantic

from zoom_api_client.core import decoding, validation
from zoom_api_client.core.protocols import ModelLike, is_model
from zoom_api_client.core.unset import Unset

_TYPES: dict[Any, dict[str, str]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    type(None): {"type": "null"},
    None: {"type": "null"},
}


def core_schema(cls: type[ModelLike], make: Callable[[Mapping[str, Any]], ModelLike]) -> Any:
    """Return the schema by which pydantic makes a model, from JSON objects with `make`, and JSON of a model."""
    return pydantic.no_info_plain_validator_function(
        lambda value: _convert(cls, make, value),
        serialization=pydantic.plain_serializer_function_ser_schema(cls.to_dict),
        metadata={"pydantic_js_functions": [lambda schema, handler: json_schema(cls)]},
    )


def _convert(cls: type[ModelLike], make: Callable[[Mapping[str, Any]], ModelLike], value: Any) -> ModelLike:
    if isinstance(value, cls):
        return value
    if not isinstance(value, Mapping):
        raise ValueError(f"give a JSON object or {cls.__name__}, not {type(value).__name__}")
    return make(value)


def json_schema(cls: Any) -> dict[str, Any]:
    """Return the JSON Schema of a model. No enum is closed and no field forbidden: Zoom adds to both without notice."""
    fields = validation.hints_of(cls)
    required = [wire for wire, (is_required, _) in fields.items() if is_required]
    return {
        "title": cls.__name__,
        "type": "object",
        "properties": {wire: _schema(hint) for wire, (_, hint) in fields.items()},
        **({"required": required} if required else {}),
    }


def _schema(hint: Any) -> dict[str, Any]:
    options = [_option(each) for each in decoding.options_of(hint) if each is not Unset]
    distinct = [each for index, each in enumerate(options) if each not in options[:index]]
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}


def _option(option: Any) -> dict[str, Any]:
    if is_model(option):
        return json_schema(option)
    origin, inner = get_origin(option), get_args(option)
    if origin is list:
        return {"type": "array", "items": _schema(inner[0])}
    if origin is dict:
        return {"type": "object"}
    if origin is Literal:
        return {**_TYPES.get(type(inner[0]), {}), "examples": list(inner)}
    return dict(_TYPES.get(option, {}))
