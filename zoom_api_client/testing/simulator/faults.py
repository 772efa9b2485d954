"""Faults: what goes wrong, or is answered otherwise, because somebody switched it on.

    simulator.faults.add("meetings.create_meeting", raises=429, times=2)
    simulator.faults.add("/v2/users/*", delays=2.5)
    simulator.faults.add("users.list_users", pages=95)

Each is on for a number of requests, or until it is switched off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any

import attrs

from zoom_api_client.testing import contract, download_files, oauth
from zoom_api_client.testing.contract import Match, Operation
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator.fault import Fault, Usual

_ASKS: tuple[tuple[Operation, Callable[[IncomingRequest], bool]], ...] = (
    (oauth.TOKEN, oauth.asks),
    (download_files.FILE, download_files.asks),
)
_ARGUMENTS = [each.name for each in attrs.fields(Fault) if each.init]


class Faults:
    """The faults that are switched on, in their order: the first that is on a request answers it.

    Args:
        usual: makes the contract's answer with fields laid over it.
        seed: other seeds give other items of pages.
    """

    def __init__(self, usual: Usual, seed: int = 0) -> None:
        self._usual, self._seed, self._faults, self._lock = usual, seed, list[Fault](), Lock()

    def add(self, on: str, /, **what: Any) -> Fault:
        """Switch a fault on. Raises `ValueError` for what is none; the arguments are the attributes of `Fault`."""
        if unknown := sorted(what.keys() - _ARGUMENTS):
            raise ValueError(f"a fault has {', '.join(_ARGUMENTS)}, and not {', '.join(unknown)}")
        fault = Fault(on=on, **what)
        with self._lock:
            self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Switch a fault off."""
        with self._lock:
            self._faults = [each for each in self._faults if each is not fault]

    def clear(self) -> None:
        """Switch all faults off."""
        self.load([])

    def dump(self) -> list[dict[str, Any]]:
        """Return the faults as JSON."""
        return [each.describe() for each in self]

    def load(self, dumped: list[dict[str, Any]]) -> None:
        """Replace all faults with those of a dump."""
        faults = [Fault(**each) for each in dumped]
        with self._lock:
            self._faults = faults

    def __iter__(self) -> Iterator[Fault]:
        return iter(tuple(self._faults))

    def answer(self, request: IncomingRequest) -> OutgoingAnswer | None:
        """Return the answer of the first fault that has one for a request."""
        match = _find(request) if self._faults else None
        fault = self._take(match, request, has_answer=True)
        return fault.damage(fault.answer(match, request, self._usual, self._seed)) if fault else None

    def damage(self, request: IncomingRequest, answer: OutgoingAnswer) -> OutgoingAnswer:
        """Return an answer as it arrives: late, or cut."""
        fault = self._take(_find(request), request, has_answer=False) if self._faults else None
        return fault.damage(answer) if fault else answer

    def _take(self, match: Match | None, request: IncomingRequest, *, has_answer: bool) -> Fault | None:
        """Return the first fault that is on a request, and count that."""
        with self._lock:
            on = (each for each in self._faults if each.has_answer is has_answer and each.fits(match, request))
            fault = next(on, None)
            if fault is not None and fault.times == 1:
                self._faults = [each for each in self._faults if each is not fault]
            elif fault is not None and fault.times is not None:
                fault.times -= 1
        return fault


def _find(request: IncomingRequest) -> Match | None:
    """Return what a request is for: an operation, a token or a file."""
    beside = next((operation for operation, asks in _ASKS if asks(request)), None)
    return Match(beside, {}, {}) if beside else contract.find(request.method, request.host, request.path)
