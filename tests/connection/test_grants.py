"""Every grant, in both worlds, against a server with Zoom's rules."""

import threading
import time
import urllib.error
import urllib.request
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.client.loopback import Reply
from tests.connection.authorization_server import (
    ACCOUNT_ID,
    CLIENT_ID,
    CLIENT_SECRET,
    PUBLIC_ID,
    REDIRECT_URI,
    AuthorizationServer,
    Refused,
)
from tests.connection.conftest import Clock, Worlds
from zoom_api_client import errors
from zoom_api_client.connection import (
    AuthorizationFailed,
    Chatbot,
    ConsentNeeded,
    DeviceFlow,
    ServerToServer,
    UserOAuth,
    authorization,
    grants,
)
from zoom_api_client.core.secret import Secret

Options = dict[str, Any]


def user(options: Options, **more: Any) -> UserOAuth:
    """Return a confidential app."""
    return UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, **{**options, **more})


def test_pkce_and_basic_are_spelled_as_zoom_does() -> None:
    """The check values of the facts."""
    assert authorization.challenge(Secret("zoomDemoVerifier-0123456789-abcdefghijklmnopqrs")) == (
        "Duiqst7HxXlv9KgiWqBqVPcJ0U7lyOXf6ldakJJ_eUs"
    )
    assert grants.App("demoClient", Secret("demoSecret"), "").basic() == "Basic ZGVtb0NsaWVudDpkZW1vU2VjcmV0"


async def test_server_to_server_reuses_its_token_and_renews_it_early(
    world: Worlds, server: AuthorizationServer, options: Options, clock: Clock
) -> None:
    """One token serves many calls, and is renewed 5 minutes early."""
    connection = ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, **options)
    for _ in range(3):
        assert (await world.get(connection, f"{server.base_url}/users/me")).status_code == 200
    clock.forward(minutes=54)
    await world(connection, "token")
    assert server.count["account_credentials"] == 1
    clock.forward(minutes=2)
    token = await world(connection, "token")
    assert server.count["account_credentials"] == 2
    assert token.scopes == {"user:read:user", "meeting:read:meeting"}
    assert token.expires_at - clock() > timedelta(minutes=59)
    assert await world(connection, "base_url") == "https://api-eu.zoom.us/v2"


async def test_chatbot_has_a_token_of_its_app(world: Worlds, server: AuthorizationServer, options: Options) -> None:
    """The app's own token, and its end."""
    connection = Chatbot(CLIENT_ID, CLIENT_SECRET, **options)
    assert (await world.get(connection, f"{server.base_url}/im/chat")).status_code == 200
    await world(connection, "revoke")
    assert (server.count["revoke"], server.living) == (1, {})


@pytest.mark.parametrize("whole", [True, False], ids=["address", "code"])
async def test_user_consents_once_and_is_renewed_with_the_newest_token(
    world: Worlds, server: AuthorizationServer, options: Options, clock: Clock, whole: bool
) -> None:
    """Consent, exchange, three renewals: each with the refresh token of the one before."""
    connection = user(options)
    back = server.consent(connection.authorize_url(state="the state", scopes=["user:read:user"]))
    code = parse_qs(urlsplit(back).query)["code"][0]
    await world(connection, "exchange", back if whole else code, state="the state")
    for _ in range(3):
        clock.forward(minutes=56)
        assert (await world.get(connection, f"{server.base_url}/users/me")).status_code == 200
    assert (server.count["refresh_token"], server.refused) == (3, {})


async def test_public_client_proves_itself_by_pkce(
    world: Worlds, server: AuthorizationServer, options: Options, clock: Clock
) -> None:
    """Without a secret PKCE stands in, and no Basic header goes out."""
    connection = UserOAuth(PUBLIC_ID, redirect_uri=REDIRECT_URI, **options)
    await world(connection, "exchange", server.consent(connection.authorize_url()))
    clock.forward(hours=2)
    await world(connection, "token")
    assert server.count["refresh_token"] == 1
    assert not any("authorization" in sent.headers for sent in server.seen)


async def test_another_process_can_exchange(server: AuthorizationServer, options: Options) -> None:
    """A web application has several workers: the verifier follows from the secret and the state."""
    back = server.consent(user(options).authorize_url(state="s"))
    assert user(options).exchange(back, state="s").refresh_token


