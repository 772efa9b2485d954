"""`for_account()`: the same client for a sub-account, and nothing that reaches the master account by mistake."""

from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from tests.totals import MASTER_ONLY, OPERATIONS
from zoom_api_client import File, errors
from zoom_api_client.api import operations
from zoom_api_client.api.accounts import get_account_settings, get_sub_account_details, list_subaccounts
from zoom_api_client.api.meetings import create_meeting, get_meeting, list_meetings
from zoom_api_client.api.tasks import list_tasks
from zoom_api_client.api.users import upload_users_profile_picture
from zoom_api_client.connection import ServerToServer
from zoom_api_client.models.users import UploadUsersProfilePictureBody


def ok(request: httpx.Request) -> httpx.Response:
    """Answer with an empty object."""
    return httpx.Response(200, json={})


def paths(world: World) -> list[str]:
    """Return what was asked for, as it went over the wire."""
    return [each.url.raw_path.decode() for each in world.seen]


async def test_operation_stays_in_the_sub_account(world: World) -> None:
    """The path of an operation lies under the sub-account's, encoded once, with its query."""
    sub = world.zoom(ok).for_account("a b/c")
    await world.run(list_meetings, "me", type="live", client=sub)
    assert paths(world) == ["/v2/accounts/a%20b%2Fc/users/me/meetings?type=live"]


async def test_identifier_keeps_its_encoding(world: World) -> None:
    """An occurrence's UUID keeps the encoding that the operation gave it."""
    await world.run(get_meeting, "/a//b==", client=world.zoom(ok).for_account("sub"))
    await world.run(get_meeting, "/a//b==", client=world.zoom(ok))
    under, plain = paths(world)
    assert under == plain.replace("/v2", "/v2/accounts/sub")


async def test_modules_are_the_sub_accounts_own(world: World) -> None:
    """`zoom.meetings` is made once a client: that of the sub-account is not that of the client it came from."""
    zoom = world.zoom(ok)
    assert zoom.meetings is zoom.meetings
    sub = zoom.for_account("sub")
    assert sub.meetings is not zoom.meetings
    await world.of(sub.meetings.get(5))
    await world.of(zoom.meetings.get(5))
    assert paths(world) == ["/v2/accounts/sub/meetings/5", "/v2/meetings/5"]


async def test_every_page_is_the_sub_accounts(world: World) -> None:
    """Every page of a list is the sub-account's."""
    pages = iter([{"meetings": [{"id": 1}], "next_page_token": "t"}, {"meetings": [{"id": 2}]}])
    sub = world.zoom(lambda _: httpx.Response(200, json=next(pages))).for_account("sub")
    assert [each.id async for each in world.each(sub.meetings.list("me"))] == [1, 2]
    assert {each.url.path for each in world.seen} == {"/v2/accounts/sub/users/me/meetings"}


async def test_body_of_a_file_goes_along(world: World) -> None:
    """Multipart bodies go along."""
    sub = world.zoom(ok).for_account("sub")
    body = UploadUsersProfilePictureBody(pic_file=File(b"a picture", "me.png"))
    await world.run(upload_users_profile_picture, "me", body=body, client=sub)
    assert paths(world) == ["/v2/accounts/sub/users/me/picture"]
    assert b"a picture" in world.seen[0].content


async def test_operation_without_a_variant_is_refused(world: World) -> None:
    """Zoom has it for no sub-account: the master account's would be read or changed, or nothing found."""
    sub = world.zoom(ok).for_account("sub")
    with pytest.raises(
        errors.NotForSubAccounts, match=r"Zoom has no tasks\.list_tasks \(GET /tasks/items\) for"
    ) as caught:
        await world.run(list_tasks, client=sub)
    assert caught.value.operation == list_tasks.OPERATION
    with pytest.raises(errors.NotForSubAccounts, match="list_subaccounts"):
        await world.run(list_subaccounts, client=sub)
    assert world.seen == []


async def test_account_is_named_once(world: World) -> None:
    """What names an account itself is not prefixed: `me` becomes the sub-account, the sub-account stays."""
    sub = world.zoom(ok).for_account("s b")
    await world.run(get_account_settings, "me", client=sub)
    await world.run(get_account_settings, "s b", client=sub)
    await world.run(get_sub_account_details, "me", client=sub)
    settings = "/v2/accounts/s%20b/settings"
    assert paths(world) == [settings, settings, "/v2/accounts/s%20b"]


