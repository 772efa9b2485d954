"""The engine does what operations do to resources, by what the contract says of them, and shows what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator import actions, answers, resources
from zoom_api_client.testing.simulator.behaviours.registry import behaviours
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.events import by_operation
from zoom_api_client.testing.simulator.refusals import Refused
from zoom_api_client.testing.simulator.state import Caller, State
from zoom_api_client.testing.simulator.store import Row

Usual = Callable[[Match, IncomingRequest, Any], OutgoingAnswer]


@attrs.define
class Engine:
    """Answers the operations that remember, and leaves the others to the contract.

    `usual` makes the answer of the contract with fields laid over it; `caller` says who asks.
    """

    state: State
    usual: Usual
    caller: Callable[[IncomingRequest], Caller]

    def __call__(self, match: Match, request: IncomingRequest) -> OutgoingAnswer | None:
        act = behaviours().get(str(match.operation))
        call = Call(match, request, self.state, self.caller(request), actions.proceed)
        with self.state.store.lock:
            try:
                if act is None and not _remembers(call):
                    return None
                self.state.emitted.clear()
                call.before = by_operation.row_before(call)
                result = act(call) if act else call.proceed()
                by_operation.emit(call, result)
                return self._show(call, result)
            except Refused as refused:
                return refused.answer

    def _show(self, call: Call, result: Any) -> OutgoingAnswer:
        if isinstance(result, OutgoingAnswer):
            return result
        facts = resources.facts_of(call.operation)
        if facts is None or result is None or isinstance(result, Mapping):
            return self.usual(call.match, call.request, result)
        if isinstance(result, Row):
            if call.operation.answers[call.operation.success]:
                return answers.of_row(call, result)
            return answers.of_change(call, [result])
        return answers.of_page(call, result) if facts.action == "list" else answers.of_change(call, result)


def _remembers(call: Call) -> bool:
    """Return True if the operation is on a resource that is written, or of which there is something to show."""
    facts = resources.facts_of(call.operation)
    resource = resources.find(facts.resource) if facts else None
    if facts is None or resource is None:
        return False
    media_type = next(iter(call.operation.answers[call.operation.success]), "json")
    known = resource.is_written or call.state.store.rows(call.account, facts.resource)
    return "json" in media_type and bool(known)
