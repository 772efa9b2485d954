"""Every operation through `mock_zoom`, with three seeds: what a user's own tests stand on."""

import json
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from calling import arguments, call_of, plain

from generator import casing
from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.core.operation import Operation, Paging
from zoom_api_client.core.operations import operations
from zoom_api_client.testing import MockZoom, contract

pytestmark = pytest.mark.filterwarnings("ignore:Zoom has deprecated:DeprecationWarning")


def of(product: str) -> list[Operation[Any]]:
    """Return the operations of a product."""
    return [each for each in operations(master=True) if each.product == product]


each_product = pytest.mark.parametrize("product", contract.products())


@pytest.mark.parametrize("seed", [1, 2, 3])
@each_product
def test_answer_fits_the_contract_and_comes_back_whole(product: str, seed: int) -> None:
    """Judged by the validator itself, not by the judge that the mock has: an example that Zoom would never send is a
    lesson that is wrong.
    """
    with MockZoom(seed=seed) as zoom, Zoom("any token") as client:
        for operation in of(product):
            result = call_of(client, operation)(**arguments(operation, seed=seed))
            answer = zoom.calls[-1].answer
            declared = contract.operation(product, operation.name)
            said = content(answer.body, answer.headers.get("Content-Type", ""))
            assert answer.status == declared.success
            assert plain(result) == said, str(operation)
            for media_type in declared.answers[answer.status]:
                assert "json" not in media_type or direct(declared, media_type).is_valid(said), str(operation)


@each_product
async def test_awaited_answer_is_the_same(product: str) -> None:
    """One carrier for both worlds would be no use if one of them decoded another answer."""
    with MockZoom() as zoom, Zoom("any token") as client:
        async with AsyncZoom("any token") as awaited:
            for operation in of(product):
                given = arguments(operation, full=False)
                result = await call_of(awaited, operation)(**given)
                assert plain(result) == plain(call_of(client, operation)(**given))
            assert len(zoom.calls) == 2 * len(of(product))


def content(body: bytes, media_type: str) -> Any:
    """Return what an answer says."""
    return json.loads(body) if "json" in media_type and body else body or None


def direct(declared: contract.Operation, media_type: str) -> jsonschema_rs.Draft202012Validator:
    """Return a validator of what an operation answers, as it stands in its document."""
    place = f"urn:document#/answers/{declared.name}/{media_type.replace('/', '~1')}"
    return jsonschema_rs.Draft202012Validator({"$ref": place}, registry=registry(declared.product))


@cache
def registry(product: str) -> jsonschema_rs.Registry:
    """Return the document of a product for its validators: to read it takes longer than to judge by it."""
    declared = [contract.operation(product, name) for name in contract.operations(product)]
    answers = {each.name: each.answers[each.success] for each in declared}
    return jsonschema_rs.Registry(
        [("urn:document", {"answers": answers, "components": declared[0].document.raw["components"]})]
    )


@each_product
def test_every_list_has_as_many_pages_as_are_wanted(product: str) -> None:
    """A test of a list that is read by numbers wants its second page as much as one that is read by tokens."""
    with MockZoom() as zoom, Zoom("any token") as client:
        for operation in of(product):
            if operation.paged:
                asked, size = _small_pages(operation.paged)
                zoom.operation(str(operation)).pages(2 * size + 1)
                before = len(zoom.calls)
                read = list(call_of(client, operation).all(**arguments(operation, full=False) | asked))
                assert (len(read), len(zoom.calls) - before > 2) == (2 * size + 1, True), str(operation)


@each_product
def test_every_list_has_one_page_unless_more_are_wanted(product: str) -> None:
    """An answer that says there are more of it has a client read the same page forever."""
    with MockZoom() as zoom, Zoom("any token") as client:
        for operation in of(product):
            if operation.paged:
                before = len(zoom.calls)
                read = list(call_of(client, operation).all(**arguments(operation, full=False)))
                assert (len(read), len(zoom.calls) - before) == (2, 1), str(operation)


def _small_pages(paging: Paging) -> tuple[dict[str, int], int]:
    """Return the argument that asks for the smallest pages, and their size: what is quick to read."""
    if not paging.size or paging.in_body:
        return {}, paging.largest or 30
    size = max(paging.smallest, 2)
    return {casing.snake(paging.size): size}, size
