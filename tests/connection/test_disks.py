"""Tokens on disks that fail: the good file stays, the token is used, and the failure is said."""

import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.connection.authorization_server import AuthorizationServer
from tests.connection.test_single_flight import expired
from tests.storage.nearly_full import nearly_full
from zoom_api_client.connection import ConsentNeeded, FileStore
from zoom_api_client.connection.stores.base import open_store
from zoom_api_client.errors import StoreFailed

KEY = "key"


@pytest.fixture(params=["file", "keyring"])
def on_disk(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of each store that is a directory of files."""
    if request.param == "keyring":
        request.getfixturevalue("a_keyring")
    return f"{request.param}://{tmp_path}"


def when_zoom_answers(server: AuthorizationServer, act: Callable[[], object]) -> None:
    """Do something when Zoom has spent the refresh token, and is about to answer."""
    answered = server._answered

    def answer(*sent: Any) -> Any:
        act()
        return answered(*sent)

    server._answered = answer  # type: ignore[method-assign]


def test_a_nearly_full_disk_fails_and_keeps_the_saved_token(on_disk: str) -> None:
    """A part of a token in the place of a good one would need consent again."""
    store = open_store(on_disk)
    with store.lock(KEY):
        store.save(KEY, '{"access_token": "good"}')
        with nearly_full(10), pytest.raises(StoreFailed, match="large"):
            store.save(KEY, '{"access_token": "new"}')
        assert store.load(KEY) == '{"access_token": "good"}'


def test_nothing_is_sent_when_the_disk_has_no_room_for_the_answer(server: AuthorizationServer, on_disk: str) -> None:
    """The refresh token would be spent for an answer that a kill could lose."""
    connection = expired(server, on_disk)
    with nearly_full(1000), pytest.raises(StoreFailed):
        connection.token()
    assert server.count["refresh_token"] == 0
    assert connection.token().refresh_token == server.current_refresh


@pytest.mark.parametrize("taken", [None, 3], ids=["failure", "a part"])
def test_nothing_is_sent_when_the_answer_cannot_be_begun(
    server: AuthorizationServer, tmp_path: Path, taken: int | None
) -> None:
    """There was room a moment ago: the failure is reported as ours, and no refresh token is spent."""
    connection = expired(server, f"file://{tmp_path}")

    class Failing(FileStore):
        @contextmanager
        def record_answer(self, key: str) -> Iterator[Callable[[bytes], int]]:
            def keep(part: bytes) -> int:
                if taken is None:
                    raise OSError(28, "No space left on device")
                return taken

            yield keep

    good, connection.store = connection.store, Failing(tmp_path)
    with pytest.raises(StoreFailed, match="Zoom was not asked"):
        connection.token()
    assert server.count["refresh_token"] == 0
    connection.store = good
    assert connection.token().refresh_token == server.current_refresh


def test_an_answer_that_cannot_be_stored_is_used(
    server: AuthorizationServer, on_disk: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The disk fills while Zoom answers: the token is used from memory, and saved once there is room again."""
    connection = expired(server, on_disk)
    now = datetime.now(UTC)
    connection._now = lambda: now
    limits: list[Any] = []

    def fill() -> None:
        limits.append(nearly_full(40))
        limits[0].__enter__()

    when_zoom_answers(server, fill)
    try:
        token = connection.token()
    finally:
        limits[0].__exit__(None, None, None)
    assert token.refresh_token == server.current_refresh
    told = [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]
    assert any("could not be kept" in each for each in told)
    assert any("used and not saved" in each for each in told)
    assert not [each for each in told if str(token.refresh_token) in each or token.access_token in each]
    assert connection.token() == token
    now += timedelta(minutes=1)
    assert connection.token() == token
    assert server.count["refresh_token"] == 1
    with connection.store.lock(connection._key):
        assert json.loads(connection.store.load(connection._key) or "")["refresh_token"] == token.refresh_token


def test_an_answer_whose_flush_fails_is_used(
    server: AuthorizationServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some disks say only at the end that they have not taken what they took."""
    connection, flush = expired(server, f"file://{tmp_path}"), os.fsync

    def fail(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    when_zoom_answers(server, lambda: monkeypatch.setattr(os, "fsync", fail))
    token = connection.token()
    monkeypatch.setattr(os, "fsync", flush)
    assert token.refresh_token == server.current_refresh


@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777, 0o1777])
def test_a_directory_that_others_can_write_to_is_refused(tmp_path: Path, mode: int) -> None:
    """They could take away the lock, or put a link where a token is to be."""
    tmp_path.chmod(mode)
    store = FileStore(tmp_path)
    with pytest.raises(StoreFailed, match=f"chmod go-w {tmp_path}"), store.lock(KEY):
        pass
    tmp_path.chmod(0o755)
    with store.lock(KEY):
        pass


def test_a_lock_that_is_a_link_is_refused(on_disk: str, tmp_path: Path) -> None:
    """Opening it would empty a file of somebody's choice."""
    victim = tmp_path.parent / f"{tmp_path.name}-victim"
    victim.write_text("precious")
    store = open_store(on_disk)
    (tmp_path / f"{KEY}.lock").symlink_to(victim)
    with pytest.raises(StoreFailed, match=r"key\.lock"), store.lock(KEY):
        pass
    assert victim.read_text() == "precious"


def test_a_store_that_cannot_be_used_is_reported_as_a_zoom_error(tmp_path: Path) -> None:
    """A file where the directory is to be; a directory where the token is to be."""
    (tmp_path / "file").touch()
    store = FileStore(tmp_path / "file")
    with pytest.raises(StoreFailed, match="exists"), store.lock(KEY):
        pass
    store = FileStore(tmp_path)
    (tmp_path / f"{KEY}.json").mkdir()
    with store.lock(KEY):
        for use in (lambda: store.load(KEY), lambda: store.save(KEY, "{}"), lambda: store.delete(KEY)):
            with pytest.raises(StoreFailed):
                use()


@pytest.mark.soak
def test_renewals_through_full_disks_lose_no_token(server: AuthorizationServer, on_disk: str) -> None:
    """A hundred renewals, each with another amount of room from the moment of Zoom's answer on."""
    connection = expired(server, on_disk)
    rooms: list[Any] = []
    when_zoom_answers(server, lambda: rooms[-1].__enter__())
    for room in range(0, 2000, 20):
        rooms.append(nearly_full(room))
        try:
            token = connection.token(rejected=connection._current)
        except ConsentNeeded:
            pytest.fail(f"with {room} bytes of room the refresh token was lost")
        finally:
            rooms[-1].__exit__(None, None, None)
        assert token.refresh_token == server.current_refresh
