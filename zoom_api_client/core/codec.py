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


def loads(content: bytes | str) -> Any:
    """Decode JSON; numbers that do not fit into 64 bits are kept whole."""
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        try:
            return json.loads(content)
        except RecursionError:
            raise ValueError("it is nested too deeply") from None


def dumps(value: Any) -> bytes:
    """Encode plain values as compact JSON."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # whole numbers over 64 bits
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def text(value: Any, indent: int | None = None) -> str:
    """Return plain values as JSON text, on one line, or indented by so many spaces."""
    return dumps(value).decode() if indent is None else json.dumps(value, indent=indent, ensure_ascii=False)


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


to_jsonable = plain
"""The public name: `json.dumps(value, default=to_jsonable)` encodes models and times wherever they stand."""


def time_text(moment: datetime) -> str:
    """Spell a time as Zoom wants it: an aware one in UTC with Z, a naive one (local, beside a `timezone`) without."""
    suffix = ""
    if moment.tzinfo is not None:
        moment, suffix = moment.astimezone(UTC).replace(tzinfo=None), "Z"
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds") + suffix


def shown(name: str, value: Any) -> str:
    """Return the repr of a field's value, or dots where it is a secret."""
    return repr(masked(name, value))


def masked(name: str, value: Any) -> Any:
    """Return a field's value with dots in the place of secrets."""
    if isinstance(value, str):
        return "…" if name in SECRET and value else _CREDENTIAL_IN_URL.sub(r"\1…", value)
    if isinstance(value, dict):
        return {key: masked(str(key), each) for key, each in value.items()}
    if isinstance(value, list):
        return [masked(name, each) for each in value]
    is_secret = name in SECRET and isinstance(value, int) and not isinstance(value, bool)
    return "…" if is_secret else value


def told(text: str) -> str:
    """Return a text of Zoom's, or of the HTTP library's, without what is recognised as a secret in it."""
    for pattern, instead in _SECRETS_IN_TEXT:
        text = pattern.sub(instead, text)
    return text
