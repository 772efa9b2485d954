"""A terminal in which a command runs and its questions are answered."""

import fcntl
import os
import pty
import select
import struct
import termios
from collections.abc import Mapping, Sequence

from tests.cli.running import Ran

_PATIENCE = 30.0  # seconds without a word; what waits longer gets a hang-up


def run(words: Sequence[str], env: Mapping[str, str], *, columns: int = 100, asked: str = "", typed: str = "") -> Ran:
    """Run a command in a terminal, and return what stands there; both streams are the terminal.

    `typed` is typed when what is `asked` stands there: a question for a secret throws away what was typed before it.
    """
    child, terminal = pty.fork()
    if child == 0:
        try:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
            os.execve(words[0], list(words), {"TERM": "xterm-256color", **env})
        finally:  # a command that is not there: the child would go on with the tests, as this process does
            os._exit(127)
    seen, waits = b"", bool(typed)
    while select.select([terminal], [], [], _PATIENCE)[0] and (part := _read(terminal)):
        seen += part
        if waits and asked.encode() in seen:
            os.write(terminal, typed.encode())
            waits = False
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return Ran(os.waitstatus_to_exitcode(status), seen.decode().replace("\r\n", "\n"), "")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux says so at the end
        return b""
