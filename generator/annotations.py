"""Spell the Python types of openapi-python-client's properties the way our models declare them."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from openapi_python_client.parser.properties import LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.union import UnionProperty

QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
"""A text in an annotation: the values of `Literal[…]` are not names."""

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


def hint(prop: PropertyProtocol, *, answered: bool = False, inside: bool = False) -> str:
    """Return the annotation of a property. Inside lists and alternatives a time is the text that Zoom sends.

    In what Zoom has `answered` an enumeration is open: Zoom sends values that its documents do not have.
    """
    kinds = {_option(each, answered, inside): _kind_of_values(each) for each in _alternatives(prop)}
    # Where a document itself has any text beside some texts, those are not an enumeration.
    options = {option for option, kind in kinds.items() if kind not in kinds}
    return " | ".join(_sort(options | {kinds[option] for option in options if answered and kinds[option]}))


def _alternatives(prop: PropertyProtocol) -> Iterator[PropertyProtocol]:
    if isinstance(prop, UnionProperty):
        for each in prop.inner_properties:
            yield from _alternatives(each)
    else:
        yield prop


def _option(prop: PropertyProtocol, answered: bool, inside: bool) -> str:
    """Return the annotation of a property that has no alternatives."""
    if isinstance(prop, ModelProperty):
        return str(prop.class_info.name) if _has_fields(prop) else "dict[str, Any]"
    if isinstance(prop, LiteralEnumProperty):
        return f"Literal[{', '.join(map(_literal, sorted(prop.values)))}]"
    if isinstance(prop, ListProperty):
        return f"list[{hint(prop.inner_property, answered=answered, inside=True)}]"
    name = _SCALARS[type(prop).__name__]
    return "str" if inside and name in ("datetime", "date") else name


def _kind_of_values(prop: PropertyProtocol) -> str:
    """Return the type of the values of an enumeration, and nothing for what is none."""
    return type(next(iter(prop.values))).__name__ if isinstance(prop, LiteralEnumProperty) else ""


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
    known = annotation.removesuffix(" | None")  # the last of the alternatives: an item of a list may be None too
    return f"{known} | Unset{annotation[len(known) :]}"


def names_in(annotations: Iterable[str]) -> set[str]:
    """Return the capitalised names in annotations: models, and what comes from typing."""
    bare = re.sub(QUOTED, "", " ".join(annotations))
    return set(re.findall(r"\b(?:[A-Z]\w*|datetime|date)\b", bare))
