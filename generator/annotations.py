"""Spell the Python types of openapi-python-client's properties the way our models declare them."""

import json
from typing import Any

from openapi_python_client.parser.properties import LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.union import UnionProperty

_SCALARS = {
    "StringProperty": "str",
    "UuidProperty": "str",
    "IntProperty": "int",
    "FloatProperty": "float",
    "BooleanProperty": "bool",
    "DateTimeProperty": "datetime",
    "DateProperty": "date",
    "FileProperty": "File",
    "NoneProperty": "None",
    "AnyProperty": "Any",
}


def hint(prop: PropertyProtocol, *, inside: bool = False) -> str:
    """Return the annotation of a property. Inside lists and alternatives a time is the text that Zoom sends."""
    if isinstance(prop, ModelProperty):
        return str(prop.class_info.name) if _has_fields(prop) else "dict[str, Any]"
    if isinstance(prop, LiteralEnumProperty):
        return f"Literal[{', '.join(map(_literal, sorted(prop.values)))}]"
    if isinstance(prop, ListProperty):
        return f"list[{hint(prop.inner_property, inside=True)}]"
    if isinstance(prop, UnionProperty):
        return " | ".join(_sort({hint(each, inside=inside) for each in prop.inner_properties}))
    name = _SCALARS[type(prop).__name__]
    return "str" if inside and name in ("datetime", "date") else name


def _has_fields(prop: ModelProperty) -> bool:
    return bool(prop.data.properties)


def _sort(options: set[str]) -> list[str]:
    """Order alternatives as a reader expects them, None last; Any swallows the others."""
    return ["Any"] if "Any" in options else sorted(options, key=lambda option: (option == "None", option))


def _literal(value: Any) -> str:
    """Spell a value as the formatter would: text in double quotes."""
    plain = isinstance(value, str) and value.isprintable()
    return json.dumps(value, ensure_ascii=False) if plain else repr(value)


def optional(annotation: str, required: bool) -> str:
    """Return the annotation of a field or parameter that may be left out."""
    if required or annotation == "Any":
        return annotation
    known, none, _ = annotation.partition(" | None")
    return f"{known} | Unset{none}"
