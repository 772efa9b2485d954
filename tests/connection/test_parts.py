"""Tokens, clouds, stores, the environment and the Video SDK's JWT."""

import base64
import hashlib
import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from tests.connection.authorization_server import ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, AuthorizationServer
from tests.connection.conftest import Clock, Worlds
from zoom_api_client import connection as face, errors
from zoom_api_client.connection import (
    BareToken,
    DeviceFlow,
    FileStore,
    MemoryStore,
    ServerToServer,
    Token,
    UserOAuth,
    VideoSDK,
    from_env,
)
from zoom_api_client.connection.stores.base import open_store
from zoom_api_client.transport.hosts import COMMERCIAL, GOVERNMENT

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SERVER = {"ZOOM_ACCOUNT_ID": "a", "ZOOM_CLIENT_ID": "b", "ZOOM_CLIENT_SECRET": "c"}


def test_a_token_comes_back_from_its_store() -> None:
    """It has all that Zoom said, known or not."""
    said = {"access_token": "a", "refresh_token": "r", "expires_in": 3599, "scope": "x:read y:read", "new": [1]}
    token = Token.from_answer(said, NOW)
    again = Token.from_json(token.to_json())
    assert again == token
    assert (again.raw["new"], again.expires_at) == ([1], NOW + timedelta(seconds=3599))
    assert again.scopes == {"x:read", "y:read"}


def test_odd_answers_are_understood() -> None:
    """The WebSocket page's spelling, a list of scopes, numbers as text, no new refresh token, no lifetime."""
    odd = Token.from_answer({"Access_token": "a", "Expire_in": "60", "scope": ["x", "y"]}, NOW, refresh_token="old")
    assert (odd.access_token, odd.expires_at) == ("a", NOW + timedelta(seconds=60))
    assert odd.scopes == {"x", "y"}
    assert odd.refresh_token == "old"
    for said in ({}, {"expires_in": "soon"}, {"expires_in": 10**18}):
        assert Token.from_answer({"access_token": "a", **said}, NOW).expires_at == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("api_url", "base_url"),
    [
        ("https://api-eu.zoom.us", "https://api-eu.zoom.us/v2"),
        ("https://api-us.zoom.us/", "https://api-us.zoom.us/v2"),
        ("http://api-eu.zoom.us", COMMERCIAL.base_url),
        ("https://zoom.us.example.com", COMMERCIAL.base_url),
        ("https://evilzoom.us", COMMERCIAL.base_url),
        ("https://api.zoom.us@example.com", COMMERCIAL.base_url),
        (None, COMMERCIAL.base_url),
    ],
)
def test_a_region_is_honoured_and_a_strangers_host_is_not(api_url: str | None, base_url: str) -> None:
    """The token would be sent to that host."""
    assert COMMERCIAL.api(api_url) == base_url


async def test_another_cloud_and_a_given_address_are_honoured(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any]
) -> None:
    """Another cloud by option; an address of the caller's own goes before the token's."""
    assert GOVERNMENT.api("https://api-eu.zoom.us") == "https://api.zoomgov.com/v2"
    there = BareToken("t", government=True)
    assert await world(there, "base_url") == "https://api.zoomgov.com/v2"
    connection = ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, base_url="http://127.0.0.1:1/v2/", **options)
    assert await world(connection, "base_url") == "http://127.0.0.1:1/v2"


def test_stores_are_chosen_by_url(tmp_path: Path) -> None:
    """A URL that is not one of ours is refused."""
    assert isinstance(open_store("memory://"), MemoryStore)
    store = open_store(f"file://{tmp_path}")
    assert isinstance(store, FileStore)
    assert store.directory == tmp_path
    own = open_store("file://")
    assert isinstance(own, FileStore)
    assert "zoom-api-client" in str(own.directory)
    for wrong in ("sqlite:///tokens", "tokens.json", "memory://x"):
        with pytest.raises(ValueError, match="memory://"):
            open_store(wrong)


def test_only_tokens_that_cannot_be_had_again_are_kept_in_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refresh token that ends with the process costs a new consent; other tokens an app gets at any time."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    consented = [UserOAuth("id", "secret", "https://app.example/callback"), DeviceFlow("id", "secret")]
    assert [type(each.store) for each in consented] == [FileStore, FileStore]
    assert isinstance(ServerToServer("account", "id", "secret").store, MemoryStore)


