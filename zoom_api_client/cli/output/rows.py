"""Turns JSON into what is shown of it: fields by their path, flat rows, no secrets, no control characters."""

from __future__ import annotations

import re
from typing import Any

from zoom_api_client.core import codec
from zoom_api_client.core.redaction import redact_text, redact_value

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def select(value: Any, names: tuple[str, ...]) -> Any:
    """Return the fields of an object that are named, each by its path: `settings.host_video`."""
    if not isinstance(value, dict):
        return value
    return {name: _find(value, name.split(".")) for name in names}


def flatten(value: Any) -> dict[str, Any]:
    """Return an object in which the fields of inner objects stand under their path."""
    if not isinstance(value, dict):
        return {"value": value}
    flat: dict[str, Any] = {}
    for name, each in value.items():
        if isinstance(each, dict) and each:
            flat.update({f"{name}.{inner}": one for inner, one in flatten(each).items()})
        else:
            flat[name] = each
    return flat


def mask(value: Any) -> Any:
    """Return JSON without secrets."""
    return redact_value("", value, _mask_text)


def cell(value: Any) -> str:
    """Return a value as the text of one cell, on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(each, str | int | float) for each in value):
        return escape(", ".join(map(str, value)))
    return escape(value if isinstance(value, str) else codec.text(value))


def escape(text: str, *, keep_lines: bool = False) -> str:
    """Return a text without characters that act on a terminal: names and topics are anybody's words."""
    return _CONTROL.sub(lambda found: found[0] if keep_lines and found[0] == "\n" else _spell(found[0]), text)


def _spell(character: str) -> str:
    return " " if character in "\n\r\t" else f"\\u{ord(character):04x}"


def _mask_text(text: str) -> str:
    # Only addresses and tokens have secrets within a text, and to look at each text takes time.
    return redact_text(text) if "://" in text or "eyJ" in text else text


def _find(value: Any, path: list[str]) -> Any:
    for name in path:
        if isinstance(value, list):
            return [_find(each, path[path.index(name) :]) for each in value]
        value = value.get(name) if isinstance(value, dict) else None
    return value
