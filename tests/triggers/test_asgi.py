"""The receiver as an ASGI app."""

from typing import Any

import pytest

from tests.triggers.apps import STARTED, Connection, asked
from zoom_api_client.testing.events import SECRET_TOKEN
from zoom_api_client.triggers import Receiver


async def test_asgi_body_comes_in_parts(receiver: Receiver) -> None:
    """Servers hand over what a packet has."""
    parts = [STARTED.body[:10], b"", STARTED.body[10:]]
    connection = Connection(*parts, headers=STARTED.headers)
    assert await asked(receiver, connection) == 200
    assert connection.sent[0]["headers"] == [(b"content-type", b"text/plain"), (b"content-length", b"0")]
    assert receiver.inbox.counts().waiting == 1


async def test_asgi_body_that_is_not_complete_is_not_answered(receiver: Receiver) -> None:
    """Nobody is there to read an answer."""
    connection = Connection(STARTED.body[:10], headers=STARTED.headers)
    assert await asked(receiver, connection, complete=False) is None
    assert receiver.inbox.counts().waiting == 0


async def test_asgi_body_over_the_limit_is_not_read_to_its_end() -> None:
    """Whether the request says how long it is or not."""
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox="memory://", max_body=100)
    said = Connection(b"x" * 101, headers={"content-length": "101"})
    assert await asked(receiver, said) == 413
    assert len(said.incoming) == 1
    unsaid = Connection(*[b"x" * 60] * 10, headers=STARTED.headers)
    assert await asked(receiver, unsaid) == 413
    assert len(unsaid.incoming) == 8
    receiver.close()


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_asgi_takes_nothing_but_post(receiver: Receiver, method: str) -> None:
    """It reads nothing of any other request."""
    connection = Connection(STARTED.body, method=method, headers=STARTED.headers)
    assert await asked(receiver, connection) == 405
    assert len(connection.incoming) == 1


async def test_asgi_closes_a_websocket(receiver: Receiver) -> None:
    """It is the wrong address for one."""
    connection = Connection()
    connection.scope = {"type": "websocket"}
    app: Any = receiver.asgi(work=False)
    await app(connection.scope, connection.receive, connection.send)
    assert connection.sent == [{"type": "websocket.close", "code": 1000}]
