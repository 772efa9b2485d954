"""What is wrong with a document: which one, at which place, and why."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import attrs

from generator import strict_json

Place = tuple[str | int, ...]


@attrs.frozen
class Fault:
    """One reason why a document cannot be taken over. `document` is its file, `place` a JSON pointer into it."""

    document: str
    place: str
    reason: str

    def __str__(self) -> str:
        """`meetings/endpoints.json#/paths/~1x/get: has no answer of success`."""
        return f"{self.document}{f'#{self.place}' if self.place else ''}: {self.reason}"


class BuildFault(Exception):
    """Something may not be used; `faults` has every reason, and the message is one line for each."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self.faults  # products are built in processes of their own


def refuse_if(faults: Iterable[Fault]) -> None:
    """Raise `BuildFault` with these faults if there are any."""
    if found := tuple(faults):
        raise BuildFault(*found)


def pointer(place: Place) -> str:
    """Return a place as a JSON pointer (RFC 6901)."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in place)


def read(path: Path) -> dict[str, Any]:
    """Read a JSON object from a file of `openapi/`; what is not one is a `BuildFault` that names the file."""
    document = f"{path.parent.name}/{path.name}"
    try:
        content = strict_json.loads(path.read_bytes())
    except ValueError as error:
        raise BuildFault(Fault(document, "", str(error))) from error
    if not isinstance(content, dict):
        raise BuildFault(Fault(document, "", "is not a JSON object"))
    return content