async def test_a_strangers_link_is_refused(world: Worlds, server: AuthorizationServer, options: Options) -> None:
    """A state that is not this consent's is somebody else's code; Zoom is not asked."""
    connection = user(options)
    back = server.consent(connection.authorize_url(state="mine"))
    with pytest.raises(AuthorizationFailed, match="state"):
        await world(connection, "exchange", back.replace("state=mine", "state=theirs"), state="mine")
    with pytest.raises(AuthorizationFailed, match="state"):
        await world(user(options), "exchange", back)
    with pytest.raises(AuthorizationFailed, match="declined"):
        await world(connection, "exchange", f"{REDIRECT_URI}?error=access_denied&state=mine", state="mine")
    assert server.count["authorization_code"] == 0


async def test_old_and_used_codes_say_so(
    world: Worlds, server: AuthorizationServer, options: Options, clock: Clock
) -> None:
    """A code is good once, for 5 minutes; a redirect URI must match to the letter."""
    connection = user(options)
    back = server.consent(connection.authorize_url(state="s"))
    await world(connection, "exchange", back, state="s")
    with pytest.raises(AuthorizationFailed, match=r"4734.*authorize_url") as used:
        await world(connection, "exchange", back, state="s")
    assert (used.value.code, used.value.status, used.value.error) == (4734, 400, "invalid_request")
    back = server.consent(connection.authorize_url(state="s"))
    clock.forward(minutes=6)
    with pytest.raises(AuthorizationFailed, match="4733"):
        await world(connection, "exchange", back, state="s")
    back = server.consent(connection.authorize_url(state="s"))
    connection.redirect_uri += "/"
    with pytest.raises(AuthorizationFailed, match=r"4709.*slash"):
        await world(connection, "exchange", back, state="s")
    with pytest.raises(Refused):
        server.consent(connection.authorize_url(state="s"))


async def test_a_dead_refresh_token_asks_for_consent_once(
    world: Worlds, server: AuthorizationServer, options: Options, clock: Clock
) -> None:
    """The user must come; Zoom is not hammered with the dead token, and a new consent heals it."""
    connection = user(options)
    with pytest.raises(ConsentNeeded):
        await world(connection, "token")
    await world(connection, "exchange", server.consent(connection.authorize_url()))
    server.current_refresh = None
    clock.forward(hours=2)
    for _ in range(3):
        with pytest.raises(ConsentNeeded, match=r"Invalid Token! … .*invalid_grant.*authorize_url"):
            await world(connection, "token")
    assert server.count["refresh_token"] == 1
    await world(connection, "exchange", server.consent(connection.authorize_url()))
    assert (await world.get(connection, f"{server.base_url}/users/me")).status_code == 200
    await world(connection, "revoke")
    with pytest.raises(ConsentNeeded):
        await world(connection, "token")


@pytest.mark.parametrize("code", [4737, 4741])
async def test_numbered_refusals_of_a_refresh_token_are_read(
    server: AuthorizationServer, options: Options, clock: Clock, code: int
) -> None:
    """Zoom names a revoked token by number, in a field or in the text."""
    for said in (f'{{"reason": "gone", "errorCode": {code}}}', f'{{"reason": "gone ({code})", "error": "invalid"}}'):
        connection = user(options)
        connection.exchange(server.consent(connection.authorize_url()))
        clock.forward(hours=2)
        server.script.append(Reply(400, body=said.encode()))
        with pytest.raises(ConsentNeeded) as raised:
            connection.token()
        assert raised.value.code == code


async def test_device_flow_waits_for_the_user_and_renews(
    world: Worlds, server: AuthorizationServer, options: Options, clock: Clock
) -> None:
    """Pending, slow down (5 s more from then on), then a token that renews."""
    slept: list[float] = []
    server.device = ["authorization_pending", "slow_down", "authorization_pending"]
    shown: list[Any] = []
    flow = DeviceFlow(CLIENT_ID, CLIENT_SECRET, sleep=slept.append, **options)
    await world(flow, "authorize", shown.append)
    assert slept == [5, 5, 10, 10]
    assert shown[0].user_code == "ABCD1234"
    assert "SECRET" not in repr(shown)


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        (["access_denied"], "access_denied"),
        (["expired_token"], "expired_token"),
        (["authorization_pending"] * 20, "expired_token"),
    ],
)
async def test_device_flow_ends_without_the_user(
    world: Worlds, server: AuthorizationServer, options: Options, clock: Clock, answers: list[str], error: str
) -> None:
    """A user who declines, or does nothing for 15 minutes, ends it."""
    server.device = list(answers)

    def hasten(seconds: float) -> None:
        clock.forward(seconds=20 * seconds)

    flow = DeviceFlow(CLIENT_ID, CLIENT_SECRET, sleep=hasten, **options)
    with pytest.raises(AuthorizationFailed) as raised:
        await world(flow, "authorize", lambda code: None)
    assert raised.value.error == error
    assert len(server.device) in (0, 11)


