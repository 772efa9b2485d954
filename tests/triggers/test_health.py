"""How a receiver stands: asked in Python, and served to probes."""

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.request import urlopen

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from tests.triggers.apps import Connection, Served
from tests.triggers.inbox.conftest import url
from zoom_api_client.testing.events import SECRET_TOKEN, zoom_event
from zoom_api_client.triggers import HandlerRetry, Health, Receiver
from zoom_api_client.triggers.inbox import Delivery

__all__ = ["url"]


@pytest.fixture
def stored(url: str) -> Iterator[Receiver]:
    """A receiver with an inbox of each kind."""
    with closing(Receiver(secret_token=SECRET_TOKEN, inbox=url, retry=HandlerRetry(attempts=1))) as made:
        yield made


def test_health_says_what_waits_and_what_is_dead(stored: Receiver) -> None:
    """It says for how long: a retry that waits for its time does not count as old."""
    assert stored.health() == Health(worker_alive=None, waiting=0, oldest=0.0, dead_letters=0)
    stored.inbox.put([Delivery(str(each), b"{}", 0.0) for each in range(4)])
    dead, retried = stored.inbox.claim(2, lease=60)
    stored.inbox.bury(dead, error="x")
    stored.inbox.retry(retried, seconds=60, error="x")
    found = stored.health()
    assert (found.waiting, found.dead_letters) == (3, 1)
    assert 0 <= found.oldest < 10
    stored.inbox.claim(2, lease=60)
    assert stored.health().oldest == 0.0


def test_health_knows_the_worker(stored: Receiver) -> None:
    """None before it was started and after it was stopped."""
    stored.start()
    assert stored.health().worker_alive is True
    stored.stop()
    assert stored.health().worker_alive is None


async def probe(receiver: Receiver, path: str, **scope: Any) -> tuple[int | None, Any]:
    """Return what an ASGI app answers to a GET."""
    app: Any = receiver.asgi(work=False, health_path="/health")
    connection = Connection(method="GET")
    connection.scope |= {"path": path, **scope}
    await app(connection.scope, connection.receive, connection.send)
    return connection.status, json.loads(connection.sent[1]["body"] or b"null")


async def test_health_is_served(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """ASGI and WSGI answer at the path that was given and at no other; a worker that is gone is a 503."""
    good = {"worker_alive": None, "waiting": 0, "oldest": 0.0, "dead_letters": 0}
    assert await probe(receiver, "/health") == (200, good)
    assert await probe(receiver, "/hooks/health", root_path="/hooks") == (200, good)
    assert await probe(receiver, "/other") == (405, None)
    statuses: list[str] = []
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/health"}
    app: Any = receiver.wsgi(work=False, health_path="/health")
    assert json.loads(app(environ, lambda status, _: statuses.append(status))[0]) == good
    assert statuses == ["200 OK"]
    receiver.start()
    monkeypatch.setattr("zoom_api_client.triggers.inbox.Worker.is_alive", False)
    assert await probe(receiver, "/health") == (503, {**good, "worker_alive": False})
    event = zoom_event("meeting.started")
    assert receiver.handle(event.headers, event.body).status == 503


async def test_health_of_an_inbox_that_is_away_is_503(receiver: Receiver) -> None:
    """Without a word of where it is."""
    receiver.inbox.close()
    assert await probe(receiver, "/health") == (503, {"error": "the inbox cannot be read"})


def test_health_is_served_where_the_app_is_mounted(receiver: Receiver) -> None:
    """Under the path of the mount."""
    app = Starlette(routes=[Mount("/zoom", app=receiver.asgi(health_path="/health"))])
    with Served(app) as served, urlopen(f"{served.url}/zoom/health") as answer:
        assert json.load(answer)["waiting"] == 0
