"""How far a list of Zoom's has been read, and how it goes on. Pure: it decides, the lists ask.

A page token lives 15 minutes, and now and then one is refused, comes twice or is missing. The list is then read again
from its first page without what has been handed out: by identity, so that nothing is lost or doubled though the list
changes meanwhile. Reading that gets no further this way ends in `PagingFailed`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from zoom_api_client import errors
from zoom_api_client.core import codec
from zoom_api_client.core.model import Model
from zoom_api_client.transport.bounds import Bounds

_REFUSED_TOKEN = frozenset({300, 301, 400})
_IDENTITIES = ("uuid", "call_element_id", "call_history_uuid", "id")
_BARREN = 3  # readings in a row that gave nothing new

Cursor = dict[str, Any]


class Reading:
    """One reading of a list, from its first page to its last.

    `cursor` has the parameters of the next page: none for the first, and it is None after the last. `items` names the
    field of a page that holds its items: the first of several that has any; with no name it is the only list there is.
    """

    def __init__(self, items: tuple[str, ...] = (), *, numbered: bool = False, bounds: Bounds | None = None) -> None:
        self._names, self._numbered, self._bounds = items, numbered, bounds or Bounds()
        self._pages = self._idle = 0
        self._handed: Counter[Hashable] = Counter()
        self.begin()

    def begin(self, token: object = None) -> None:
        """Begin a part of the list; with a token, at its page. What earlier parts had is left out."""
        self._start: Cursor = {"next_page_token": token} if token else {}
        self._progress, self._barren = True, 0
        self._rewind()

    def _rewind(self) -> None:
        self.cursor: Cursor | None = self._start
        self._known = self._handed.copy()
        self._seen: set[Hashable] = {tuple(self._start.items())}
        self._count = 0

    def take(self, page: Any) -> Any:
        """Return a page with what is new in it, or None if nothing of it is; and move on."""
        name = _name(page, self._names)
        items = _get(page, name) or []
        if not isinstance(items, list):
            raise errors.PagingFailed(f"Zoom answered with no page: it has no list of {name}")
        onwards = self._onwards(page)
        before = len(self._handed)
        repeated = bool(onwards) and tuple(onwards.items()) in self._seen
        fresh = self._fresh(items, self._handed.copy() if repeated else self._known)
        self._count += len(items)
        if len(fresh) < len(items):
            _set(page, name, fresh)
        self._measure(is_idle=len(self._handed) == before and len(fresh) == len(items))
        self._move(page, onwards, repeated=repeated)
        return page if fresh or not items else None

    def refused(self, error: errors.InvalidRequest) -> None:
        """Begin again if Zoom refused the token of a page; raise the error if it is about anything else."""
        at_token = self.cursor != self._start and "next_page_token" in (self.cursor or {})
        if not at_token or error.code not in _REFUSED_TOKEN:
            raise error
        self._again("Zoom refused the next_page_token of its own", error)

    def _measure(self, *, is_idle: bool) -> None:
        """Count a page; it is idle if it has nothing that is new, or that comes again as a list is read again."""
        self._pages += 1
        self._idle = self._idle + 1 if is_idle else 0
        for name, count in (("pages", self._pages), ("idle_pages", self._idle)):
            if count > getattr(self._bounds, name):
                raise errors.PagingFailed(
                    f"the list does not end: it goes beyond the bound {name}={getattr(self._bounds, name):,}, which "
                    f"Zoom(…, bounds=Bounds({name}=…)) sets"
                )

    def _move(self, page: Any, onwards: Cursor, *, repeated: bool) -> None:
        total = _get(page, "total_records")
        if repeated:
            self._again(f"Zoom gave the same {next(iter(onwards))} twice")
        elif onwards:
            self._seen.add(tuple(onwards.items()))
            self.cursor = onwards
        elif not self._start and isinstance(total, int) and self._count < total:
            self._again(f"Zoom gave no next_page_token after {self._count} of {total} records")
        else:
            self.cursor = None

    def _again(self, reason: str, cause: Exception | None = None) -> None:
        self._barren = 0 if self._progress else self._barren + 1
        if self._barren >= _BARREN:
            raise errors.PagingFailed(f"{reason}, also when asked again: the list cannot be read to its end") from cause
        self._progress = False
        self._rewind()

    def _onwards(self, page: Any) -> Cursor:
        token = _get(page, "next_page_token")
        if token and isinstance(token, str):
            return {"next_page_token": token}
        number, count = _get(page, "page_number"), _get(page, "page_count")
        by_number = self._numbered and "next_page_token" not in (self.cursor or {})
        if by_number and isinstance(number, int) and isinstance(count, int) and number < count:
            return {"page_number": number + 1}
        return {}

    def _fresh(self, items: Iterable[Any], known: Counter[Hashable]) -> list[Any]:
        fresh = []
        for item in items:
            identity = _identity(item)
            if known[identity] > 0:
                known[identity] -= 1
            else:
                fresh.append(item)
                self._handed[identity] += 1
        self._progress = self._progress or bool(fresh)
        return fresh


def items_of(page: Any, names: tuple[str, ...]) -> list[Any]:
    """Return the items of a page: see `Reading`."""
    return _get(page, _name(page, names)) or []


def _name(page: Any, names: tuple[str, ...]) -> str:
    if not isinstance(page, Model | Mapping):
        raise errors.PagingFailed(f"Zoom answered with no page: it is {type(page).__name__}, no object")
    if isinstance(page, Mapping) and not names:
        names = tuple(name for name, each in page.items() if isinstance(each, list))
        if len(names) != 1:
            found = f"several lists ({', '.join(names)}): name one with `items`" if names else "no list"
            raise errors.PagingFailed(f"the page has {found}")
    return next((name for name in names if _get(page, name)), names[0])


def _identity(item: Any) -> Hashable:
    """Return what an item is known by: its id, or all of it."""
    fields = item.__dict__ if isinstance(item, Model) else item if isinstance(item, Mapping) else {}
    for name in _IDENTITIES:
        if isinstance(fields.get(name), str | int) and fields[name] != "":
            return name, fields[name]
    return codec.dumps(codec.plain(item))


def _get(page: Any, name: str) -> Any:
    return page.get(name) if isinstance(page, Mapping) else getattr(page, name, None)


def _set(page: Any, name: str, items: list[Any]) -> None:
    if isinstance(page, Model):
        setattr(page, name, items)
    else:
        page[name] = items
