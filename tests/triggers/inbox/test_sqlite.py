"""What only the file does: modes, processes, a busy disk, keys that are kept and swept, and a million of them."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.triggers.inbox.deliveries import BODY, deliveries, delivery
from zoom_api_client.testing.events import SECRET_TOKEN, sign, zoom_event
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.inbox import Delivery, InboxFailed, Worker, open_inbox
from zoom_api_client.triggers.inbox.sqlite import SQLiteInbox
from zoom_api_client.triggers.signature import parse_secrets
from zoom_api_client.triggers.webhook import Webhook

DAY = 86_400.0


class Clock:
    """Stands still until it is set."""

    now = 20_000 * DAY

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock at the beginning of a day."""
    return Clock()


def rows(path: Path, table: str) -> int:
    """Count the rows of a table."""
    database = sqlite3.connect(path)
    (number,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()
    database.close()
    return int(number)


def handle(inbox: SQLiteInbox, key: str) -> bool:
    """Put a delivery and handle it, if it is new."""
    (new,) = inbox.put([delivery(key)])
    inbox.complete(inbox.claim(10, lease=60))
    return new


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no file that is open")
def test_events_of_a_file_that_is_deleted_are_not_lost(tmp_path: Path) -> None:
    """They were answered 200: whoever opens the inbox next, after a restart for example, has them."""
    place = tmp_path / "state"
    inbox = SQLiteInbox(place / "inbox.db")
    inbox.put([delivery("before")])
    shutil.rmtree(place)
    inbox.put([delivery("after")])
    restarted = SQLiteInbox(place / "inbox.db")
    assert [task.delivery.key for task in restarted.claim(10, lease=60)] == ["before", "after"]
    for each in (inbox, restarted):
        each.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_others_cannot_read_the_file(tmp_path: Path) -> None:
    """The file, its log and the directory made for them are their owner's."""
    before = os.umask(0)
    try:
        inbox = open_inbox(f"sqlite://{tmp_path}/made/inbox.db")
    finally:
        os.umask(before)
    inbox.put([delivery()])
    made = tmp_path / "made"
    assert {stat.S_IMODE(each.stat().st_mode) for each in made.iterdir()} == {0o600}
    assert len(list(made.iterdir())) == 3
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    inbox.close()


def test_the_file_lies_in_the_users_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a path the file lies in the user's state directory."""
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path)
    open_inbox("sqlite://").close()
    assert (tmp_path / "inbox" / "inbox.db").exists()


def test_no_handled_body_stays_behind(tmp_path: Path) -> None:
    """No byte of a body is in the files after it was handled and the log was written back."""
    path = tmp_path / "inbox.db"
    inbox = SQLiteInbox(path)
    handle(inbox, "a")
    inbox.close()
    assert BODY[:40] not in b"".join(each.read_bytes() for each in tmp_path.iterdir())


def test_a_power_cut_loses_no_event(tmp_path: Path) -> None:
    """Every `put` flushes to the disk before it ends, also after others that need not."""
    inbox = SQLiteInbox(tmp_path / "inbox.db")
    statements: list[str] = []
    inbox._file.connection().set_trace_callback(statements.append)
    for each in range(2):
        statements.clear()
        inbox.put([delivery(str(each))])
        before = statements[: statements.index("BEGIN IMMEDIATE")]
        assert [line for line in before if "synchronous" in line][-1:] == ["PRAGMA synchronous = FULL"]
        inbox.complete(inbox.claim(1, lease=60))
    inbox.close()


def test_a_key_is_known_for_a_day(tmp_path: Path, clock: Clock) -> None:
    """A double is known for a whole day after the event was handled, whenever that was."""
    inbox = SQLiteInbox(tmp_path / "inbox.db", now=clock)
    clock.now += DAY - 1
    assert handle(inbox, "late in the day")
    clock.now += DAY
    assert handle(inbox, "another")
    assert not handle(inbox, "late in the day")
    clock.now += 2 * DAY
    assert handle(inbox, "late in the day")
    inbox.close()


def test_keys_are_not_kept_for_ever(tmp_path: Path, clock: Clock) -> None:
    """Old keys go as new ones come, some at a time."""
    path = tmp_path / "inbox.db"
    inbox = SQLiteInbox(path, now=clock)
    for each in range(40):
        handle(inbox, f"old {each}")
    clock.now += 2 * DAY
    for each in range(10):
        handle(inbox, f"new {each}")
    assert rows(path, "seen") == 10
    inbox.close()


