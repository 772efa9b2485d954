"""A process that is killed while it renews leaves a store that works, or that says that consent is needed.

What was received is never lost: from the first line after the reading of the socket, no kill leaves a spent refresh
token behind. What remains is the time from Zoom's processing until then: the answer is on its way through the network,
or lies with the operating system. Who is killed then must ask for consent again, and is told so.
"""

import json
import random
import stat
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.client.loopback import Reply, Sent
from tests.connection.authorization_server import AuthorizationServer
from tests.connection.renewing import connection as shared_connection
from tests.connection.test_single_flight import ROOT, expired
from zoom_api_client.connection import ConsentNeeded, FileStore


def command(server: AuthorizationServer, place: Path, *how: str) -> list[str]:
    """Return the command that renews in a process of its own."""
    return [sys.executable, "-m", "tests.connection.renewing", server.origin, f"file://{place}", *how]


def run(server: AuthorizationServer, place: Path, scope: str, line: int) -> subprocess.CompletedProcess[str]:
    """Renew in a process of its own that dies at a line."""
    how = command(server, place, scope, str(line))
    return subprocess.run(how, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)


def killed_at(scope: str, lines: list[int], directory: Path) -> Counter[tuple[str, str]]:
    """Kill at each line, and count what the stores held by whether the answer was read, and whose line it was."""
    outcomes: Counter[tuple[str, str]] = Counter()
    for line in lines:
        place = directory / str(line)
        with AuthorizationServer() as server:
            expired(server, f"file://{place}")
            before = server.current_refresh
            ended = run(server, place, scope, line)
            if ended.returncode == 0:  # it took fewer lines than the first time: that varies by some
                continue
            assert ended.returncode == -9, ended
            has_answer, whose, _ = ended.stderr.split(" ", 2)
            outcomes[f"{has_answer} {whose}", judged(server, place, was=before)] += 1
    return outcomes


def judged(server: AuthorizationServer, place: Path, *, was: str | None) -> str:
    """Use what a killed process left, and say what it was: the old token, the new one, or one that is spent."""
    connection = shared_connection(server.origin, f"file://{place}")
    with connection.store.lock(connection._key):
        stored = connection._load()
    assert stored is not None  # readable, whatever happened
    what = "old" if stored.refresh_token == was else "new"
    try:
        assert connection.token().access_token in server.living
    except ConsentNeeded:
        assert what == "old"
        connection.exchange(server.consent(connection.authorize_url()))
        assert connection.token().refresh_token == server.current_refresh
        return "spent"
    return what


def steps(directory: Path, scope: str) -> int:
    """Return the number of lines of a renewal."""
    with AuthorizationServer() as server:
        expired(server, f"file://{directory / 'whole'}")
        return int(run(server, directory / "whole", scope, 0).stderr)


def assert_nothing_was_lost(outcomes: Counter[tuple[str, str]]) -> None:
    """Before the answer there is the old token; once it was read there is the new one."""
    assert {what for when, what in outcomes if when.startswith("read")} == {"new"}
    assert {what for when, what in outcomes if when.startswith("asking")} >= {"old"}


