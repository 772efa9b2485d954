"""`.all` of any operation reads its list to the end, however Zoom turns its pages, and never forever."""

import json
from typing import Any

import httpx
import pytest

from tests.client.worlds import Handler, World
from zoom_api_client import errors
from zoom_api_client.models.team_chat import SearchUsersOrAccountsChannelsBody as Search
from zoom_api_client.models.users import UserListUser


def serve(*pages: dict[str, Any]) -> Handler:
    """Answer with these pages, one after the other, and go on with the last."""
    left = list(pages)
    return lambda _: httpx.Response(200, json=left.pop(0) if len(left) > 1 else left[0])


def queries(world: World) -> list[dict[str, str]]:
    """Return the queries that were sent."""
    return [dict(each.url.params) for each in world.seen]


def users(*ids: int, **facts: Any) -> dict[str, Any]:
    """Return a page of users."""
    return {"users": [{"id": str(each), "email": "a@example.com", "type": 1} for each in ids], **facts}


async def test_largest_pages_are_asked_for_and_what_the_caller_said_is_repeated(world: World) -> None:
    """30 items a page would be ten times the requests that the rate limit counts."""
    zoom = world.zoom(serve(users(1, 2, next_page_token="a"), users(3)))
    listed = await world.all(zoom.api.users.list_users.all(status="inactive"))
    assert [user.id for user in listed] == ["1", "2", "3"]
    assert all(isinstance(user, UserListUser) for user in listed)
    assert queries(world) == [
        {"status": "inactive", "page_size": "2000"},
        {"status": "inactive", "page_size": "2000", "next_page_token": "a"},
    ]


async def test_page_size_of_the_caller_is_kept(world: World) -> None:
    """Whoever shows 20 at a time wants pages of 20."""
    zoom = world.zoom(serve(users(1, next_page_token="a"), users(2)))
    assert len(await world.all(zoom.api.users.list_users.all(page_size=20).pages())) == 2
    assert [each["page_size"] for each in queries(world)] == ["20", "20"]


async def test_no_page_size_is_sent_where_zoom_names_no_most(world: World) -> None:
    """A number of ours might be refused."""
    zoom = world.zoom(serve({"items": [{"id": "a"}], "nextPageToken": "t"}, {"items": [{"id": "b"}]}))
    listed = await world.all(zoom.api.calendar.list_acl_rules_of_specified_calendar.all("primary"))
    assert [each.id for each in listed] == ["a", "b"]
    assert queries(world) == [{}, {"pageToken": "t"}]


async def test_first_asks_for_no_more_items_than_it_must(world: World) -> None:
    """One where Zoom gives one, and the least that it gives where it gives no fewer."""
    zoom = world.zoom(serve(users(1)))
    assert (await world.of(zoom.api.users.list_users.all().first())).id == "1"
    await world.of(world.zoom(serve({"order_list": []})).api.commerce.get_all_orders_for_zoom_partner.all().first())
    assert [each["page_size"] for each in queries(world)] == ["1", "20"]


async def test_list_begins_at_the_token_of_the_caller(world: World) -> None:
    """A program that was stopped goes on where it was."""
    zoom = world.zoom(serve(users(3, next_page_token="c"), users(4)))
    listed = await world.all(zoom.api.users.list_users.all(next_page_token="b"))
    assert [user.id for user in listed] == ["3", "4"]
    assert [each["next_page_token"] for each in queries(world)] == ["b", "c"]


async def test_list_begins_at_the_page_number_of_the_caller(world: World) -> None:
    """Commerce counts its pages, and its answers do not repeat the number."""
    zoom = world.zoom(serve({"trial_list": [{"trial_id": "3"}], "page_count": 4}, {"trial_list": [], "page_count": 4}))
    listed = zoom.api.commerce.get_trial_subscriptions_for_zoom_partner.all(page_number=3)
    assert len(await world.all(listed)) == 1
    assert [each["page_number"] for each in queries(world)] == ["3", "4"]


