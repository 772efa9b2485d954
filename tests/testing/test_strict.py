"""A strict client of the library and the mock, which know the contract from two sources, agree about every answer."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from zoom_api_client import Zoom, errors
from zoom_api_client.core.operation import Request
from zoom_api_client.core.unset import UNSET
from zoom_api_client.testing import MockZoom, contract, examples
from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.lookup import library_operation

MULTIPART = "multipart/form-data"


def sent(declared: Operation) -> Request[Any]:
    """Return the library's request for an operation, with everything that is required."""
    made = examples.request(declared, full=False)
    body = json.loads(made.body) if "json" in made.header("content-type") else UNSET
    if MULTIPART in made.header("content-type"):
        properties = declared.document.resolve(declared.body[MULTIPART])["properties"]
        body = {
            name: b"a file" if "binary" in str(properties[name]) else value
            for name, value in examples.make_body(declared, full=False).items()
        }
    return Request(
        operation=library_operation(declared),
        path=urlsplit(made.url).path.removeprefix(urlsplit(declared.server).path.rstrip("/")),
        query=tuple(made.query),
        headers={name: text for name, text in made.headers.items() if name not in ("Authorization", "Content-Type")},
        body=body,
    )


@pytest.mark.parametrize("product", contract.products())
def test_a_strict_client_refuses_what_the_mock_answers(product: str) -> None:
    """Whoever tests with `strict=True` would be told of drift by the kit itself."""
    with MockZoom() as mock, Zoom("any token", strict=True) as zoom:
        for declared in contract.operations(product).values():
            zoom.send(sent(declared))
        assert zoom.drift_report() == {}
        assert len(mock.calls) == len(contract.operations(product))


def test_a_strict_client_takes_what_the_test_bent(mock_zoom: MockZoom) -> None:
    """Answers that the contract does not have are what `strict=True` is there for; a usual client counts them."""
    mock_zoom.meetings.get.returns(type=99, unchecked=True)
    with Zoom("any token", strict=True) as zoom:
        with pytest.raises(errors.ContractDrift, match="get_meeting: type has the value 99"):
            zoom.meetings.get(85746065432)
        assert [each.field for each in zoom.drift_report()] == ["type"]
    with Zoom("any token") as usual:
        assert [usual.meetings.get(85746065432).to_dict()["type"] for _ in range(2)] == [99, 99]
        assert [each.field for each in usual.drift_report()] == ["type"]
