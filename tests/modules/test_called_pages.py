"""Lists that no module names, read to their end by `zoom.pages`."""

import json
from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from tests.modules.flaky import AT_ONCE, FlakyList, once_a_page
from zoom_api_client import errors


def answering(*pages: dict[str, Any]) -> Any:
    """Answer with these pages; the token of a page is its number."""

    def answer(request: httpx.Request) -> httpx.Response:
        given = json.loads(request.content) if request.content else dict(request.url.params)
        return httpx.Response(200, json=pages[int(given.get("next_page_token", 0))])

    return answer


async def test_items_are_found_by_being_the_only_list(world: World) -> None:
    """The name of the field differs from list to list: it need not be known."""
    zoom = world.zoom(answering({"users": [{"id": 1}], "next_page_token": "1"}, {"users": [{"id": 2}]}))
    listed = zoom.pages("get", "/users", params={"status": "active"}, headers={"x-own": "1"})
    assert await world.all(listed) == [{"id": 1}, {"id": 2}]
    assert [each.url.query for each in world.seen] == [b"status=active", b"status=active&next_page_token=1"]
    assert [each.headers["x-own"] for each in world.seen] == ["1", "1"]


async def test_pages_are_decoded_json(world: World) -> None:
    """Totals are in the pages only."""
    zoom = world.zoom(answering({"users": [1], "next_page_token": "1", "extra": True}, {"users": []}))
    listed = zoom.pages("GET", "/users")
    assert await world.all(listed.pages()) == [
        {"users": [1], "next_page_token": "1", "extra": True}, {"users": []},
    ]  # fmt: skip
    assert await world.of(listed.first()) == 1


async def test_items_among_several_lists_must_be_named(world: World) -> None:
    """Taking the first would be a guess."""
    zoom = world.zoom(answering({"rooms": [1], "zones": [2]}))
    with pytest.raises(errors.PagingFailed, match=r"several lists \(rooms, zones\): name one with `items`"):
        await world.all(zoom.pages("GET", "/rooms"))
    assert await world.all(zoom.pages("GET", "/rooms", items="zones")) == [2]


@pytest.mark.parametrize("answer", [{"id": 5}, [1, 2], "<html>"], ids=repr)
async def test_answer_that_is_not_a_page_is_our_error(world: World, answer: Any) -> None:
    """Nothing would look like an empty list."""
    with pytest.raises(errors.PagingFailed):
        await world.all(world.zoom(lambda _: httpx.Response(200, json=answer)).pages("GET", "/users/me"))


async def test_token_goes_into_the_body_where_the_query_is_one(world: World) -> None:
    """Searches are posted: a token in the address would be ignored, and the first page come forever."""
    zoom = world.zoom(answering({"channels": [1], "next_page_token": "1"}, {"channels": [2]}))
    assert await world.all(zoom.pages("POST", "/chat/channels/search", json={"needle": "x"})) == [1, 2]
    assert [json.loads(each.content) for each in world.seen] == [
        {"needle": "x"},
        {"needle": "x", "next_page_token": "1"},
    ]
    assert {each.url.query for each in world.seen} == {b""}


async def test_lists_by_page_number_are_read_to_their_end(world: World) -> None:
    """Some of Zoom's lists have no token at all."""

    def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("page_number", 1))
        return httpx.Response(200, json={"page_number": number, "page_count": 3, "deals": [number]})

    assert await world.all(world.zoom(answer).pages("GET", "/commerce/deal_registrations")) == [1, 2, 3]


async def test_one_failure_a_page_loses_and_doubles_nothing(world: World) -> None:
    """The same care as in the named lists."""
    served = FlakyList(range(500), once_a_page(10))
    listed = world.zoom(served, retry=AT_ONCE).pages("GET", "/users/me/meetings", params={"page_size": 50})
    assert [each["id"] for each in await world.all(listed)] == list(range(500))
    assert not any(served.failures.values())


async def test_path_of_a_sub_account_is_that_of_call(world: World) -> None:
    """Whoever acts for an account must not list another's."""
    zoom = world.zoom(answering({"users": [1]})).for_account("abc")
    assert await world.all(zoom.pages("GET", "/users")) == [1]
    assert world.seen[0].url.path == "/v2/accounts/abc/users"
