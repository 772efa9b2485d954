"""Secrets are marked `SECRET`, planted everywhere, and looked for in all that a program may show."""

import logging
import pickle
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.pretty import pretty_repr

from tests.client.loopback import Reply
from tests.connection.authorization_server import CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, AuthorizationServer
from tests.connection.conftest import Clock, Worlds
from zoom_api_client import Throttle, Zoom
from zoom_api_client._sync.auth import ConnectionAuth
from zoom_api_client.connection import (
    BareToken,
    Chatbot,
    DeviceFlow,
    ServerToServer,
    Token,
    UserOAuth,
    VideoSDK,
)
from zoom_api_client.quota import Guard

MARK = "SECRET-"
ACCESS, API_SECRET, BROKEN = f"{MARK}access", f"{MARK}api", f"{MARK}é"


def shown(error: BaseException | None, *, parts: bool = True) -> str:
    """Return an error as the most talkative reporter shows it: the chain, the locals of our frames, and its parts."""
    text = ""
    while error is not None:
        lines = traceback.TracebackException.from_exception(error, capture_locals=True).stack
        ours = [str(frame.locals) for frame in lines if "zoom_api_client" in Path(frame.filename).parts]
        formatted = "".join(traceback.format_exception(error))
        text += "\n".join([*ours, repr(error), str(error), str(vars(error)) if parts else "", formatted])
        error = error.__cause__ or error.__context__
    return text


def all_kinds(options: dict[str, Any]) -> list[Any]:
    """Return one connection of each kind."""
    return [
        ServerToServer("account", CLIENT_ID, CLIENT_SECRET, **options),
        UserOAuth(CLIENT_ID, CLIENT_SECRET, **options),
        Chatbot(CLIENT_ID, CLIENT_SECRET, **options),
        DeviceFlow(CLIENT_ID, CLIENT_SECRET, **options),
        BareToken(ACCESS, **options),
        VideoSDK("key", API_SECRET, **options),
    ]


async def test_a_whole_life_shows_no_secret(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any], clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """Consent, calls, renewals, a refusal that quotes the token, an end: at DEBUG, httpx's own lines included."""
    caplog.set_level(logging.DEBUG)
    connection = UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, **options)
    token = await world(connection, "exchange", server.consent(connection.authorize_url()))
    clock.forward(hours=2)
    await world.get(connection, f"{server.base_url}/users/me")
    server.kill_tokens()
    await world.get(connection, f"{server.base_url}/users/me")
    seen = [
        repr(token),
        str(token),
        repr(connection),
        repr(ConnectionAuth(connection)),
        repr(vars(connection)),
        repr(connection.app),
    ]
    seen.append(repr(connection.app.refresh_token(connection._verifier("x"))))
    server.current_refresh = "another"
    clock.forward(hours=2)
    with pytest.raises(Exception, match="Invalid Token") as raised:
        await world(connection, "token")
    seen.append(shown(raised.value))
    with pytest.raises(Exception, match="Invalid Token") as raised:
        await world.get(connection, f"{server.base_url}/users/me")
    seen.append(shown(raised.value))
    assert "Invalid Token! …" in str(raised.value)
    assert MARK not in "\n".join([*seen, caplog.text])
    assert "new access token" in caplog.text


@pytest.mark.parametrize(
    "reply",
    [
        Reply(400, body=b'{"reason": "no: SECRET-client"}'),
        Reply(500, body=b"SECRET-client"),
        Reply(503, body=b'{"reason": "SECRET-client"}'),
        Reply(200, body=b'{"access_token": null, "x": "SECRET-client"}'),
        Reply(429, body=b"[]"),
    ],
    ids=["400", "500", "503", "200", "429"],
)
async def test_refusals_show_no_secret(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any], reply: Reply
) -> None:
    """Even if Zoom quotes what it was sent."""
    server.script = [reply] * 4
    with pytest.raises(Exception, match=r".") as raised:
        await world(Chatbot(CLIENT_ID, CLIENT_SECRET, **options), "token")
    assert MARK not in shown(raised.value)


@pytest.mark.parametrize("failure", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError, RuntimeError])
async def test_failures_show_no_secret(world: Worlds, options: dict[str, Any], failure: type[Exception]) -> None:
    """The frames of httpx hold the request: they are cut off."""

    def fail(request: httpx.Request) -> httpx.Response:
        content, header = request.content.decode(), request.headers["authorization"]
        raise failure(f"no {len(content) + len(header)}")

    options = {**options, "transport": httpx.MockTransport(fail)}
    connection = DeviceFlow(CLIENT_ID, CLIENT_SECRET, **options)
    said = {"access_token": "SECRET-a", "refresh_token": "SECRET-r", "expires_in": 0}
    connection._keep(Token.from_answer(said, connection._now()), None)
    with pytest.raises(Exception, match=r"no |in time") as raised:
        await world(connection, "token")
    assert MARK not in shown(raised.value)


def test_reprs_show_no_secret(options: dict[str, Any]) -> None:
    """A connection, its parts, and an object that holds one are shown in logs."""
    for each in all_kinds(options):
        assert MARK not in f"{each!r} {each} {vars(each)!r} {ConnectionAuth(each)!r} {getattr(each, 'app', '')!r}"


def test_rich_shows_no_secret_of_a_token() -> None:
    """It prints the fields of a class of attrs, whatever its repr says: in tracebacks with locals too."""
    token = Token.from_answer({"access_token": ACCESS, "refresh_token": MARK}, datetime.now(UTC))
    assert MARK not in pretty_repr(token)
    assert ACCESS not in pretty_repr({"token": [token]})


def test_a_connection_that_could_not_be_made_can_be_shown() -> None:
    """Tracebacks with locals show it half made, and end in an error of their own if its repr does."""
    for make in (
        lambda: Guard("redis://127.0.0.1/no-number"),
        lambda: Guard(limit=-1),
        lambda: UserOAuth(CLIENT_ID, CLIENT_SECRET, store="redis://127.0.0.1/no-number"),
        lambda: Throttle(store="redis://127.0.0.1/no-number"),
        lambda: Zoom("token", base_url="ftp://elsewhere.example"),
    ):
        with pytest.raises(ValueError, match=r".") as raised:
            make()
        assert "".join(traceback.TracebackException.from_exception(raised.value, capture_locals=True).format())


def test_wrong_arguments_show_no_secret(options: dict[str, Any]) -> None:
    """A mistake in one argument must not show another."""
    wrong: dict[str, Any] = {**options, "oauth_url": "http://elsewhere.example"}
    for make in (
        lambda: ServerToServer("", CLIENT_ID, CLIENT_SECRET, **options),
        lambda: ServerToServer("a", "", CLIENT_SECRET, **options),
        lambda: UserOAuth("", CLIENT_SECRET, **options),
        lambda: Chatbot(CLIENT_ID, CLIENT_SECRET, **wrong),
        lambda: VideoSDK("", API_SECRET, **options),
        lambda: BareToken(BROKEN, **options),
    ):
        with pytest.raises(ValueError, match=r".") as raised:
            make()
        assert MARK not in shown(raised.value)


def test_tokens_are_not_pickled() -> None:
    """A pickle would carry the secrets away unseen."""
    with pytest.raises(TypeError):
        pickle.dumps(Token(ACCESS))
