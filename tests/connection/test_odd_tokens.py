"""Token answers are read within the client's bounds, and what is odd in them ends in an error of ours."""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.client.loopback import Reply
from tests.client.raw_server import raw_server
from tests.connection.authorization_server import ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, AuthorizationServer
from tests.connection.conftest import Worlds
from zoom_api_client import AsyncZoom, Bounds, Retry, Zoom, errors
from zoom_api_client.connection import DeviceFlow, ServerToServer, Token
from zoom_api_client.connection.device import DeviceCode
from zoom_api_client.transport.hosts import COMMERCIAL

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ONCE = Retry(attempts=1)
GOOD: dict[str, Any] = {"access_token": "an access token", "expires_in": 3600}
each_world = pytest.mark.parametrize("kind", [Zoom, AsyncZoom], ids=["blocking", "asynchronous"])


async def ask(kind: Any, origin: str, **bounds: Any) -> Any:
    """Call an API whose token comes from an authorization server."""
    connection = ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, oauth_url=origin)
    zoom = kind(connection, base_url=f"{origin}/v2", retry=ONCE, guard=None, bounds=Bounds(**bounds))
    if kind is Zoom:
        with zoom:
            return zoom.call("GET", "/users/me")
    async with zoom:
        return await zoom.call("GET", "/users/me")


@each_world
async def test_a_bomb_for_a_token_is_not_decompressed(kind: Any) -> None:
    """It took half a gigabyte, and was written to the store."""
    bomb = gzip.compress(bytes(10_000_000))
    head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: %d\r\n\r\n" % len(bomb)
    with (
        raw_server(lambda _: [head + bomb]) as served,
        pytest.raises(errors.BoundExceeded, match="answer_bytes=100,000"),
    ):
        await ask(kind, served.origin, answer_bytes=100_000)


@each_world
@pytest.mark.parametrize("begin", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n"])
async def test_a_token_that_drips_ends(kind: Any, begin: bytes) -> None:
    """Headers may drip as well as a body."""
    each = b" " if begin.endswith(b"\r\n\r\n") else b"x: y\r\n"

    def answer(_: int) -> Iterator[bytes]:
        return served.drip(begin=begin, each=each)

    with raw_server(answer) as served, pytest.raises(errors.BoundExceeded, match="answer_seconds"):
        await ask(kind, served.origin, answer_seconds=0.1)


@each_world
async def test_half_of_a_token_answer_is_none(kind: Any) -> None:
    """A compressed one whose end is missing; a whole one is read."""
    for content, fails in ((gzip.compress(json.dumps(GOOD).encode()), False), (gzip.compress(b"{}")[:-4], True)):
        head = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: %d\r\n\r\n" % len(content)
        with raw_server(lambda _, sent=head + content: [sent]) as served:
            if fails:
                with pytest.raises(errors.ConnectionFailed, match="cut off"):
                    await ask(kind, served.origin)
            else:
                assert await ask(kind, served.origin) == GOOD


@pytest.mark.parametrize(
    "api_url",
    [
        "https://.zoom.us",
        "https://a..zoom.us",
        "https://api.zoom.us:abc",
        "https://xn--.zoom.us",
        "https://[",
        5,
        ["x"],
    ],
)
def test_an_api_url_that_is_not_a_host_is_not_heeded(api_url: Any) -> None:
    """A stored one would make each process fail; a foreign host is not heeded either."""
    token = Token.from_answer({**GOOD, "api_url": api_url}, NOW)
    assert COMMERCIAL.api(token.api_url) == COMMERCIAL.base_url
    assert COMMERCIAL.api(Token.from_json(token.to_json()).api_url) == COMMERCIAL.base_url


@pytest.mark.parametrize("lifetime", [10**30, "9" * 30, -5, 1.5, [], {}, True, "١٢"])
def test_any_lifetime_is_read(lifetime: Any) -> None:
    """A number that no calendar has is none."""
    token = Token.from_answer({**GOOD, "expires_in": lifetime}, NOW)
    assert token.is_alive(NOW, margin=timedelta(seconds=1))


@pytest.mark.parametrize("text", ["\ud800", "a\r\nb", "a\0", 5, ["x"]])
def test_a_token_that_cannot_be_sent_is_none(text: Any) -> None:
    """A header or a form cannot carry it; kept, each process would fail."""
    with pytest.raises(ValueError, match="no access token"):
        Token.from_answer({**GOOD, "access_token": text}, NOW)
    assert Token.from_answer({**GOOD, "refresh_token": text}, NOW).refresh_token is None
    with pytest.raises(ValueError, match="not a token that to_json wrote"):
        Token.from_json(json.dumps({"access_token": text}))


@pytest.mark.parametrize(
    "odd",
    [{"interval": -5}, {"interval": "x"}, {"interval": float("nan")}, {"interval": 1e999}, {"expires_in": 10**30}],
)
async def test_a_device_code_of_nonsense_is_refused(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any], odd: dict[str, Any]
) -> None:
    """`sleep` and the calendar would raise errors of their own."""
    said = {"device_code": "D", "user_code": "U", **odd}
    with raw_server(lambda _: [device_answer(said)]) as served:
        flow = DeviceFlow(CLIENT_ID, CLIENT_SECRET, **{**options, "oauth_url": served.origin})
        with pytest.raises(errors.AuthorizationFailed, match="without a device code"):
            await world(flow, "authorize", lambda _: None)


def device_answer(said: Any) -> bytes:
    """Return the answer of HTTP."""
    content = json.dumps(said).encode()
    return b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(content) + content


def test_nobody_waits_longer_than_the_code_lives() -> None:
    """An interval of days would let `authorize` sleep for days."""
    code = DeviceCode.from_answer({"device_code": "D", "user_code": "U", "interval": 10**6, "expires_in": 60}, NOW)
    assert code.find_wait(NOW) == 60
    assert code.find_wait(NOW + timedelta(seconds=50)) == 10
    assert code.find_wait(NOW + timedelta(seconds=70)) == 0


async def test_a_refusal_has_no_control_characters(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any]
) -> None:
    """They would act on a terminal; and it may be of any length."""
    said = {"error": "odd\x1b[2J", "reason": "no\nINFO done\x1b[2J" + "x=" * 100_000}
    server.script = [Reply(400, body=json.dumps(said).encode())]
    with pytest.raises(errors.AuthorizationFailed) as raised:
        await world(ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, **options), "token")
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 2200
