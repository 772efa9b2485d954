"""Reads the text of an option by the type of its argument."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin

import attrs
from cyclopts import Token

from zoom_api_client.cli import asking
from zoom_api_client.core import codec, decoding
from zoom_api_client.core.redaction import is_secret
from zoom_api_client.core.unset import File, Unset

Converter = Callable[[Any, Sequence[Token]], Any]
_MOST_CHOICES = 12  # that are shown in help


@attrs.frozen
class Kind:
    """The type that cyclopts is to see, how the text is read where cyclopts does not know, and what help says of it.

    It is the type of what is read: where pydantic is loaded, cyclopts holds the value against it.
    """

    type: Any
    converter: Converter | None = None
    shows_choices: bool = True
    hint: str = ""


def of(hint: Any, name: str) -> Kind:
    """Return the kind of an argument or a field."""
    options = [each for each in decoding.options_of(hint) if each not in (Unset, NoneType)]
    if is_secret(name) and str in options:
        return Kind(str, _read_secret, hint="- to be asked, or @FILE.")
    if date in options or datetime in options:
        return Kind(Any, _read_moment) if options == [datetime] else Kind(str, read_time)
    if str in options and not any(get_origin(each) is list for each in options):
        return Kind(str)
    if len(options) != 1:
        return Kind(Any, _read_json, hint="JSON, or @FILE.")
    return _of_one(options[0])


def _of_one(option: Any) -> Kind:
    if option in (bool, int, float):
        return Kind(option)
    if option is File:
        return Kind(Any, _read_file, hint="A path.")
    if get_origin(option) is Literal:
        return Kind(option, shows_choices=len(get_args(option)) <= _MOST_CHOICES)
    if get_origin(option) is list:
        inner: Any = decoding.options_of(get_args(option)[0])[0]
        if inner in (str, int, float) or get_origin(inner) is Literal:
            return Kind(list[inner], shows_choices=len(get_args(inner)) <= _MOST_CHOICES)
    return Kind(Any, _read_json, hint="JSON, or @FILE.")


def _read_json(_: Any, tokens: Sequence[Token]) -> Any:
    return read_json(tokens[0].value)


def read_json(text: str) -> Any:
    """Return the value of a JSON text, of a file (`@name.json`) or of stdin (`-`); raise `ValueError` for none."""
    content = read_text(text)
    try:
        return codec.loads(content)
    except ValueError as failure:
        raise ValueError(f"not JSON: {failure}") from None


def read_text(text: str) -> str:
    """Return a text, or that of a file (`@name`) or of stdin (`-`)."""
    if text != "-" and not text.startswith("@"):
        return text
    name = "stdin" if text == "-" else text[1:]
    try:
        return sys.stdin.read() if text == "-" else Path(name).read_text(encoding="utf-8-sig")
    except OSError as failure:
        raise ValueError(f"{name} cannot be read: {failure.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{name} is not text in UTF-8") from None


def _read_secret(_: Any, tokens: Sequence[Token]) -> str:
    """Return a secret that is in no argument: other users see those, and a shell keeps them."""
    given = tokens[0].value
    if given == "-":
        return asking.ask(tokens[0].keyword or "secret", is_secret=True)
    if not given.startswith("@"):
        raise ValueError("secrets stay in the history of the shell: give - to be asked for it, or @FILE")
    return read_text(given).strip()


def _read_file(_: Any, tokens: Sequence[Token]) -> File:
    try:
        return File.at(tokens[0].value)
    except OSError as failure:
        raise ValueError(f"{tokens[0].value} cannot be read: {failure.strerror}") from None


def _read_moment(_: Any, tokens: Sequence[Token]) -> datetime:
    try:
        return datetime.fromisoformat(tokens[0].value)
    except ValueError:
        raise ValueError(f"{tokens[0].value!r} is not a time: give 2026-10-01T09:00:00Z") from None


def read_time(_: Any, tokens: Sequence[Token]) -> str:
    """Return a day or a time as it was written; `today` and `yesterday` are days in UTC, as Zoom counts them."""
    given = tokens[0].value
    today = datetime.now(UTC).date()
    words = {"today": today, "yesterday": today - timedelta(days=1)}
    if given in words:
        return words[given].isoformat()
    try:
        datetime.fromisoformat(given)
    except ValueError:
        raise ValueError(f"{given!r} is not a day: give 2026-10-01, today or yesterday") from None
    return given
