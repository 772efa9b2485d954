"""A program of its own that renews a token of the file store, and can be killed at any line of it.

    python renewing.py ORIGIN DIRECTORY LINE

Prints the access token. With LINE > 0 it dies of SIGKILL before it runs that line (counted over the lines of
`zoom_api_client.connection` in the thread that renews), after it has written which line that was to standard error;
with LINE 0 it writes how many there are.
"""

import itertools
import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

from tests.connection.authorization_server import CLIENT_ID, CLIENT_SECRET, REDIRECT_URI
from zoom_api_client.connection import UserOAuth

_OURS = os.path.join("zoom_api_client", "connection")  # noqa: PTH118
_count = itertools.count(1)
_last = 0


def tracer(line: int) -> Any:
    """Return a trace function that kills at a line."""

    def trace(frame: FrameType, event: str, arg: object) -> Any:
        global _last
        if _OURS not in frame.f_code.co_filename:
            return None
        if event == "line":
            _last = next(_count)
            if _last == line:
                name = os.path.basename(frame.f_code.co_filename)  # noqa: PTH119
                os.write(2, f"{name}:{frame.f_code.co_name}:{frame.f_lineno}".encode())
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


def connection(origin: str, directory: str) -> UserOAuth:
    """Return the connection that all processes share."""
    return UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, oauth_url=origin, store=f"file://{directory}")


if __name__ == "__main__":
    origin, directory, line = sys.argv[1:]
    shared = connection(origin, directory)
    threading.settrace(tracer(int(line)))
    print(shared.token().access_token, flush=True)
    if line == "0":
        os.write(2, str(_last).encode())
