"""Turns the errors of the HTTP library into ours."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from zoom_api_client import errors
from zoom_api_client.core.redaction import quote_text
from zoom_api_client.transport.http import (
    ConnectError,
    ConnectTimeout,
    InvalidURL,
    PoolTimeout,
    ProxyError,
    RequestError,
    TimeoutException,
)

_NEVER_SENT = (ConnectError, ConnectTimeout, PoolTimeout, ProxyError)


def is_timeout(failure: Exception) -> bool:
    """Return whether a read of a connection has ended because nothing came in time."""
    return isinstance(failure, _httpcore().TimeoutException)


def _httpcore() -> Any:
    """Return httpcore, which httpx loads with its first request: unframed bodies fail with its errors."""
    import httpcore

    return httpcore


class TranslatedErrors:
    """Turns httpx's failures to reach Zoom into ours. As a cause they keep no request: its headers hold the token.

    Each request is sent within one: a generator made into a context manager would take ten times as long.
    """

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, cause: BaseException | None, _: TracebackType | None) -> None:
        if cause is not None and (failure := _translate(self._what, cause)):
            raise failure from cause


def _translate(what: str, cause: BaseException) -> errors.ConnectionFailed | None:
    """Return our error for one of the HTTP library's, None for any other."""
    if isinstance(cause, UnicodeError):  # of what looks a name up: Zoom sent the request on to it
        return errors.ConnectionFailed(f"{what}: not the name of a host ({_describe(cause)})")
    if isinstance(cause, InvalidURL):  # httpx reads where an answer sends the request on to, also where nobody follows
        return errors.ConnectionFailed(f"{what}: not an address ({_describe(cause)})")
    if isinstance(cause, RequestError):
        cause.request = None  # type: ignore[assignment]  # it has the token
    if isinstance(cause, _NEVER_SENT):
        return errors.ConnectionFailed(
            f"{what}: Zoom could not be reached ({_describe(cause)})", may_have_arrived=False
        )
    if isinstance(cause, (TimeoutException, _httpcore().TimeoutException)):
        return errors.ConnectionFailed(f"{what}: Zoom did not answer in time ({type(cause).__name__})")
    if isinstance(cause, (RequestError, _httpcore().NetworkError)):
        return errors.ConnectionFailed(f"{what}: the connection to Zoom failed ({_describe(cause)})")
    return None


def _describe(cause: BaseException) -> str:
    """Return the kind and the words of a failure, which may quote the address of a proxy with its password."""
    return quote_text(f"{type(cause).__name__}: {cause}")
