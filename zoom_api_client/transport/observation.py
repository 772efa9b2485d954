"""Reports each call: by one line in the log and by one span, with its attempts beneath it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from zoom_api_client.transport import requests, responses, tracing

if TYPE_CHECKING:
    from zoom_api_client.transport.http import HTTPRequest

_log = logging.getLogger("zoom_api_client")


class Observation:
    """Watches one call from `with` to its end. It shows no secret: no query, no header but Zoom's tracking id, no body.

    Attributes:
        attempts: how many there were so far.
    """

    def __init__(self, target: requests.Target, outgoing: HTTPRequest) -> None:
        self._target, self._outgoing = target, outgoing
        self._answer: responses.Response | None = None
        self._spans = tracing.span(target, outgoing)
        self.attempts = 0

    def __enter__(self) -> Self:
        self._began = perf_counter()
        self._span = self._spans.__enter__()
        return self

    def attempt(self) -> AbstractContextManager[None]:
        """Watch an attempt; `note_answer` says what came of it."""
        self.attempts, self._answer = self.attempts + 1, None
        if self._spans is tracing.NONE:
            return tracing.NONE
        return self._trace(tracing.span(self._target, self._outgoing, self.attempts))

    @contextmanager
    def _trace(self, spans: AbstractContextManager[Any]) -> Iterator[None]:
        with spans as span:
            try:
                yield
            except BaseException as error:
                tracing.end(span, None, error)
                raise
            tracing.end(span, self._status, None)

    def note_answer(self, answer: responses.Response) -> responses.Response:
        """Note the answer to an attempt, and return it."""
        self._answer = answer
        return answer

    def log_retry(self, seconds: float, failure: BaseException) -> None:
        """Log that an attempt failed, and that another follows."""
        what, kind = requests.describe_target(self._target), type(failure).__name__
        _log.debug("%s: attempt %d failed (%s); again in %.1f s", what, self.attempts, kind, seconds)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        tracing.end(self._span, self._status, error)
        self._spans.__exit__(None, None, None)
        if _log.isEnabledFor(logging.INFO):
            tracking_id = self._answer.tracking_id if self._answer else None
            _log.info(
                "%s: %s in %.3f s, attempt %d, tracking id %s",
                requests.describe_target(self._target),
                self._status or (kind.__name__ if kind else None),
                perf_counter() - self._began,
                self.attempts,
                tracking_id or "none",
            )

    @property
    def _status(self) -> int | None:
        return self._answer.status if self._answer else None
