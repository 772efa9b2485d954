"""Bounds on how much of an answer is read, which no honest one comes near. Pure: they count, the client reads."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from typing import Any

import attrs

from zoom_api_client import errors
from zoom_api_client.core import codec
from zoom_api_client.core.checks import number
from zoom_api_client.core.redaction import quote_text

EXTENSION = "bounds"  # of a response: the bounds that it is read within
WITHOUT = "without_bounds"  # an extension of a request whose answer may be of any length

_ENCODINGS = ("identity", "gzip", "deflate", "x-gzip")
_PIECE = 256 * 1024  # bytes


@attrs.frozen(kw_only=True)
class Bounds:
    """The bounds of a client: what goes beyond one ends in a `ZoomError` that names it.

    Args:
        answer_bytes: bytes of an answer, decompressed. Recordings that `zoom.recordings.download` writes have no bound.
        answer_seconds: seconds from what was sent last to the end of the answer, however slowly it drips. Of a
            recording, to the end of its headers; with HTTP/2 and a transport of your own, from the headers on.
        nesting: how deep the objects and arrays of an answer may be nested, at most 256.
        pages: pages of one reading of a list.
        idle_pages: pages in a row that bring nothing new.
    """

    answer_bytes: int = attrs.field(default=100 * 1024 * 1024, validator=number(least=1, whole=True))
    answer_seconds: float = attrs.field(default=300.0, validator=number())
    nesting: int = attrs.field(default=codec.NESTING, validator=number(most=codec.NESTING, whole=True))
    pages: int = attrs.field(default=100_000, validator=number(least=1, whole=True))
    idle_pages: int = attrs.field(default=100, validator=number(least=1, whole=True))

    def meter(self, status: int, headers: MutableMapping[str, str]) -> Meter:
        """Return a meter for one answer. It decompresses: the HTTP library would whole pieces, whatever they become."""
        if "content-encoding" not in headers:
            return Meter(self, is_compressed=False)
        encoding = headers.pop("content-encoding").strip().lower()
        if encoding not in _ENCODINGS:
            what = quote_text(f"the answer is encoded ({encoding}), which was not asked for")
            raise errors.UnexpectedAnswer(what, status)
        return Meter(self, is_compressed=encoding != "identity")

    def check_size(self, length: int) -> None:
        """Raise `BoundExceeded` for an answer of more bytes."""
        if length > self.answer_bytes:
            raise errors.BoundExceeded("answer_bytes", self.answer_bytes)


class Meter:
    """Measures one answer as it comes in, and decompresses it piece by piece."""

    def __init__(self, bounds: Bounds, is_compressed: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._bounds, self._clock = bounds, clock
        self._until = clock() + bounds.answer_seconds
        self._length, self._has_begun = 0, False
        self._gzip = zlib.decompressobj(zlib.MAX_WBITS | 32) if is_compressed else None

    def take(self, part: bytes) -> Iterable[bytes]:
        """Return what a part of the body says, in pieces. Raises `BoundExceeded`."""
        self.check_time()
        if self._gzip is not None:
            return self._decompress(part, self._gzip)
        self._count(part)
        return (part,)

    def _decompress(self, part: bytes, gzip: Any) -> Iterator[bytes]:
        self._has_begun = self._has_begun or bool(part)
        while part and not gzip.eof:
            try:
                piece = gzip.decompress(part, _PIECE)
            except zlib.error:
                raise errors.ConnectionFailed("the answer is damaged: it cannot be decompressed") from None
            self._count(piece)
            yield piece
            part = gzip.unconsumed_tail
        if part or gzip.unused_data:
            raise errors.ConnectionFailed("the answer is damaged: something follows the end of its compressed content")

    def _count(self, piece: bytes) -> None:
        self._length += len(piece)
        self._bounds.check_size(self._length)

    def check_time(self) -> None:
        """Raise `BoundExceeded` if the answer has taken too long."""
        if self._clock() > self._until:
            raise errors.BoundExceeded("answer_seconds", self._bounds.answer_seconds)

    def end(self) -> None:
        """Take the end of the body. Raises `ConnectionFailed` if compressed content ended before: that is half of it.

        The length of a body says nothing of it: who compresses it may have died in the middle.
        """
        if self._gzip is not None and self._has_begun and not self._gzip.eof:
            raise errors.ConnectionFailed("the answer is cut off: its compressed content ends in the middle")
