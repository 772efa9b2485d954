"""The fields of a model: how they are declared, given to the constructor, read and set."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

import attrs

from zoom_api_client.core import decoding
from zoom_api_client.core.unset import UNSET

if TYPE_CHECKING:
    from zoom_api_client.core.protocols import ModelLike

_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_NAMES_A_MODEL = re.compile(r"\b(?!(?:Any|Literal|Unset|File|None)\b)[A-Z]\w*")
_TIME = re.compile(r"\b(datetime|date)\b")


def named(wire: str, *, default: Any = attrs.NOTHING) -> Any:
    """Declare a field whose name in JSON is not a Python name: `from_: str = named("from")`."""
    return attrs.field(default=default, metadata={"wire": wire})


def declare(cls: type[ModelLike]) -> None:
    """Make an attrs class of a declaration of fields, with `UNSET` for what an answer does not carry."""
    attrs.define(cls, slots=False, kw_only=True, init=False, eq=False, repr=False)
    nested: dict[str, decoding.Nested] = {}
    cls._fields, cls._wires = {}, {}
    for field in attrs.fields(cast(Any, cls)):
        wire = field.metadata.get("wire", field.name)
        hint = _QUOTED.sub("''", field.type)
        cls._fields[wire], cls._wires[field.name] = field.name, wire
        setattr(cls, field.name, _access(field.name, wire, hint))
        if _NAMES_A_MODEL.search(hint):
            nested[wire] = decoding.Nested(cls, field.type)
    cls._required = tuple(field.name for field in attrs.fields(cast(Any, cls)) if field.default is attrs.NOTHING)
    cls._nested = tuple(nested.items())


def _access(name: str, wire: str, hint: str) -> Any:
    """Return what the class has for a field: how it is read, or only `UNSET` where the JSON object has the name."""
    if time := _TIME.search(hint):
        return _Time(wire, datetime if time.group() == "datetime" else date)
    return UNSET if wire == name else _Renamed(wire)


class _Renamed:
    """A field that stands in the JSON object under another name."""

    def __init__(self, wire: str) -> None:
        self.wire = wire

    def __get__(self, instance: ModelLike | None, owner: type[ModelLike]) -> Any:
        return UNSET if instance is None else instance.__dict__.get(self.wire, UNSET)

    def __set__(self, instance: ModelLike, value: Any) -> None:
        instance.__dict__[self.wire] = value

    def __delete__(self, instance: ModelLike) -> None:
        del instance.__dict__[self.wire]


class _Time(_Renamed):
    """A time that stays the text that Zoom sent, and is parsed when it is read; other text is given as it is."""

    def __init__(self, wire: str, kind: type[date]) -> None:
        super().__init__(wire)
        self.parse: Callable[[str], date] = kind.fromisoformat

    def __get__(self, instance: ModelLike | None, owner: type[ModelLike]) -> Any:
        value = UNSET if instance is None else instance.__dict__.get(self.wire, UNSET)
        if not isinstance(value, str):
            return value
        try:
            return self.parse(value)
        except ValueError:
            return value


class Signature:
    """The signature of a model's constructor, for `help()`, `inspect` and editors that run the code."""

    def __get__(self, instance: ModelLike | None, owner: type[ModelLike]) -> inspect.Signature:
        given = [
            inspect.Parameter(
                field.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if field.default is attrs.NOTHING else field.default,
                annotation=field.type,
            )
            for field in (attrs.fields(cast(Any, owner)) if attrs.has(owner) else ())
        ]
        return inspect.Signature(given)


def collect(cls: type[ModelLike], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON object of what a constructor was given; raises `TypeError` as a function would."""
    if unknown := next((name for name in values if name not in cls._wires), None):
        raise TypeError(unknown_field(cls, unknown))
    if missing := [name for name in cls._required if name not in values]:
        raise TypeError(f"{cls.__name__}() needs {' and '.join(map(repr, missing))}")
    return {wire: values[name] for name, wire in cls._wires.items() if name in values and values[name] is not UNSET}


def unknown_field(cls: type[ModelLike], name: str) -> str:
    """Say that a model does not declare a field, and which may have been meant."""
    if hasattr(cls, name):
        return f"{name} is a method of {cls.__name__}, not a field"
    from zoom_api_client.core.suggestions import did_you_mean  # only for what fails

    return f"{cls.__name__} has no field {name!r}" + (
        did_you_mean(name, cls._wires) or '; one that Zoom does not declare goes into additional_properties["…"]'
    )
