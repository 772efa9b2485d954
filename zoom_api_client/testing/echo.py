"""Make an answer fit its request: what was asked for comes back, and a page is a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zoom_api_client.testing.contract import Match, Operation

_DEFAULT_PAGE_SIZE = 30
_ONLY_PAGE = {"page_count": 1, "page_number": 1, "has_next_page": False}
COUNTS = ("total_records", "totalResults", "total_count", "itemsPerPage")
_PLACE = re.compile(r"\{([^}]+)\}$")


def fit(value: dict[str, Any], match: Match, query: Mapping[str, Any], body: Any) -> dict[str, Any]:
    """Return the answer with the identities, the page size and the fields that the request gave."""
    fitted: dict[str, Any] = echo_arguments(value, body)
    fitted = echo_arguments(
        fitted, {name: given for name, given in query.items() if not name.lower().endswith("token")}
    )
    return _paginate(identify(fitted, match.operation, match.path), query)


def echo_arguments(value: Any, given: Any) -> Any:
    """Return a value in which what was given stands under the same names, wherever it is of the same kind."""
    if isinstance(value, dict) and isinstance(given, dict):
        return {name: echo_arguments(part, given[name]) if name in given else part for name, part in value.items()}
    if isinstance(value, list) and isinstance(given, list):
        return _echo_list(value, given)
    return given if type(value) is type(given) and not isinstance(value, dict) else value


def restore(value: Any, original: Any, path: Sequence[str | int]) -> Any:
    """Return a value that is the original one again at one path, for what turned out not to fit there."""
    if not path:
        return original
    key = path[0]
    if isinstance(value, dict) and isinstance(original, dict) and key in original:
        return {**value, key: restore(value[key], original[key], path[1:])}
    if isinstance(value, list) and isinstance(original, list) and isinstance(key, int) and key < len(original):
        return [restore(part, original[key], path[1:]) if index == key else part for index, part in enumerate(value)]
    return original


def page_size(query: Mapping[str, Any]) -> int:
    """Return how many items a page is to have."""
    sizes = (query[name] for name in ("page_size", "count", "maxResults") if isinstance(query.get(name), int))
    return next(sizes, _DEFAULT_PAGE_SIZE)


def _echo_list(value: list[Any], given: list[Any]) -> list[Any]:
    if any(isinstance(part, dict | list) for part in (*value, *given)):
        return [echo_arguments(part, each) for part, each in zip(value, given, strict=False)] + value[len(given) :]
    return given


def identify(value: dict[str, Any], operation: Operation, path: Mapping[str, str]) -> dict[str, Any]:
    """Put identifiers of the path where the answer has them: `meetingId` into `meeting_id`, the last one into `id`."""
    fitted = dict(value)
    last = _PLACE.search(operation.path)
    for name, text in path.items():
        if text == "me":
            continue
        if "@" in text:
            names: Iterable[str] = ("email",) if last and last[1] == name else ()
        else:
            names = (name, snake(name), *(("id",) if last and last[1] == name else ()))
        for field in names:
            if field in fitted:
                fitted[field] = _like(fitted[field], text)
    return fitted


def _like(value: Any, text: str) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        return int(text) if text.isdecimal() else value
    return text if isinstance(value, str) else value


def snake(name: str) -> str:
    """Return the name of a path parameter as fields spell it: `meetingId` is meeting_id."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def _paginate(value: dict[str, Any], query: Mapping[str, Any]) -> dict[str, Any]:
    """Cut the lists of a page to the size asked for, and make its counts agree with them."""
    if not any(name in value for name in ("next_page_token", "nextPageToken", "page_size", *COUNTS)):
        return value
    size = page_size(query)
    page = {name: part[:size] if isinstance(part, list) else part for name, part in value.items()}
    lists = [part for part in page.values() if isinstance(part, list) and all(isinstance(each, dict) for each in part)]
    counts = {name: len(lists[0]) for name in COUNTS if name in page and lists}
    sizes = {name: size for name in ("page_size",) if name in page}
    only = {name: place for name, place in _ONLY_PAGE.items() if name in page}
    return {**page, **counts, **sizes, **only}
