"""The simulator: a Zoom that remembers. A request in, an answer out; who carries them is another matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from zoom_api_client.testing import contract
from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.exchange import Exchange, IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.responder import Responder
from zoom_api_client.testing.simulator import fixtures
from zoom_api_client.testing.simulator.authorization import Authorization
from zoom_api_client.testing.simulator.behaviours.registry import behaviours
from zoom_api_client.testing.simulator.clock import Clock
from zoom_api_client.testing.simulator.engine import Engine
from zoom_api_client.testing.simulator.events import Events
from zoom_api_client.testing.simulator.faults import Faults
from zoom_api_client.testing.simulator.files import Files
from zoom_api_client.testing.simulator.hosting import Hosting
from zoom_api_client.testing.simulator.limits import Limits
from zoom_api_client.testing.simulator.people import Presence
from zoom_api_client.testing.simulator.recording import Recording
from zoom_api_client.testing.simulator.state import Caller, State
from zoom_api_client.testing.simulator.telephony import Telephony
from zoom_api_client.testing.violation import Violation

_NO_DUMP: Final = (ValueError, LookupError, TypeError, AttributeError, OverflowError)

KEPT: Final = 10_000
"""So many exchanges are remembered at least: one that is served runs for days."""


class Simulator(Hosting, Recording, Telephony, Presence):
    """A Zoom of one's own: what is created in it is listed, read, changed and deleted.

    Args:
        seed: other seeds give other ids and other data.
        lenient: take what Zoom ignores, names that it does not know and null for "not set".
        open: take tokens, codes and apps that it does not know, as those of the user who owns the account.
        plan: of the account (pro, business …), whose limits hold; None for no limits.
        consents: give every app and device consent at once, without a page.
        responder: judges requests and knows the contract's answers; a new one, if none is given.

    Attributes:
        state: the clock, the store and the ids.
        authorization: apps, tokens, and who may call what.
        limits: what is too much.
        faults: what goes wrong.
        events: who subscribed to what, and what was delivered.
    """

    def __init__(
        self,
        *,
        seed: int = 0,
        lenient: bool = False,
        open: bool = False,
        plan: str | None = None,
        consents: bool = False,
        responder: Responder | None = None,
    ) -> None:
        self.state = State(seed, emit=lambda name, about, account: self.events.emit(name, about, account))
        self.authorization = Authorization(self.state, open=open, consents=consents)
        self.limits = Limits(self.state, plan)
        self.responder = responder or Responder(seed, self.override, lenient=lenient, keeps=KEPT)
        self.responder.authorize = self.authorization.answer
        self.responder.files = Files(self.state, self.authorization).answer
        self.engine = Engine(self.state, self.responder.usual, self.caller)
        self.faults = Faults(self.responder.usual, seed)
        self.events = Events(self.state, self.authorization.apps)

    @property
    def clock(self) -> Clock:
        """The clock: `simulator.clock.advance(3600)`."""
        return self.state.clock

    @property
    def exchanges(self) -> list[Exchange]:
        """The requests so far with their answers: the last ten thousand at least."""
        return self.responder.exchanges

    @property
    def violations(self) -> list[Violation]:
        """Everything in them that left the contract."""
        return self.responder.violations

    def answer(self, request: IncomingRequest) -> OutgoingAnswer:
        """Return the answer to a request, and remember both; what steers the simulator is not a request to Zoom."""
        self.clock.run_due()
        return self.faults.damage(request, self._answer(request))

    def deauthorize(self, client_id: str, user_id: str = "") -> int:
        """Remove an app, as a user does it: its tokens of them end, and it is told; return how many ended."""
        user, account = user_id or self.state.owner.user, self.state.owner.account
        about = {"client_id": client_id, "user_id": user, "deauthorization_time": self.state.now()}
        self.events.emit("app_deauthorized", {**about, "signature": self.state.identifiers.text()}, account)
        return self.authorization.tokens.remove(client_id, user)

    def caller(self, request: IncomingRequest) -> Caller:
        """Return who asks: the user who owns the account, if the token does not say."""
        return self.authorization.caller(request) or self.state.owner

    def seed(self, fixture: Mapping[str, Any] | str) -> None:
        """Put things there: users, meetings, recordings, as YAML or as a dict of it."""
        fixtures.seed(self.state, fixture)

    def reset(self) -> None:
        """Forget everything, and begin again."""
        self.state.reset()
        self.authorization.clear()
        self.limits.clear()
        self.faults.clear()
        self.events.clear()
        self.exchanges.clear()

    def dump(self) -> dict[str, Any]:
        """Return everything that it remembers and everything that waits, as JSON; but not what was asked."""
        with self.state.store.lock:
            return {**self.state.dump(), **{name: part.dump() for name, part in self._parts.items()}}

    def load(self, dumped: Mapping[str, Any]) -> None:
        """Go on where a dump stood. Raises `ValueError` for what is none, and then stays as it was."""
        with self.state.store.lock:
            before = self.dump()
            try:
                self._load(dumped)
            except _NO_DUMP as error:
                self._load(before)
                raise ValueError(f"not a state that a simulator wrote: {error!r}") from None

    def _load(self, dumped: Mapping[str, Any]) -> None:
        behaviours()  # who know what is to be done later
        self.state.load(dumped)
        for name, part in self._parts.items():
            part.load(dumped[name])

    @property
    def _parts(self) -> Mapping[str, Any]:
        """The parts that a dump has by their names."""
        parts = {"authorization": self.authorization, "limits": self.limits}
        return {**parts, "faults": self.faults, "events": self.events}

    def _answer(self, request: IncomingRequest) -> OutgoingAnswer:
        if faulty := self.faults.answer(request):
            return self.responder.record(request, faulty)
        match = contract.find(request.method, request.host, request.path)
        return self._call(match, request) if match else self.responder.answer(request)

    def _call(self, match: Match, request: IncomingRequest) -> OutgoingAnswer:
        """Answer a call of an operation: refuse it for its token or its limits, or judge it by the contract."""
        caller = self.caller(request)
        with self.limits.writing(match, caller) as overlap:
            refusal = self.authorization.admit(match, request) or self.limits.admit(match, request, caller) or overlap
            answer = self.responder.record(request, refusal) if refusal else self.responder.answer(request)
        return attrs.evolve(answer, headers={**answer.headers, **self.limits.headers(match, caller)})

    def override(self, match: Match, request: IncomingRequest) -> OutgoingAnswer:
        """Answer a request that is in order: what remembers from what is remembered, the others from the contract."""
        return self.engine(match, request) or self.responder.usual(match, request)
