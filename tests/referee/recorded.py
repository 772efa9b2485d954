"""Exchanges that took place elsewhere, judged by Prism: it stands in front of what gives the same answers again."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from tests.client.worlds import World
from tests.referee.judge import Judge
from tests.referee.prism import prisms
from tests.simulator.day import Day
from tests.simulator.rounds import ELSEWHERE, Round
from zoom_api_client import Zoom
from zoom_api_client.core.operations import operations
from zoom_api_client.testing.exchange import Exchange, IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.responder import Responder
from zoom_api_client.testing.server import EmbeddedZoom
from zoom_api_client.testing.simulator import Simulator, resources, serve_in_thread

_NUMBER = "x-recorded"
_NOT_JUDGED = {0, 401, 403, 429}
"""No answer at all, and how tokens and limits are refused, for all operations alike: few documents say so."""


@attrs.define
class Recorded(Responder):
    """Gives each request the answer that was recorded for its number."""

    recorded: Sequence[Exchange] = ()

    def answer(self, request: IncomingRequest) -> OutgoingAnswer:
        """Return the answer that was given before."""
        return self.recorded[int(request.header(_NUMBER))].answer


@contextmanager
def judged(installed: Path, documents: Sequence[Path], exchanges: Sequence[Exchange]) -> Iterator[Judge]:
    """Let Prism judge requests for operations, and the answers to them."""
    kept = [each for each in exchanges if _is_judged(each)]
    with (
        EmbeddedZoom(Recorded(recorded=kept)) as zoom,
        prisms(installed, documents, zoom.base_url) as served,
        Judge(prisms=served, own=False) as judge,
    ):
        for number, each in enumerate(kept):
            headers = {**each.request.headers, _NUMBER: str(number)}
            judge.answer(attrs.evolve(each.request, headers=headers))
        yield judge


def _is_judged(exchange: Exchange) -> bool:
    is_of_parts = "multipart" in exchange.request.header("content-type")  # Prism fails at parts that say no type
    is_public = str(exchange.operation) in _public()  # Prism has no documents of master accounts
    return is_public and exchange.answer.status not in _NOT_JUDGED and not is_of_parts


@cache
def _public() -> frozenset[str]:
    return frozenset(map(str, operations()))


def by_rounds() -> list[Exchange]:
    """Return what is asked and answered when a row of each resource is created, read, changed and deleted."""
    written = [each for each in resources.every().values() if each.is_written and each.name not in ELSEWHERE]
    going = Round()
    for resource in written:
        if resource.by_action("create", "add"):
            going.go(resource)
    return list(going.simulator.exchanges)


def by_day() -> list[Exchange]:
    """Return what is asked and answered on a day of a user."""
    simulator = Simulator(plan="business")
    with TemporaryDirectory() as files, serve_in_thread(simulator) as served:
        asyncio.run(Day(World(Zoom), simulator, served.base_url, Path(files)).live())
    return list(simulator.exchanges)