async def test_bad_credentials_say_what_to_check(world: Worlds, server: AuthorizationServer, options: Options) -> None:
    """Zoom's text is in `reason`."""
    with pytest.raises(AuthorizationFailed, match="Check client_id") as raised:
        await world(ServerToServer(ACCOUNT_ID, CLIENT_ID, "SECRET-wrong", **options), "token")
    assert (raised.value.reason, raised.value.status) == ("Invalid client_id or client_secret", 401)
    assert not isinstance(raised.value, ConsentNeeded)


async def test_the_browser_comes_back_to_this_machine(
    world: Worlds, server: AuthorizationServer, options: Options
) -> None:
    """Other requests to the port do not count; the right one gets its page, and the token is there."""
    pages: list[bytes] = []

    def browse(url: str) -> None:
        back = server.consent(url)

        def go() -> None:
            for address in (back.replace("state=", "state=x"), back):
                try:
                    with urllib.request.urlopen(address) as page:
                        pages.append(page.read())
                except urllib.error.HTTPError as refused:
                    refused.close()  # Python 3.14 warns of an answer that is left open
                except OSError:
                    time.sleep(0.05)

        threading.Thread(target=go).start()

    connection = user(options)
    token = await world(connection, "authorize_in_browser", open_browser=browse, timeout=10)
    assert token.refresh_token
    assert (len(pages), server.count["authorization_code"]) == (1, 1)


async def test_waiting_ends_if_nobody_comes_back(world: Worlds, options: Options) -> None:
    """Waiting ends."""
    with pytest.raises(AuthorizationFailed, match="nobody consented"):
        await world(user(options), "authorize_in_browser", open_browser=lambda url: None, timeout=0.1)


async def test_machine_without_a_browser_is_reported_at_once(world: Worlds, options: Options) -> None:
    """`webbrowser` says False there, and nothing else: the program stood still for five minutes."""
    with pytest.raises(AuthorizationFailed, match=r"no browser opens on this machine.*DeviceFlow"):
        await world(user(options), "authorize_in_browser", open_browser=lambda url: False, timeout=0.1)


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_failing_server_is_not_taken_for_a_refusal(
    world: Worlds, server: AuthorizationServer, options: Options, clock: Clock, status: int
) -> None:
    """While the old token lives it serves on, and Zoom is left alone for 30 seconds; then the failure is reported."""
    connection = user(options)
    await world(connection, "exchange", server.consent(connection.authorize_url()))
    clock.forward(minutes=56)
    server.script = [Reply(status, body=b"<html>no</html>")] * 5
    for _ in range(5):
        assert (await world.get(connection, f"{server.base_url}/users/me")).status_code == 200
    assert server.count["refresh_token"] == 1
    clock.forward(minutes=5)
    with pytest.raises(errors.RateLimited if status == 429 else errors.ServerError):
        await world(connection, "token")
    await world(connection, "token")


async def test_an_unreachable_server_is_reported(world: Worlds, options: Options) -> None:
    """It raises the error of every failure to reach Zoom."""
    with pytest.raises(errors.ConnectionFailed):
        await world(ServerToServer("a", "b", "SECRET", **{**options, "oauth_url": "http://127.0.0.1:9"}), "token")


async def test_an_old_token_is_renewed_to_be_revoked(
    world: Worlds, server: AuthorizationServer, options: Options, clock: Clock
) -> None:
    """The refresh token lives on at Zoom when the hour is over: it must die too."""
    connection = user(options)
    await world(connection, "exchange", server.consent(connection.authorize_url()))
    clock.forward(hours=2)
    await world(connection, "revoke")
    assert (server.count["revoke"], server.current_refresh) == (1, None)


async def test_device_flow_outlives_a_failing_server(
    world: Worlds, server: AuthorizationServer, options: Options
) -> None:
    """A user types the code in meanwhile: one failure must not end it."""
    slept: list[float] = []
    server.script = [Reply(503), Reply(429)]
    flow = DeviceFlow(CLIENT_ID, CLIENT_SECRET, sleep=slept.append, **options)
    await world(flow, "authorize", lambda code: None)
    assert slept == [5, 10, 15]
