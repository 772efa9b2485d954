"""`zoom-api listen`, as a process that takes webhooks."""

import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.cli.running import Script


@contextmanager
def listening(script: Script, *words: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Listen on a free port, and yield the address and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with script.start("listen", "--port", str(port), *words) as process:
        try:
            _wait_until_open(port)
            yield f"http://127.0.0.1:{port}/", process
        finally:
            process.send_signal(signal.SIGINT)


def _wait_until_open(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)
