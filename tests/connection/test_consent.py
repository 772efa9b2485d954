"""What comes back from a consent is compared with what was begun; what came without one is called so."""

import socket
import threading
import urllib.request
from typing import Any
from urllib.parse import parse_qs

import pytest

from tests.connection.authorization_server import CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, AuthorizationServer, Code
from tests.connection.conftest import Worlds
from zoom_api_client.connection import AuthorizationFailed, UserOAuth, authorization, oauth_errors
from zoom_api_client.connection.loopback_server import LoopbackServer
from zoom_api_client.core.secret import Secret

VERIFIER = "v" * 43


def user(options: dict[str, Any]) -> UserOAuth:
    """Return a confidential app."""
    return UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, **options)


async def test_address_without_its_state_is_refused(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any]
) -> None:
    """A state was begun or given: who takes it out of the address does not get around it."""
    connection = user(options)
    back = server.consent(connection.authorize_url(state="mine")).partition("&state")[0]
    for more in ({"state": "mine"}, {}):
        with pytest.raises(AuthorizationFailed, match="exchange_marketplace_install"):
            await world(connection, "exchange", back, **more)
    with pytest.raises(AuthorizationFailed, match="exchange_marketplace_install"):
        await world(user(options), "exchange", back, code_verifier=VERIFIER)
    assert server.count["authorization_code"] == 0


@pytest.mark.parametrize("call", ["exchange", "exchange_marketplace_install"])
async def test_address_that_is_none_is_refused(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any], call: str
) -> None:
    """Who sends it is a browser, and so anybody: the application must meet no bare `ValueError`."""
    with pytest.raises(AuthorizationFailed):
        await world(user(options), call, "http://[::1?code=c&state=s")
    assert server.seen == []


@pytest.mark.parametrize("whole", [True, False], ids=["address", "code"])
async def test_install_from_the_marketplace_sends_no_verifier(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any], whole: bool
) -> None:
    """Zoom knows of no challenge, and refuses a verifier."""
    server.codes["c"] = Code(server._now(), CLIENT_ID, REDIRECT_URI, None, "plain")
    token = await world(user(options), "exchange_marketplace_install", f"{REDIRECT_URI}?code=c" if whole else "c")
    assert token.refresh_token == server.current_refresh
    assert "code_verifier" not in parse_qs(server.seen[-1].body.decode())


async def test_install_with_a_state_is_not_an_install(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any]
) -> None:
    """Else the state of a consent could be got around here."""
    with pytest.raises(AuthorizationFailed, match=r"exchange\(\)"):
        await world(user(options), "exchange_marketplace_install", f"{REDIRECT_URI}?code=c&state=s")
    assert server.seen == []


async def test_verifier_of_the_apps_own_is_sent(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any]
) -> None:
    """A consent inside Zoom's client begins with the app's own challenge."""
    challenge = authorization.challenge(Secret(VERIFIER))
    server.codes["c"] = Code(server._now(), CLIENT_ID, REDIRECT_URI, challenge, "S256")
    assert (await world(user(options), "exchange", "c", code_verifier=VERIFIER)).refresh_token


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ({"reason": "Redirect URI mismatch.", "error": "invalid_request"}, "redirect_uri must"),
        ({"status": False, "errorCode": 4700, "errorMessage": "Invalid redirect url"}, "redirect_uri must"),
        ({"reason": "Invalid authorization code", "error": "invalid_grant"}, "Begin again"),
        ({"reason": "Invalid authorization code abc-1", "error": "invalid_request"}, "Begin again"),
        ({"reason": "The code has expired"}, "Begin again"),
        ({"reason": "This app has been disabled", "error": "invalid_request"}, "admin"),
        ({"reason": "Invalid client_id or client_secret"}, "Check client_id"),
        ({"reason": "Das hat nicht geklappt.", "code": 4700}, ""),
    ],
)
def test_refusals_without_a_number_are_advised_by_their_words(said: dict[str, Any], advice: str) -> None:
    """Zoom gives a number seldom, and 4700 for three things."""
    found = oauth_errors.refusal(said, 400, renewing=False).advice()
    assert advice in found
    assert bool(advice) == bool(found)


def drip(port: int, stopped: threading.Event) -> None:
    """Send a byte of a request now and then, without end."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        while not stopped.wait(0.05):
            try:
                connection.sendall(b"G")
            except OSError:
                return


def test_slow_drip_does_not_keep_the_listener_beyond_its_deadline() -> None:
    """Any page in the browser can open a connection and send a byte a second."""
    stopped, port = threading.Event(), int(REDIRECT_URI.rpartition(":")[2].partition("/")[0])
    threads = [threading.Thread(target=drip, args=(port, stopped)) for _ in range(3)]
    with LoopbackServer(REDIRECT_URI, "s") as redirect:
        for each in threads:
            each.start()
        with pytest.raises(AuthorizationFailed, match="nobody consented"):
            redirect.wait(0.6)
        browser = threading.Thread(target=lambda: urllib.request.urlopen(f"{REDIRECT_URI}?code=c&state=s").read())
        browser.start()
        assert redirect.wait(5).reveal().endswith("code=c&state=s")
        browser.join()
    stopped.set()
    for each in threads:
        each.join()
