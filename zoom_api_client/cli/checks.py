"""The checks of `zoom-api doctor`: each says whether something is right, and what to do if it is not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import attrs

from zoom_api_client.cli.failures import describe
from zoom_api_client.errors import APIError, ConnectionFailed, ScopeMissing, ZoomError
from zoom_api_client.storage.url import state_path
from zoom_api_client.transport import http_date

if TYPE_CHECKING:
    from zoom_api_client import Zoom

_MOST_BEHIND = 60.0  # seconds: Zoom refuses signatures and tokens of clocks that are further off
_PAID = {2: "licensed", 3: "on-premise"}


@attrs.frozen
class Finding:
    """What a check found: whether it is good, what it is, and what to do."""

    check: str
    result: str
    finding: str
    advice: str = ""


def run(open_client: Callable[[], Zoom]) -> Iterator[Finding]:
    """Yield what is found, one check after the other; what cannot be looked at without the one before is left out."""
    yield _state_directory()
    yield _webhook_secret()
    try:
        zoom = open_client()
    except ZoomError as failure:
        yield Finding("credentials", "bad", describe(failure), "zoom-api login")
        return
    with zoom:
        yield from _online(zoom)


def _online(zoom: Zoom) -> Iterator[Finding]:
    try:
        token = zoom.connection.token()
        answer = zoom.call_raw("GET", "/users/me")
    except ConnectionFailed as failure:
        yield Finding(
            "network", "bad", describe(failure), "look at proxy, firewall and VPN; https_proxy is used if set"
        )
    except ScopeMissing as failure:
        yield Finding("scopes", "bad", describe(failure), "add the scope on the app's page, and log in again")
    except (APIError, ZoomError) as failure:
        yield Finding("credentials", "bad", describe(failure), "zoom-api login, with what stands on the app's page")
    else:
        yield Finding("network", "good", f"{zoom.base_url} answers")
        yield _clock(answer.headers.get("date", ""))
        yield Finding("credentials", "good", f"{type(zoom.connection).__name__} of {answer.result.get('email')}")
        yield _scopes(token.scopes)
        yield _plan(answer.result.get("type"))


def _clock(date: str) -> Finding:
    theirs = http_date.read(date)
    if theirs is None:
        return Finding("clock", "unknown", "the answer has no date")
    off = abs((datetime.now(UTC) - theirs).total_seconds())
    if off > _MOST_BEHIND:
        return Finding("clock", "bad", f"{off:.0f} s off", "set the clock, by NTP for example")
    return Finding("clock", "good", f"{off:.0f} s off")


def _scopes(held: frozenset[str]) -> Finding:
    if not held:
        return Finding("scopes", "unknown", "the token does not say", "zoom-api scopes lists what the modules need")
    return Finding("scopes", "good", f"{len(held)} held", "zoom-api scopes --of … says which are missing")


def _plan(kind: Any) -> Finding:
    if kind in _PAID:
        return Finding("plan", "good", f"the user is {_PAID[kind]}")
    return Finding("plan", "limited", "the user is basic", "webinars, cloud recordings and Phone take licences")


def _webhook_secret() -> Finding:
    if os.environ.get("ZOOM_WEBHOOK_SECRET_TOKEN"):
        return Finding("webhook secret", "good", "ZOOM_WEBHOOK_SECRET_TOKEN is set")
    return Finding(
        "webhook secret",
        "absent",
        "ZOOM_WEBHOOK_SECRET_TOKEN is not set",
        "set it to the secret token of the app's page, if you listen to webhooks",
    )


def _state_directory() -> Finding:
    path = state_path()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as failure:
        return Finding("state directory", "bad", f"{path}: {failure.strerror}", "make it, or set XDG_STATE_HOME")
    if not os.access(path, os.W_OK):
        return Finding("state directory", "bad", f"{path} is not writable", f"chmod u+w {path}, or set XDG_STATE_HOME")
    return Finding("state directory", "good", str(path))