async def test_token_in_a_body_turns_the_page_and_the_body_is_repeated(world: World) -> None:
    """A search is a POST: what is searched for must be asked for again with each token."""
    page = {"channels": [{"id": "a"}], "page_size": 20, "next_page_token": "t"}
    zoom = world.zoom(serve(page, {"channels": [{"id": "b"}], "page_size": 20}))
    body = Search.from_dict({"haystack": "all", "needle": {"keywords": ["x"], "search_type": "by_channel_name"}})
    listed = await world.all(zoom.api.team_chat.search_users_or_accounts_channels.all(body=body))
    assert [each.id for each in listed] == ["a", "b"]
    sent = [json.loads(each.content) for each in world.seen]
    assert sent[0] == {**body.to_dict(), "page_size": 20}
    assert sent[1] == {**body.to_dict(), "page_size": 20, "next_page_token": "t"}


async def test_index_turns_the_page(world: World) -> None:
    """SCIM counts items from 1, and says how many there are."""
    pages = [
        {"Resources": [{"id": each} for each in ids], "startIndex": start, "totalResults": 3}
        for start, ids in ((1, "ab"), (3, "c"))
    ]
    listed = await world.all(world.zoom(serve(*pages)).api.scim2.list_users.all())
    assert [each.id for each in listed] == ["a", "b", "c"]
    assert queries(world) == [{"count": "100"}, {"count": "100", "startIndex": "3"}]


async def test_list_that_lies_deeper_in_its_page_is_read(world: World) -> None:
    """The dashboard of a room has its meetings, and their token, in an object of their own."""
    pages = [{"id": "r", "past_meetings": {"meetings": [{"id": 1}], "next_page_token": "t"}}]
    pages.append({"id": "r", "past_meetings": {"meetings": [{"id": 2}], "next_page_token": ""}})
    listed = await world.all(
        world.zoom(serve(*pages)).api.accounts.get_zoom_rooms_details.all("r", from_="2026-06-01", to="2026-06-30")
    )
    assert [each.id for each in listed] == [1, 2]


@pytest.mark.parametrize(
    ("call", "page", "what"),
    [
        ("users.list_users", users(1, next_page_token="same"), "next_page_token"),
        ("mail.list_emails_from_mailbox", {"messages": [{"id": "1"}], "nextPageToken": "same"}, "pageToken"),
        ("auto_dialer.get_call_history", {"call_history": [{"id": "1"}], "page": 1, "has_next_page": True}, "page"),
        ("commerce.get_all_orders_for_zoom_partner", {"order_list": [{"order_number": "1"}]}, "page"),
        ("scim2.list_users", {"Resources": [{"id": "1"}], "totalResults": 9}, "page"),
    ],
)
async def test_list_that_never_ends_is_noticed(world: World, call: str, page: dict[str, Any], what: str) -> None:
    """A Zoom that ignores what turns the page gives the first one forever."""
    product, _, name = call.partition(".")
    arguments = ["me"] if product == "mail" else []
    listed = getattr(getattr(world.zoom(serve(page)).api, product), name).all(*arguments)
    with pytest.raises(errors.PagingFailed, match=f"same {what} twice"):
        await world.all(listed)
    assert len(world.seen) < 12


async def test_short_list_by_index_is_noticed(world: World) -> None:
    """A list that ends before the total that Zoom names looks complete."""
    zoom = world.zoom(serve({"Resources": [{"id": "1"}], "totalResults": 2}, {"Resources": [], "totalResults": 2}))
    with pytest.raises(errors.PagingFailed, match="after 0 of 2"):
        await world.all(zoom.api.scim2.list_users.all())


async def test_list_of_a_sub_account_is_read_there_on_every_page(world: World) -> None:
    """The second page must not come from the master account."""
    zoom = world.zoom(serve(users(1, next_page_token="a"), users(2))).for_account("sub")
    assert len(await world.all(zoom.api.users.list_users.all())) == 2
    assert {each.url.path for each in world.seen} == {"/v2/accounts/sub/users"}
