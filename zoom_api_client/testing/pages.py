"""A long list, served page by page: each answer has the token of the next, the last one has none."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from zoom_api_client.testing import echo, examples, overrides, validator
from zoom_api_client.testing.contract import Match, Operation
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.violation import ContractViolation

_TOKENS = {"next_page_token": "next_page_token", "nextPageToken": "pageToken"}


class Pages:
    """The pages of an operation's list: so many items of the contract's, or as many as are given."""

    def __init__(self, operation: Operation, items: int | Sequence[Any], *, seed: int, unchecked: bool) -> None:
        count = items if isinstance(items, int) else len(items)
        if count < 0:
            raise ValueError(f"a list has no items or some, not {count}")
        example = examples.make_answer(operation, seed=seed, items=count)[1]
        self._token = next((name for name in _TOKENS if isinstance(example, dict) and name in example), None)
        if self._token is None:
            raise TypeError(f"{operation} has no pages: its answer has no next_page_token; use returns()")
        self._lists = {name: part for name, part in example.items() if _is_of_objects(part)}
        if not isinstance(items, int):
            self._lists = {name: overrides.merge(part, list(items)) for name, part in self._lists.items()}
        self._count, self._example = count, example
        found = validator.check_answer(operation, operation.success, {**example, **self._lists}, closed=True)
        if found and not unchecked:
            raise ContractViolation.by_test(found)

    def answer(self, match: Match, request: IncomingRequest) -> OutgoingAnswer:
        """Return the page that a request asks for."""
        assert self._token
        query = validator.parameters_of(match.operation, request.query)
        start = self._start(query, request)
        if start is None:
            body = {"code": 300, "message": "The next page token is invalid or expired."}
            return OutgoingAnswer.json(400, body, operation=match.operation)
        fitted = echo.fit(self._example, match, query, None)
        end = start + echo.page_size(query)
        page = {name: part[start:end] for name, part in self._lists.items()}
        counts = {name: self._count for name in echo.COUNTS if name in fitted}
        token = _text(end) if end < self._count else ""
        return OutgoingAnswer.json(
            match.operation.success, {**fitted, **page, **counts, self._token: token}, operation=match.operation
        )

    def _start(self, query: Mapping[str, Any], request: IncomingRequest) -> int | None:
        name = _TOKENS[self._token or ""]
        token = query.get(name) or _read_body(request).get(name) or _text(0)
        return next((start for start in range(self._count or 1) if _text(start) == token), None)


def _text(start: int) -> str:
    return f"page-from-{start}"


def _read_body(request: IncomingRequest) -> dict[str, Any]:
    body = json.loads(request.body) if request.body else {}
    return body if isinstance(body, dict) else {}


def _is_of_objects(part: Any) -> bool:
    return isinstance(part, list) and bool(part) and all(isinstance(each, dict) for each in part)
