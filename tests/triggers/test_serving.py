"""The receiver in a process that serves it: requests over HTTP, and its end."""

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from tests.triggers.apps import STARTED, Served
from tests.triggers.conftest import Seen
from tests.waiting import wait_until
from zoom_api_client.testing.sender import EventSender
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.inbox import Counts


@pytest.mark.parametrize("mounted", [False, True], ids=["alone", "in Starlette"])
def test_events_reach_handlers_over_http(receiver: Receiver, seen: Seen, mounted: bool) -> None:
    """A signed POST reaches the handler, which is started by the server or by the first request."""
    receiver.watch_meetings("started")(seen)
    app: Any = receiver.asgi()
    path = "/hooks/zoom" if mounted else ""
    with Served(Starlette(routes=[Mount(path, app=app)]) if mounted else app) as served:
        with EventSender(served.url + path + "/") as zoom:
            assert zoom.send(STARTED) == [200]
            assert zoom.send(STARTED) == [200]
            assert zoom.send(STARTED.forged()) == [401]
            assert zoom.send(STARTED.truncated()) == [401]
        wait_until(lambda: seen.events)
    assert [each.to_dict() for each in seen.events] == [STARTED.json]


def test_asgi_lifespan_stops_the_handlers(receiver: Receiver) -> None:
    """A handler that runs comes to its end before the server goes."""
    begun, ended = threading.Event(), threading.Event()

    @receiver.on()
    def slow(event: object) -> None:
        begun.set()
        time.sleep(0.2)
        ended.set()

    with Served(receiver.asgi()) as served, EventSender(served.url) as zoom:
        zoom.send(STARTED)
        assert begun.wait(10)
    assert ended.is_set()


def test_run_serves_with_uvicorn(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without uvicorn it says what is missing."""
    ran: list[dict[str, Any]] = []
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: ran.append(options))
    receiver.run(port=5)
    (options,) = ran
    assert (options["host"], options["port"]) == ("127.0.0.1", 5)
    assert {"limit_concurrency", "timeout_keep_alive", "backlog", "http"} <= set(options)
    monkeypatch.delitem(sys.modules, "zoom_api_client.triggers.serving")
    monkeypatch.delattr("zoom_api_client.triggers.serving")
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(ImportError, match=r"zoom-api-client\[server\]"):
        receiver.run()


def test_interpreter_that_ends_lets_handlers_end(tmp_path: Path) -> None:
    """A mounted app is told of no end: what was handled must be stored as handled all the same, and the process go."""
    script = f"""if True:
        import threading, time
        from zoom_api_client.testing.events import SECRET_TOKEN, zoom_event
        from zoom_api_client.triggers import Receiver
        receiver = Receiver(secret_token=SECRET_TOKEN, inbox="sqlite:///{tmp_path}/inbox.db")
        begun = threading.Event()
        @receiver.on()
        def slow(event):
            begun.set()
            time.sleep(0.3)
        receiver.start()
        receiver.start()
        event = zoom_event("meeting.started")
        receiver.handle(event.headers, event.body)
        begun.wait(10)
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    left = Receiver(secret_token="x", inbox=f"sqlite:///{tmp_path}/inbox.db")
    assert left.inbox.counts() == Counts(waiting=0, running=0, dead=0)
    left.close()
