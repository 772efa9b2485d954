"""A disk that is full: what was answered 200 is there, what is not is answered 503, and all goes on with room."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.triggers.inbox.deliveries import deliveries
from tests.waiting import wait_until
from zoom_api_client.testing.events import SECRET_TOKEN, zoom_event
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.inbox import Counts, InboxFailed
from zoom_api_client.triggers.inbox.sqlite import SQLiteInbox


def fill(receiver: Receiver, most: int) -> int:
    """Send until one is refused, and return how many were taken before."""
    for seed in range(most):
        event = zoom_event("meeting.started", seed=seed, topic="x" * 500)
        status = receiver.handle(event.headers, event.body).status
        if status != 200:
            assert status == 503
            return seed
    raise AssertionError("the disk was never full")


@pytest.mark.parametrize("turns", [3, pytest.param(100, marks=pytest.mark.soak)])
@pytest.mark.parametrize("kind", ["memory", "sqlite"])
def test_a_full_disk_loses_nothing(kind: str, turns: int, tmp_path: Path) -> None:
    """It is filled, emptied by the handlers, and filled again; each event that was taken is handled once."""
    inbox, handled = SQLiteInbox(tmp_path / "inbox.db" if kind == "sqlite" else None), list[object]()
    inbox._file.connection().execute("PRAGMA max_page_count = 60")
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox=inbox)
    taken = 0
    with closing(receiver):
        receiver.on()(handled.append)
        for turn in range(turns):
            taken += fill(receiver, 1000)
            assert inbox.counts().waiting == taken - len(handled)
            inbox._file.connection().execute("PRAGMA max_page_count = 10000")  # an admin's `rm`
            receiver.start()
            wait_until(lambda all_taken=taken: len(handled) == all_taken)  # type: ignore[misc]
            wait_until(lambda: inbox.counts() == Counts(0, 0, 0))
            receiver.stop()
            inbox._file.connection().execute(f"PRAGMA max_page_count = {60 + turn}")


_LIMITED = """
import resource, signal, sys
from tests.triggers.inbox.test_full_disks import fill
from zoom_api_client.testing.events import SECRET_TOKEN
from zoom_api_client.triggers import Receiver

receiver = Receiver(secret_token=SECRET_TOKEN, inbox=f"sqlite://{sys.argv[1]}")
receiver.inbox.counts()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
taken = fill(receiver, 100_000)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(taken, receiver.inbox.counts().waiting, flush=True)
import os
os._exit(1)  # as if it were killed
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
@pytest.mark.parametrize(
    "limits", [(150_000,), pytest.param(tuple(range(100_000, 1_600_000, 50_000)), marks=pytest.mark.soak)], ids=len
)
def test_a_write_that_does_not_fit_is_not_a_write(tmp_path: Path, limits: tuple[int, ...]) -> None:
    """The system refuses writes, wherever the limit falls; another process finds what was taken, and nothing else."""
    for limit in limits:
        path = tmp_path / f"{limit}.db"
        command = [sys.executable, "-W", "ignore", "-c", _LIMITED, str(path), str(limit)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=100, cwd=Path(__file__).parents[3])
        taken, waiting = map(int, done.stdout.split())
        assert taken == waiting > 0, done.stderr
        with closing(SQLiteInbox(path)) as inbox:
            assert inbox.counts() == Counts(waiting=taken, running=0, dead=0)


def test_a_transaction_that_cannot_be_rolled_back_is_not_carried_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection is made anew: otherwise every write after it would fail forever."""
    import sqlite3

    class Broken(sqlite3.Connection):
        def execute(self, statement: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
            if statement in ("COMMIT", "ROLLBACK"):
                raise sqlite3.OperationalError("disk I/O error")
            return super().execute(statement, *values)  # type: ignore[arg-type]

    connect = sqlite3.connect
    with closing(SQLiteInbox(tmp_path / "inbox.db")) as inbox:
        inbox.disconnect()
        monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=Broken))
        with pytest.raises(InboxFailed, match="I/O error"):
            inbox.put(deliveries(3))
        monkeypatch.undo()
        assert inbox.put(deliveries(3)) == [True] * 3
