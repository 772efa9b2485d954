"""A Zoom with three pages of every list, and what the raw documents say of which operations have lists."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import httpx
from calling import Wire

OPENAPI = Path(__file__).parents[2] / "openapi"
PAGES = 3

# Not `sync_token`: Zoom gives one with every answer, to ask later for what has changed since.
_TURNS_THE_PAGE = re.compile(r"page_?token|page_?num(ber)?|page|start_?index|cursor|offset", re.IGNORECASE)
_GOES_ON = re.compile(r"next_?page_?token", re.IGNORECASE)


@attrs.define(init=False)
class ThreePages(Wire):
    """A transport that makes three pages of each list, each from another example of the contract."""

    served: list[Any]

    def __init__(self) -> None:
        super().__init__()
        self.served = []

    def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        self.responder.seed = number = len(self.served) + 1
        super()._answer(request, body)
        undeclared = {"nextPageToken": ""} if str(self.last.operation) == "mail.get_specified_email_thread" else {}
        page = _numbered({**undeclared, **json.loads(self.last.body)}, number)
        self.served.append(page)
        return httpx.Response(self.last.status, json=page)


def _numbered(page: dict[str, Any], number: int) -> dict[str, Any]:
    """Return a page that says where it stands, in every way that Zoom has for it."""
    more = number < PAGES
    facts = {
        "next_page_token": f"token {number}" if more else "",
        "nextPageToken": f"token {number}" if more else "",
        "page_number": number,
        "page": number,
        "page_count": PAGES,
        "has_next_page": more,
        "startIndex": 2 * number - 1,
        "totalResults": 2 * PAGES,
        "total_records": PAGES,
    }
    deeper = {name: _numbered(part, number) for name, part in page.items() if isinstance(part, dict)}
    return {**page, **deeper, **{name: value for name, value in facts.items() if name in page}}


def bare(path: str) -> str:
    """Return a path as it is for an account of its own, without the names of its parameters."""
    return re.sub(r"\{\w+\}", "{}", path.removeprefix("/accounts/{accountId}"))


def operations_with_pages() -> Iterator[tuple[str, str]]:
    """Yield method and bare path of each operation that turns pages, by Zoom's own documents."""
    for document in sorted(OPENAPI.glob("*/*.json")):
        if document.stem in ("endpoints", "master"):
            for path, methods in json.loads(document.read_text(encoding="utf-8"))["paths"].items():
                for method, operation in methods.items():
                    if _has_pages(operation):
                        yield method.upper(), bare(path)


def _has_pages(operation: Any) -> bool:
    parameters = [each["name"] for each in operation.get("parameters", [])]
    answers = [each for status, each in operation.get("responses", {}).items() if status.startswith("2")]
    sent = list(_names(operation.get("requestBody", {})))
    fits = any(_TURNS_THE_PAGE.fullmatch(name) for name in parameters) or any(map(_GOES_ON.fullmatch, parameters))
    return fits or any(_GOES_ON.fullmatch(name) for name in (*sent, *_names(answers)))


def _names(schema: Any) -> Iterator[str]:
    """Yield the names of all fields, at any depth."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}) if isinstance(schema.get("properties"), dict) else ()
        for part in schema.values():
            yield from _names(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _names(part)
