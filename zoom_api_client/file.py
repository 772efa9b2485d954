"""A file that is sent in a multipart body."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import IO

import attrs


@attrs.frozen
class File:
    """The content of a file (bytes, or an open binary file), its name and its media type."""

    content: bytes | IO[bytes] = attrs.field(repr=False)
    name: str = "file"
    media_type: str = "application/octet-stream"

    @classmethod
    def at(cls, path: str | Path) -> File:
        """Return the file at a path, its media type guessed by its name."""
        path = Path(path)
        return cls(path.read_bytes(), path.name, mimetypes.guess_type(path.name)[0] or "application/octet-stream")
