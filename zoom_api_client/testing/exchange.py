"""A request as it comes in and the answer as it goes out, whatever carries them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import attrs

from zoom_api_client.core import codec
from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.violation import Violation


@attrs.frozen
class IncomingRequest:
    """A request as a client sent it: `url` is the whole address, still percent-encoded."""

    method: str
    url: str
    headers: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    body: bytes = attrs.field(default=b"", repr=False)

    @property
    def host(self) -> str:
        """The host that the request is for, with its port."""
        return urlsplit(self.url).netloc

    @property
    def path(self) -> str:
        """The path, still percent-encoded."""
        return urlsplit(self.url).path

    @property
    def query(self) -> list[tuple[str, str]]:
        """The names and values of the query, decoded."""
        return parse_qsl(urlsplit(self.url).query, keep_blank_values=True)

    def header(self, name: str) -> str:
        """Return a header whatever the case of its name; "" if it is not there."""
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), "")


@attrs.frozen
class OutgoingAnswer:
    """An answer, with the violations that were found on the way, and those that were tolerated.

    The status 0 drops the connection. `delay` is the seconds after which a server sends the answer. A mock does not
    wait: it answers at once, or raises the timeout at once of a client that would not have waited so long.
    """

    status: int
    headers: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    body: bytes = attrs.field(default=b"", repr=False)
    violations: tuple[Violation, ...] = ()
    operation: Operation | None = None
    tolerated: tuple[Violation, ...] = ()
    delay: float = 0.0

    @classmethod
    def json(cls, status: int, value: Any, **more: Any) -> OutgoingAnswer:
        """Make an answer of a JSON value."""
        return cls(status, {"Content-Type": "application/json"}, codec.dumps(value), **more)


@attrs.frozen
class Exchange:
    """A request and the answer to it."""

    request: IncomingRequest
    answer: OutgoingAnswer

    @property
    def operation(self) -> Operation | None:
        """The operation that the request meant, if it meant any."""
        return self.answer.operation

    @property
    def violations(self) -> tuple[Violation, ...]:
        """The departures from the contract."""
        return self.answer.violations

    @property
    def tolerated(self) -> tuple[Violation, ...]:
        """The departures that were taken all the same, as Zoom takes them."""
        return self.answer.tolerated

    def __str__(self) -> str:
        name = f" {self.operation}" if self.operation else ""  # a file or a token is none's; what is unknown is a fault
        faults = "".join(f"\n    {violation}" for violation in self.violations)
        faults += "".join(f"\n    taken all the same: {violation}" for violation in self.tolerated)
        return f"{self.request.method} {self.request.path} → {self.answer.status}{name}{faults}"
