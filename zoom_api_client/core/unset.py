"""Two values that JSON does not have: `UNSET`, for a field that is absent, and `File`, for what is uploaded."""

from __future__ import annotations

import mimetypes
import re
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Literal

import attrs

from zoom_api_client.core.checks import check_text

_MEDIA_TYPE: Final = re.compile(r"[^\s/;]+/[^\s/;]+(?: *;[ -~]*)?", re.ASCII)


class Unset:
    """The type of `UNSET`, for annotations: `topic: str | Unset`."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:  # so that `if meeting.topic:` tells type checkers that it is there
        return False

    def __repr__(self) -> str:
        return "UNSET"

    if not TYPE_CHECKING:  # to type checkers it has no attribute and no items

        def __getattr__(self, name: str) -> Any:
            from zoom_api_client.core import unset_reads  # only for what fails, so that reading stays as fast as it is

            raise AttributeError(unset_reads.explain(name, sys._getframe(1)), name=name)

        def __getitem__(self, key: object) -> Any:
            from zoom_api_client.core import unset_reads

            raise TypeError(unset_reads.explain_items(sys._getframe(1)))

        def __iter__(self) -> Any:
            from zoom_api_client.core import unset_reads

            raise TypeError(unset_reads.explain_items(sys._getframe(1)))

    def __copy__(self) -> Unset:
        return self

    def __deepcopy__(self, memo: object) -> Unset:
        return self

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final = Unset()
"""The value of a field that is not there: neither given nor sent. It is not None, which is JSON's null."""


def _check_media_type(_: File, __: object, media_type: object) -> None:
    if not isinstance(media_type, str) or not _MEDIA_TYPE.fullmatch(media_type):
        raise ValueError(f"media_type is {media_type!r}: give a type and a subtype on one line, image/png for example")


def _check_content(_: File, __: object, content: Any) -> None:
    if not (isinstance(content, bytes) or hasattr(content, "read")):
        raise TypeError(
            f"the content of a file must be bytes or an open binary file, not {type(content).__name__}; File.at(path) "
            "reads one"
        )


@attrs.frozen
class File:
    """A file that is sent in a multipart body: its content (bytes, or an open binary file), name and media type.

    Raises `TypeError` for a content that is neither, and `ValueError` for a media type that is none: it is a header of
    the file's part, and would write others.
    """

    content: bytes | IO[bytes] = attrs.field(repr=False, validator=_check_content)
    name: str = attrs.field(default="file", validator=lambda _, __, name: check_text("the name of the file", name))
    media_type: str = attrs.field(default="application/octet-stream", validator=_check_media_type)

    @classmethod
    def at(cls, path: str | Path) -> File:
        """Return the file at a path, its media type guessed by its name."""
        path = Path(path)
        return cls(path.read_bytes(), path.name, mimetypes.guess_type(path.name)[0] or "application/octet-stream")
