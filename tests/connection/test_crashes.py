"""A process that is killed while it renews leaves a store that works, or that says that consent is needed."""

import json
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.connection.authorization_server import AuthorizationServer
from tests.connection.renewing import connection as shared_connection
from tests.connection.test_single_flight import ROOT, expired
from zoom_api_client.connection import ConsentNeeded, FileStore, Token

RANKS = ("old", "consent", "new")


def run(server: AuthorizationServer, directory: Path, line: int) -> subprocess.CompletedProcess[str]:
    """Renew in a process of its own that dies at a line."""
    command = [sys.executable, "-m", "tests.connection.renewing", server.origin, str(directory), str(line)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)


def killed_at(lines: list[int], directory: Path) -> Counter[str]:
    """Kill at each line, and return how often the stores held the old token, a spent one, or the new one."""
    outcomes = []
    for line in lines:
        place = directory / str(line)
        with AuthorizationServer() as server:
            expired(server, place)
            before = server.current_refresh
            ended = run(server, place, line)
            assert ended.returncode == -9, ended
            outcomes.append(judged(server, place, was=before))
    # What was received lies in memory alone for a few lines in a row, and never again after it was written.
    assert outcomes == sorted(outcomes, key=RANKS.index)
    return Counter(outcomes)


def judged(server: AuthorizationServer, place: Path, *, was: str | None) -> str:
    """Use what a killed process left, and say what it was."""
    was_renewed = server.current_refresh != was
    written = [each.read_bytes() for each in place.glob("*.new")]
    connection = shared_connection(server.origin, str(place))
    with connection.store.lock(connection._key):
        stored = Token.from_json(connection.store.load(connection._key) or "")  # readable, whatever happened
    if stored.refresh_token == server.current_refresh:
        assert connection.token().access_token in server.living
        return "new" if was_renewed else "old"
    assert written in ([], [b""])
    with pytest.raises(ConsentNeeded, match="authorize_url"):
        connection.token()
    connection.exchange(server.consent(connection.authorize_url()))
    assert connection.token().refresh_token == server.current_refresh
    return "consent"


def steps(directory: Path) -> int:
    """Return the number of lines of a renewal."""
    with AuthorizationServer() as server:
        expired(server, directory / "whole")
        return int(run(server, directory / "whole", 0).stderr)


def test_a_kill_at_any_step_leaves_a_store_that_works(tmp_path: Path) -> None:
    """Twenty places, evenly over the lines of a renewal."""
    count = steps(tmp_path)
    outcomes = killed_at(sorted({1 + index * (count - 1) // 19 for index in range(20)}), tmp_path)
    assert outcomes["old"]
    assert outcomes["new"]


@pytest.mark.soak
def test_a_kill_at_every_line_leaves_a_store_that_works(tmp_path: Path) -> None:
    """Every line of a renewal, again and again until there were 200 kills."""
    count = steps(tmp_path)
    outcomes: Counter[str] = Counter()
    for turn in range(-(-200 // count)):
        outcomes += killed_at(list(range(1, count + 1)), tmp_path / str(turn))
    print(count, outcomes)
    assert outcomes.total() >= 200


def test_what_was_written_and_not_yet_moved_is_found(tmp_path: Path) -> None:
    """A whole `.new` is what a killed process received last; one that was cut off is nothing."""
    store = FileStore(tmp_path)
    with store.lock("key"):
        store.save("key", '{"access_token": "1"}')
    (tmp_path / "key.new").write_text('{"access_token": "2"')
    with store.lock("key"):
        assert store.load("key") == '{"access_token": "1"}'
    (tmp_path / "key.new").write_text('{"access_token": "2"}')
    with store.lock("key"):
        assert store.load("key") == '{"access_token": "2"}'
    assert not (tmp_path / "key.new").exists()


def test_files_are_their_owners_alone(tmp_path: Path) -> None:
    """Whatever the umask is, and whatever lay there."""
    store = FileStore(tmp_path / "tokens")
    with store.lock("key"):
        (tmp_path / "tokens" / "key.new").symlink_to(tmp_path / "elsewhere")
        store.save("key", "{}")
    assert not (tmp_path / "elsewhere").exists()
    assert stat.S_IMODE((tmp_path / "tokens").stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "tokens").iterdir()} == {0o600}


def test_a_new_refresh_token_is_saved_before_it_is_used(
    tmp_path: Path, server: AuthorizationServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that cannot save keeps the token from being used; when it can again, the token is not lost."""
    connection = expired(server, tmp_path)
    save = FileStore.save
    monkeypatch.setattr(FileStore, "save", lambda *_: (_ for _ in ()).throw(OSError("the disk is full")))
    with pytest.raises(OSError, match="full"):
        connection.token()
    monkeypatch.setattr(FileStore, "save", save)
    assert connection.token().refresh_token == server.current_refresh
    assert server.count["refresh_token"] == 1


def test_a_store_of_rubbish_asks_for_consent(tmp_path: Path, server: AuthorizationServer) -> None:
    """A file that somebody else wrote is no crash."""
    connection = expired(server, tmp_path)
    for rubbish in ("", "[]", "null", "{", json.dumps({"access_token": 1})):
        connection.store.save(connection._key, rubbish)
        with pytest.raises(ConsentNeeded):
            connection.token()
