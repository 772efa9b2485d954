"""Drift counts how Zoom's answers leave Zoom's documents. Nothing is refused for it unless a client is strict.

A client compares the 2nd answer of each operation, the 16th, the 128th and so on, so that comparing costs next to
nothing; a strict one compares every answer, and raises. A departure is logged when it is found first.
"""

from __future__ import annotations

import logging
from collections import Counter
from threading import Lock
from typing import TYPE_CHECKING, Any

from zoom_api_client import errors
from zoom_api_client.core.operation import Operation

if TYPE_CHECKING:
    from zoom_api_client.core.conformance import Departure

_COMPARED = frozenset(2 * 8**power for power in range(20))

_log = logging.getLogger("zoom_api_client")


class Drift:
    """A counter of departures. One serves a client with all its threads and sub-accounts."""

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict
        self._lock = Lock()
        self._answers: Counter[str] = Counter()
        self._seen: Counter[Departure] = Counter()

    def see(self, operation: Operation[Any], status: int, result: Any) -> None:
        """Compare a result with its document. If a field departs and the client is strict, raises `ContractDrift`."""
        name = str(operation)
        with self._lock:
            number = self._answers[name] = self._answers[name] + 1
        if not self._strict and number not in _COMPARED:
            return
        from zoom_api_client.core.conformance import departures  # loaded with the first answer that is compared

        found = list(dict.fromkeys(departures(operation, status, result)))
        with self._lock:
            new = [each for each in found if each not in self._seen]
            self._seen.update(found)
        for each in new:
            _log.info("drift: %s", each)
        if found and self._strict:
            raise errors.ContractDrift(found, result)

    def report(self) -> dict[Departure, int]:
        """Return the departures so far, with the number of answers they were found in, most frequent first."""
        with self._lock:
            return dict(self._seen.most_common())