def test_a_kill_at_any_step_loses_nothing_that_was_received(tmp_path: Path) -> None:
    """Twenty places, evenly over our lines of a renewal."""
    count = steps(tmp_path, "ours")
    lines = sorted({1 + index * (count - 1) // 19 for index in range(20)})
    assert_nothing_was_lost(killed_at("ours", lines, tmp_path))


@pytest.mark.soak
def test_a_kill_at_every_line_loses_nothing_that_was_received(tmp_path: Path) -> None:
    """Every line of ours, and again until there were 200 kills."""
    count = steps(tmp_path, "ours")
    outcomes: Counter[tuple[str, str]] = Counter()
    for turn in range(-(-200 // count)):
        outcomes += killed_at("ours", list(range(1, count + 1)), tmp_path / str(turn))
    print(count, "lines:", dict(outcomes))
    assert outcomes.total() >= 200
    assert_nothing_was_lost(outcomes)


@pytest.mark.soak
def test_a_kill_within_the_http_library_loses_nothing_that_was_received(tmp_path: Path) -> None:
    """Every eighth line of the whole renewal, of httpx and what it uses as well."""
    count = steps(tmp_path, "all")
    outcomes = killed_at("all", list(range(1, count + 1, 8)), tmp_path)
    print(count, "lines, every eighth:", dict(outcomes))
    assert_nothing_was_lost(outcomes)


def told_of_answers(server: AuthorizationServer) -> threading.Event:
    """Return what is set once the server has processed a request, and is about to answer."""
    answering, answered = threading.Event(), server._answered

    def answer(sent: Sent, form: dict[str, str]) -> Reply:
        reply = answered(sent, form)
        answering.set()
        return reply

    server._answered = answer  # type: ignore[method-assign]
    return answering


def killed_from_outside(directory: Path, times: int, seed: int) -> Counter[tuple[str, str]]:
    """Kill a random time around the answer, and count what was left by whether it had been read by then."""
    chance, outcomes = random.Random(seed), Counter[tuple[str, str]]()
    for number in range(times):
        place, delay = directory / str(number), chance.uniform(0, 0.004)
        with AuthorizationServer() as server:
            expired(server, f"file://{place}")
            before, answering = server.current_refresh, told_of_answers(server)
            mark = place / "mark"
            mark.write_bytes(b"-")
            how = [*command(server, place, "ours", "-1"), str(mark)]
            nothing = subprocess.DEVNULL
            with subprocess.Popen(how, cwd=ROOT, stdin=nothing, stdout=nothing) as process:
                assert answering.wait(30)
                time.sleep(delay)
                process.kill()
            was_read = mark.read_bytes() == b"+"
            outcomes["read" if was_read else "not read", judged(server, place, was=before)] += 1
    return outcomes


def test_a_kill_from_outside_leaves_a_store_that_works(tmp_path: Path) -> None:
    """Within 4 milliseconds of Zoom's processing."""
    assert killed_from_outside(tmp_path, 5, seed=1).total() == 5


@pytest.mark.soak
def test_kills_from_outside_lose_only_what_was_not_received(tmp_path: Path) -> None:
    """Within 4 milliseconds of Zoom's processing, 200 times."""
    outcomes = killed_from_outside(tmp_path, 200, seed=2)
    print(dict(outcomes))
    assert outcomes.total() == 200
    assert outcomes["read", "spent"] <= 2  # a kill in the microseconds between the reading and the writing


def test_an_answer_that_was_received_and_not_saved_is_found(tmp_path: Path, server: AuthorizationServer) -> None:
    """A whole one is the newest token; a refusal, half an answer or rubbish is nothing, and the old token stays."""
    connection = expired(server, f"file://{tmp_path}")
    store, key = connection.store, connection._key
    whole = b'{"access_token": "a", "refresh_token": "next", "expires_in": 3600}'
    for answer, expected in (
        (b"", "SECRET"),
        (whole[:-1], "SECRET"),
        (b'{"reason": "no", "error": "invalid_grant", "access_token": "a"}', "SECRET"),
        (b'{"access_token": null}', "SECRET"),
        (b"[1]", "SECRET"),
        (b"<html>", "SECRET"),
        (whole, "next"),
    ):
        with store.lock(key):
            with store.record_answer(key) as keep:
                assert keep(b"2026-01-01T00:00:00+00:00\n") > 0
                keep(answer)
            loaded = connection._load()
        assert loaded is not None
        assert str(loaded.refresh_token).startswith(expected)
        until = str(loaded.expires_at)
    assert until == "2026-01-01 01:00:00+00:00"
    assert store.load_answer(key) is None


class CutOff(httpx.SyncByteStream):
    """A body whose connection breaks after the last byte of its content."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        yield self._content
        raise httpx.ReadError("cut off")


def test_an_answer_whose_end_is_missing_is_not_lost(tmp_path: Path, server: AuthorizationServer) -> None:
    """Where a connection breaks after the token, the next attempt has the token, and asks nobody."""
    connection = expired(server, f"file://{tmp_path}")

    def cut_off(request: httpx.Request) -> httpx.Response:
        answer = httpx.post(str(request.url), content=request.content, headers=request.headers)
        return httpx.Response(200, stream=CutOff(answer.content))

    connection._http = {"transport": httpx.MockTransport(cut_off)}
    assert connection.token().refresh_token == server.current_refresh
    assert server.count["refresh_token"] == 1


def test_files_are_their_owners_alone(tmp_path: Path) -> None:
    """Whatever the umask is, and whatever lay there."""
    store = FileStore(tmp_path / "tokens")
    with store.lock("key"):
        (tmp_path / "tokens" / "key.new").symlink_to(tmp_path / "elsewhere")
        (tmp_path / "tokens" / "key.answer").symlink_to(tmp_path / "elsewhere")
        store.save("key", "{}")
        with store.record_answer("key") as keep:
            keep(b"x")
    assert not (tmp_path / "elsewhere").exists()
    assert stat.S_IMODE((tmp_path / "tokens").stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "tokens").iterdir()} == {0o600}


def test_a_new_refresh_token_is_saved_before_it_is_used(
    tmp_path: Path, server: AuthorizationServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that cannot save keeps the token from being used; when it can again, the token is not lost."""
    connection = expired(server, f"file://{tmp_path}")
    save = FileStore.save
    monkeypatch.setattr(FileStore, "save", lambda *_: (_ for _ in ()).throw(OSError("the disk is full")))
    with pytest.raises(OSError, match="full"):
        connection.token()
    monkeypatch.setattr(FileStore, "save", save)
    assert connection.token().refresh_token == server.current_refresh
    assert server.count["refresh_token"] == 1


def test_a_store_of_rubbish_asks_for_consent(tmp_path: Path, server: AuthorizationServer) -> None:
    """A file that somebody else wrote is not a crash."""
    connection = expired(server, f"file://{tmp_path}")
    for rubbish in (b"", b"[]", b"null", b"{", b"\xff", json.dumps({"access_token": 1}).encode()):
        (tmp_path / f"{connection._key}.json").write_bytes(rubbish)
        with pytest.raises(ConsentNeeded):
            connection.token()
