"""Judges a request as strictly as the documents, or as leniently as Zoom: it ignores unknown names and null.

Zoom ignores both (indico-plugins#321 for fields of meetings), and shortens a range of recordings to a month. A strict
stand-in refuses them, so that a misspelt name is found; a lenient one takes them, so that a program that sends more
than it must can be tested as it is.
"""

from __future__ import annotations

from typing import Any

import attrs

from zoom_api_client.core import codec
from zoom_api_client.testing import parsing, validator
from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.exchange import IncomingRequest
from zoom_api_client.testing.violation import Violation


def find_faults(match: Match, request: IncomingRequest, *, lenient: bool) -> list[Violation]:
    """Return what a stand-in for Zoom refuses in a request: all that leaves the contract, or what Zoom refuses."""
    judged = attrs.evolve(request, body=_without_nulls(request)) if lenient else request
    content_type, headers = request.header("content-type"), dict(request.headers)
    return validator.check_request(match, judged.query, headers, content_type, judged.body, closed=not lenient)


def _without_nulls(request: IncomingRequest) -> bytes:
    if b"null" not in request.body or "json" not in request.header("content-type"):
        return request.body
    try:
        return codec.dumps(_drop_nulls(parsing.read_json(request.body)))
    except ValueError:  # what is not JSON, or too deep, is refused as it is
        return request.body


def _drop_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _drop_nulls(each) for name, each in value.items() if each is not None}
    return [_drop_nulls(each) for each in value] if isinstance(value, list) else value
