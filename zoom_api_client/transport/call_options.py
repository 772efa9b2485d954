"""The additions of a client to each of its requests: its timeouts, its headers and its query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import attrs

from zoom_api_client.core import checks
from zoom_api_client.core.unset import Unset
from zoom_api_client.transport import requests

Params = Sequence[tuple[str, str]]


@attrs.frozen
class CallOptions:
    """The additions to every request of a client: its timeouts, headers (names in lower case) and query."""

    timeout: Mapping[str, float | None]
    headers: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    query: Params = attrs.field(default=(), repr=False)

    @classmethod
    def of(cls, timeout: float) -> Self:
        """Return the options of a new client."""
        return cls(_timeouts(timeout))

    def change(
        self, timeout: float | Unset, headers: Mapping[str, str] | None, query: Mapping[str, Any] | None
    ) -> CallOptions:
        """Return the options with another timeout, with more headers and with more of a query."""
        given_headers, given_query = headers or {}, query or {}
        checks.check_mapping("headers", given_headers)
        checks.check_mapping("query", given_query)
        try:
            more = requests.query_text(given_query)
        except checks.UNSENDABLE as failure:
            raise checks.explain(failure, {"query": query}) from None
        return CallOptions(
            self.timeout if isinstance(timeout, Unset) else _timeouts(timeout),
            {**self.headers, **requests.header_fields(given_headers)},
            join_params(self.query, more),
        )


def _timeouts(seconds: float) -> Mapping[str, float | None]:
    check_timeout(seconds)
    return dict.fromkeys(("connect", "read", "write", "pool"), seconds)


def check_timeout(seconds: float) -> None:
    """Refuse what is not a time to wait: sockets would, in their own words, when the request is under way."""
    checks.check_number("timeout", seconds, least=0.001, most=86_400)


def join_params(params: Params, more: Params) -> Params:
    """Return both; what the second names replaces what the first has of that name."""
    names = {name for name, _ in more}
    return [*(pair for pair in params if pair[0] not in names), *more]
