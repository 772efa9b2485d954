"""Recordings: they are made by the clock, downloaded over two hosts, put into the trash, and gone after 30 days."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.simulator.calling import Calling
from tests.simulator.watching import Told, check
from zoom_api_client import AsyncZoom, Zoom, errors
from zoom_api_client.models.meetings import CreateMeetingBody
from zoom_api_client.testing import MockZoom, mock_zoom
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator import Simulator, serve_in_thread
from zoom_api_client.testing.simulator.authorization import Authorization
from zoom_api_client.testing.simulator.files import Files

NOW = datetime(2026, 3, 31, 9, tzinfo=UTC)
PROCESSED = timedelta(minutes=5)


@pytest.fixture
def mock() -> Iterator[MockZoom]:
    """Return a mock that remembers, at a known time."""
    with mock_zoom(stateful=True) as mock:
        mock.simulator.clock.set(NOW, frozen=True)
        yield mock
        check(mock.simulator)


@pytest.fixture
def zoom(mock: MockZoom) -> Iterator[Zoom]:
    """Return a client of it."""
    with Zoom("any token") as zoom:
        yield zoom


@pytest.fixture
def meeting(mock: MockZoom, zoom: Zoom) -> int:
    """Return a meeting of which half an hour was recorded, and is processed."""
    meeting_id = zoom.meetings.create("me", CreateMeetingBody(topic="Standup")).id
    mock.simulator.record(meeting_id, minutes=30)
    mock.simulator.clock.advance(2 * PROCESSED)
    return meeting_id


def test_a_recording_is_there_when_it_is_processed(mock: MockZoom, zoom: Zoom) -> None:
    """A program that asks too early is refused with the code for "none", and has to ask again."""
    told = Told(mock.simulator)
    meeting_id = zoom.meetings.create("me", CreateMeetingBody(topic="Standup")).id
    mock.simulator.record(meeting_id, minutes=30)
    with pytest.raises(errors.NotFound, match="in process") as refusal:
        zoom.recordings.for_meeting(meeting_id)
    assert refusal.value.code == 3301
    (listed,) = zoom.recordings.list("me")
    assert {each.status for each in listed.recording_files} == {"processing"}
    mock.simulator.clock.advance(PROCESSED)
    done = zoom.recordings.for_meeting(meeting_id)
    assert (done.topic, done.duration, done.recording_count) == ("Standup", 30, 3)
    assert {each.id for each in done.recording_files} == {each.id for each in listed.recording_files}
    mock.simulator.clock.advance(PROCESSED)
    assert zoom.recordings.for_meeting(meeting_id).recording_count == 4
    assert told.names == [
        "meeting.created", "recording.started", "recording.stopped", "recording.completed",
        "recording.transcript_completed",
    ]  # fmt: skip
    assert [each["file_type"] for each in told.events[-1][1]["recording_files"]] == ["TRANSCRIPT"]


def test_files_are_downloaded_whole_over_two_hosts(mock: MockZoom, zoom: Zoom, meeting: int, tmp_path: Path) -> None:
    """The link sends on to another host, and the file is as long as the answer said."""
    files = zoom.recordings.for_meeting(meeting).recording_files
    paths = zoom.recordings.download(meeting, to=tmp_path)
    assert sorted(path.stat().st_size for path in paths) == sorted(each.file_size for each in files)
    asked = {each.request.host for each in mock.exchanges if "/rec/" in each.request.url}
    assert asked == {"zoom.us", "ssrweb.zoom.us"}


async def test_files_are_downloaded_by_those_who_wait(mock: MockZoom, meeting: int, tmp_path: Path) -> None:
    """The same in the other world."""
    async with AsyncZoom("any token") as zoom:
        paths = await zoom.recordings.download(meeting, to=tmp_path)
    assert len(paths) == 4


def test_files_are_downloaded_from_this_machine(tmp_path: Path) -> None:
    """Served on loopback, the link and where it sends on are where the client asked."""
    simulator = Simulator(open=True)
    simulator.seed({"recordings": [{"id": 85746065432, "duration": 1, "recording_files": [{"file_type": "MP4"}]}]})
    with serve_in_thread(simulator) as served, Zoom("any token", base_url=served.base_url) as zoom:
        (path,) = zoom.recordings.download(85746065432, to=tmp_path)
    assert path.stat().st_size == 40_000
    assert [each.answer.status for each in simulator.exchanges] == [200, 302, 200]


class Links:
    """A simulator with a recording, and its files as those meet them whose tokens are judged."""

    def __init__(self) -> None:
        self.zoom = Calling()
        self.zoom.simulator.clock.set(NOW, frozen=True)
        self.zoom.simulator.seed({"recordings": [{"id": 85746065432, "topic": "Standup"}]})
        query = {"include_fields": "download_access_token", "ttl": 60}
        recording = self.zoom.get("/meetings/85746065432/recordings", **query)
        self.url, self.token = recording["recording_files"][0]["download_url"], recording["download_access_token"]
        state = self.zoom.simulator.state
        self.files = Files(state, Authorization(state))

    def get(self, url: str, token: str, **headers: str) -> OutgoingAnswer:
        """Ask for a file."""
        request = IncomingRequest("GET", url, {"Authorization": f"Bearer {token}", **headers}, b"")
        answer = self.files.answer(request)
        assert answer
        return answer


def test_a_download_token_opens_its_recording_until_it_ends() -> None:
    """Whoever has the token needs no other; after its time, and without one, there is a page to sign in."""
    links = Links()
    sent_on = links.get(links.url, links.token)
    assert (sent_on.status, sent_on.headers["Location"].split("/")[2]) == (302, "ssrweb.zoom.us")
    assert links.get(sent_on.headers["Location"], links.token).headers["Content-Type"] == "video/mp4"
    for wrong in ("", "unknown", links.token[:-4] + "AAAA"):
        answer = links.get(sent_on.headers["Location"], wrong)
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    links.zoom.simulator.clock.advance(60)
    assert b"Sign in" in links.get(links.url, links.token).body


@pytest.mark.parametrize(
    ("asked", "status", "length"),
    [("bytes=0-9", 206, 10), ("bytes=2399990-", 206, 10), ("bytes=2400000-", 416, 0), ("lines=1-2", 200, 2_400_000)],
)
def test_a_range_of_a_file_is_sent(asked: str, status: int, length: int) -> None:
    """A download that was broken off goes on where it was."""
    links = Links()
    stored = links.get(links.url, links.token).headers["Location"]
    answer = links.get(stored, links.token, Range=asked)
    assert (answer.status, len(answer.body)) == (status, length)


def test_trash_is_kept_for_thirty_days(mock: MockZoom, zoom: Zoom, meeting: int) -> None:
    """What is in the trash is listed there, recovered from there, and gone when its time is over."""
    told = Told(mock.simulator)
    zoom.recordings.delete(meeting)
    with pytest.raises(errors.NotFound):
        zoom.recordings.for_meeting(meeting)
    assert [each.topic for each in zoom.recordings.list("me", trash=True)] == ["Standup"]
    zoom.call("PUT", f"/meetings/{meeting}/recordings/status", json={"action": "recover"})
    assert zoom.recordings.for_meeting(meeting).recording_count == 4
    assert not list(zoom.recordings.list("me", trash=True))
    zoom.recordings.delete(meeting)
    mock.simulator.clock.advance(timedelta(days=30))
    assert not list(zoom.recordings.list("me", trash=True))
    assert told.names == ["recording.trashed", "recording.recovered", "recording.trashed"]


def test_a_file_is_deleted_by_itself(mock: MockZoom, zoom: Zoom, meeting: int, tmp_path: Path) -> None:
    """One file goes to the trash and back, then for good; its link is dead, and the others stay."""
    first, *others = zoom.recordings.for_meeting(meeting).recording_files
    zoom.recordings.delete(meeting, first.id)
    zoom.call("PUT", f"/meetings/{meeting}/recordings/{first.id}/status", json={"action": "recover"})
    zoom.recordings.delete(meeting, first.id, action="delete")
    left = zoom.recordings.for_meeting(meeting).recording_files
    assert [each.id for each in left] == [each.id for each in others]
    with pytest.raises(errors.ZoomError):
        zoom.recordings.download(first, to=tmp_path)
    zoom.recordings.delete(meeting, action="delete")
    assert "recordings" not in mock.simulator.state.store.counts(mock.simulator.state.owner.account)


def test_a_list_has_a_month_at_most(zoom: Zoom, mock: MockZoom) -> None:
    """A longer range is shortened to its last month, and nobody told; no range is yesterday and today."""
    days = {"Old": "2026-02-10", "March": "2026-03-05", "Today": "2026-03-31"}
    seeded = [{"topic": topic, "start_time": f"{day}T08:00:00Z", "duration": 10} for topic, day in days.items()]
    mock.simulator.seed({"users": [{"email": "jane@example.com", "recordings": seeded}]})
    whole = zoom.call("GET", "/accounts/me/recordings", params={"from": "2026-01-01", "to": "2026-03-31"})
    assert (whole["from"], [each["topic"] for each in whole["meetings"]]) == ("2026-02-28", ["March", "Today"])
    assert [each.topic for each in zoom.recordings.list("jane@example.com")] == ["Today"]
    everything = zoom.recordings.list("jane@example.com", from_="2026-01-01", to="2026-03-31")
    assert {each.topic for each in everything} == set(days)


def test_a_longer_range_is_only_taken_by_a_lenient_one() -> None:
    """Zoom says nothing of what it leaves out, so that a strict stand-in has to."""
    days = {"from": "2026-01-01", "to": "2026-03-31"}
    assert Calling().code("GET", "/users/me/recordings", **days) == (400, 300)
    lenient = Calling(Simulator(open=True, lenient=True))
    assert lenient.get("/users/me/recordings", **days)["from"] == "2026-02-28"
    assert [each.field for each in lenient.simulator.responder.tolerated] == ["query.to"]


def test_another_time_of_a_meeting_has_a_recording_of_its_own(mock: MockZoom, zoom: Zoom, meeting: int) -> None:
    """The number means the latest time; the one before is found by its UUID."""
    earlier = zoom.recordings.for_meeting(meeting)
    state = mock.simulator.state
    row = state.store.get(state.owner.account, "meetings", (str(meeting),))
    assert row
    row.fields["uuid"] = "AnotherTime=="
    mock.simulator.record(meeting, minutes=5)
    mock.simulator.clock.advance(PROCESSED)
    assert zoom.recordings.for_meeting(meeting).uuid == "AnotherTime=="
    assert zoom.recordings.for_meeting(earlier.uuid).duration == 30
    assert [each.id for each in zoom.recordings.list("me")] == [meeting, meeting]


def test_what_is_recorded_again_of_the_same_time_is_reported_once(mock: MockZoom, zoom: Zoom) -> None:
    """Each stop and start gives a set of files, and all are in one event."""
    meeting_id = zoom.meetings.create("me", CreateMeetingBody(topic="Standup")).id
    told = Told(mock.simulator)
    mock.simulator.record(meeting_id, minutes=30)
    mock.simulator.clock.advance(60)
    mock.simulator.record(meeting_id, minutes=1)
    mock.simulator.clock.advance(PROCESSED)
    (completed,) = (about for name, about in told.events if name == "recording.completed")
    assert (completed["recording_count"], completed["duration"]) == (6, 31)


def test_what_was_not_held_is_not_recorded(mock: MockZoom) -> None:
    """A test that names another meeting is told, instead of waiting for a file."""
    with pytest.raises(LookupError, match="create it first"):
        mock.simulator.record(12345678901)
