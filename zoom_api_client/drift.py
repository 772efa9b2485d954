"""How Zoom's answers leave Zoom's documents. Nothing is refused for it: it is counted, and can be seen.

A client looks at the second answer of each operation, the fourth, the eighth and so on, which costs nothing to speak
of; a strict one looks at every answer, and raises. The first time that something is found it is logged.
"""

from __future__ import annotations

import logging
from collections import Counter
from threading import Lock
from typing import TYPE_CHECKING, Any

from zoom_api_client import errors
from zoom_api_client.operation import Operation

if TYPE_CHECKING:
    from zoom_api_client.departures import Departure

_log = logging.getLogger("zoom_api_client")


class Drift:
    """What a client has seen. One serves a client with all its threads and sub-accounts."""

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict
        self._lock = Lock()
        self._answers: Counter[str] = Counter()
        self._seen: Counter[Departure] = Counter()

    def see(self, operation: Operation[Any], status: int, result: Any) -> None:
        """Look at a result. Raises `ContractDrift` if it leaves the document and the client is strict."""
        with self._lock:
            self._answers[str(operation)] += 1
            number = self._answers[str(operation)]
        if not self._strict and (number == 1 or number & (number - 1)):
            return
        from zoom_api_client.departures import departures  # loaded with the first answer that is looked at

        found = list(dict.fromkeys(departures(operation, status, result)))
        with self._lock:
            new = [each for each in found if each not in self._seen]
            self._seen.update(found)
        for each in new:
            _log.info("drift: %s", each)
        if found and self._strict:
            raise errors.ContractDrift(found, result)

    def report(self) -> dict[Departure, int]:
        """Return what was found so far, with the number of answers it was found in, most frequent first."""
        with self._lock:
            return dict(self._seen.most_common())
