"""A whole answer of Zoom's, for callers to whom the result alone is not enough."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import attrs

from zoom_api_client.core import display
from zoom_api_client.core.redaction import redact_value
from zoom_api_client.transport.responses import retry_at

T = TypeVar("T")


@attrs.frozen
class RateLimit:
    """Zoom's rate limits, as the headers of an answer tell them; what they do not tell is empty or None.

    Attributes:
        category: the label of the operation: `Light`, `Medium`, `Heavy` or `Resource-intensive`.
        type: which limit the others are about: `QPS` (a second) or `Daily-limit`.
        limit: how many requests Zoom takes in that time.
        remaining: how many of them are left.
        retry_at: when the next request may go.
    """

    category: str = ""
    type: str = ""
    limit: int | None = None
    remaining: int | None = None
    retry_at: datetime | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> RateLimit:
        """Read the headers of an answer."""
        return cls(
            headers.get("x-ratelimit-category", ""),
            headers.get("x-ratelimit-type", ""),
            _number(headers.get("x-ratelimit-limit", "")),
            _number(headers.get("x-ratelimit-remaining", "")),
            retry_at(headers.get("retry-after"), datetime.now(UTC)),
        )


def _show_result(result: Any) -> str:
    """Return the repr of a result: that of a model hides secrets, that of JSON or a file shows all of it."""
    if isinstance(result, bytes):
        return f"<{len(result):,} bytes>"
    return display.brief(redact_value("", result))


@attrs.frozen
class Answer(Generic[T]):
    """An answer of Zoom's with its typed result.

    Attributes:
        status: the HTTP status.
        headers: the HTTP headers, their names in lower case.
        content: the body, as it came.
        result: what the call alone would have returned.
    """

    status: int
    headers: Mapping[str, str] = attrs.field(repr=False)  # cookies, signed links
    content: bytes = attrs.field(repr=False)
    result: T = attrs.field(repr=_show_result)

    @property
    def tracking_id(self) -> str | None:
        """Zoom's name of the request, which its support asks for."""
        return self.headers.get("x-zm-trackingid")

    @property
    def rate_limit(self) -> RateLimit:
        """The rate limits that the headers tell."""
        return RateLimit.of(self.headers)


def _number(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() else None
