"""Pagination decides how a list of Zoom's is read on from where it is. Pure: the lists send the requests.

A page token lives 15 minutes, and now and then one is refused, comes twice or is missing. The list is then read again
from its first page without what has been handed out: by identity, so that nothing is lost or doubled though the list
changes meanwhile. Reading that gets no further this way ends in `PagingFailed`; so does a list that Zoom says is longer
than it is, after all of its items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, MutableMapping
from typing import Any

from zoom_api_client import errors
from zoom_api_client.core import codec
from zoom_api_client.core.model import Model
from zoom_api_client.transport.bounds import Bounds
from zoom_api_client.transport.page_turning import TOKENS, Cursor, find_next_cursor

_REFUSED_TOKEN = frozenset({300, 301, 400})
_IDENTITIES = ("uuid", "call_element_id", "call_history_uuid", "id")
_BARREN = 3  # readings in a row that gave nothing new
_LONGEST_TOKEN = 16 * 1024  # characters: Zoom's have fewer than 300
_TOTALS = ("total_records", "totalResults")


class Reading:
    """One reading of a list, from its first page to its last.

    `cursor` has the parameters of the next page: none for the first, and it is None after the last. `items` names the
    field of a page that holds its items: the first of several that has any; with no name it is the only list there is.
    A name with dots lies deeper in the page. `turned_by` are the parameters that turn the page.
    """

    def __init__(
        self,
        items: tuple[str, ...] = (),
        turned_by: tuple[str, ...] = ("next_page_token",),
        bounds: Bounds | None = None,
    ) -> None:
        self._names, self._turned_by, self._bounds = items, turned_by, bounds or Bounds()
        self._pages = 0
        self._failure: errors.PagingFailed | None = None
        self._handed: Counter[Hashable] = Counter()
        self.begin()

    def begin(self, start: Cursor | None = None) -> None:
        """Begin a part of the list; with a cursor, at its page. What earlier parts had is left out."""
        self._start: Cursor = start or {}
        self._progress, self._barren, self._furthest, self._idle = True, 0, 0, 0
        self._rewind()

    def _rewind(self) -> None:
        self.cursor: Cursor | None = self._start
        self._known = self._handed.copy()
        self._before: list[Hashable] = []
        self._seen: set[Hashable] = {tuple(self._start.items())}
        self._count = self._turned = 0

    def goes_on(self) -> bool:
        """Return whether there is a page to ask for. Raises `PagingFailed` if the list cannot be read to its end.

        It is raised here, before a page is asked for, and not by `take`: the page that shows it has items too.
        """
        if self._failure:
            raise self._failure
        if self.cursor is not None:
            self._check_bounds()
        return self.cursor is not None

    def take(self, page: Any) -> Any:
        """Return a page with what is new in it, or None if nothing of it is; and move on."""
        holder, name = _place(page, self._names)
        items = holder.get(name) or []
        if not isinstance(items, list):
            raise errors.PagingFailed(f"Zoom's answer is not a page of the list: it has no {name}")
        following = self._find_following(holder, len(items))
        before = len(self._handed)
        repeated = self._find_repetition(following, items)
        fresh = self._take_fresh(items, self._handed.copy() if repeated else self._known)
        self._count += len(items)
        self._turned += 1
        if len(fresh) < len(items):
            holder[name] = fresh
        self._pages += 1
        is_idle = len(self._handed) == before and len(fresh) == len(items)  # nothing is new, and nothing comes again
        self._idle = self._idle + 1 if is_idle else 0
        self._move(holder, following, repeated)
        return page if fresh or not items else None

    def recover(self, error: errors.InvalidRequest) -> None:
        """Begin again if Zoom refused the token of a page; raise the error if it is about anything else."""
        token = next((name for name in self.cursor or {} if name in TOKENS), None)
        if token is None or self.cursor == self._start or error.code not in _REFUSED_TOKEN:
            raise error
        self._start_again(f"Zoom refused the {token} of its own", error)

    def _check_bounds(self) -> None:
        for name, count in (("pages", self._pages), ("idle_pages", self._idle)):
            if count >= getattr(self._bounds, name):
                raise errors.PagingFailed(
                    f"the list does not end: it goes beyond the bound {name}={getattr(self._bounds, name):,}, which "
                    f"Zoom(…, bounds=Bounds({name}=…)) sets"
                )

    def _find_following(self, holder: Mapping[str, Any], count: int) -> Cursor:
        try:
            following = find_next_cursor(holder, self.cursor or {}, self._turned_by, count)
            _check_tokens(following)
        except errors.PagingFailed as failure:
            self._failure = failure
            return {}
        return following

    def _move(self, holder: Mapping[str, Any], following: Cursor, repeated: str) -> None:
        total = next((holder[name] for name in _TOTALS if name in holder), None)
        if self._failure:
            return
        if repeated:
            self._start_again(f"Zoom gave the same {repeated} twice")
        elif following:
            self._seen.add(tuple(following.items()))
            self.cursor = following
        elif not self._start and isinstance(total, int) and self._count < total:
            self._progress = self._progress and self._turned > self._furthest  # new items alone may come forever
            self._furthest = max(self._turned, self._furthest)
            self._start_again(f"Zoom gave no {self._turned_by[0]} after {self._count} of {total} records")
        else:
            self.cursor = None

    def _start_again(self, reason: str, cause: Exception | None = None) -> None:
        self._barren = 0 if self._progress else self._barren + 1
        if self._barren >= _BARREN:
            self._failure = errors.PagingFailed(f"{reason}, also when asked again: the list cannot be read to its end")
            self._failure.__cause__ = cause
        self._progress = False
        self._rewind()

    def _find_repetition(self, following: Cursor, items: list[Any]) -> str:
        """Name what has come before: the cursor, or the page where Zoom ignores its number; empty if nothing has."""
        parameter = next(iter(following), None)
        if parameter is None or tuple(following.items()) in self._seen:
            return parameter or ""
        if parameter in TOKENS:
            return ""
        before, self._before = self._before, [_identity(item) for item in items]
        return "page" if items and before == self._before else ""

    def _take_fresh(self, items: Iterable[Any], known: Counter[Hashable]) -> list[Any]:
        fresh, handed = [], self._handed
        for item in items:
            identity = _identity(item)
            if known.get(identity):  # not `known[identity]`: what a `Counter` has not costs it a call
                known[identity] -= 1
            else:
                fresh.append(item)
                handed[identity] = handed.get(identity, 0) + 1
        self._progress = self._progress or bool(fresh)
        return fresh


def find_items(page: Any, names: tuple[str, ...]) -> list[Any]:
    """Return the items of a page: see `Reading`."""
    holder, name = _place(page, names)
    return holder.get(name) or []


def _check_tokens(cursor: Cursor) -> None:
    """Raise `PagingFailed` for a token that no address can carry."""
    for name in TOKENS:
        token = cursor.get(name, "")
        if len(token) > _LONGEST_TOKEN or not token.isprintable():
            raise errors.PagingFailed(f"Zoom gave a {name} of {len(token):,} characters that cannot be sent back")


def _place(page: Any, names: tuple[str, ...]) -> tuple[MutableMapping[str, Any], str]:
    """Return the JSON object that holds the items, and their name in it."""
    fields = _fields(page)
    if fields is None:
        raise errors.PagingFailed(f"Zoom's answer is not a page of a list: it is {type(page).__name__}, not an object")
    places = [_descend(fields, name) for name in names or _only_list(fields)]
    return next((place for place in places if place[0].get(place[1])), places[0])


def _fields(value: Any) -> MutableMapping[str, Any] | None:
    if isinstance(value, Model):
        return value.__dict__
    return value if isinstance(value, MutableMapping) else None


def _descend(fields: MutableMapping[str, Any], name: str) -> tuple[MutableMapping[str, Any], str]:
    *outer, last = name.split(".")
    for each in outer:
        fields = _fields(fields.get(each)) or {}
    return fields, last


def _only_list(fields: Mapping[str, Any]) -> tuple[str, ...]:
    names = tuple(name for name, each in fields.items() if isinstance(each, list))
    if len(names) != 1:
        found = f"several lists ({', '.join(names)}): name one with `items`" if names else "no list"
        raise errors.PagingFailed(f"the page has {found}")
    return names


def _identity(item: Any) -> Hashable:
    """Return the identity of an item: its id, with its start where it has one, or all of it.

    The id of a meeting is that of all its occurrences: recordings without uuid are told apart by their start.
    """
    fields = item.__dict__ if isinstance(item, Model) else item if isinstance(item, Mapping) else {}
    for name in _IDENTITIES:
        value = fields.get(name, "")
        if value != "" and isinstance(value, (str, int)):  # a tuple: `str | int` would be made anew for each item
            return name, value, str(fields.get("start_time", "")) if name == "id" else ""
    return codec.text(codec.plain(item))
