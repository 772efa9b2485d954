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
MOST_FAILURES: Final = 6
"""So many challenges in a row may fail before Zoom disables a subscription."""

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
        challenged_at: when that was, or when it was due again since.
        failures: how many challenges failed in a row since one passed; after 2 and 4 Zoom writes a mail.
    """

    id: str
    account: str
    url: str
    events: tuple[str, ...]
    users: tuple[str, ...] = ()
    client_id: str = ""
    secret_token: str = attrs.field(default="", repr=False)
    is_valid: bool | None = None
    challenged_at: str = ""
    failures: int = 0

    @property
    def is_disabled(self) -> bool:
        """True if nothing is delivered until somebody enables it."""
        return self.failures >= MOST_FAILURES

    @classmethod
    def of(cls, row: Row) -> Subscription:
        """Read a row."""
        fields, url = row.fields, str(row.fields.get("event_webhook_url") or "")
        noted = fields.get("challenge", {}) if fields.get("challenge", {}).get("url") == url else {}
        return cls(
            id=row.id,
            account=row.account,
            url=url,
            events=tuple(fields.get("events", ())),
            users=tuple(fields.get("user_ids", ())),
            client_id=fields.get("client_id", ""),
            secret_token=fields.get("secret_token", ""),
            is_valid=noted.get("is_valid"),
            challenged_at=noted.get("at", ""),
            failures=noted.get("failures", 0),
        )

    def wants(self, event: str, about: Mapping[str, Any]) -> bool:
        """Return whether an event is one that was subscribed to."""
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
        if not all(isinstance(each, str) for each in (url, secret_token, client_id)):
            raise ValueError("a URL, a secret token and a client id are texts")
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

    def enable(self, subscription_id: str) -> Subscription | None:
        """Enable a subscription that was disabled, and let its URL be challenged anew; None if there is none."""
        found = self.find(subscription_id)
        return self.put(attrs.evolve(found, is_valid=None, failures=0)) if found else None

    def put(self, subscription: Subscription) -> Subscription:
        """Note how the URL of a subscription took its challenges."""
        noted = {
            "url": subscription.url,
            "is_valid": subscription.is_valid,
            "at": subscription.challenged_at,
            "failures": subscription.failures,
        }
        with self.state.store.lock:
            row = self._row(subscription)
            if self.state.store.get(row.account, RESOURCE, row.key):
                self.state.store.put(attrs.evolve(row, fields={**row.fields, "challenge": noted}))
        return subscription

    def restore(self) -> None:
        """Put those there again that outlive a reset."""
        for row in self._standing.values():
            self.state.store.put(row)

    def dump(self) -> list[str]:
        """Return the ids of those that outlive a reset."""
        return list(self._standing)

    def load(self, dumped: Sequence[str]) -> None:
        """Let these outlive a reset: they are rows of the store already."""
        self._standing = {each.id: self._row(each) for each in self if each.id in dumped}

    def _row(self, subscription: Subscription) -> Row:
        row = self.state.store.get(subscription.account, RESOURCE, (subscription.id,))
        return row or Row(subscription.account, RESOURCE, (subscription.id,), {})


def is_near(url: str) -> bool:
    """Return whether a URL is of this machine or its network: examples in tests name hosts of others."""
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