async def test_another_account_is_refused(world: World) -> None:
    """A client for one sub-account does not speak for another."""
    sub = world.zoom(ok).for_account("sub")
    with pytest.raises(ValueError, match="is not of the account 'sub'"):
        await world.run(get_account_settings, "other", client=sub)
    assert world.seen == []


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("/users/me", "/accounts/s%2Fb/users/me"),
        ("/users?status=active", "/accounts/s%2Fb/users?status=active"),
        ("/accounts/me", "/accounts/s%2Fb"),
        ("/accounts/me?x=/../y", "/accounts/s%2Fb?x=%2F..%2Fy"),
        ("/accounts/s%2Fb/settings", "/accounts/s%2Fb/settings"),
        ("/accounts/me/me", "/accounts/s%2Fb/me"),
        ("/accountants", "/accounts/s%2Fb/accountants"),
        ("/past_meetings/%252Fa..b%253D", "/accounts/s%2Fb/past_meetings/%252Fa..b%253D"),
    ],
)
async def test_call_stays_in_the_sub_account(world: World, given: str, sent: str) -> None:
    """`call()` is prefixed, too."""
    await world.of(world.zoom(ok).for_account("s/b").call("GET", given))
    assert paths(world) == [f"/v2{sent}"]


@pytest.mark.parametrize(
    "path",
    ["/../../users", "/x/../y", "/.", "/%2e%2e/%2E%2e/users", "/x%2f..%2fy", "/x\\..\\y", "/accounts", "/accounts/",
     "/accounts?page_size=1", "/accounts/other/settings", "/accounts/me/../x", "/%61ccounts/other"],
)  # fmt: skip
async def test_call_that_leads_out_of_the_account_is_refused(world: World, path: str) -> None:
    """A path that climbs, or names another account, would be answered by the wrong one."""
    with pytest.raises(ValueError, match=r"leads out of the account|is not of the account"):
        await world.of(world.zoom(ok).for_account("sub").call("GET", path))
    assert world.seen == []


@pytest.mark.parametrize("account", ["", " ", ".", ".."])
def test_account_that_names_nothing_is_refused(world: World, account: str) -> None:
    """The path would become the master account's."""
    with pytest.raises(ValueError, match="names nothing"):
        world.zoom(ok).for_account(account)


async def test_closing_a_sub_account_does_not_close_the_others(world: World) -> None:
    """The connections are the first client's: it closes them, for all."""
    zoom = world.zoom(ok)
    sub = zoom.for_account("one")
    close = "close" if hasattr(zoom, "close") else "aclose"
    await world.of(getattr(sub, close)())
    await world.of(zoom.call("GET", "/users"))
    await world.of(sub.for_account("two").call("GET", "/users"))
    assert paths(world) == ["/v2/users", "/v2/accounts/two/users"]
    await world.of(getattr(zoom, close)())
    with pytest.raises(RuntimeError, match="closed"):
        await world.of(sub.call("GET", "/users"))


async def test_error_names_the_scopes_of_master_accounts(world: World) -> None:
    """For a sub-account it takes the scopes of master accounts."""

    def refuse(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, json={"code": 4711, "message": "no scope"})

    with pytest.raises(errors.ScopeMissing) as caught:
        await world.run(create_meeting, "me", client=world.zoom(refuse).for_account("sub"))
    assert caught.value.scopes == ("meeting:write:meeting:master",)
    assert str(caught.value.operation) == "meetings.create_meeting"


def test_account_is_shown(world: World) -> None:
    """Two clients side by side are told apart."""
    zoom = world.zoom(ok)
    assert "account" not in repr(zoom)
    assert repr(zoom.for_account("sub")).endswith("account='sub')")


def test_every_variant_of_an_operation_is_there() -> None:
    """Of Zoom's operations for master accounts some are in no ordinary document, and 3 of those name no sub-account."""
    every: list[Any] = list(operations(master=True))
    only = [each for each in every if each.master]
    assert (len(every), len(only)) == (OPERATIONS + MASTER_ONLY, MASTER_ONLY)
    assert [str(each) for each in only if not each.sub_account] == [
        "accounts.create_sub_account", "accounts.list_subaccounts", "meetings.list_sip_trunk_numbers"
    ]  # fmt: skip
    assert sum(each.sub_account for each in every) == 761 - 3
    variants = [each.of_sub_account() for each in every if each.sub_account]
    assert {each.path.split("/")[1:3] == ["accounts", "{accountId}"] for each in variants} == {True}
    assert not [each.path for each in variants if each.path.count("{accountId}") > 1]


@pytest.mark.parametrize("given", [5, None])
def test_sub_account_that_is_not_text_is_refused(world: World, given: Any) -> None:
    """Ids of accounts are text, also those of digits."""
    with pytest.raises(TypeError, match=r"the id of the sub-account is a \w+: give text"):
        world.zoom(ok).for_account(given)


@pytest.mark.parametrize("given", ["secret token", None, ServerToServer])
def test_connection_of_a_sibling_is_a_connection(world: World, given: Any) -> None:
    """A client takes a token itself, so one is given here too: the error says how, and does not show it."""
    with pytest.raises(TypeError, match=r"give a `Connection`; BareToken\(…\) is one of an access token") as failure:
        world.zoom(ok).for_connection(given)
    assert "secret" not in str(failure.value)
    assert "secret token" not in [each for frame in failure.traceback[1:] for each in frame.locals.values()]
