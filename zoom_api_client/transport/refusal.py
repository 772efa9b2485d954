"""Reads a refusal by Zoom in any of its shapes: a number, a message, the fields that are wrong.

{"code": 300, "message": "…", "errors": [{"field": "…", "message": "…"}]}     most of the API
{"status": false, "errorCode": 3001, "errorMessage": "…", "result": null}     gateways before it
{"error": "invalid_request", "reason": "…"}                                   the authorization server
{"code": 4711, "message": "… scopes:["a", "b"]"}                              almost JSON: quotes are not escaped
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

_CODES = ("code", "errorCode", "error_code")
_TEXTS = ("message", "errorMessage", "error_message", "reason", "detail", "error_description", "error")
_NUMBER = re.compile(r"-?[0-9]{1,18}")
_ALMOST_JSON = re.compile(rf'"({"|".join(_CODES)})"\s*:\s*"?({_NUMBER.pattern})\b')
_BEGINS_LIKE_ONE = re.compile(rf'\{{\s*("status"\s*:\s*false\s*,\s*)?{_ALMOST_JSON.pattern}')
_LONGEST = 2000  # characters of an answer that is not JSON


@attrs.frozen
class Refusal:
    """What a body says: Zoom's number (None without one), its text, and the fields that it names."""

    code: int | None
    message: str
    fields: tuple[dict[str, Any], ...] = ()


def read(content: Any) -> Refusal:
    """Return what the decoded body of a failure says; a body that is not an object is the text itself."""
    if not isinstance(content, dict):
        return Refusal(_find_code(content), _text(content))
    code = next((_code(content[name]) for name in _CODES if name in content), None)
    message = next((str(content[name]) for name in _TEXTS if content.get(name)), "")
    return Refusal(code, message, tuple(_fields(content)))


def is_one(content: Any) -> bool:
    """Return whether a body is a refusal although the status says success."""
    if isinstance(content, str):
        found = _BEGINS_LIKE_ONE.match(content)
        return found is not None and int(found[3]) != 0 and "essage" in content
    return isinstance(content, dict) and bool(names(content))


def names(content: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the fields that make an object a refusal; none if it is not one."""
    if isinstance(content.get("message"), str) and _is_failure(content.get("code")):
        return ("code", "message")
    if content.get("status") is False and _code(content.get("errorCode")):
        return ("status", "errorCode")
    texts = isinstance(content.get("error"), str) and isinstance(content.get("reason"), str)
    return ("error", "reason") if texts and content.keys() <= {"error", "reason", "status"} else ()


def _is_failure(code: Any) -> bool:
    """Things have codes of their own as text: only a number, as number, tells a failure beside `message`."""
    return isinstance(code, int) and not isinstance(code, bool) and code != 0


def _fields(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    listed = content.get("errors")
    return (each for each in (listed if isinstance(listed, list) else []) if isinstance(each, dict))


def _code(said: Any) -> int | None:
    """Return a code that is a number, or a number as text."""
    text = "" if isinstance(said, bool) else str(said)
    return int(text) if _NUMBER.fullmatch(text) else None


def _find_code(content: Any) -> int | None:
    """Find the code in a body that is almost JSON."""
    found = _ALMOST_JSON.search(content) if isinstance(content, str) else None
    return int(found[2]) if found else None


def _text(content: Any) -> str:
    if isinstance(content, bytes):
        return f"{len(content)} bytes that are not text"
    return "" if content is None else str(content)[:_LONGEST]
