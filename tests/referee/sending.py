"""Everything that is judged: the requests of the demo, of every operation, and of identifiers that are hard to send."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import respx

from tests.contract.calling import Wire, arguments, call_of
from tests.referee.documents import ENCODED_TWICE, Declared
from zoom_api_client import Zoom, errors
from zoom_api_client.cli.tour import stage, world
from zoom_api_client.cli.tour.__main__ import all_actions
from zoom_api_client.core.operation import Operation
from zoom_api_client.testing import MockZoom
from zoom_api_client.testing.exchange import Exchange, IncomingRequest
from zoom_api_client.transport.retry import Retry

UUID = "/aB3dEfGh//IjKlMnOpQ=="


@attrs.frozen
class _AtZoom:
    """The demo's Zoom, at Zoom's own addresses."""

    mock: MockZoom
    base_url: str = "https://api.zoom.us/v2"

    @property
    def exchanges(self) -> list[Exchange]:
        """The requests and their answers, in order."""
        return self.mock.exchanges


def by_demo() -> Iterator[IncomingRequest]:
    """Yield what the demo sends for operations, blocking and awaited."""
    loopback = respx.MockRouter(assert_all_called=False, assert_all_mocked=False)
    loopback.route(host="127.0.0.1").pass_through()  # the demo's own receiver of webhooks
    with TemporaryDirectory() as files, loopback, MockZoom(stateful=True) as mock:
        mock.simulator.seed(stage.fixture(mock.simulator.state))
        world.run_blocking(_AtZoom(mock), all_actions, Path(files, "blocking"))
        asyncio.run(world.run_awaited(_AtZoom(mock), all_actions, Path(files, "awaited")))
        yield from (each.request for each in mock.exchanges if each.operation)


def by_operations(operations: list[Operation[Any]]) -> Iterator[IncomingRequest]:
    """Yield what is sent for operations with all their arguments."""
    wire = Wire()
    with Zoom("a token", transport=wire, guard=None, retry=Retry(attempts=1)) as zoom:
        for each in operations:
            call_of(zoom, each)(**arguments(each))
            yield wire.responder.exchanges.pop().request


def by_identifiers(ours: Operation[Any], declared: Declared) -> Iterator[IncomingRequest]:
    """Yield what is sent for an operation if an identifier has slashes, where Zoom wants it encoded twice."""
    path = dict.fromkeys(declared.parameters("path"), "1234567890")
    given = [(place, name) for place in ("path", "query") for name in _encoded_twice(declared, place)]
    wire = Wire()
    with Zoom("a token", transport=wire, guard=None, retry=Retry(attempts=1)) as zoom:
        for place, name in given:
            more = {"query": {name: UUID}} if place == "query" else {}
            with suppress(errors.APIError):  # for the body that is missing: the address is judged
                zoom.send(ours.request({**path, name: UUID} if place == "path" else path, **more))
            yield wire.responder.exchanges.pop().request


def _encoded_twice(declared: Declared, place: str) -> list[str]:
    parameters = declared.parameters(place).items()
    return [name for name, each in parameters if ENCODED_TWICE.search(each.get("description", ""))]
