"""JSON in and out: bytes to values, values to bytes, and what must never be shown."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import orjson

from zoom_api_client.core.unset import UNSET

if TYPE_CHECKING:
    from zoom_api_client.core.model import Model

NESTING = 1024  # the depth that orjson takes, as its documentation says; no answer of Zoom's has 20

# orjson makes floats of whole numbers beyond 64 bits, without a word. They have 19 digits or more: every fourth byte of
# 19 in a row makes four in a row, and dates and times never have four. So a quarter of the text is looked at.
_LONG = re.compile(rb"[0-9]{19}")
_DIGITS = bytes(0x30 if chr(byte) in "0123456789" else 0x20 for byte in range(256))

# Whoever reads one of these can act as its owner or enter the meeting: they are not shown in a repr or a log.
SECRET = frozenset(
    "start_url password passcode pwd pass_code h323_password h323_passcode pstn_password encrypted_password "
    "access_token refresh_token download_token download_access_token recording_play_passcode client_secret "
    "secret_token token zak host_key dynamic_host_key authorization plainToken encryptedToken callback_token "
    "pin_code pin sip_password".split()
)
_CREDENTIAL_IN_URL = re.compile(r"([?&](?:pwd|tk|zak|access_token|token)=)[^&'\"\s]+")
_NAMES = "|".join(sorted(SECRET))
_SECRETS_IN_TEXT = (
    (re.compile(rf"([?&](?:{_NAMES}|tk|signature|x-amz-[\w-]+)=)[^&'\"\s]+", re.IGNORECASE), r"\1…"),
    (re.compile(rf"(\"(?:{_NAMES})\"\s*:\s*)(?:\"(?:[^\"\\]|\\.)*\"?|\d+)"), r'\1"…"'),
    (re.compile(r"\b((?:bearer|basic)\s+)[\w.~+/=-]{20,}", re.IGNORECASE), r"\1…"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?"), "…"),  # a JSON Web Token, as Zoom's access tokens are
)


class TooDeep(ValueError):
    """JSON that is nested more deeply than is allowed."""


def loads(content: bytes | str, nesting: int = NESTING) -> Any:
    """Decode JSON. Raises `ValueError` for what is not JSON, `TooDeep` for what is nested more deeply than allowed."""
    text = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if not _may_have_long_numbers(text):
        try:
            return _nested(text, max(NESTING - nesting, 0))
        except ValueError:  # also for what json takes: a byte order mark, lone surrogates, NaN
            pass
    try:
        value = json.loads(text)
    except RecursionError:
        raise TooDeep(_too_deep(nesting)) from None
    if _is_deeper(value, nesting):
        raise TooDeep(_too_deep(nesting))
    return value


def _nested(text: bytes, more: int) -> Any:
    """Decode what may have fewer levels than the parser takes: it is put into as many lists as it must not have."""
    value = orjson.loads(b"".join((b"[" * more, text, b"]" * more)) if more else text)
    for _ in range(more):
        (value,) = value  # a text that closes one of our lists, and opens another, would make two
    return value


def _may_have_long_numbers(text: bytes) -> bool:
    sample, at = text[::4].translate(_DIGITS), -1
    while (at := sample.find(b"0000", at + 1)) >= 0:
        if _LONG.search(text, max(4 * at - 6, 0), 4 * at + 19):
            return True
    return False


def _is_deeper(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most + 1):
        inner = [each for each in level if each.__class__ in (dict, list)]
        if not inner:
            return False
        level = [below for each in inner for below in (each.values() if each.__class__ is dict else each)]
    return True


def _too_deep(nesting: int) -> str:
    return f"it is nested more than {nesting:,} deep"


def dumps(value: Any) -> bytes:
    """Encode plain values as compact JSON."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # whole numbers over 64 bits
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def copy(value: Any) -> Any:
    """Copy the objects and arrays of a JSON value."""
    if isinstance(value, dict):
        return {key: copy(each) for key, each in value.items()}
    return [copy(each) for each in value] if isinstance(value, list) else value


def plain(value: Any) -> Any:
    """Return the JSON value that stands for a Python one: models are objects, times are Zoom's text forms."""
    kind = value.__class__
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind is float:
        if not math.isfinite(value):
            raise ValueError(f"{value} is no number that JSON has")
        return value
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items() if each is not UNSET}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    to_dict = getattr(kind, "to_dict", None)
    if to_dict is not None:
        model: Model = value
        return model.to_dict()
    if isinstance(value, str | int | float):  # an enum or another subclass
        return getattr(value, "value", value)
    raise TypeError(f"{kind.__name__} is nothing that JSON has: give a number, text, a list, a dict, a time or a model")


def time_text(moment: datetime) -> str:
    """Spell a time as Zoom wants it: an aware one in UTC with Z, a naive one (local, beside a `timezone`) without."""
    suffix = ""
    if moment.tzinfo is not None:
        moment, suffix = moment.astimezone(UTC).replace(tzinfo=None), "Z"
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds") + suffix


def shown(name: str, value: Any) -> str:
    """Return the repr of a field's value, or dots where it is a secret."""
    if name in SECRET and isinstance(value, str | int) and not isinstance(value, bool) and value != "":
        return "'…'"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {shown(str(key), each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(shown(name, each) for each in value) + "]"
    return _CREDENTIAL_IN_URL.sub(r"\1…", repr(value))


def told(text: str) -> str:
    """Return a text of Zoom's, or of the HTTP library's, without what is recognised as a secret in it."""
    for pattern, instead in _SECRETS_IN_TEXT:
        text = pattern.sub(instead, text)
    return text
