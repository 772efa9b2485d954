"""The whole client, driven through every success and failure with marked secrets everywhere; none may show.

Looked at: all logs at DEBUG (ours, httpx's and httpcore's), reprs, texts, and formatted tracebacks with the chain and
with the locals of our frames.
"""

import inspect
import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.client.loopback import Loopback, Reply, Sent
from tests.connection.authorization_server import (
    ACCOUNT_ID,
    CLIENT_ID,
    CLIENT_SECRET,
    REDIRECT_URI,
    AuthorizationServer,
)
from tests.connection.conftest import Worlds
from tests.connection.test_secrets import API_SECRET, MARK, shown
from zoom_api_client import AsyncZoom, Zoom, errors
from zoom_api_client.api.meetings import create_meeting, get_meeting
from zoom_api_client.connection import Chatbot, DeviceFlow, ServerToServer, UserOAuth, VideoSDK
from zoom_api_client.models.meetings import CreateMeetingBody
from zoom_api_client.transport.retry import Retry

MEETING = (
    b'{"id": 1, "topic": "Standup", "password": "SECRET-passcode", "start_url": "https://zoom.us/s/1?zak=SECRET-zak", '
    b'"join_url": "https://zoom.us/j/1?pwd=SECRET-pwd&tk=SECRET-tk", "download_token": "SECRET-download", '
    b'"download_access_token": "SECRET-download", "settings": {"x": {"passcode": "SECRET passcode of two words"}}}'
)
PASSCODE = "SECRET-passcode"
LINK = {"zak": "SECRET-zak", "pwd": "SECRET-pwd", "tk": "SECRET-tk"}
SAID = (
    "no: https://zoom.us/j/1?pwd=SECRET-pwd&tk=SECRET-tk and /s/1?zak=SECRET-zak or ?access_token=SECRET-access with "
    "Bearer SECRET-access-token-1234567890"
)
JSON = b'{"code": 300, "message": "%s", "errors": [{"field": "password", "message": "%s"}], %s' % (
    SAID.encode(),
    SAID.encode(),
    MEETING[1:],
)
ANSWERS = {
    "refused": Reply(400, body=JSON),
    "dead token": Reply(401, body=JSON.replace(b"300", b"124")),
    "scope": Reply(400, body=JSON.replace(b"300", b"4711")),
    "forbidden": Reply(403, body=JSON),
    "missing": Reply(404, body=JSON),
    "limited": Reply(429, {"retry-after": "2026-05-31T00:00:00Z"}, JSON),
    "daily": Reply(429, {"x-ratelimit-type": "Daily-limit"}, JSON),
    "failing": Reply(500, body=JSON),
    "success that is none": Reply(200, body=JSON.replace(b"300", b"200")),
    "almost JSON": Reply(400, body=MEETING[:-1] + b', "code": 300, "message": "needs "SECRET" scope" : '[:15]),
    "cut off": Reply(200, body=b'{"code": 300, ' + MEETING[1:-2]),
    "HTML": Reply(502, {"content-type": "text/html"}, b"<html>" + SAID.encode()),
    "bytes": Reply(404, {"content-type": "video/mp4"}, b"SECRET-video"),
    "redirect to nowhere": Reply(302, {"location": "http://127.0.0.1:9/f?access_token=SECRET-access"}),
    "redirect without end": Reply(307, {"location": "/v2/meetings/1?pwd=SECRET-pwd"}),
    "cookie": Reply(404, {"set-cookie": "_zm_session=SECRET-session; Path=/"}, b"{}"),
    "fine": Reply(200, body=MEETING),
}


def zoom_of(world: Worlds, connection: Any, **options: Any) -> Any:
    """Return the client of a world, which waits for nothing."""
    kind = Zoom if world.blocks else AsyncZoom
    return kind(connection, **{"retry": Retry(attempts=2, first_wait=0), **options})


async def done(result: Any) -> Any:
    """Return a result of either world."""
    return await result if inspect.isawaitable(result) else result


async def everything(world: Worlds, zoom: Any) -> list[str]:
    """Call in each way that the client has, and return all that a program may show of what came."""
    calls: list[Callable[[], Any]] = [
        lambda: zoom.meetings.get(1),
        lambda: zoom.send(get_meeting.request(1)),
        lambda: zoom.send(create_meeting.request("me", body=CreateMeetingBody(topic="x", password=PASSCODE))),
        lambda: zoom.call("GET", "/meetings/1", params=LINK),
        lambda: zoom.call("POST", "/x", json={"password": PASSCODE}, headers={"x-token": PASSCODE}),
        lambda: zoom.call("GET", f"/f?access_token={PASSCODE}"),
    ]
    seen = [repr(zoom), str(zoom), repr(zoom.connection), repr(vars(zoom))]
    for call in calls:
        try:
            result = await done(call())
        except errors.ZoomError as error:
            seen += [shown(error, parts=False), repr(error), str(error)]
        else:
            seen += [repr(result), str(result)] if not isinstance(result, str | dict | bytes) else []
    return seen


