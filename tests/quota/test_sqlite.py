"""What is particular to the file."""

import asyncio
import os
import sqlite3
import stat
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from zoom_api_client._async.primitives import perform
from zoom_api_client.errors import ConnectionFailed
from zoom_api_client.quota import Guard, sqlite
from zoom_api_client.storage import sqlite as storage

only_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock that an attempt needs, as another process does."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@only_posix
def test_others_cannot_read_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """By default it lies in the user's state directory; files are the owner's alone, and so is their directory."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    before = os.umask(0)
    try:
        guard = Guard()
        guard.acquire("user")
    finally:
        os.umask(before)
    place = tmp_path / "zoom-api-client"
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in [place, *place.iterdir()]}
    guard.close()
    assert modes == {"zoom-api-client": 0o700, "quota.db": 0o600, "quota.db-wal": 0o600, "quota.db-shm": 0o600}


def test_a_path_is_read_rightly(tmp_path: Path) -> None:
    """A path may have spaces, as they are or percent-encoded, and signs that a URL gives a meaning."""
    urls = (f"sqlite://{tmp_path}/a%20b/c#1.db", f"sqlite://{tmp_path}/a b/c#1.db", f"sqlite:///{tmp_path}/a b/c#1.db")
    for number, url in enumerate(urls, 1):
        guard = Guard(url)
        assert guard.acquire("user").used == number
        guard.close()
    assert [each.name for each in tmp_path.rglob("*.db")] == ["c#1.db"]


def test_a_relative_path_is_refused() -> None:
    """Where a file lies must not depend on where a program was started."""
    with pytest.raises(ValueError, match="three slashes"):
        Guard("sqlite://quota.db")


def test_a_count_outlives_the_guard(tmp_path: Path) -> None:
    """What was counted is there for the next process, and after `close` for the same guard."""
    guard, other = Guard(f"sqlite://{tmp_path}/quota.db"), Guard(f"sqlite://{tmp_path}/quota.db")
    guard.acquire("user")
    guard.close()
    other.acquire("user")
    assert guard.status("user").used == 2
    guard.close()
    other.close()


@pytest.mark.parametrize("content", [b"no database at all" * 99, b"SQLite format 3\0" + bytes(4080)])
def test_a_damaged_file_lets_nothing_through(tmp_path: Path, content: bytes) -> None:
    """A file that is not a database is not overwritten; the error names it and says what to do."""
    path = tmp_path / "quota.db"
    path.write_bytes(content)
    guard = Guard(f"sqlite://{path}")
    with pytest.raises(ConnectionFailed, match=r"quota\.db .*memory://") as raised:
        guard.acquire("user")
    assert not raised.value.may_have_arrived
    assert path.read_bytes() == content
    guard.close()


@pytest.mark.parametrize("stamps", ["[1764000000000000,176400", "null", "7", '["a"]', '{"a": 1}', "[[1]]", b"\xff[1]"])
def test_a_damaged_row_lets_nothing_through(tmp_path: Path, stamps: str | bytes) -> None:
    """SQLite does not see a row whose bytes have changed on the disk; what is read there is not believed."""
    path = tmp_path / "quota.db"
    guard = Guard(f"sqlite://{path}")
    guard.acquire("user")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE users SET stamps = CAST(? AS TEXT)", (stamps,))
    for ask in (guard.acquire, guard.status, guard.hold):
        with pytest.raises(ConnectionFailed, match=r"quota\.db"):
            ask("user")
    assert guard.acquire("another").used == 1
    guard.close()


def test_a_directory_that_cannot_be_made_lets_nothing_through(tmp_path: Path) -> None:
    """Without a place to count in nothing is let through."""
    (tmp_path / "file").touch()
    guard = Guard(f"sqlite://{tmp_path}/file/quota.db")
    with pytest.raises(ConnectionFailed, match="no request was sent"):
        guard.acquire("user")
    guard.close()


def test_a_lock_is_not_waited_for_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who holds the lock for too long is not waited for; afterwards all is well."""
    monkeypatch.setattr(storage, "_PATIENCE", 0.05)
    guard = Guard(f"sqlite://{tmp_path}/quota.db")
    guard.acquire("user")
    with locked(tmp_path / "quota.db"), pytest.raises(ConnectionFailed, match="locked"):
        guard.acquire("user")
    assert guard.acquire("user").used == 2
    guard.close()


async def test_a_lock_does_not_hold_up_the_event_loop(tmp_path: Path) -> None:
    """While another process holds the lock, the loop goes on."""
    guard = Guard(f"sqlite://{tmp_path}/quota.db")
    guard.acquire("user")
    with locked(tmp_path / "quota.db"):
        waiting = [
            asyncio.create_task(call)
            for call in (perform(guard.acquire_steps("user")), perform(guard.acquire_steps("user")))
        ]
        for _ in range(20):
            await asyncio.sleep(0.001)
        assert not any(each.done() for each in waiting)
    assert sorted(attempt.used for attempt in await asyncio.gather(*waiting)) == [2, 3]
    guard.close()


def test_a_failure_frees_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever fails inside, also Ctrl-C, undoes the attempt and frees the lock."""
    guard, other = Guard(f"sqlite://{tmp_path}/quota.db"), Guard(f"sqlite://{tmp_path}/quota.db")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sqlite, "_sweep", interrupted)
        with pytest.raises(KeyboardInterrupt):
            guard.acquire("user")
    assert other.acquire("user").used == 1
    guard.close()
    other.close()


@only_posix
def test_a_fork_leaves_the_locks_behind(tmp_path: Path) -> None:
    """A process that forks while threads count: parent and children go on counting together."""
    import subprocess

    program = f"""
import os, threading
from zoom_api_client.quota import Guard

guard = Guard("sqlite://{tmp_path}/quota.db", limit=10_000)
count = lambda: [guard.acquire("user") for _ in range(200)]
threads = [threading.Thread(target=count) for _ in range(4)]
[thread.start() for thread in threads]
children = []
for _ in range(5):
    child = os.fork()
    if not child:
        count()
        os._exit(0)
    children.append(child)
[thread.join() for thread in threads]
assert all(os.waitpid(child, 0)[1] == 0 for child in children)
print(guard.status("user").used)
"""
    command = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout == "1800\n", done.stderr


def test_eight_threads_make_the_file_once(tmp_path: Path) -> None:
    """A file that does not exist yet is made once, whoever comes first."""
    for number in range(10):
        guards = [Guard(f"sqlite://{tmp_path}/{number}/quota.db") for _ in range(8)]
        threads = [threading.Thread(target=guard.acquire, args=("user",)) for guard in guards]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert guards[0].status("user").used == 8
        for guard in guards:
            guard.close()


@pytest.mark.soak
def test_no_process_starves(tmp_path: Path) -> None:
    """Eight threads with connections of their own, for five seconds: none waits for more than a second at a time."""
    until, longest = time.monotonic() + 5, [0.0] * 8

    def count(number: int) -> None:
        guard = Guard(f"sqlite://{tmp_path}/quota.db", limit=10)
        while time.monotonic() < until:
            began = time.monotonic()
            guard.status(f"user {number}")
            longest[number] = max(longest[number], time.monotonic() - began)
        guard.close()

    threads = [threading.Thread(target=count, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(longest) < 1.0
