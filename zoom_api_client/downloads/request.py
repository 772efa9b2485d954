"""The request for a file: the whole of it, or the rest of a version that has begun to come."""

from __future__ import annotations

import attrs


@attrs.frozen
class Wanted:
    """A file that is asked for, and may have begun to come.

    Attributes:
        length: bytes that have come, of a whole of `total`, in the version that `validator` names.
        size: bytes of the recording file, as Zoom's API says.
        extension: of the file; JSON is a recording only where it is `json`.
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