def test_a_clock_that_goes_back_leaves_no_lease_for_ever(tmp_path: Path, clock: Clock) -> None:
    """A lease ends at its moment: what the clock says then counts."""
    inbox = SQLiteInbox(tmp_path / "inbox.db", now=clock)
    inbox.put([delivery()])
    assert inbox.claim(1, lease=10)
    clock.now += 9
    assert not inbox.claim(1, lease=10)
    clock.now += 1
    assert inbox.claim(1, lease=10)
    inbox.close()


def test_a_locked_file_loses_no_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who cannot store says so, and can store later."""
    monkeypatch.setattr("zoom_api_client.triggers.inbox.sqlite._BUSY", 0.05)
    path = tmp_path / "inbox.db"
    inbox = SQLiteInbox(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(InboxFailed, match="locked"):
        inbox.put([delivery()])
    other.execute("ROLLBACK")
    other.close()
    assert inbox.put([delivery()]) == [True]
    inbox.close()


def test_a_batch_is_stored_whole_or_not_at_all(tmp_path: Path) -> None:
    """A delivery that cannot be stored takes those before it with it."""
    inbox = SQLiteInbox(tmp_path / "inbox.db")
    with pytest.raises(InboxFailed):
        inbox.put([delivery(), delivery(None)])  # type: ignore[arg-type]
    assert inbox.put([delivery()]) == [True]
    inbox.close()


@pytest.mark.parametrize("content", [b"this is not a database, and never was one\n" * 100])
def test_another_file_is_not_overwritten(tmp_path: Path, content: bytes) -> None:
    """What is not an inbox is refused and left alone; so is a newer one."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(InboxFailed, match=r"notes\.txt could not be opened"):
        open_inbox(f"sqlite://{path}")
    assert path.read_bytes() == content
    newer = tmp_path / "newer.db"
    database = sqlite3.connect(newer)
    database.execute("PRAGMA user_version = 3")
    database.close()
    with pytest.raises(InboxFailed, match="version 3"):
        open_inbox(f"sqlite://{newer}")


_OPEN = """
import sys, time
from zoom_api_client.triggers.inbox import Delivery, open_inbox
print("ready", flush=True)
sys.stdin.readline()
inbox = open_inbox(sys.argv[1])
print(inbox.put([Delivery("one key", b"{}", 1.0)])[0], flush=True)
inbox.close()
"""


def test_processes_that_begin_at_once_succeed(tmp_path: Path) -> None:
    """Six processes make the same file at the same moment, and one of them stores the event."""
    command = [sys.executable, "-c", _OPEN, f"sqlite://{tmp_path}/inbox.db"]
    begun = [subprocess.Popen(command, stdin=-1, stdout=-1, text=True, cwd=Path(__file__).parents[3]) for _ in range(6)]
    for each in begun:
        assert each.stdout is not None
        each.stdout.readline()
    said = []
    for each in begun:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    for each in begun:
        with each:
            assert each.stdout is not None
            said.append(each.stdout.read().strip())
    assert sorted(said) == ["False"] * 5 + ["True"]


def plan(inbox: SQLiteInbox, statement: str, *values: object) -> str:
    """Return how SQLite goes about a statement."""
    with inbox._reading() as run:
        return "; ".join(row[3] for row in run(f"EXPLAIN QUERY PLAN {statement}", values).fetchall())


def test_a_million_handled_events_do_not_slow_it_down(tmp_path: Path) -> None:
    """Every statement of an event's way finds its rows by an index, and none reads all."""
    from zoom_api_client.triggers.inbox import sqlite, sqlite_rows

    inbox = SQLiteInbox(tmp_path / "inbox.db")
    plans = [
        plan(inbox, f"{sqlite_rows._SEEN} (?, ?)", 1, 2, "k", "m"),
        plan(inbox, f"{sqlite_rows._WAITING} (?, ?)", "k", "l"),
        plan(inbox, sqlite._DUE, 0, 10),
        plan(inbox, f"{sqlite._LEASE} (?, ?)", 0, "", 1, 2),
        plan(inbox, sqlite._SWEEP, 0, 10),
        plan(inbox, f"{sqlite_rows._DONE} (?, ?)", 1, "k", "l"),
        plan(inbox, f"{sqlite_rows._FORGET} (?, ?)", "k", "l"),
        plan(inbox, "SELECT 1 FROM work WHERE due <= ? LIMIT 1", 0),
    ]
    assert not [each for each in plans if "SCAN work" in each or "SCAN seen" in each], plans
    assert "seen USING PRIMARY KEY (day=? AND key=?)" in plans[0]
    inbox.close()


