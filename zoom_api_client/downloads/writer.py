"""Writing while the next bytes come: in a thread, so that a slow disk holds up neither the line nor an event loop."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Self

from zoom_api_client.downloads.partial_file import Part
from zoom_api_client.downloads.response import Refused

BATCH = 2_000_000  # bytes: to hand over each piece of 256 KB would take as long as writing it


class Writer:
    """Appends pieces to a part, some megabytes at a time; leaving it writes what is left.

    Attributes:
        length: bytes that have come, written or not.
    """

    def __init__(self, part: Part) -> None:
        self.length = part.length
        self._part, self._batch, self._size = part, list[bytes](), 0
        self._pool = ThreadPoolExecutor(1, "zoom-api-client writer")
        self._pending: Future[None] | None = None

    def add(self, piece: bytes) -> Future[None] | None:
        """Take a piece, and return what to wait for before the next, if the disk is slower than the line."""
        self._batch.append(piece)
        self._size += len(piece)
        self.length += len(piece)
        if self._size < BATCH:
            return None
        if self._pending and not self._pending.done():
            return self._pending
        self._settle()
        self._pending = self._pool.submit(self._write, self._batch)
        self._batch, self._size = [], 0
        return None

    def _write(self, batch: list[bytes]) -> None:
        for piece in batch:
            self._part.append(piece)

    def _settle(self) -> None:
        """Wait until the thread has written, and raise what it failed with."""
        if self._pending:
            self._pending.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            self._settle()
            self._write(self._batch)
        except Refused:  # a full disk is no reason to go on after Ctrl-C or a cancellation
            if kind is None or issubclass(kind, Exception):
                raise
        finally:
            self._pool.shutdown()