def test_accounts_do_not_share_a_key() -> None:
    """Many accounts in one process, one store for all."""
    store = MemoryStore()
    made = [ServerToServer(account, "b", "c", store=store) for account in ("1", "2")]
    made += [ServerToServer("1", "b", "c", store=store, government=True)]
    assert len({each._key for each in made}) == 3


async def test_the_video_sdk_signs_for_itself(
    world: Worlds, server: AuthorizationServer, options: dict[str, Any], clock: Clock
) -> None:
    """HS256, two hours, begun a minute ago for clocks that are ahead, renewed 5 minutes early; nobody is asked."""
    connection = VideoSDK("key", "secret", **options)
    token = await world(connection, "token")
    head, claims, signature = token.access_token.split(".")
    expected = hmac.new(b"secret", f"{head}.{claims}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(signature + "=") == expected
    said = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert (said["iss"], said["exp"] - said["iat"]) == ("key", 7200)
    assert said["iat"] < clock().timestamp() - 50
    clock.forward(minutes=113)
    assert await world(connection, "token") == token
    clock.forward(minutes=2)
    assert await world(connection, "token") != token
    assert server.seen == []


async def test_a_bare_token_is_not_renewed(world: Worlds, server: AuthorizationServer, options: dict[str, Any]) -> None:
    """Zoom's 401 goes to the caller, after one request."""
    connection = BareToken("somebody's", **options)
    assert (await world.get(connection, f"{server.base_url}/users/me")).status_code == 401
    assert server.count["api 401"] == 1


def test_the_environment_names_an_app_or_a_token(tmp_path: Path) -> None:
    """The real environment goes before the file, and what is missing is named."""
    file = tmp_path / ".env"
    found = from_env(SERVER, env_file=file)
    assert isinstance(found, ServerToServer)
    assert found.account_id == "a"
    file.write_text(
        "# of the app\nexport ZOOM_ACCOUNT_ID=\"f # 1\"\nZOOM_CLIENT_ID=b # id\nZOOM_CLIENT_SECRET='s'\nnonsense\n"
    )
    found = from_env({}, env_file=file)
    assert isinstance(found, ServerToServer)
    assert (found.account_id, found.app.client_id) == ("f # 1", "b")
    token = from_env({"ZOOM_ACCESS_TOKEN": "t", "ZOOM_BASE_URL": "http://127.0.0.1:1/v2"}, env_file=file)
    assert isinstance(token, BareToken)
    assert token.base_url() == "http://127.0.0.1:1/v2"
    near = from_env({**SERVER, "ZOOM_BASE_URL": "http://127.0.0.1:1/v2"}, env_file=None)
    assert near._oauth_url == "http://127.0.0.1:1"
    with pytest.raises(ValueError, match="ZOOM_CLIENT_SECRET not set"):
        from_env({**SERVER, "ZOOM_CLIENT_SECRET": ""}, env_file=None)


def test_a_file_that_was_searched_in_vain_is_named(tmp_path: Path) -> None:
    """Whoever starts a program elsewhere than beside its `.env` sees which file was read."""
    with pytest.raises(
        errors.CredentialsMissing, match=f"not set in the environment or in {re.escape(str(tmp_path / '.env'))}: "
    ):
        from_env({}, env_file=tmp_path / ".env")


def test_a_file_that_may_not_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It raises an error of ours, which says what to do."""
    (tmp_path / ".env").touch()
    monkeypatch.setattr(Path, "read_bytes", Mock(side_effect=PermissionError(13, "Permission denied")))
    with pytest.raises(errors.CredentialsMissing, match="env_file=None"):
        from_env({}, env_file=tmp_path / ".env")


def test_a_file_in_another_encoding_is_no_hindrance(tmp_path: Path) -> None:
    """The `.env` of the directory may be another program's."""
    file = tmp_path / ".env"
    file.write_bytes("NAME=ü\nZOOM_CLIENT_SECRET=c\n".encode("latin-1"))
    known = {name: value for name, value in SERVER.items() if name != "ZOOM_CLIENT_SECRET"}
    assert isinstance(from_env(known, env_file=file), ServerToServer)


def test_a_file_that_powershell_wrote_is_read(tmp_path: Path) -> None:
    """Its `>` writes UTF-16, as the first two bytes say."""
    file = tmp_path / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in SERVER.items()), encoding="utf-16")
    assert isinstance(from_env({}, env_file=file), ServerToServer)


def test_the_package_has_what_it_names() -> None:
    """Names that are loaded late are found late, unless a test looks."""
    assert [name for name in face.__all__ if getattr(face, name).__name__ != name] == []
