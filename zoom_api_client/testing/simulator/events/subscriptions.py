"""Subscriptions: which events an app wants, and where to. They are rows of what the API lists and deletes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

import attrs

from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Row
from zoom_api_client.transport import hosts

RESOURCE: Final = "marketplace.app.event_subscription"
_NEAR: Final = (".localhost", ".local", ".internal", ".test")
_OF_USERS: Final = ("host_id", "user_id", "owner_id", "id")


@attrs.frozen
class Subscription:
    """A subscription: by webhook, or by WebSocket if it has no `url`.

    Attributes:
        events: names of events; `meeting.*` is all of a kind, `*` all there are.
        users: whose events alone are wanted; all, if there are none.
        client_id: the app's.
        secret_token: what deliveries are signed with; the app's, if it is "".
        is_valid: whether the URL passed Zoom's challenge; None if it was not put to it yet.
    """

    id: str
    account: str
    url: str
    events: tuple[str, ...]
    users: tuple[str, ...] = ()
    client_id: str = ""
    secret_token: str = attrs.field(default="", repr=False)
    is_valid: bool | None = None

    @classmethod
    def of(cls, row: Row) -> Subscription:
        """Read a row."""
        fields, url = row.fields, str(row.fields.get("event_webhook_url") or "")
        return cls(
            id=row.id,
            account=row.account,
            url=url,
            events=tuple(fields.get("events", ())),
            users=tuple(fields.get("user_ids", ())),
            client_id=fields.get("client_id", ""),
            secret_token=fields.get("secret_token", ""),
            is_valid=fields.get("is_valid") if fields.get("challenged") == url else None,
        )

    def wants(self, event: str, about: Mapping[str, Any]) -> bool:
        """Tell whether an event is one that was subscribed to."""
        is_theirs = not self.users or any(about.get(name) in self.users for name in _OF_USERS)
        return is_theirs and any(fnmatchcase(event, pattern) for pattern in self.events)


@attrs.define
class Subscriptions:
    """The subscriptions of a simulator. Those that `add` makes outlive a reset, as apps do."""

    state: State
    _standing: dict[str, Row] = attrs.field(factory=dict, init=False, repr=False)

    def __iter__(self) -> Iterator[Subscription]:
        for account in self.state.store.accounts():
            yield from map(Subscription.of, self.state.store.rows(account, RESOURCE))

    def find(self, subscription_id: str) -> Subscription | None:
        """Return a subscription by its id."""
        return next((each for each in self if each.id == subscription_id), None)

    def add(self, url: str, events: Sequence[str], secret_token: str, client_id: str) -> Subscription:
        """Subscribe to events. Raises `ValueError` for a URL that nothing is delivered to."""
        if isinstance(events, str) or not all(isinstance(each, str) for each in events):
            raise ValueError(f'events are a list of names, such as ["meeting.created"], and not {events!r}')
        if url and not is_near(url):
            raise ValueError(f"{url} is not a URL of this machine or its network, where alone events are delivered")
        fields = {
            "event_webhook_url": url,
            "events": list(events),
            "subscription_scope": "account",
            "client_id": client_id,
            "secret_token": secret_token,
        }
        row = Row(self.state.owner.account, RESOURCE, (self.state.identifiers.text(),), fields)
        self._standing[row.id] = self.state.store.put(row)
        return Subscription.of(row)

    def remove(self, subscription_id: str) -> bool:
        """End a subscription; tell whether there was one."""
        found, _ = self.find(subscription_id), self._standing.pop(subscription_id, None)
        if found is not None:
            self.state.store.delete(self._row(found))
        return found is not None

    def mark(self, subscription: Subscription, *, is_valid: bool) -> Subscription:
        """Note how a subscription's URL took the challenge."""
        with self.state.store.lock:
            row = self._row(subscription)
            fields = {**row.fields, "challenged": subscription.url, "is_valid": is_valid}
            if self.state.store.get(row.account, RESOURCE, row.key):
                self.state.store.put(Row(row.account, RESOURCE, row.key, fields, row.owner))
        return attrs.evolve(subscription, is_valid=is_valid)

    def restore(self) -> None:
        """Put those there again that outlive a reset."""
        for row in self._standing.values():
            self.state.store.put(row)

    def _row(self, subscription: Subscription) -> Row:
        row = self.state.store.get(subscription.account, RESOURCE, (subscription.id,))
        return row or Row(subscription.account, RESOURCE, (subscription.id,), {})


def is_near(url: str) -> bool:
    """Tell whether a URL is of this machine or its network: examples in tests name hosts of others."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not host:
        return False
    try:
        return hosts.is_loopback(url) or ip_address(host).is_private
    except ValueError:  # a name; one without a dot is a neighbour's, as containers call each other
        return "." not in host or host.endswith(_NEAR)
