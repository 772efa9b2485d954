"""From the annotation of a field or a result to the function that decodes it, made when it is first needed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from types import UnionType
from typing import Any, ClassVar, Literal, Union, cast, get_args, get_origin

import attrs

from zoom_api_client.core.protocols import ModelLike, is_model
from zoom_api_client.core.unset import File, Unset

Decode = Callable[[Any], Any]


class Nested:
    """Decodes the value of one field; which models that takes is looked up at the first value."""

    __slots__ = ("_decode", "hint", "owner")

    def __init__(self, owner: type[ModelLike], hint: str) -> None:
        self.owner, self.hint = owner, hint
        self._decode: Decode | None = None

    def __call__(self, value: Any) -> Any:
        if self._decode is None:
            self._decode = decoder(resolve(self.hint, self.owner.__module__))
        return self._decode(value)


def resolve(hint: str, module: str) -> Any:
    """Return the type that an annotation in a module of models stands for; models are loaded as needed."""
    return eval(hint, {"__builtins__": {}}, _Names(module))  # the text of our own generated declaration


class _Names(dict[str, Any]):
    """The names that annotations of models use: those of their module, then the models of its package."""

    known: ClassVar[dict[str, Any]] = {
        "Any": Any, "Literal": Literal, "Unset": Unset, "None": None,
        "str": str, "int": int, "float": float, "bool": bool, "bytes": bytes,
        "list": list, "dict": dict, "datetime": datetime, "date": date, "File": File,
    }  # fmt: skip

    def __init__(self, module: str) -> None:
        super().__init__(self.known)
        self._module = module

    def __missing__(self, name: str) -> Any:
        here = sys.modules.get(self._module) or importlib.import_module(self._module)
        if name in here.__dict__:
            return here.__dict__[name]
        package = importlib.import_module(
            self._module if hasattr(here, "__path__") else self._module.rpartition(".")[0]
        )
        try:
            return getattr(package, name)
        except AttributeError:
            raise KeyError(name) from None


def decoder(hint: Any) -> Decode:
    """Return the function that turns a JSON value into what its type declares; what does not fit it is left alone."""
    models = list(_models_in(hint))
    if not models:
        return _as_it_is
    one = models[0]._adopt if len(models) == 1 else _best_of(models)

    def decode(value: Any) -> Any:
        if value.__class__ is dict:
            return one(value)
        if value.__class__ is list:
            return [one(each) if each.__class__ is dict else decode(each) for each in value]
        return value

    return _of_map(decode) if _is_map(hint) else decode


def _of_map(decode: Decode) -> Decode:
    def each(value: Any) -> Any:
        return {key: decode(one) for key, one in value.items()} if value.__class__ is dict else value

    return each


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
    """Tell whether a value is of the kind that is declared: a list, an object, one of some literals or plain."""
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    for option in options:
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
