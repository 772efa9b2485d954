"""What type checkers know of code that uses `AsyncZoom`. It is checked and never run."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, assert_type

from zoom_api_client import Answer, AsyncZoom, File, Retry
from zoom_api_client._async.pages import AsyncPages
from zoom_api_client.api.meetings import get_meeting
from zoom_api_client.core.operation import Request
from zoom_api_client.models.meetings import (
    CreateMeetingBody,
    CreateMeetingResponse,
    Meeting,
    MeetingList,
    MeetingListMeeting,
)
from zoom_api_client.models.users import User, UserList, UserListUser


async def clients() -> None:
    """A client is its own asynchronous context."""
    assert_type(AsyncZoom.from_env(), AsyncZoom)
    async with AsyncZoom("a token") as zoom:
        assert_type(zoom, AsyncZoom)
    await zoom.aclose()


async def meetings(zoom: AsyncZoom) -> None:
    """The same methods as in the blocking world, with the same results."""
    made = await zoom.meetings.create("me", topic="Standup", settings={"host_video": True})
    assert_type(made, CreateMeetingResponse)
    assert_type(made.id, int)
    assert_type(await zoom.meetings.get(made.id), Meeting)
    async for item in zoom.meetings.list("me", type="scheduled"):
        assert_type(item, MeetingListMeeting)
        assert_type(item.id, int)
    assert_type(zoom.meetings.list("me").pages(), AsyncIterator[MeetingList])
    async for page in zoom.meetings.list("me").pages():
        assert_type(page.meetings, list[MeetingListMeeting])
    await zoom.meetings.delete(made.id)


async def operations(zoom: AsyncZoom) -> None:
    """An operation is awaited, and gives what it gives in the blocking world."""
    assert_type(await zoom.send(get_meeting.request("1")), Meeting)
    assert_type(await zoom.api.meetings.get_meeting(1), Meeting)
    assert_type(zoom.api.meetings.get_meeting.request(1), Request[Meeting])
    made = await zoom.api.meetings.create_meeting("me", body=CreateMeetingBody())
    assert_type(made, CreateMeetingResponse)
    assert_type(await zoom.api.meetings.list_meetings("me"), MeetingList)
    assert_type(await zoom.api.users.get_user("me"), User)
    assert_type(await zoom.api.phone.download_phone_recording("1"), bytes)
    assert_type(await zoom.api.phone.download_phone_recording.save("a.mp3", "1"), Path)
    await zoom.api.meetings.delete_meeting(1)


async def raw_operations(zoom: AsyncZoom) -> None:
    """A whole answer is awaited, too."""
    assert_type(await zoom.api.meetings.get_meeting.raw(1), Answer[Meeting])
    assert_type(await zoom.send_raw(get_meeting.request(1)), Answer[Meeting])


async def paged_operations(zoom: AsyncZoom) -> None:
    """A whole list is read with `async for`."""
    users = zoom.api.users.list_users.all(status="active")
    assert_type(users, AsyncPages[UserList, UserListUser])
    async for user in users:
        assert_type(user, UserListUser)
    assert_type(users.pages(), AsyncIterator[UserList])
    assert_type(await users.first(), UserListUser | None)


async def calls(zoom: AsyncZoom) -> None:
    """`call()` knows nothing of the answer."""
    assert_type(await zoom.call("GET", "/users/me"), Any)
    assert_type(await zoom.call("POST", "/files", files={"file": File(b"")}, data={"to": "me"}), Any)
    answer = await zoom.call_raw("GET", "/users/me")
    assert_type(answer.status, int)
    assert_type(answer.content, bytes)


async def options(zoom: AsyncZoom) -> None:
    """A sibling is the same client; a misspelt option is an error."""
    other = zoom.with_options(timeout=5, retry=Retry(attempts=1), headers={"x": "1"}, query={"a": 1}, guard=None)
    assert_type(other, AsyncZoom)
    assert_type(await zoom.with_options(throttle=None).for_account("id").meetings.get(1), Meeting)
    zoom.with_options(timout=5)  # type: ignore[call-arg]  # ty: ignore[unknown-argument]
    AsyncZoom("a token", transport="aiohttp")
    AsyncZoom("a token", transport="requests")  # type: ignore[arg-type]  # ty: ignore[invalid-argument-type]
