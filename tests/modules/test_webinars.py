"""What webinars have that meetings have not, and what both share."""

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.client.worlds import World
from zoom_api_client import errors
from zoom_api_client.models.meetings import UpdateWebinarBody


@pytest.mark.parametrize("status", [200, 400])
async def test_missing_plan_is_an_error_also_with_status_200(world: World, status: int) -> None:
    """The webinar would seem updated."""
    refusal = {"code": 200, "message": "Webinar plan is missing."}
    with pytest.raises(errors.PlanRequired, match="Pro plan, Webinar add-on"):
        await world.of(world.zoom(lambda _: httpx.Response(status, json=refusal)).webinars.update(5, topic="x"))


async def test_update_sends_what_changes_and_nothing_else(world: World) -> None:
    """What is sent as null or with a default would overwrite what the host chose."""
    zoom = world.zoom(lambda _: httpx.Response(204))
    await world.of(zoom.webinars.update(5, topic="New", settings={"host_video": False}))
    await world.of(zoom.meetings.update(5, duration=45))
    await world.of(zoom.webinars.update(5, UpdateWebinarBody(agenda="Now"), occurrence_id=7))
    assert [json.loads(each.content) for each in world.seen] == [
        {"topic": "New", "settings": {"host_video": False}}, {"duration": 45}, {"agenda": "Now"},
    ]  # fmt: skip
    assert [each.url.query for each in world.seen] == [b"", b"", b"occurrence_id=7"]


DENVER = ZoneInfo("America/Denver")


@pytest.mark.parametrize(
    ("given", "zone", "sent"),
    [
        (datetime(2026, 3, 1, 10, tzinfo=UTC), "Asia/Tokyo", "2026-03-01T19:00:00"),
        (datetime(2026, 7, 10, 17, tzinfo=DENVER), "America/Denver", "2026-07-10T17:00:00"),
        (datetime(2026, 1, 9, 17, tzinfo=DENVER), "America/Denver", "2026-01-09T17:00:00"),
        ("2026-07-10T17:00:00-06:00", "America/Denver", "2026-07-10T17:00:00"),
        ("2026-07-10T17:00:00-06:00", "Asia/Tokyo", "2026-07-11T08:00:00"),
        (datetime(2026, 3, 1, 10), "Asia/Tokyo", "2026-03-01T10:00:00"),
        ("2026-03-01T10:00:00", "Asia/Tokyo", "2026-03-01T10:00:00"),
        (datetime(2026, 3, 1, 10, tzinfo=UTC), "Middle/Earth", "2026-03-01T10:00:00Z"),
        (datetime(2026, 11, 1, 7, 30, tzinfo=UTC), "America/Denver", "2026-11-01T07:30:00Z"),
        ("2026-07-10T23:00:00Z", "America/Denver", "2026-07-10T23:00:00Z"),
    ],
)
@pytest.mark.parametrize("module", ["meetings", "webinars"])
async def test_start_beside_a_time_zone_is_local_to_it(
    world: World, module: str, given: Any, zone: str, sent: str
) -> None:
    """Zoom reads an offset as UTC, and Z as it is; an unknown zone, and an hour that is there twice, have only Z."""
    zoom = world.zoom(lambda _: httpx.Response(204))
    fields = {"start_time": given, "timezone": zone}
    await world.of(getattr(zoom, module).create("me", **fields))
    await world.of(getattr(zoom, module).update(5, **fields))
    assert [json.loads(each.content) for each in world.seen] == [{"start_time": sent, "timezone": zone}] * 2


@pytest.mark.parametrize("start", [datetime(2026, 7, 10, 17, tzinfo=DENVER), "2026-07-10T23:00:00Z"])
async def test_series_does_not_move_with_daylight_saving_time(world: World, start: Any) -> None:
    """Z would hold the hour of UTC, which is another one in winter; the end of a series is UTC by Zoom's document."""
    zoom = world.zoom(lambda _: httpx.Response(204))
    recurrence = {"type": 2, "end_date_time": datetime(2027, 1, 1, tzinfo=DENVER)}
    await world.of(zoom.meetings.create("me", start_time=start, timezone="America/Denver", recurrence=recurrence))
    assert json.loads(world.seen[0].content) == {
        "start_time": "2026-07-10T17:00:00",
        "timezone": "America/Denver",
        "recurrence": {"type": 2, "end_date_time": "2027-01-01T07:00:00Z"},
    }


