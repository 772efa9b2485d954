"""A long list, served page by page: each answer says where the list goes on, in the way of its operation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from zoom_api_client.testing import echo, examples, lookup, overrides, page_marks, validator
from zoom_api_client.testing.contract import Match, Operation
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.page_marks import Place, at, outside, put
from zoom_api_client.testing.violation import ContractViolation, Violation


class Pages:
    """The pages of an operation's list: of the items given, or of a number of the contract's examples."""

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
            example = put(example, place, [])
        self._example, self._most = example, max(len(at(example, self._place)), 1)  # that Zoom gives in one answer
        if isinstance(items, int):
            self._items = self._made(operation, seed)
            return
        self._items = overrides.merge(at(example, self._place), list(items))
        found = [violation for page in self._full_pages() for violation in _check(operation, page)]
        if found and not unchecked:
            raise ContractViolation.by_test(found)

    def _made(self, operation: Operation, seed: int) -> list[Any]:
        """Return as many items as are wanted: one example has no more than one answer may have."""
        made: list[Any] = []
        while len(made) < self._count:
            made += at(examples.make_answer(operation, seed=seed, items=self._count)[1], self._place)
            seed += 1
        return made[: self._count]

    def _full_pages(self) -> Iterator[Any]:
        for start in range(0, self._count, self._most):
            yield put(self._example, self._place, self._items[start : start + self._most])

    def answer(self, match: Match, request: IncomingRequest) -> OutgoingAnswer:
        """Return the page that a request asks for."""
        query = validator.parameters_of(match.operation, request.query)
        asked = _sent(request) if self._paging.in_body else query
        size = page_marks.page_size(self._paging, asked, self._most)
        start = page_marks.first_index(self._paging, asked, size, self._read_token)
        if start is None:
            body = {"code": 300, "message": "The next page token is invalid or expired."}
            return OutgoingAnswer.json(400, body, operation=match.operation)
        place = Place(start, size, self._count)
        token = "" if place.is_last else _token(place.end)
        items = self._items[start : place.end]
        page = put(echo.fit(self._example, match, query, None), self._place, items)
        page = page_marks.mark(page, outside(self._place), self._paging.turned_by, place, token)
        return OutgoingAnswer.json(match.operation.success, page, operation=match.operation)

    def _read_token(self, token: str) -> int | None:
        return next((start for start in range(self._count) if _token(start) == token), None)


def _check(operation: Operation, page: Any) -> list[Violation]:
    return validator.check_answer(operation, operation.success, page, closed=True)


def _token(start: int) -> str:
    return f"page-from-{start}"


def _sent(request: IncomingRequest) -> dict[str, Any]:
    body = json.loads(request.body) if request.body else {}
    return body if isinstance(body, dict) else {}
