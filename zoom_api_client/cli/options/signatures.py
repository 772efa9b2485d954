"""The options that the arguments of a function, and the fields of a body, make."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from zoom_api_client.cli.options.option import Option
from zoom_api_client.core import decoding
from zoom_api_client.core.protocols import ModelLike, is_model
from zoom_api_client.core.validation import hints_of

_ARGUMENT = re.compile(r"^    \**(\w+): (.*(?:\n        .*)*)", re.MULTILINE)


def of_request(request: Callable[..., Any], models: str) -> Iterator[Option]:
    """Yield the options of the `request` of an operation, but not of its body."""
    texts = argument_texts(request.__doc__ or "")
    for name, given in inspect.signature(request).parameters.items():
        if name != "body":
            yield Option(
                place="argument",
                key=name,
                hint=decoding.resolve(given.annotation, models),
                is_required=given.default is inspect.Parameter.empty,
                is_positional=given.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD,
                help=texts.get(name, ""),
            )


def body_of(request: Callable[..., Any], models: str) -> tuple[bool, type[ModelLike] | None]:
    """Return whether an operation has a body, and its model if there is one alone."""
    given = inspect.signature(request).parameters.get("body")
    if given is None:
        return False, None
    found = [each for each in decoding.options_of(decoding.resolve(given.annotation, models)) if is_model(each)]
    return True, found[0] if len(found) == 1 else None


def of_body(model: type[ModelLike], prefix: str = "", within: tuple[type, ...] = ()) -> Iterator[Option]:
    """Yield the options of the fields of a body; those of inner objects are named by their path."""
    for wire, (is_required, hint) in hints_of(model).items():
        inner = [each for each in decoding.options_of(hint) if is_model(each)]
        if len(inner) == 1 and inner[0] not in (*within, model):
            yield from of_body(inner[0], f"{prefix}{wire}.", (*within, model))
        else:
            text = "Required." if is_required and not prefix else ""
            yield Option(place="body", key=f"{prefix}{wire}", hint=hint, is_required=is_required, help=text)


def argument_texts(docstring: str) -> dict[str, str]:
    """Return what a docstring says of each argument."""
    _, _, said = inspect.cleandoc(docstring).partition("Args:\n")
    return {name: " ".join(text.split()) for name, text in _ARGUMENT.findall(said)}


def nest(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the object of which fields are given by their path."""
    made: dict[str, Any] = {}
    for path, value in fields.items():
        *outer, last = path.split(".")
        inner = made
        for name in outer:
            inner = inner.setdefault(name, {})
        inner[last] = value
    return made
