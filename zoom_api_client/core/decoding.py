"""Makes the function that decodes a field or a result from its annotation, when it is first needed."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache, partial, reduce
from operator import or_
from types import UnionType
from typing import Any, Final, Literal, Union, cast, get_args, get_origin

import attrs

from zoom_api_client.core.protocols import ModelLike, is_model
from zoom_api_client.core.unset import File, Unset

Decode = Callable[[Any], Any]

_OBJECTS: Final = {dict}

_KNOWN: Final[dict[str, Any]] = {
    "Any": Any, "Literal": Literal, "Unset": Unset, "None": None,
    "str": str, "int": int, "float": float, "bool": bool, "bytes": bytes,
    "list": list, "dict": dict, "datetime": datetime, "date": date, "File": File,
}  # fmt: skip


@attrs.frozen
class Decoder:
    """Turns a JSON value into what its type declares; what does not fit it is left alone.

    Attributes:
        one: decodes an object.
        many: decodes a list.
    """

    one: Decode
    many: Decode

    def __call__(self, value: Any) -> Any:
        """Decode any value."""
        if value.__class__ is dict:
            return self.one(value)
        return self.many(value) if value.__class__ is list else value


class Nested:
    """Decodes the values of one field, as a `Decoder` does; which models they are is looked up at the first value."""

    __slots__ = ("_hint", "_owner", "many", "one")

    def __init__(self, owner: type[ModelLike], hint: str) -> None:
        self._owner, self._hint = owner, hint
        self.one: Decode = self._decode_first
        self.many: Decode = self._decode_first

    def _decode_first(self, value: Any) -> Any:
        decode = decoder(resolve(self._hint, self._owner.__module__))
        self.one, self.many = decode.one, decode.many
        return decode(value)


def resolve(hint: str, module: str) -> Any:
    """Return the type that an annotation in a module of models stands for; models are loaded as needed."""
    names = hint.split(" | ")
    if all(map(str.isidentifier, names)):  # as in most: to parse it takes five times as long as to find the names
        return reduce(or_, [_find(name, module) for name in names])
    return _build(ast.parse(hint, mode="eval").body, module)


def _build(node: ast.expr, module: str) -> Any:
    # Not `eval`, which takes longer, nor `get_type_hints`, which takes 2 to 9 times as long and, on Python 3.14, copies
    # the names it is given, so that all models would have to be loaded first.
    match node:
        case ast.Name(name):
            return _find(name, module)
        case ast.Constant(value):
            return value
        case ast.UnaryOp(ast.USub(), ast.Constant(int(value))):  # Literal[-1]
            return -value
        case ast.BinOp(left, ast.BitOr(), right):
            return _build(left, module) | _build(right, module)
        case ast.Subscript(generic, arguments):
            return _build(generic, module)[_build(arguments, module)]
        case ast.Tuple(items):
            return tuple([_build(item, module) for item in items])
    raise TypeError(f"an annotation in {module} is not a type: {ast.unparse(node)}")


def _find(name: str, module: str) -> Any:
    """Return what a module of models names: a type that all know, a class of its own, or else one of its package."""
    if name in _KNOWN:
        return _KNOWN[name]
    here = sys.modules.get(module) or importlib.import_module(module)
    if name in here.__dict__:
        return here.__dict__[name]
    return getattr(importlib.import_module(module if hasattr(here, "__path__") else module.rpartition(".")[0]), name)


@cache
def options_of(hint: Any) -> tuple[Any, ...]:
    """Return the types of which a value may have one.

    The type beside an enumeration, `str` in `Literal["a"] | str`, is none of them: it is there for type checkers, and
    stands for values that Zoom sends without declaring them.
    """
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    enumerated = {type(value) for option in options if get_origin(option) is Literal for value in get_args(option)}
    return tuple(option for option in options if option not in enumerated)


def decoder(hint: Any) -> Decoder:
    """Return what decodes the values of a type."""
    models = list(_models_in(hint))
    if not models:
        return Decoder(_as_it_is, _as_it_is)
    one, objects = _decoders_of(models)

    def many(values: list[Any]) -> list[Any]:
        decoded: list[Any] = objects(values) if {*map(type, values)} == _OBJECTS else list(map(each, values))
        return decoded

    each = Decoder(one, many)
    return Decoder(partial(_decode_map, each), _as_it_is) if _is_map(hint) else each


def _decoders_of(models: list[type[ModelLike]]) -> tuple[Decode, Decode]:
    """Return what decodes one object, and what decodes a list of nothing but objects."""
    if len(models) == 1:
        return models[0]._adopt, models[0]._adopt_all
    one = _best_of(models)
    return one, lambda values: list(map(one, values))


def _decode_map(decode: Decode, value: dict[str, Any]) -> dict[str, Any]:
    return {key: decode(each) for key, each in value.items()}


def _as_it_is(value: Any) -> Any:
    return value


def _is_map(hint: Any) -> bool:
    return get_origin(hint) is dict or any(get_origin(each) is dict for each in get_args(hint))


def _models_in(hint: Any) -> Iterator[type[ModelLike]]:
    if is_model(hint):
        yield hint
    elif get_origin(hint) in (list, dict, Union, UnionType):
        for each in get_args(hint):
            yield from _models_in(each)


def _best_of(models: list[type[ModelLike]]) -> Decode:
    """Return what decodes an object as the model whose fields it has most of; the first declared wins a tie."""

    def decode(value: dict[str, Any]) -> Any:
        return max(models, key=lambda model: _likeness(model, value))._adopt(value)

    return decode


def _likeness(model: type[ModelLike], value: dict[str, Any]) -> tuple[int, int, int]:
    hints = {field.name: field.type for field in attrs.fields(cast(Any, model))}
    known = value.keys() & model._fields.keys()
    alike = sum(_is_like(value[wire], resolve(hints[model._fields[wire]], model.__module__)) for wire in known)
    return len(known), alike, -len(model._fields)


def _is_like(value: Any, hint: Any) -> bool:
    """Return whether a value is of the kind that is declared: a list, an object, one of some literals or plain."""
    for option in options_of(hint):
        origin = get_origin(option)
        if origin is Literal:
            fits = value.__class__ in (str, int, bool) and value in get_args(option)
        elif origin is list:
            fits = value.__class__ is list
        elif origin is dict or is_model(option):
            fits = value.__class__ is dict
        else:
            fits = option is Any or value.__class__ not in (list, dict)
        if fits and option is not Unset:
            return True
    return False
