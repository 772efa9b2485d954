"""Every list of Zoom's is read page by page to its end, and gives typed items."""

from typing import Any

import pytest
from calling import arguments, call_of, plain
from paging import PAGES, ThreePages, bare, operations_with_pages

from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.core.model import Model
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.operations import operations

pytestmark = pytest.mark.filterwarnings("ignore:Zoom has deprecated:DeprecationWarning")

PAGED = [each for each in operations(master=True) if each.paged]
every_list = pytest.mark.parametrize("operation", PAGED, ids=str)


def items_served(operation: Operation[Any], pages: list[Any]) -> list[Any]:
    """Return the items of the pages as JSON; of several fields, the first that has any."""
    assert operation.paged
    found = []
    for page in pages:
        lists = []
        for place in operation.paged.items:
            part = page
            for name in place.split("."):
                part = part.get(name, {})
            lists.append(part)
        found += next(filter(None, lists))
    return found


def given(operation: Operation[Any]) -> dict[str, Any]:
    """Return the arguments that the operation must have."""
    return arguments(operation, full=False)


def check(operation: Operation[Any], items: list[Any], wire: ThreePages) -> None:
    """Check that each page was asked for once, and that each item was given once, as a model if it is an object."""
    served = items_served(operation, wire.served)
    assert len(wire.served) == PAGES
    assert [plain(each) for each in items] == served
    assert len(items) >= PAGES
    assert all(
        isinstance(item, Model) for item, raw in zip(items, served, strict=True) if isinstance(raw, dict) and raw
    )


def test_every_operation_that_turns_pages_can_be_read_to_its_end() -> None:
    """Whoever calls a list without `.all` gets 30 items and thinks that there are no more."""
    assert set(operations_with_pages()) - {(each.method, bare(each.path)) for each in PAGED} == set()
    styles = {each.paged.turned_by[0] for each in PAGED if each.paged}
    assert styles == {"next_page_token", "pageToken", "page_number", "page_num", "page", "startIndex"}
    assert {str(each) for each in PAGED if each.paged and each.paged.in_body} >= {
        "team_chat.search_users_or_accounts_channels"
    }


@every_list
def test_every_list_is_read_to_its_end(operation: Operation[Any]) -> None:
    """Three pages by each operation's own way of turning them, each request judged by the contract."""
    wire = ThreePages()
    with Zoom("a token", transport=wire) as zoom:
        check(operation, list(call_of(zoom, operation).all(**given(operation))), wire)


@every_list
async def test_every_awaited_list_is_read_to_its_end(operation: Operation[Any]) -> None:
    """The two worlds have one source, and no list may end in only one of them."""
    wire = ThreePages()
    async with AsyncZoom("a token", transport=wire) as zoom:
        check(operation, [each async for each in call_of(zoom, operation).all(**given(operation))], wire)
