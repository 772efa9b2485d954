"""Recordings and calls over more than Zoom's month: all of them, each once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from zoom_api_client.arguments import dates

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "now", lambda: NOW)


def recorded(request: httpx.Request) -> httpx.Response:
    """Answer as Zoom does: a recording each day, newest first, of a month at most before `to`."""
    last = date.fromisoformat(request.url.params["to"])
    first = max(date.fromisoformat(request.url.params["from"]), last - timedelta(days=30))
    days = [last - timedelta(days=each) for each in range((last - first).days + 1)]
    found = [{"uuid": f"of {day}", "id": 5, "start_time": f"{day}T10:00:00Z"} for day in days]
    start, size = int(request.url.params.get("next_page_token") or 0), int(request.url.params["page_size"])
    onwards = str(start + size) if start + size < len(found) else ""
    return httpx.Response(
        200, json={"meetings": found[start : start + size], "next_page_token": onwards, "total_records": len(found)}
    )


def ranges(world: World) -> list[tuple[str | None, str | None]]:
    """Return the ranges that were asked for."""
    return [(each.url.params.get("from"), each.url.params.get("to")) for each in world.seen]


async def test_recordings_of_a_year_are_all_there_once_and_newest_first(world: World) -> None:
    """Zoom clamps a longer range without a word: eleven months of recordings would be missing."""
    listed = await world.all(
        world.zoom(recorded).recordings.list("me", from_=date(2025, 7, 1), to=date(2026, 6, 30), page_size=10)
    )
    assert [each.uuid for each in listed] == [f"of {NOW.date() - timedelta(days=each)}" for each in range(365)]


async def test_recording_on_the_border_of_two_months_is_given_once(world: World) -> None:
    """A meeting over midnight may be in both parts."""

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"meetings": [{"uuid": "over midnight"}, {"uuid": f"of {len(world.seen)}"}]})

    listed = await world.all(world.zoom(answer).recordings.list("me", from_="2026-05-02", to="2026-06-29"))
    assert [each.uuid for each in listed] == ["over midnight", "of 1", "of 2"]


async def test_instances_of_one_meeting_are_not_doubles(world: World) -> None:
    """A weekly meeting has one number in every month, and a UUID for each time."""
    listed = await world.all(world.zoom(recorded).recordings.list("me", from_="2026-04-01", meeting_id="123 4567 8901"))
    assert len(listed) == 91
    assert {each.url.params["meeting_id"] for each in world.seen} == {"12345678901"}


async def test_recordings_without_a_range_are_zooms_own(world: World) -> None:
    """Zoom's default is today; a range of ours would be another."""
    zoom = world.zoom(lambda _: httpx.Response(200, json={"meetings": []}))
    assert await world.all(zoom.recordings.list("me")) == []
    assert ranges(world) == [(None, None)]


async def test_range_of_datetimes_is_sent_as_utc_days(world: World) -> None:
    """The parameter takes days: a time in it would be refused, or read as today."""
    zoom = world.zoom(lambda _: httpx.Response(200, json={"meetings": [], "webinars": []}))
    first, last = datetime.fromisoformat("2026-06-02T05:00:00+09:00"), datetime(2026, 6, 20, 12)
    await world.all(zoom.recordings.list("me", from_=first, to=last))
    await world.all(zoom.meetings.list("me", from_=first, to=last))
    assert ranges(world) == [("2026-06-01", "2026-06-20")] * 2


async def test_trash_takes_no_range(world: World) -> None:
    """Zoom lists another thing than was asked for."""
    zoom = world.zoom(lambda _: httpx.Response(200, json={"meetings": []}))
    with pytest.raises(ValueError, match="leave out from_ and to"):
        zoom.recordings.list("me", trash=True, from_="2026-06-01")
    assert await world.all(zoom.recordings.list("me", trash=True, trash_type="recording_file")) == []
    assert sorted(world.seen[0].url.params) == ["page_size", "trash", "trash_type"]


@pytest.mark.parametrize("nothing", ["", " "])
async def test_delete_of_an_empty_recording_does_not_delete_them_all(world: World, nothing: str) -> None:
    """A file without an id must not stand for the whole meeting."""
    zoom = world.zoom(lambda _: httpx.Response(204))
    with pytest.raises(ValueError, match=r"recordingId is .*, which names nothing"):
        await world.of(zoom.recordings.delete(5, nothing))
    assert world.seen == []


