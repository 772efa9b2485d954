"""What a simulator sends: its events, kept, and its answers, held against the contract."""

from collections.abc import Mapping
from typing import Any

from tests.simulator.rounds import faults
from zoom_api_client.testing import contract
from zoom_api_client.testing.simulator import Simulator


class Told:
    """Keeps the events of a simulator."""

    def __init__(self, simulator: Simulator) -> None:
        self.events: list[tuple[str, Mapping[str, Any]]] = []
        simulator.events.emit = self.emit

    def emit(self, name: str, about: Mapping[str, Any], account: str) -> None:
        """Keep an event. Raises `LookupError` for one that Zoom does not have."""
        contract.event(name)
        self.events.append((name, about))

    @property
    def names(self) -> list[str]:
        """What happened, in its order."""
        return [name for name, _ in self.events]


def check(simulator: Simulator) -> None:
    """Hold all that was asked and answered against the contract."""
    assert not simulator.violations
    for each in simulator.exchanges:
        if each.operation and each.answer.status == each.operation.success:
            assert not faults(each.operation, each.answer), each.operation
