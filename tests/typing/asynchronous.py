"""What type checkers know of code that uses `AsyncZoom`. It is checked and never run."""

from collections.abc import AsyncIterator
from typing import Any, assert_type

from zoom_api_client import AsyncZoom, File, Retry
from zoom_api_client.api.meetings import create_meeting, delete_meeting, get_meeting, list_meetings
from zoom_api_client.api.users import get_user
from zoom_api_client.models.meetings import (
    CreateMeetingBody,
    CreateMeetingResponse,
    Meeting,
    MeetingList,
    MeetingListMeeting,
)
from zoom_api_client.models.users import User


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
    """An operation's `asyncio` is awaited, and gives what its `sync` gives."""
    assert_type(await get_meeting.asyncio(1, client=zoom), Meeting)
    assert_type(await zoom.send(get_meeting.request("1")), Meeting)
    assert_type(await create_meeting.asyncio("me", client=zoom, body=CreateMeetingBody()), CreateMeetingResponse)
    assert_type(await list_meetings.asyncio("me", client=zoom), MeetingList)
    assert_type(await get_user.asyncio("me", client=zoom), User)
    await delete_meeting.asyncio(1, client=zoom)


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
    zoom.with_options(timout=5)  # type: ignore[call-arg]
    AsyncZoom("a token", transport="aiohttp")
    AsyncZoom("a token", transport="requests")  # type: ignore[arg-type]
