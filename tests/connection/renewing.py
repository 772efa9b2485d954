"""A program of its own that renews a token of a store, and can be killed at any line of it.

    python -m tests.connection.renewing ORIGIN STORE SCOPE LINE [MARK]

Prints the access token. With LINE > 0 it dies of SIGKILL before it runs that line, after it has written to standard
error whether the answer had been read from the socket by then, and which line that was. Lines are counted in the
thread that renews: those of `zoom_api_client.connection` (SCOPE `ours`), or those of httpx and what it uses as well
(SCOPE `all`). With LINE 0 it writes how many there are; with LINE -1 it says `ready`, and waits for a line on standard
input. MARK is a file that gets a `+` when the answer has been read.
"""

import itertools
import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

import httpcore._backends.sync as sockets

from tests.connection.authorization_server import CLIENT_ID, CLIENT_SECRET, REDIRECT_URI
from zoom_api_client.connection import UserOAuth

_OURS = os.path.join("zoom_api_client", "connection")  # noqa: PTH118
_THEIRS = tuple(f"{os.sep}{name}{os.sep}" for name in ("httpx", "httpcore", "h11"))
_count = itertools.count(1)
_last = 0
_has_answer = False
_mark = -1


class Stream(sockets.SyncStream):
    """The socket as httpx reads it: the first place that sees an answer in this process."""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        global _has_answer
        content = super().read(max_bytes, timeout)
        if b"access_token" in content:
            _has_answer = True
            if _mark >= 0:
                os.pwrite(_mark, b"+", 0)
        return content


def tracer(scope: str, line: int) -> Any:
    """Return a trace function that kills at a line."""
    counted = (_OURS,) if scope == "ours" else (_OURS, *_THEIRS)

    def trace(frame: FrameType, event: str, arg: object) -> Any:
        global _last
        if not any(part in frame.f_code.co_filename for part in counted):
            return None
        if event == "line":
            _last = next(_count)
            if _last == line:
                whose = "ours" if _OURS in frame.f_code.co_filename else "theirs"
                name = f"{os.path.basename(frame.f_code.co_filename)}:{frame.f_code.co_name}"  # noqa: PTH119
                os.write(2, f"{'read' if _has_answer else 'asking'} {whose} {name}:{frame.f_lineno}".encode())
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


def connection(origin: str, store: str) -> UserOAuth:
    """Return the connection that all processes share."""
    return UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, oauth_url=origin, store=store)


if __name__ == "__main__":
    origin, store, scope, line = sys.argv[1:5]
    _mark = os.open(sys.argv[5], os.O_WRONLY) if sys.argv[5:] else -1
    sockets.SyncStream = Stream  # type: ignore[misc]
    shared = connection(origin, store)
    if line == "-1":
        print("ready", flush=True)
        sys.stdin.readline()
    else:
        threading.settrace(tracer(scope, int(line)))
    print(shared.token().access_token, flush=True)
    if line == "0":
        os.write(2, str(_last).encode())
