"""The module of meetings, and reading lists page by page."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from zoom_api_client import errors
from zoom_api_client.models.meetings import (
    CreateMeetingBody,
    CreateMeetingResponse,
    Meeting,
    MeetingList,
    MeetingListMeeting,
)
from zoom_api_client.testing import EmbeddedZoom
from zoom_api_client.transport.retry import Retry


def created(request: httpx.Request) -> httpx.Response:
    """Answer as if a meeting had been created."""
    return httpx.Response(201, json={"id": 93847566001, **json.loads(request.content)})


async def test_meeting_lives_over_real_http(world: World) -> None:
    """Created, read, listed and deleted over loopback, with nothing in it that leaves Zoom's contract."""
    with EmbeddedZoom() as served:
        zoom = world.at(served.base_url)
        made = await world.of(zoom.meetings.create("me", topic="Standup", duration=30))
        read = await world.of(zoom.meetings.get(made.id))
        listed = await world.all(zoom.meetings.list("me", type="upcoming"))
        gone = await world.of(zoom.meetings.delete(made.id))
        await world.close(zoom)
    assert (type(made), made.topic, made.duration) == (CreateMeetingResponse, "Standup", 30)
    assert (type(read), read.id) == (Meeting, made.id)
    assert {type(each) for each in listed} == {MeetingListMeeting}
    assert gone is None
    assert served.violations == []


async def test_fields_make_the_body(world: World) -> None:
    """Each keyword is a field of Zoom's; what is not given is not sent; a dict does for a nested model."""
    made = await world.of(
        world.zoom(created).meetings.create(
            "jane@example.com",
            topic="Standup",
            start_time=datetime(2026, 3, 1, 10, tzinfo=UTC),
            settings={"host_video": True},
        )
    )
    (sent,) = world.seen
    assert (sent.method, sent.url.raw_path) == ("POST", b"/v2/users/jane%40example.com/meetings")
    assert json.loads(sent.content) == {
        "topic": "Standup", "start_time": "2026-03-01T10:00:00Z", "settings": {"host_video": True},
    }  # fmt: skip
    assert made.settings.host_video is True


async def test_body_can_be_given_instead(world: World) -> None:
    """A body that was made elsewhere is sent as it is; without anything it is an empty object."""
    meetings = world.zoom(created).meetings
    await world.of(meetings.create("me", CreateMeetingBody(topic="Standup")))
    await world.of(meetings.create("me", body=CreateMeetingBody()))
    await world.of(meetings.create("me"))
    assert [json.loads(each.content) for each in world.seen] == [{"topic": "Standup"}, {}, {}]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"body": CreateMeetingBody(), "topic": "Standup"}, "a body or fields, not both: topic"),
        ({"topik": "Standup"}, "topik"),
        ({"topic": 5}, r"meetings\.create_meeting: body\.topic must be text, not int"),
        ({"settings": {"host_video": "yes"}}, r"body\.settings\.host_video must be True or False"),
    ],
)
async def test_fields_that_cannot_be_meant_are_refused(world: World, fields: dict[str, Any], says: str) -> None:
    """One of two bodies would be dropped; a misspelt field would make a meeting without it."""
    with pytest.raises(TypeError, match=says):
        await world.of(world.zoom(created).meetings.create("me", **fields))
    assert world.seen == []


async def test_get_and_delete_ask_for_what_they_are_told(world: World) -> None:
    """A number or its text names the meeting; the rest is the query."""

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(204) if request.method == "DELETE" else httpx.Response(200, json={"id": 5})

    meetings = world.zoom(answer).meetings
    assert (await world.of(meetings.get("5", occurrence_id="7", show_previous_occurrences=True))).id == 5
    assert await world.of(meetings.delete(5, schedule_for_reminder=False, cancel_meeting_reminder=True)) is None
    assert [f"{each.method} {each.url.raw_path.decode()}" for each in world.seen] == [
        "GET /v2/meetings/5?occurrence_id=7&show_previous_occurrences=true",
        "DELETE /v2/meetings/5?schedule_for_reminder=false&cancel_meeting_reminder=true",
    ]


async def test_delete_of_nothing_is_refused(world: World) -> None:
    """`DELETE /meetings/` is not what anybody means."""
    with pytest.raises(ValueError, match="names nothing"):
        await world.of(world.zoom(created).meetings.delete(""))
    assert world.seen == []


