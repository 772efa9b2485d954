"""The rules for which requests count, and for whom: they read method, path and body, and ask nobody.

Zoom's pages say two things: 100 requests of *Create a Meeting* in 24 hours and user, and 100 creates and updates of
meetings and webinars together. Either can be counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal
from urllib.parse import unquote

import attrs

from zoom_api_client import errors
from zoom_api_client.core.model import Model
from zoom_api_client.core.unset import UNSET
from zoom_api_client.transport import daily_limit

Counts = Literal["create-meeting", "zoom"]
Kind = Literal["users", "meetings", "webinars"]

_END_OF_PATH: Final = re.compile("[?#]")
_CREATES: Final = {"create-meeting": ("meetings",), "zoom": ("meetings", "webinars")}


@attrs.frozen
class CountedHost:
    """The user who is counted: by id, e-mail address or `me`, or as the host of a meeting or webinar.

    Attributes:
        kind: what the name is of: a user (`users`), a meeting or a webinar.
        name: as spelled, percent-decoded.
        account: the sub-account that the path names, "" for the token's own.
    """

    kind: Kind
    name: str
    account: str = ""


def find_host(counts: Counts, method: str, path: str, body: Any = UNSET) -> CountedHost | None:
    """Return the user who is counted for a request, None if it does not count.

    Args:
        counts: which requests count.
        method: POST, PATCH …
        path: below the base URL, percent-encoded.
        body: the JSON value or the model that is sent.
    """
    if method.upper() not in ("POST", "PATCH"):
        return None
    match method.upper(), *_segments(path):
        case ("POST", "users", user, what) if what.lower() in _CREATES[counts]:
            return CountedHost("users", _read_schedule_for(body) or user)
        case ("POST", "accounts", account, "users", user, what) if what.lower() in _CREATES[counts]:
            return CountedHost("users", _read_schedule_for(body) or user, account)
        case ("PATCH", "meetings" | "webinars" as kind, number) if counts == "zoom":
            return CountedHost(kind, number)
        case ("PATCH", "accounts", account, "meetings" | "webinars" as kind, number) if counts == "zoom":
            return CountedHost(kind, number, account)
    return None


def is_daily(failure: BaseException | None) -> bool:
    """Return whether an error is Zoom's word that the user's limit of the day is reached.

    That answer comes without `Retry-After`, or with the number of the limit in its text; the account's own limit of the
    day comes with the one, and without the other.
    """
    if not isinstance(failure, errors.RateLimited) or not failure.daily:
        return False
    return failure.retry_at is None or daily_limit.names_limit(failure.message)


def _segments(path: str) -> list[str]:
    """Return the decoded segments, without empty ones and dots, as a server reads them."""
    segments: list[str] = []
    for each in map(unquote, _END_OF_PATH.split(path, maxsplit=1)[0].split("/")):
        if each == "..":
            del segments[-1:]
        elif each.strip() and each != ".":
            segments.append(each)
    return segments


def _read_schedule_for(body: Any) -> str:
    fields = body.__dict__ if isinstance(body, Model) else body
    name = fields.get("schedule_for") if isinstance(fields, Mapping) else None
    return name.strip() if isinstance(name, str) else ""
