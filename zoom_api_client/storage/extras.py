"""The error for a missing extra, which says how to install it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from zoom_api_client.errors import MissingExtra


@contextmanager
def require_extra(extra: str, what: str) -> Iterator[None]:
    """Name the extra to install if what is imported inside is not there.

        with require_extra("redis", "a token store in Redis"):
            import redis

    Raises:
        MissingExtra: the library is missing.
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] == "zoom_api_client":
            raise
        library = missing.name.partition(".")[0]
    else:
        return
    raise MissingExtra(what, library, extra)


@contextmanager
def end_without_extra(command: str) -> Iterator[None]:
    """End the process with a line on stderr, in place of a traceback, if an extra is missing inside."""
    try:
        yield
    except MissingExtra as missing:
        sys.exit(f"{command}: {missing}")