@pytest.mark.parametrize("module", ["meetings", "webinars"])
async def test_start_without_a_time_zone_is_sent_in_utc(world: World, module: str) -> None:
    """A Z stuck on a local time moves the meeting by hours."""
    zoom = world.zoom(lambda _: httpx.Response(204))
    for given in (datetime(2026, 7, 10, 17, tzinfo=DENVER), "2026-07-10T17:00:00-06:00", datetime(2026, 7, 10, 17)):
        await world.of(getattr(zoom, module).update(5, start_time=given))
    sent = [json.loads(each.content)["start_time"] for each in world.seen]
    assert sent == ["2026-07-10T23:00:00Z", "2026-07-10T23:00:00Z", "2026-07-10T17:00:00"]


@pytest.mark.parametrize("module", ["meetings", "webinars"])
@pytest.mark.parametrize("method", ["update", "add_registrant"])
async def test_body_and_fields_together_are_refused(world: World, module: str, method: str) -> None:
    """One of the two would be dropped."""
    zoom = world.zoom(lambda _: httpx.Response(204))
    with pytest.raises(TypeError, match="not both: topic"):
        await world.of(getattr(getattr(zoom, module), method)(5, UpdateWebinarBody(agenda="x"), topic="y"))
    assert world.seen == []


async def test_registrant_without_an_address_is_refused(world: World) -> None:
    """Zoom requires it."""
    with pytest.raises(TypeError, match=r"needs 'email'"):
        await world.of(world.zoom(lambda _: httpx.Response(201)).webinars.add_registrant(5, first_name="Jane"))


def by_status(request: httpx.Request) -> httpx.Response:
    """Answer with two pages for each state, of whom one was approved in between and so is in two of them."""
    state = request.url.params.get("status", "approved")
    second = "next_page_token" in request.url.params
    people = [{"id": f"{state} {int(second)}"}, *([{"id": "approved 0"}] if state == "pending" and second else [])]
    page: dict[str, Any] = {"registrants": people, "next_page_token": "" if second else "2"}
    return httpx.Response(200, json=page)


@pytest.mark.parametrize("module", ["meetings", "webinars"])
async def test_registrants_of_all_states_are_each_given_once(world: World, module: str) -> None:
    """Zoom's default leaves out who waits for approval; somebody approved meanwhile is in two lists."""
    listed = await world.all(getattr(world.zoom(by_status), module).list_registrants(5, status="all"))
    assert [each.id for each in listed] == [
        "pending 0", "pending 1", "approved 0", "approved 1", "denied 0", "denied 1",
    ]  # fmt: skip


@pytest.mark.parametrize("module", ["meetings", "webinars"])
async def test_registrants_of_zooms_default_are_asked_for_without_a_state(world: World, module: str) -> None:
    """A default of ours would hide a change of Zoom's."""
    registrants = getattr(world.zoom(by_status), module).list_registrants
    assert [each.id for each in await world.all(registrants(5))] == ["approved 0", "approved 1"]
    assert [each.id for each in await world.all(registrants(5, status="denied"))] == ["denied 0", "denied 1"]
    assert [each.url.params.get("status") for each in world.seen] == [None, None, "denied", "denied"]


async def test_panelists_come_at_once(world: World) -> None:
    """Zoom takes neither page size nor token here."""
    zoom = world.zoom(lambda _: httpx.Response(200, json={"total_records": 1, "panelists": [{"id": "1"}]}))
    assert [each.id for each in await world.all(zoom.webinars.list_panelists("123 456 789"))] == ["1"]
    assert (await world.of(zoom.webinars.list_panelists(5).first())).id == "1"
    assert [each.url.raw_path for each in world.seen] == [
        b"/v2/webinars/123456789/panelists", b"/v2/webinars/5/panelists",
    ]  # fmt: skip
