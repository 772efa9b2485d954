"""A disk that is nearly full: the system takes a part of what is written, and then nothing more."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nearly_full(room: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes: `write` comes back short first, and fails then."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
