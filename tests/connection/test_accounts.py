"""Clouds, vanity hosts and many accounts: a token goes to its own account's hosts, and limits count by account."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from tests.connection.authorization_server import (
    ACCOUNT_ID,
    CLIENT_ID,
    CLIENT_SECRET,
    REDIRECT_URI,
    AuthorizationServer,
)
from tests.connection.conftest import Worlds
from zoom_api_client import Zoom
from zoom_api_client.connection import (
    BareToken,
    Chatbot,
    DeviceFlow,
    ServerToServer,
    UserOAuth,
    VideoSDK,
    from_env,
)


def given_out(api_url: str | None, seen: list[httpx.Request]) -> httpx.MockTransport:
    """Return an authorization server that gives each account a token of its name."""

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        account = parse_qs(request.content.decode())["account_id"][0]
        return httpx.Response(200, json={"access_token": f"of {account}", "expires_in": 3600, "api_url": api_url})

    return httpx.MockTransport(answer)


@pytest.mark.parametrize(
    ("government", "api_url", "oauth_host", "api_host"),
    [
        (False, "https://api-eu.zoom.us", "zoom.us", "api-eu.zoom.us"),
        (False, "https://acme.zoom.us", "zoom.us", "acme.zoom.us"),
        (False, "https://acme.zoomgov.com", "zoom.us", "api.zoom.us"),
        (False, None, "zoom.us", "api.zoom.us"),
        (True, "https://api.zoomgov.com", "zoomgov.com", "api.zoomgov.com"),
        (True, "https://acme.zoomgov.com", "zoomgov.com", "acme.zoomgov.com"),
        (True, "https://api-eu.zoom.us", "zoomgov.com", "api.zoomgov.com"),
    ],
    ids=["region", "vanity", "another cloud's", "none", "government", "government vanity", "commercial"],
)
def test_calls_go_to_the_host_of_the_tokens_cloud(
    government: bool, api_url: str | None, oauth_host: str, api_host: str
) -> None:
    """Credentials to the cloud's authorization server, calls to the host that its token names: never to another's."""
    asked: list[httpx.Request] = []
    called: list[httpx.Request] = []

    def api(request: httpx.Request) -> httpx.Response:
        called.append(request)
        return httpx.Response(200, json={})

    connection = ServerToServer(
        "a", CLIENT_ID, CLIENT_SECRET, government=government, transport=given_out(api_url, asked)
    )
    with Zoom(connection, transport=httpx.MockTransport(api)) as zoom:
        zoom.call("GET", "/users/me")
    assert [str(each.url) for each in asked] == [f"https://{oauth_host}/oauth/token"]
    assert [str(each.url) for each in called] == [f"https://{api_host}/v2/users/me"]
    assert called[0].headers["authorization"] == "Bearer of a"
    consent = UserOAuth(CLIENT_ID, CLIENT_SECRET, government=government, store="memory://").authorize_url()
    assert consent.startswith(f"https://{oauth_host}/oauth/authorize?")


def test_many_accounts_share_a_process_and_a_store(tmp_path: Path) -> None:
    """Fifty accounts, asked for by 8 threads: one token each, its own, also for a process that comes later."""
    asked: list[httpx.Request] = []

    def connections() -> list[ServerToServer]:
        transport = given_out(None, asked)
        return [
            ServerToServer(str(n), CLIENT_ID, CLIENT_SECRET, store=f"file://{tmp_path}", transport=transport)
            for n in range(50)
        ]

    with ThreadPoolExecutor(8) as pool:
        for made in (connections(), connections()):
            tokens = list(pool.map(lambda each: each.token().access_token, made * 4))
            assert tokens == [f"of {n}" for n in range(50)] * 4
    assert len(asked) == 50


def test_limits_are_counted_by_account() -> None:
    """The account's id where it is known; else a name that stays the same, differs from others, and tells no secret."""
    assert ServerToServer("account-1", CLIENT_ID, CLIENT_SECRET).account == "account-1"

    def made() -> list[Any]:
        return [
            BareToken("SECRET-one"),
            BareToken("SECRET-two"),
            BareToken("SECRET-one", government=True),
            Chatbot(CLIENT_ID, CLIENT_SECRET),
            Chatbot("another", CLIENT_SECRET),
            UserOAuth(CLIENT_ID, CLIENT_SECRET, store="memory://"),
            UserOAuth(CLIENT_ID, CLIENT_SECRET, installation="another", store="memory://"),
            DeviceFlow(CLIENT_ID, CLIENT_SECRET, store="memory://"),
            VideoSDK("key", "SECRET-api"),
        ]

    names = [each.account for each in made()]
    assert names == [each.account for each in made()]
    assert len(set(names)) == len(names)
    assert not [name for name in names if "SECRET" in name]


@pytest.mark.parametrize("kind", ["server", "chatbot", "user", "device"])
async def test_every_grant_can_be_revoked(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any], kind: str
) -> None:
    """The token dies at Zoom, and nothing is left in the store; revoking what is gone asks nobody."""
    kinds: dict[str, Any] = {
        "server": ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, **options),
        "chatbot": Chatbot(CLIENT_ID, CLIENT_SECRET, **options),
        "user": UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, **options),
        "device": DeviceFlow(CLIENT_ID, CLIENT_SECRET, sleep=lambda seconds: None, **options),
    }
    connection = kinds[kind]
    if kind == "user":
        connection.exchange(server.consent(connection.authorize_url()))
    if kind == "device":
        connection.authorize(lambda code: None)
    assert (await world.get(connection, f"{server.base_url}/users/me")).status_code == 200
    await world(connection, "revoke")
    await world(connection, "revoke")
    assert (server.count["revoke"], server.living, server.current_refresh) == (1, {}, None)
    assert (connection.store.load(connection._key), connection.store.load_answer(connection._key)) == (None, None)


def test_a_file_beside_the_program_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`.env` of the working directory, for the client as well."""
    for name in ("ACCOUNT_ID", "CLIENT_ID", "CLIENT_SECRET", "ACCESS_TOKEN", "BASE_URL", "OAUTH_URL"):
        monkeypatch.delenv(f"ZOOM_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("ZOOM_ACCOUNT_ID=a\nZOOM_CLIENT_ID=b\nZOOM_CLIENT_SECRET=SECRET-c\n")
    assert from_env().account == "a"
    with Zoom.from_env() as zoom:
        assert zoom.connection.account == "a"
        assert "SECRET" not in repr(zoom.connection)
    monkeypatch.setenv("ZOOM_ACCESS_TOKEN", "SECRET-t")
    assert isinstance(from_env(), BareToken)
