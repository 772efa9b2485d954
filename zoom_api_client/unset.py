"""The value of a field that is not there: neither given nor sent. It is not None, which is JSON's null."""

from __future__ import annotations

from typing import Final, Literal


class Unset:
    """The type of `UNSET`, for annotations: `topic: str | Unset`."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:  # so that `if meeting.topic:` tells type checkers that it is there
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __copy__(self) -> Unset:
        return self

    def __deepcopy__(self, memo: object) -> Unset:
        return self

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Final = Unset()