def call(number: int, **more: Any) -> dict[str, Any]:
    """Return a call."""
    return {"id": f"call {number}", "call_id": str(number), **more}


async def test_calls_of_half_a_year_are_asked_for_by_months(world: World) -> None:
    """Zoom gives one month; the ones before would be missing."""

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"call_logs": [call(0), call(len(world.seen))], "total_records": 2})

    listed = await world.all(world.zoom(answer).phone.list_call_logs("me", from_="2026-01-01"))
    assert [each.call_id for each in listed] == ["0", "1", "2", "3", "4", "5", "6", "7"]
    assert ranges(world)[0] == ("2026-06-26", "2026-06-30")
    assert ranges(world)[-1] == ("2026-01-01", "2026-01-30")


async def test_times_of_calls_are_sent_in_utc(world: World) -> None:
    """Both ends in the same form: Zoom takes days or times, with Z."""
    zoom = world.zoom(lambda _: httpx.Response(200, json={"call_logs": []}))
    await world.all(zoom.phone.list_call_logs("me", from_=datetime.fromisoformat("2026-06-20T09:00:00+09:00")))
    assert ranges(world) == [("2026-06-20T00:00:00Z", "2026-06-30T12:00:00Z")]


async def test_calls_before_the_last_six_months_are_refused(world: World) -> None:
    """Zoom has none, and says so by an empty list."""
    zoom = world.zoom(lambda _: httpx.Response(200, json={"call_logs": []}))
    with pytest.raises(ValueError, match="from_ must be 2025-12-30"):
        zoom.phone.list_call_logs("me", from_="2025-12-29")
    with pytest.raises(ValueError, match="has no time zone"):
        zoom.phone.list_call_logs("me", from_=datetime(2026, 6, 1))
    assert await world.all(zoom.phone.list_call_logs("me", from_="2025-12-30", to="2025-12-30")) == []
    assert len(world.seen) == 1


async def test_calls_without_a_range_are_zooms_own(world: World) -> None:
    """Zoom's default is the last 24 hours; filters go along."""
    zoom = world.zoom(lambda _: httpx.Response(200, json={"call_logs": []}))
    await world.all(zoom.phone.list_call_logs("me", directions=["inbound", "outbound"], with_voicemail=True))
    assert sorted(world.seen[0].url.params.multi_items()) == [
        ("directions", "inbound"), ("directions", "outbound"), ("page_size", "300"), ("with_voicemail", "true"),
    ]  # fmt: skip


async def test_calls_come_from_what_follows_call_logs(world: World) -> None:
    """Zoom announced the end of `call_logs`: the list must not be empty on the day after."""
    page = {"call_elements": [{"call_element_id": "1", "call_id": "5"}, {"call_element_id": "2", "call_id": "5"}]}
    listed = await world.all(world.zoom(lambda _: httpx.Response(200, json=page)).phone.list_call_logs("me"))
    assert [each.call_element_id for each in listed] == ["1", "2"]


async def test_user_without_numbers_has_none(world: World) -> None:
    """The field may be missing."""
    zoom = world.zoom(lambda _: httpx.Response(200, json={"id": "5"}))
    assert await world.all(zoom.phone.list_numbers("me")) == []
    assert await world.of(zoom.phone.list_numbers("me").first()) is None


async def test_recordings_without_uuid_are_told_apart_by_their_start(world: World) -> None:
    """The number alone is that of a series: its later recordings would be taken for doubles of the first."""

    def answer(request: httpx.Request) -> httpx.Response:
        day = request.url.params["to"]
        same = {"id": 5, "start_time": "2026-05-31T23:30:00Z"}
        return httpx.Response(200, json={"meetings": [{"id": 5, "start_time": f"{day}T10:00:00Z"}, same]})

    listed = await world.all(world.zoom(answer).recordings.list("me", from_="2026-05-01", to="2026-06-30"))
    assert len(listed) == len({each.start_time for each in listed}) == len(world.seen) + 1