def test_a_long_queue_does_not_spread_what_is_written(tmp_path: Path) -> None:
    """A hundred events beside 5,000 that wait change few pages: their keys stand side by side in the indexes."""
    inbox, log = SQLiteInbox(tmp_path / "inbox.db"), tmp_path / "inbox.db-wal"
    webhook = Webhook(parse_secrets(SECRET_TOKEN))

    def arrive(number: int, moment: int) -> None:
        bodies = [json.dumps({"event": "x", "event_ts": moment + each}).encode() for each in range(number)]
        arrived = [webhook.examine(sign(body), body, time.time()) for body in bodies]
        assert inbox.put([each for each in arrived if isinstance(each, Delivery)]) == [True] * number

    arrive(5000, 1_780_000_000_000)
    with closing(sqlite3.connect(tmp_path / "inbox.db")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    arrive(100, 1_780_000_100_000)
    assert log.stat().st_size < 40 * 4096
    inbox.close()


@pytest.mark.parametrize("turns", [50, pytest.param(1000, marks=pytest.mark.soak)])
def test_memory_does_not_grow(tmp_path: Path, turns: int) -> None:
    """100,000 events go through an inbox and a worker, whose memory after a fifth of them is its memory after all."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        pytest.skip("the memory is read from /proc")

    async def dispatch(_: bytes) -> None:
        pass

    inbox, pages = SQLiteInbox(tmp_path / "inbox.db"), list[int]()
    worker = Worker(inbox, dispatch)
    worker.start()
    began = time.monotonic()
    for turn in range(turns):
        inbox.put(deliveries(100, f"{turn}-"))
        while inbox.counts().waiting:
            time.sleep(0.002)
        pages.append(int(statm.read_text().split()[1]))
    worker.stop()
    inbox.close()
    early, late, seconds = pages[turns // 5] * 4, pages[-1] * 4, time.monotonic() - began
    print(f"\n{early} KB after {turns * 20} events, {late} KB after {turns * 100}; {seconds:.0f} s")
    assert late - early < 4000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_a_fork_loses_no_event(tmp_path: Path) -> None:
    """A server forks its workers and closes what it had opened: theirs is another connection."""
    program = f"""
import os
from tests.triggers.inbox.deliveries import delivery
from zoom_api_client.triggers.inbox import open_inbox

inbox = open_inbox("sqlite://{tmp_path}/inbox.db")
inbox.put([delivery("parent")])
reading, writing = os.pipe()
child = os.fork()
if not child:
    os.read(reading, 1)
    inbox.put([delivery("child")])
    os._exit(0)
inbox.close()
os.write(writing, b"x")
assert os.waitpid(child, 0)[1] == 0
print(open_inbox("sqlite://{tmp_path}/inbox.db").counts().waiting)
"""
    command = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout == "2\n", done.stderr


def test_a_closed_inbox_takes_no_event(tmp_path: Path) -> None:
    """It would be acknowledged, and in memory nobody would find it."""
    for url in ("memory://", f"sqlite://{tmp_path}/inbox.db"):
        inbox = open_inbox(url)
        inbox.close()
        with pytest.raises(InboxFailed, match="the inbox is closed"):
            inbox.put([delivery()])


def test_a_stopped_receiver_leaves_no_connection_open(tmp_path: Path) -> None:
    """Python 3.13 warns of one; who stores or asks afterwards opens it again."""
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox=f"sqlite://{tmp_path}/inbox.db")
    receiver.start()
    event = zoom_event("meeting.started")
    assert receiver.handle(event.headers, event.body).status == 200
    receiver.stop()
    inbox = receiver.inbox
    assert isinstance(inbox, SQLiteInbox)
    assert inbox._file._connection is None
    assert receiver.handle(event.headers, event.body).status == 200
    receiver.close()
    assert inbox._file._connection is None
