"""Send in batches what Zoom takes 30 of at a time."""

# Derived from zoom_api_client/_async/modules/batches.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from zoom_api_client import errors
from zoom_api_client.core.operation import Request

if TYPE_CHECKING:
    from zoom_api_client._sync.protocols import Sender

T = TypeVar("T")
Answer = TypeVar("Answer")

SIZE = 30


def send(zoom: Sender, request: Callable[[list[T]], Request[Answer]], things: Iterable[T]) -> Answer:
    """Send a request for each batch, and return the last answer.

    One batch fails with its own error; of several, `BatchFailed` tells how far they got.
    """
    listed = list(things)
    waiting = [listed[start : start + SIZE] for start in range(0, len(listed), SIZE)]
    if not waiting:
        raise ValueError("there is nothing to send: the list is empty")
    if len(waiting) == 1:
        return zoom.send(request(listed))
    requests = [request(batch) for batch in waiting]  # what Zoom would refuse in the last must not follow the first
    answers: list[Answer] = []
    for number, batch in enumerate(waiting):
        try:
            answers.append(zoom.send(requests[number]))
        except errors.ZoomError as failure:
            begin = number * SIZE
            raise errors.BatchFailed(listed[:begin], batch, listed[begin + SIZE :]) from failure
    return answers[-1]
