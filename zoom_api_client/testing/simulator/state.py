"""The state of a simulator: its clock, what it remembers, and who it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import attrs

from zoom_api_client.testing.simulator import tasks, user_fields
from zoom_api_client.testing.simulator.clock import Clock
from zoom_api_client.testing.simulator.identifiers import Identifiers
from zoom_api_client.testing.simulator.store import Row, Store

Emit = Callable[[str, Mapping[str, Any], str], None]

_OWNER: Final = {"role_id": "0", "role_name": "Owner"}


@attrs.frozen
class Caller:
    """Who asks: the account, and the user that `me` means."""

    account: str
    user: str


@attrs.define
class State:
    """What the parts of a simulator share. `emitted` has the events that were sent since somebody cleared it."""

    seed: int = 0
    clock: Clock = attrs.field(factory=Clock)
    store: Store = attrs.field(factory=Store)
    identifiers: Identifiers = attrs.field(init=False)
    owner: Caller = attrs.field(init=False)
    emitted: set[str] = attrs.field(factory=set, init=False, repr=False)
    _emit: Emit = attrs.field(default=lambda name, about, account: None, alias="emit", repr=False)

    def __attrs_post_init__(self) -> None:
        self.clock.do = partial(tasks.do, self)
        self.identifiers = Identifiers(self.seed)
        self.owner = Caller(self.identifiers.text(), self.identifiers.text())
        self._found()

    def emit(self, name: str, about: Mapping[str, Any], account: str) -> None:
        """Send an event: its name, its object, the account."""
        self.emitted.add(name)
        self._emit(name, about, account)

    def now(self) -> str:
        """Return the time as Zoom writes it: `2026-03-31T09:00:00Z`."""
        return self.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def reset(self) -> None:
        """Forget everything, and begin again as at the start: with an account, and the user who owns it."""
        self.store.clear()
        self.clock.clear()
        self.__attrs_post_init__()

    def dump(self) -> dict[str, Any]:
        """Return everything as JSON."""
        return {
            "seed": self.seed,
            "owner": attrs.asdict(self.owner),
            "ids": self.identifiers.given,
            "clock": self.clock.dump(),
            **self.store.dump(),
        }

    def load(self, dumped: Mapping[str, Any]) -> None:
        """Become what was dumped."""
        tasks.check([waiting[1:] for waiting in dumped["clock"]["due"]])
        self.seed, self.owner = int(dumped["seed"]), _read_owner(dumped["owner"])
        self.identifiers = Identifiers(self.seed, int(dumped["ids"]))
        self.store.load(dumped)
        self.clock.load(dumped["clock"])

    def _found(self) -> None:
        """Put the owner of the account there."""
        said = {"email": "owner@example.com", "first_name": "Olga", "last_name": "Owner", **_OWNER}
        fields = user_fields.whole(self.owner.user, said, account=self.owner.account, now=self.now())
        self.store.put(Row(self.owner.account, "users", (self.owner.user,), fields))


def _read_owner(dumped: Mapping[str, Any]) -> Caller:
    if not all(isinstance(each, str) for each in dumped.values()):
        raise ValueError(f"{dumped} is not a user of an account")
    return Caller(**dumped)
