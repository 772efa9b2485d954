"""The error of a request that was held back: Zoom never saw it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from zoom_api_client.errors import RateLimited

if TYPE_CHECKING:
    from zoom_api_client.operation import Operation


class Throttled(RateLimited):
    """The account's limit is used up, so the request was not sent. `retry_at` is when it may be; `daily` as of Zoom's.

    Attributes:
        limit: what was reached: `heavy`, `phone heavy`.
        account: the account whose limit it is.
    """

    def __init__(
        self, limit: str, account: str, retry_at: datetime, *, daily: bool, operation: Operation[Any] | None = None
    ) -> None:
        super().__init__(429, None, "", operation=operation)
        self.limit, self.account, self.retry_at, self.daily = limit, account, retry_at, daily
        what, period = f"{operation}: " if operation else "", "the day's limit" if daily else "the limit"
        self.message = f"{what}not sent: {period} of {limit} requests is used up"

    def __str__(self) -> str:
        return f"{self.message}. {self.advice()}"

    def __reduce__(self) -> Any:
        return _again, (self.limit, self.account, self.retry_at, self.daily, self.operation)


def _again(limit: str, account: str, retry_at: datetime, daily: bool, operation: Any) -> Throttled:
    return Throttled(limit, account, retry_at, daily=daily, operation=operation)