def pages(*each: dict[str, Any]) -> Callable[[httpx.Request], httpx.Response]:
    """Answer with these pages; the token of a page is its number."""

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=each[int(request.url.params.get("next_page_token", 0))])

    return answer


def page(token: object, *ids: int) -> dict[str, Any]:
    """Return a page with these meetings."""
    return {"next_page_token": token, "meetings": [{"id": each} for each in ids]}


async def test_list_reads_all_pages(world: World) -> None:
    """The second page is easily forgotten, and so are the parameters that go with its token."""
    zoom = world.zoom(pages(page("1", 1, 2), page("2"), page("", 3)))
    listed = zoom.meetings.list("me", type="upcoming", from_=date(2026, 3, 1), to="2026-03-31", timezone="Europe/Paris")
    assert world.seen == []
    assert [each.id for each in await world.all(listed)] == [1, 2, 3]
    same = [
        ("type", "upcoming"),
        ("page_size", "300"),
        ("from", "2026-03-01"),
        ("to", "2026-03-31"),
        ("timezone", "Europe/Paris"),
    ]
    tokens: list[list[tuple[str, str]]] = [[], [("next_page_token", "1")], [("next_page_token", "2")]]
    assert [sorted(each.url.params.multi_items()) for each in world.seen] == [sorted(same + token) for token in tokens]


async def test_list_can_be_read_page_by_page_and_again(world: World) -> None:
    """A page has totals that items do not have; iterating twice begins anew; a token begins in the middle."""
    listed = world.zoom(pages(page("1", 1), page(None, 2))).meetings.list("me", page_size=1)
    for _ in range(2):
        read = await world.all(listed.pages())
        assert [(type(each), each.meetings[0].id) for each in read] == [(MeetingList, 1), (MeetingList, 2)]
    assert [each.meetings[0].id for each in await world.all(listed.pages("1"))] == [2]


@pytest.mark.parametrize(
    "last", [{}, {"meetings": None}, {"meetings": [], "next_page_token": None}, {"meetings": ""}], ids=repr
)
async def test_list_ends_where_there_is_no_token_and_nothing_in_it(world: World, last: dict[str, Any]) -> None:
    """An empty page, or one without the field, is the end and no failure."""
    assert [each.id for each in await world.all(world.zoom(pages(page("1", 1), last)).meetings.list("me"))] == [1]


async def test_list_that_gives_a_token_twice_fails_after_what_it_gave(world: World) -> None:
    """It would go round forever, and give the same meetings again and again; four readings are enough."""
    listed = world.each(world.zoom(pages(page("1", 1), page("1", 2))).meetings.list("me"))
    assert [(await anext(listed)).id, (await anext(listed)).id] == [1, 2]
    with pytest.raises(errors.PagingFailed, match="same next_page_token twice"):
        await anext(listed)
    assert len(world.seen) == 8


async def test_list_whose_user_vanishes_fails_after_what_it_gave(world: World) -> None:
    """What was read is the caller's; the error is the one of the page that failed."""

    def answer(request: httpx.Request) -> httpx.Response:
        if "next_page_token" in request.url.params:
            return httpx.Response(404, json={"code": 1001, "message": "User does not exist."})
        return httpx.Response(200, json=page("1", 1))

    listed = world.each(world.zoom(answer).meetings.list("me"))
    assert (await anext(listed)).id == 1
    with pytest.raises(errors.NotFound, match="User does not exist"):
        await anext(listed)


@pytest.mark.parametrize(
    ("odd", "error"),
    [
        ({"text": "<html>"}, errors.UnexpectedAnswer),
        ({"content": b""}, errors.UnexpectedAnswer),
        ({"json": []}, errors.PagingFailed),
        ({"json": {"meetings": "text"}}, errors.PagingFailed),
    ],
    ids=repr,
)
async def test_page_that_is_not_a_page_is_our_error(
    world: World, odd: dict[str, Any], error: type[errors.ZoomError]
) -> None:
    """A proxy's page with status 200 must neither look like an empty list nor end in an AttributeError."""
    zoom = world.zoom(lambda _: httpx.Response(200, **odd), retry=Retry(attempts=1))
    with pytest.raises(error):
        await world.all(zoom.meetings.list("me"))
