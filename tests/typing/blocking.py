"""What type checkers know of code that uses `Zoom`. It is checked and never run."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Literal, assert_type

from zoom_api_client import File, Retry, Unset, Zoom, errors
from zoom_api_client.api.clips import upload_clip_file
from zoom_api_client.api.meetings import create_meeting, delete_meeting, get_meeting, list_meetings
from zoom_api_client.api.phone import download_phone_recording
from zoom_api_client.core.operation import Request
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
    assert_type(read.status, Literal["started", "waiting"] | Unset)
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
    assert_type(get_meeting.sync(1, client=zoom), Meeting)
    assert_type(zoom.send(get_meeting.request(1)), Meeting)
    assert_type(get_meeting.OPERATION.decode(200, {}), Meeting)
    assert_type(create_meeting.sync("me", client=zoom, body=CreateMeetingBody(topic="x")), CreateMeetingResponse)
    assert_type(list_meetings.sync("me", client=zoom, page_size=300).meetings, list[MeetingListMeeting])
    assert_type(download_phone_recording.sync("1", client=zoom), bytes)
    uploaded = upload_clip_file.sync(client=zoom, body=UploadClipFileBody(file=File(b"", "a.mp4")))
    assert_type(uploaded, UploadClipFileResponse)
    delete_meeting.sync(1, client=zoom)


def calls(zoom: Zoom) -> None:
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
    zoom.with_options(timout=5)  # type: ignore[call-arg]
    Zoom("a token", transport="aiohttp")  # type: ignore[arg-type]


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
