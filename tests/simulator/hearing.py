"""Hearing what a simulator tells of: the events as Zoom sends them, judged by the contract."""

from collections.abc import Mapping
from typing import Any

import attrs

from zoom_api_client.testing import contract
from zoom_api_client.testing.simulator import Simulator
from zoom_api_client.testing.simulator.shapes import Shape
from zoom_api_client.testing.validator import check_event
from zoom_api_client.testing.violation import Violation


@attrs.define
class Hearing:
    """Stands in the slot for events, and keeps what it is told."""

    told: list[tuple[str, Mapping[str, Any]]] = attrs.field(factory=list)

    def emit(self, name: str, about: Mapping[str, Any], account: str) -> None:
        """Keep an event."""
        self.told.append((name, about))

    @property
    def names(self) -> list[str]:
        """The names of the events, in their order."""
        return [name for name, _ in self.told]

    @property
    def violations(self) -> list[Violation]:
        """How what was reported leaves the contract: what has a value that Zoom would not send."""
        found = [each for name, about in self.told for each in check_event(name, _message(name, about))]
        return [each for each in found if each.rule != "required"]  # the sender of events knows more, such as accounts

    def last(self, name: str) -> Mapping[str, Any]:
        """Return what the last event of a name was about."""
        return next(about for known, about in reversed(self.told) if known == name)


def _message(name: str, about: Mapping[str, Any]) -> Any:
    event = contract.event(name)
    payload = {**about, "object": about}  # as far as there is room for it
    return Shape(event.document, event.schema).take({"event": name, "event_ts": 1774861200000, "payload": payload})


def hear(simulator: Simulator) -> Hearing:
    """Let somebody hear what happens in a simulator from now on."""
    simulator.events = hearing = Hearing()
    return hearing
