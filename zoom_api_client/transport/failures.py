"""Turns the errors of the HTTP library into ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def translate_errors(what: str) -> Iterator[None]:
    """Turn httpx's failures to reach Zoom into ours. As a cause they keep no request: its headers hold the token."""
    try:
        yield
    except UnicodeError as cause:  # of what looks a name up: Zoom sent the request on to it
        raise errors.ConnectionFailed(f"{what}: not the name of a host ({_describe(cause)})") from cause
    except InvalidURL as cause:  # httpx reads where an answer sends the request on to, also where nobody follows
        raise errors.ConnectionFailed(f"{what}: not an address ({_describe(cause)})") from cause
    except _NEVER_SENT as cause:
        _forget_request(cause)
        message = f"{what}: Zoom could not be reached ({_describe(cause)})"
        raise errors.ConnectionFailed(message, may_have_arrived=False) from cause
    except (TimeoutException, _httpcore().TimeoutException) as cause:
        _forget_request(cause)
        raise errors.ConnectionFailed(f"{what}: Zoom did not answer in time ({type(cause).__name__})") from cause
    except (RequestError, _httpcore().NetworkError) as cause:
        _forget_request(cause)
        raise errors.ConnectionFailed(f"{what}: the connection to Zoom failed ({_describe(cause)})") from cause


def _forget_request(cause: Exception) -> None:
    if isinstance(cause, RequestError):
        cause.request = None  # type: ignore[assignment]


def _describe(cause: Exception) -> str:
    """Return the kind and the words of a failure, which may quote the address of a proxy with its password."""
    return quote_text(f"{type(cause).__name__}: {cause}")
