"""What type checkers know of code that uses `Zoom`. It is checked and never run."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, assert_type

from zoom_api_client import Answer, File, Retry, Unset, Zoom, errors
from zoom_api_client._sync.pages import Pages
from zoom_api_client.api.meetings import get_meeting, list_meetings
from zoom_api_client.core.operation import Request
from zoom_api_client.core.operations import PagedRequest
from zoom_api_client.models.clips import UploadClipFileBody, UploadClipFileResponse
from zoom_api_client.models.meetings import (
    CreateMeetingBody,
    CreateMeetingResponse,
    CreateMeetingSettings,
    Meeting,
    MeetingList,
    MeetingListMeeting,
    MeetingSettings,
)
from zoom_api_client.models.team_chat import SearchUsersOrAccountsChannelsBody, SearchUsersOrAccountsChannelsChannel
from zoom_api_client.models.users import UserList, UserListUser


def clients() -> None:
    """A client is made of a token or of the environment, and is its own context."""
    assert_type(Zoom.from_env(), Zoom)
    with Zoom("a token", base_url="https://api-eu.zoom.us/v2", timeout=5) as zoom:
        assert_type(zoom, Zoom)
        assert_type(zoom.base_url, str)


def meetings(zoom: Zoom) -> None:
    """The module of meetings: what an answer always carries is not `Unset`."""
    made = zoom.meetings.create("me", topic="Standup", duration=30, type=2, start_time=datetime.now())
    assert_type(made, CreateMeetingResponse)
    assert_type(made.id, int)
    assert_type(made.topic, str)
    assert_type(made.join_url, str)
    assert_type(made.start_url, str)
    assert_type(made.created_at, datetime)
    assert_type(made.start_time, datetime | Unset)
    assert_type(made.duration, int | Unset)

    read = zoom.meetings.get(made.id, show_previous_occurrences=True)
    assert_type(read, Meeting)
    assert_type(read.id, int)
    assert_type(read.uuid, str)
    assert_type(read.settings, MeetingSettings)
    status: str | Unset = read.status
    if status == "started" or read.status == "brand_new":  # Zoom sends values that its documents do not have
        print(status)
    if read.start_time:
        assert_type(read.start_time.isoformat(), str)

    for item in zoom.meetings.list("me", type="upcoming", from_=date(2026, 3, 1), to="2026-03-31"):
        assert_type(item, MeetingListMeeting)
        assert_type(item.id, int)
        assert_type(item.topic, str)
    assert_type(zoom.meetings.list("me").pages(), Iterator[MeetingList])
    zoom.meetings.delete("93847566001", occurrence_id="1767225600000")


def bodies(zoom: Zoom) -> None:
    """A nested model is a model or a dict; a body is a model."""
    zoom.meetings.create("me", settings={"host_video": True}, tracking_fields=[{"field": "team"}])
    zoom.meetings.create("me", settings=CreateMeetingSettings(host_video=True))
    zoom.meetings.create("me", CreateMeetingBody(topic="Standup"))
    zoom.meetings.create("me", body=CreateMeetingBody())


def operations(zoom: Zoom) -> None:
    """A module of an operation gives the type that its operation declares."""
    assert_type(get_meeting.request(1), Request[Meeting])
    assert_type(zoom.send(get_meeting.request(1)), Meeting)
    assert_type(get_meeting.OPERATION.decode(200, {}), Meeting)
    assert_type(list_meetings.request("me"), PagedRequest[MeetingList, MeetingListMeeting])
    assert_type(zoom.send(list_meetings.request("me")), MeetingList)
    assert_type(zoom.send_raw(get_meeting.request(1)), Answer[Meeting])


def calls(zoom: Zoom) -> None:
    """`zoom.api` has every operation, with the arguments of its `request` and the type that it declares."""
    api = zoom.api
    assert_type(api.meetings.get_meeting(1, show_previous_occurrences=True), Meeting)
    assert_type(api.meetings.get_meeting.request(1), Request[Meeting])
    assert_type(api.meetings.create_meeting("me", body=CreateMeetingBody(topic="x")), CreateMeetingResponse)
    assert_type(api.meetings.list_meetings("me", page_size=300).meetings, list[MeetingListMeeting])
    assert_type(api.phone.download_phone_recording("1"), bytes)
    assert_type(api.phone.download_phone_recording.save("a.mp3", "1"), Path)
    uploaded = api.clips.upload_clip_file(body=UploadClipFileBody(file=File(b"", "a.mp4")))
    assert_type(uploaded, UploadClipFileResponse)
    api.meetings.delete_meeting(1)


def raw_calls(zoom: Zoom) -> None:
    """A whole answer knows the type of its result."""
    answer = zoom.api.meetings.get_meeting.raw(1)
    assert_type(answer, Answer[Meeting])
    assert_type(answer.result.id, int)
    assert_type(answer.status, int)
    assert_type(answer.tracking_id, str | None)
    assert_type(answer.rate_limit.remaining, int | None)


def paged_calls(zoom: Zoom, body: SearchUsersOrAccountsChannelsBody) -> None:
    """A whole list knows the type of its pages and of its items."""
    users = zoom.api.users.list_users.all(status="active")
    assert_type(users, Pages[UserList, UserListUser])
    for user in users:
        assert_type(user, UserListUser)
    assert_type(users.pages(), Iterator[UserList])
    assert_type(users.first(), UserListUser | None)
    for channel in zoom.api.team_chat.search_users_or_accounts_channels.all(body=body):
        assert_type(channel, SearchUsersOrAccountsChannelsChannel)


def paths(zoom: Zoom) -> None:
    """`call()` knows nothing of the answer."""
    assert_type(zoom.call("GET", "/users/me/settings", params={"option": "meeting_security"}), Any)
    assert_type(zoom.call("POST", "/files", files={"file": File(b"")}, data={"to": "me"}), Any)
    answer = zoom.call_raw("GET", "/users/me")
    assert_type(answer.status, int)
    assert_type(answer.content, bytes)


def options(zoom: Zoom) -> None:
    """A sibling is the same client; a misspelt option is an error."""
    assert_type(zoom.with_options(timeout=5, retry=Retry(attempts=1), headers={"x": "1"}, query={"a": 1}), Zoom)
    assert_type(zoom.with_options(throttle=None, guard=None).for_account("id").meetings.get(1), Meeting)
    zoom.with_options(timout=5)  # type: ignore[call-arg]  # ty: ignore[unknown-argument]
    Zoom("a token", transport="aiohttp")  # type: ignore[arg-type]  # ty: ignore[invalid-argument-type]


def failures(zoom: Zoom) -> None:
    """Each error has what its class promises."""
    try:
        zoom.meetings.get(1)
    except errors.RateLimited as limited:
        assert_type(limited.retry_at, datetime | None)
        assert_type(limited.daily, bool)
    except errors.ScopeMissing as missing:
        assert_type(missing.scopes, tuple[str, ...])
    except errors.APIError as refused:
        assert_type(refused.status, int)
        assert_type(refused.code, int | None)
        assert_type(refused.message, str)
        assert_type(refused.errors, list[dict[str, Any]])
        assert_type(refused.tracking_id, str | None)
        assert_type(refused.content, bytes)
        if refused.operation:
            assert_type(refused.operation.scopes, tuple[str, ...])
    except errors.ConnectionFailed as failed:
        assert_type(failed.__cause__, BaseException | None)
    except errors.ZoomError:
        raise
