"""The help of the fields of a body, as text of our own: cyclopts takes a third of a second for 250 options."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any, Literal, get_args, get_origin

from zoom_api_client.cli.options import kinds
from zoom_api_client.cli.options.option import Option

asked: ContextVar[bool] = ContextVar("asked", default=False)
"""Whether commands are made to show their help."""

_TITLE = "Fields of the body (a switch is turned off by =false):"
_VALUES = {bool: "", int: " INT", float: " NUMBER", str: " TEXT", Any: " TEXT"}


def describe(fields: Iterable[tuple[str, Option]]) -> str:
    """Return a line for each field: its option, what it takes, and what is said of it; "" for none."""
    lines = [_line(name, option) for name, option in fields]
    return "\n".join([_TITLE, *lines, ""]) if lines else ""


def _line(name: str, option: Option) -> str:
    kind = kinds.of(option.hint, option.key)
    said = " ".join(filter(None, [option.help, kind.hint]))
    return f"  {name}{_value(kind.type, shows_choices=kind.shows_choices)}  {said}".rstrip()


def _value(kind: Any, *, shows_choices: bool) -> str:
    if get_origin(kind) is list:
        return f"{_value(get_args(kind)[0], shows_choices=shows_choices)} …"
    if get_origin(kind) is Literal:
        return f" {'|'.join(map(str, get_args(kind)))}" if shows_choices else " CHOICE"
    return _VALUES[kind]
