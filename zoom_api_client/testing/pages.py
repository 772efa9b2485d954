"""A long list, served page by page: each answer says where the list goes on, in the way of its operation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zoom_api_client.testing import echo, examples, lookup, overrides, validator
from zoom_api_client.testing.contract import Match, Operation
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.violation import ContractViolation, Violation
from zoom_api_client.transport.page_turning import TOKENS

_USUAL_SIZE = 30


class Pages:
    """The pages of an operation's list: so many items of the contract's, or as many as are given."""

    def __init__(self, operation: Operation, items: int | Sequence[Any], *, seed: int, unchecked: bool) -> None:
        self._count = items if isinstance(items, int) else len(items)
        if self._count < 0:
            raise ValueError(f"a list has no items or some, not {self._count}")
        paging = lookup.library_operation(operation).paged
        if paging is None:
            raise TypeError(f"{operation} has no pages; use returns()")
        self._paging, (self._place, *others) = paging, paging.items
        example = examples.make_answer(operation, seed=seed, items=self._count)[1]
        for place in others:
            example = _laid(example, place, [])
        self._example, self._most = example, max(len(_at(example, self._place)), 1)  # that Zoom gives in one answer
        if isinstance(items, int):
            self._items = self._made(operation, seed)
            return
        self._items = overrides.merge(_at(example, self._place), list(items))
        found = [violation for page in self._full_pages() for violation in _check(operation, page)]
        if found and not unchecked:
            raise ContractViolation.by_test(found)

    def _made(self, operation: Operation, seed: int) -> list[Any]:
        """Return as many items as are wanted: one example has no more than one answer may have."""
        made: list[Any] = []
        while len(made) < self._count:
            made += _at(examples.make_answer(operation, seed=seed, items=self._count)[1], self._place)
            seed += 1
        return made[: self._count]

    def _full_pages(self) -> Iterator[Any]:
        for start in range(0, self._count, self._most):
            yield _laid(self._example, self._place, self._items[start : start + self._most])

    def answer(self, match: Match, request: IncomingRequest) -> OutgoingAnswer:
        """Return the page that a request asks for."""
        query = validator.parameters_of(match.operation, request.query)
        asked = _sent(request) if self._paging.in_body else query
        size = min(_number(asked.get(self._paging.size)) or _USUAL_SIZE, self._most)
        start = self._start(asked, size)
        if start is None:
            body = {"code": 300, "message": "The next page token is invalid or expired."}
            return OutgoingAnswer.json(400, body, operation=match.operation)
        page = _laid(echo.fit(self._example, match, query, None), self._place, self._items[start : start + size])
        return OutgoingAnswer.json(match.operation.success, self._marked(page, start, size), operation=match.operation)

    def _start(self, asked: Mapping[str, Any], size: int) -> int | None:
        """Return the index of the first item that is asked for; None if no page begins so."""
        parameter = next((each for each in self._paging.turned_by if asked.get(each)), None)
        if parameter is None:
            return 0
        if parameter in TOKENS:
            return next((start for start in range(self._count) if _token(start) == asked[parameter]), None)
        before = max(_number(asked[parameter]) - 1, 0)
        return before if parameter == "startIndex" else before * size

    def _marked(self, page: dict[str, Any], start: int, size: int) -> dict[str, Any]:
        """Return a page that says where it stands: by what its operation declares, and always by its token."""
        number, end = start // size + 1, start + size
        marks: dict[str, Any] = dict.fromkeys(echo.COUNTS, self._count)
        marks |= dict.fromkeys(("page_number", "page_num", "page"), number)
        marks |= {"page_count": -(-self._count // size), "has_next_page": end < self._count}
        marks |= {"startIndex": start + 1, "itemsPerPage": len(_at(page, self._place))}
        *outer, _ = self._place.split(".")
        holder = _at(page, ".".join(outer))
        declared = {name: mark for name, mark in marks.items() if type(holder.get(name)) is type(mark)}
        token = _token(end) if end < self._count else ""
        tokens = {TOKENS[each]: token for each in self._paging.turned_by if each in TOKENS}
        marked: dict[str, Any] = _laid(page, ".".join(outer), {**holder, **declared, **tokens})
        return marked


def _check(operation: Operation, page: Any) -> list[Violation]:
    return validator.check_answer(operation, operation.success, page, closed=True)


def _at(fields: Any, place: str) -> Any:
    """Return what lies at a place: a name, with dots where it lies deeper; "" is all of it."""
    for name in filter(None, place.split(".")):
        fields = fields[name]
    return fields


def _laid(fields: Any, place: str, value: Any) -> Any:
    """Return the fields with a value at a place."""
    if not place:
        return value
    name, _, deeper = place.partition(".")
    return {**fields, name: _laid(fields.get(name, {}), deeper, value)}


def _token(start: int) -> str:
    return f"page-from-{start}"


def _number(value: Any) -> int:
    """Return a number, also one that Zoom's documents call text; 0 for none."""
    return int(float(value)) if str(value).removesuffix(".0").isdecimal() else 0


def _sent(request: IncomingRequest) -> dict[str, Any]:
    body = json.loads(request.body) if request.body else {}
    return body if isinstance(body, dict) else {}
