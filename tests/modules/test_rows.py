"""Every action that the list of modules promises, row by row, against the embedded Zoom: nothing leaves the contract.

Triggers have theirs in `tests/triggers/test_rows.py`.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.client.worlds import World
from zoom_api_client import Mention
from zoom_api_client.models import meetings as models, phone as phones
from zoom_api_client.models.team_chat import SendChatMessageResponse
from zoom_api_client.testing import EmbeddedZoom

NUMBER = 93847566001
UUID = "/aB3dEfGh//IjKlMnOpQ=="
PEOPLE = [{"name": f"Guest {each}", "email": f"guest{each}@example.com"} for each in range(65)]


def asked(embedded: EmbeddedZoom) -> list[str]:
    """Return the operations that were called."""
    return [str(each.operation) for each in embedded.exchanges]


async def test_row_02_creates_a_meeting(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Creates a meeting for a user."""
    start = datetime(2027, 3, 1, 10, tzinfo=UTC)
    made = await world.of(zoom.meetings.create("me", topic="Standup", duration=30, start_time=start))
    assert (type(made), made.topic, made.duration) == (models.CreateMeetingResponse, "Standup", 30)
    assert made.start_time == start
    assert asked(embedded) == ["meetings.create_meeting"]


async def test_row_03_gets_a_meeting(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Retrieves the details of a meeting."""
    read = await world.of(zoom.meetings.get(NUMBER, occurrence_id=1767225600000))
    assert (type(read), read.id) == (models.Meeting, NUMBER)
    assert asked(embedded) == ["meetings.get_meeting"]


async def test_row_04_lists_meetings(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Lists all meetings, by each category."""
    for category in ("scheduled", "live", "upcoming", "upcoming_meetings", "previous_meetings"):
        listed = await world.all(zoom.meetings.list("me", type=category, from_=date(2026, 3, 1), to="2026-03-31"))
        assert {type(each) for each in listed} == {models.MeetingListMeeting}
    assert set(asked(embedded)) == {"meetings.list_meetings"}


async def test_row_05_updates_a_meeting(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Updates the details of a meeting, or of one occurrence."""
    assert await world.of(zoom.meetings.update(NUMBER, topic="Retro", occurrence_id="1767225600000")) is None
    assert await world.of(zoom.meetings.update(NUMBER, models.UpdateMeetingBody(duration=45))) is None
    assert set(asked(embedded)) == {"meetings.update_meeting"}


async def test_row_06_ends_a_meeting(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Ends a meeting for a user."""
    assert await world.of(zoom.meetings.end("938 4756 6001")) is None
    (exchange,) = embedded.exchanges
    assert exchange.request.body == b'{"action":"end"}'
    assert asked(embedded) == ["meetings.update_meeting_status"]


async def test_row_07_deletes_a_meeting(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Removes a meeting, or one occurrence of it."""
    assert await world.of(zoom.meetings.delete(NUMBER)) is None
    assert await world.of(zoom.meetings.delete(NUMBER, occurrence_id="1767225600000")) is None
    assert [each.request.query for each in embedded.exchanges] == [[], [("occurrence_id", "1767225600000")]]
    assert set(asked(embedded)) == {"meetings.delete_meeting"}


async def test_row_08_adds_a_registrant_to_a_meeting(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Registers a participant for a meeting, and for some of its occurrences."""
    made = await world.of(
        zoom.meetings.add_registrant(NUMBER, email="jane@example.com", first_name="Jane", occurrence_ids=[1, "2"])
    )
    assert type(made) is models.AddMeetingRegistrantResponse
    assert embedded.exchanges[0].request.query == [("occurrence_ids", "1,2")]
    assert asked(embedded) == ["meetings.add_meeting_registrant"]


async def test_row_09_lists_registrants_of_a_meeting(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Lists all registrants of a meeting, whatever their state."""
    listed = await world.all(zoom.meetings.list_registrants(NUMBER, status="all"))
    assert {type(each) for each in listed} == {models.MeetingRegistrantListRegistrant}
    states = [dict(each.request.query)["status"] for each in embedded.exchanges]
    assert states == ["pending", "approved", "denied"]
    assert set(asked(embedded)) == {"meetings.list_meeting_registrants"}


async def test_row_10_updates_registrants_of_a_meeting(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Updates registrants' status for a meeting, also of more than 30."""
    people = [each["email"] for each in PEOPLE]
    assert await world.of(zoom.meetings.update_registrant_status(NUMBER, "approve", people)) is None
    assert asked(embedded) == ["meetings.update_registrants_status_of_meeting"] * 3


async def test_row_12_creates_a_webinar(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Creates a webinar for a user."""
    made = await world.of(zoom.webinars.create("me", topic="Launch", duration=60))
    assert (type(made), made.topic) == (models.CreateWebinarResponse, "Launch")
    assert asked(embedded) == ["meetings.create_webinar"]


async def test_row_13_gets_a_webinar(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Retrieves the details of a webinar, by number or UUID."""
    assert type(await world.of(zoom.webinars.get(NUMBER))) is models.Webinar
    assert type(await world.of(zoom.webinars.get(UUID))) is models.Webinar
    assert asked(embedded) == ["meetings.get_webinar"] * 2


async def test_row_14_lists_webinars(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Lists all webinars of a user."""
    listed = await world.all(zoom.webinars.list("me", type="upcoming"))
    assert {type(each) for each in listed} == {models.WebinarListWebinar}
    assert asked(embedded) == ["meetings.list_webinars"]


async def test_row_15_updates_a_webinar(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Updates the details of a webinar."""
    assert await world.of(zoom.webinars.update(NUMBER, topic="Relaunch", occurrence_id="1767225600000")) is None
    assert asked(embedded) == ["meetings.update_webinar"]


async def test_row_16_deletes_a_webinar(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Removes a webinar, or one occurrence of it."""
    assert await world.of(zoom.webinars.delete(NUMBER, cancel_webinar_reminder=True)) is None
    assert await world.of(zoom.webinars.delete(NUMBER, occurrence_id="1767225600000")) is None
    assert asked(embedded) == ["meetings.delete_webinar"] * 2


async def test_row_17_adds_a_registrant_to_a_webinar(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Registers a participant for a webinar."""
    made = await world.of(zoom.webinars.add_registrant(NUMBER, email="jane@example.com", first_name="Jane"))
    assert type(made) is models.AddWebinarRegistrantResponse
    assert asked(embedded) == ["meetings.add_webinar_registrant"]


async def test_row_18_lists_registrants_of_a_webinar(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Lists all registrants of a webinar, whatever their state."""
    listed = await world.all(zoom.webinars.list_registrants(NUMBER, status="all"))
    assert {type(each) for each in listed} == {models.WebinarRegistrantListRegistrant}
    assert asked(embedded) == ["meetings.list_webinar_registrants"] * 3


async def test_row_19_updates_registrants_of_a_webinar(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Updates registrants' status for a webinar, as the list gave them."""
    listed = await world.all(zoom.webinars.list_registrants(NUMBER))
    assert await world.of(zoom.webinars.update_registrant_status(NUMBER, "deny", listed)) is None
    assert asked(embedded)[1:] == ["meetings.update_registrants_status_of_webinar"]


async def test_row_20_adds_panelists(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Registers multiple panelists for a webinar, also more than 30."""
    made = await world.of(
        zoom.webinars.add_panelists(NUMBER, [*PEOPLE, models.Panelist(name="x", email="x@y.example")])
    )
    assert type(made) is models.AddPanelistsResponse
    assert asked(embedded) == ["meetings.add_panelists"] * 3


async def test_row_21_lists_panelists(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Lists all panelists of a webinar."""
    listed = await world.all(zoom.webinars.list_panelists(NUMBER))
    assert {type(each) for each in listed} == {models.PanelistListPanelist}
    assert asked(embedded) == ["meetings.list_panelists"]


async def test_row_22_removes_a_panelist(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Removes a single panelist from a webinar."""
    assert await world.of(zoom.webinars.remove_panelist(NUMBER, "Tg2b6GhcQKKbV7nSCbDKug")) is None
    assert asked(embedded) == ["meetings.remove_panelist"]


async def test_row_24_searches_recordings(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Searches cloud recordings of a user over more than Zoom's month, and of one meeting."""
    listed = await world.all(zoom.recordings.list("me", from_=date(2026, 1, 15), to=date(2026, 3, 20)))
    assert {type(each) for each in listed} == {models.RecordingListMeeting}
    assert type(await world.of(zoom.recordings.for_meeting(UUID))) is models.MeetingRecordings
    assert asked(embedded) == ["meetings.list_all_recordings"] * 3 + ["meetings.get_meeting_recordings"]


async def test_row_25_downloads_recordings(world: World, zoom: Any, embedded: EmbeddedZoom, tmp_path: Path) -> None:
    """Downloads all recordings of a meeting, and one of them by its address and token."""
    paths = await world.of(zoom.recordings.download(NUMBER, to=tmp_path / "all"))
    meeting = await world.of(zoom.recordings.for_meeting(NUMBER, include_fields="download_access_token"))
    file, token = meeting.recording_files[0], meeting.download_access_token
    path = await world.of(zoom.recordings.download(file.download_url, to=tmp_path / "one", token=token))
    assert len(paths) == len(meeting.recording_files) + len(meeting.participant_audio_files)
    assert path.stat().st_size > 0
    assert path.read_bytes() in [each.read_bytes() for each in paths]


async def test_row_26_deletes_recordings(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Removes all recordings of a meeting, or one of them."""
    assert await world.of(zoom.recordings.delete(UUID)) is None
    assert (
        await world.of(zoom.recordings.delete(NUMBER, "72576a1f-4e66-4a77-87c4-f13f9808bd76", action="delete")) is None
    )
    assert asked(embedded) == [
        "meetings.delete_meeting_or_webinar_recordings", "meetings.delete_recording_file_for_meeting_or_webinar",
    ]  # fmt: skip


async def test_row_28_lists_phone_numbers(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Lists all phone numbers owned by the user."""
    listed = await world.all(zoom.phone.list_numbers("me"))
    assert {type(each) for each in listed} == {phones.UsersProfilePhoneNumber}
    assert asked(embedded) == ["phone.get_users_profile"]


async def test_row_29_lists_call_logs(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Lists call logs of a user, within a month and over several."""
    now = datetime.now(UTC)
    listed = await world.all(zoom.phone.list_call_logs("me", from_=now - timedelta(days=7), directions=["inbound"]))
    assert {type(each) for each in listed} == {phones.UsersCallHistoryCallLog}
    await world.all(zoom.phone.list_call_logs("me", from_=now.date() - timedelta(days=70), to=now.date()))
    assert asked(embedded) == ["phone.get_users_call_history"] * 4


async def test_row_32_sends_a_message(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Sends a message to the chat channel or the contact."""
    jane = Mention("jane@example.com", at="@Jane")
    made = await world.of(zoom.chat.send_message("Hello @Jane", to_channel="a channel", mentions=[jane]))
    assert type(made) is SendChatMessageResponse
    await world.of(zoom.chat.send_message("Hello", to_contact="jane@example.com", user_id="joe@example.com"))
    assert asked(embedded) == ["team_chat.send_chat_message"] * 2


async def test_row_34_calls_anything(world: World, zoom: Any, embedded: EmbeddedZoom) -> None:
    """Performs a custom API call, and reads any list to its end."""
    settings = await world.of(zoom.call("GET", "/users/me/settings", params={"option": "meeting_security"}))
    assert isinstance(settings, dict)
    users = await world.all(zoom.pages("GET", "/users", params={"status": "active"}))
    assert {type(each) for each in users} == {dict}
    assert asked(embedded) == ["users.get_user_settings", "users.list_users"]
