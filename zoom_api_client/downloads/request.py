"""The request for a file: for the whole of it, or for the rest if a part is there."""

from __future__ import annotations

import attrs


@attrs.frozen
class Wanted:
    """A file to request, and the part of it that is there already.

    Attributes:
        length: the bytes that are there.
        total: the bytes of the whole file, if the server has said so.
        validator: the `ETag` or `Last-Modified` of the version that the part belongs to; empty without one.
        size: the bytes of the recording file, as Zoom's API says.
        extension: the file's; an answer of JSON is refused unless it is `json`.
    """

    length: int = 0
    total: int | None = None
    validator: str = ""
    size: int | None = None
    extension: str = ""

    def headers(self) -> dict[str, str]:
        """Return the headers that ask for the rest of this version, or for the whole of another (RFC 9110, 13.1.5)."""
        if not self.length or not self.validator:
            return {}
        return {"range": f"bytes={self.length}-", "if-range": self.validator}
