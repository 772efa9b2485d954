"""Send in batches what Zoom takes 30 of at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from zoom_api_client import errors
from zoom_api_client.core.operation import Request

if TYPE_CHECKING:
    from zoom_api_client._async.protocols import AsyncSender

T = TypeVar("T")
Answer = TypeVar("Answer")

SIZE = 30


async def send(zoom: AsyncSender, request: Callable[[list[T]], Request[Answer]], things: Iterable[T]) -> Answer:
    """Send a request for each batch, and return the last answer.

    One batch fails with its own error; of several, `BatchFailed` tells how far they got.
    """
    everything = list(things)
    if not everything:
        raise ValueError("there is nothing to send: the list is empty")
    if len(everything) <= SIZE:
        return await zoom.send(request(everything))
    starts = range(0, len(everything), SIZE)
    # All requests are made, and so checked, before the first is sent: a mistake in the last batch sends none.
    requests = [request(everything[start : start + SIZE]) for start in starts]
    answers: list[Answer] = []
    for start, each in zip(starts, requests, strict=True):
        end = start + SIZE
        try:
            answers.append(await zoom.send(each))
        except errors.ZoomError as failure:
            raise errors.BatchFailed(everything[:start], everything[start:end], everything[end:]) from failure
    return answers[-1]
