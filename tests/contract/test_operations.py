"""Every operation, called with arguments made from its contract and answered from it."""

import copy
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from bending import bends
from calling import Wire, arguments, call_of, module_of, plain, wire_value

from tests.totals import MASTER_ONLY, OPERATIONS
from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.core.model import Model
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.operations import operations
from zoom_api_client.testing import contract, examples

pytestmark = pytest.mark.filterwarnings("ignore:Zoom has deprecated:DeprecationWarning")


def _named(operation: Operation[Any]) -> str:
    return str(operation)


def _answers_json(operation: Operation[Any]) -> bool:
    return any(hint not in (None, "bytes") for hint in operation.results.values())


every_operation = pytest.mark.parametrize("operation", operations(master=True), ids=_named)


@pytest.fixture(scope="module")
def wire() -> Wire:
    """One responder for all calls."""
    return Wire()


@pytest.fixture(scope="module")
def zoom(wire: Wire) -> Iterator[Zoom]:
    """A blocking client."""
    with Zoom("a token", transport=wire) as client:
        yield client


@pytest.fixture(scope="module")
def async_zoom(wire: Wire) -> AsyncZoom:
    """An asynchronous client; it holds no connection."""
    return AsyncZoom("a token", transport=wire)


def _attributes(value: Any) -> None:
    if isinstance(value, list):
        for each in value:
            _attributes(each)
    elif isinstance(value, Model):
        for field in attrs.fields(type(value)):  # type: ignore[arg-type]
            _attributes(getattr(value, field.name))


def test_there_are_as_many_operations_as_in_zooms_documents() -> None:
    """An operation that a document has and the client has not would go unnoticed otherwise."""
    declared = {(product, name) for product in contract.products() for name in contract.operations(product)}
    assert {(each.product, each.name) for each in operations(master=True)} == declared
    assert len(declared) == OPERATIONS + MASTER_ONLY
    assert len(operations()) == OPERATIONS


@every_operation
@pytest.mark.parametrize("full", [True, False], ids=["full", "minimal"])
def test_a_call_fits_the_contract_and_its_answer_comes_back_whole(
    operation: Operation[Any], full: bool, zoom: Zoom, wire: Wire
) -> None:
    """What goes out is judged by a validator that knows nothing of our codec; what comes in is not changed by it."""
    result = call_of(zoom, operation)(**arguments(operation, full=full))
    assert wire.last.violations == ()
    assert plain(result) == wire_value(wire.last)
    _attributes(result)


@every_operation
async def test_an_awaited_call_does_the_same(operation: Operation[Any], async_zoom: AsyncZoom, wire: Wire) -> None:
    """The two worlds have one source, and no operation may work in only one of them."""
    result = await call_of(async_zoom, operation)(**arguments(operation, seed=1))
    assert wire.last.violations == ()
    assert plain(result) == wire_value(wire.last)


@pytest.mark.parametrize("operation", [each for each in operations(master=True) if _answers_json(each)], ids=_named)
def test_an_answer_bent_out_of_shape_is_decoded_without_loss(operation: Operation[Any]) -> None:
    """Zoom sends what its documents do not say: that is neither refused nor lost."""
    declared = contract.operation(operation.product, operation.name)
    _, value = examples.make_answer(declared)
    for how, bent in bends(value):
        result = operation.decode(declared.success, copy.deepcopy(bent))
        _attributes(result)
        assert plain(result) == bent, how


@every_operation
def test_the_index_says_what_the_module_says(operation: Operation[Any]) -> None:
    """`operations()` reads an index, so that it need not load every module: both must tell the same."""
    assert operation == module_of(operation).OPERATION