def check(seen: list[str], caplog: pytest.LogCaptureFixture) -> None:
    """Find no secret in what was seen and logged."""
    found = [line for text in [*seen, caplog.text] for line in text.splitlines() if "SECRET" in line]
    assert found == []


@pytest.fixture(autouse=True)
def debug(caplog: pytest.LogCaptureFixture) -> None:
    """Log everything."""
    caplog.set_level(logging.DEBUG)


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
async def test_no_answer_shows_a_secret(world: Worlds, answer: Reply, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever Zoom answers."""
    with Loopback(lambda sent: answer) as served:
        zoom = zoom_of(world, "SECRET-access", base_url=served.base_url)
        seen = await everything(world, zoom)
        await done(zoom.close() if world.blocks else zoom.aclose())
    assert "httpx" in {record.name for record in caplog.records}
    assert "httpcore.http11" in {record.name for record in caplog.records}
    check(seen, caplog)


@pytest.mark.parametrize("failure", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError])
async def test_no_failure_to_connect_shows_a_secret(
    world: Worlds, failure: type[httpx.RequestError], caplog: pytest.LogCaptureFixture
) -> None:
    """The cause is kept, and tells no address with a secret in it."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise failure("no", request=request)

    zoom = zoom_of(world, "SECRET-access", transport=httpx.MockTransport(fail))
    seen = await everything(world, zoom)
    await done(zoom.close() if world.blocks else zoom.aclose())
    check(seen, caplog)
    assert seen


@pytest.mark.parametrize(
    "reply",
    [
        None,
        Reply(400, body=b'{"error": "invalid_grant", "reason": "SECRET-client Bearer SECRET-access-token-1234567890"}'),
        Reply(401, body=b'{"reason": "no SECRET-client", "error": "invalid_client", "access_token": "SECRET-access"}'),
        Reply(200, {"set-cookie": "a=SECRET-cookie"}, b'{"access_token": 1, "refresh_token": "SECRET-refresh"}'),
        Reply(200, body=b'{"access_token": "SECRET-access'),
        Reply(500, body=b"<html>SECRET-client"),
        Reply(429, body=b'{"message": "SECRET-client"}'),
    ],
    ids=["fine", "dead", "credentials", "no token", "cut off", "failing", "limited"],
)
async def test_no_grant_shows_a_secret(
    world: Worlds, server: AuthorizationServer, caplog: pytest.LogCaptureFixture, reply: Reply | None
) -> None:
    """Every grant behind the client: consent, code, verifier, device code, renewals, revocation and refusals."""
    given: dict[str, Any] = {"oauth_url": server.origin, "base_url": server.base_url, "store": "memory://"}
    user = UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, **given)
    device = DeviceFlow(CLIENT_ID, CLIENT_SECRET, sleep=lambda seconds: None, **given)
    seen: list[str] = []

    async def tried(result: Callable[[], Any]) -> None:
        if reply is not None:
            server.script = [reply] * 3
        try:
            seen.append(repr(await done(result())))
        except errors.ZoomError as error:
            seen.append(shown(error))
        server.script = []

    for back in (server.consent(user.authorize_url()), f"{REDIRECT_URI}?code=SECRET-code&state=another"):
        await tried(lambda back=back: world(user, "exchange", back))  # type: ignore[misc]
    await tried(lambda: world(device, "authorize", lambda code: seen.append(repr(code))))
    connections: list[Any] = [
        user,
        device,
        ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, **given),
        Chatbot(CLIENT_ID, CLIENT_SECRET, **given),
        VideoSDK("key", API_SECRET, **given),
    ]
    for connection in connections:
        zoom = zoom_of(world, connection)
        await tried(lambda zoom=zoom: zoom.call("GET", "/users/me"))  # type: ignore[misc]
        server.kill_tokens()
        await tried(lambda zoom=zoom: zoom.call("GET", "/users/me"))  # type: ignore[misc]
        seen += [repr(connection), repr(vars(connection)), repr(zoom), connection.account]
        if hasattr(connection, "revoke"):
            await tried(lambda connection=connection: world(connection, "revoke"))  # type: ignore[misc]
        await done(zoom.close() if world.blocks else zoom.aclose())
    check(seen, caplog)
    assert len(seen) > 20


def test_secrets_are_where_they_must_be(server: AuthorizationServer) -> None:
    """The marks are really there: in what goes to Zoom, and in what comes from it."""
    sent: list[Sent] = server.seen
    connection = UserOAuth(
        CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, oauth_url=server.origin, base_url=server.base_url, store="memory://"
    )
    connection.exchange(server.consent(connection.authorize_url()))
    with Zoom(connection) as zoom:
        zoom.call("GET", "/users/me")
    assert MARK.encode() in sent[0].body
    assert MARK in sent[1].headers["authorization"]
