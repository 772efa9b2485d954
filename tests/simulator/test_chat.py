"""Team Chat: channels and who is in them, and what is written there and to contacts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.simulator.watching import Told, check
from zoom_api_client import AsyncZoom, Zoom, errors
from zoom_api_client.testing import MockZoom, mock_zoom

NOW = datetime(2026, 3, 31, 9, tzinfo=UTC)
USERS = {"users": [{"id": "jane", "email": "jane@example.com", "first_name": "Jane", "display_name": "Jane Doe"}]}


@pytest.fixture
def mock() -> Iterator[MockZoom]:
    """Return a mock that remembers a user beside the owner, at a known time."""
    with mock_zoom(stateful=True) as mock:
        mock.simulator.clock.set(NOW, frozen=True)
        mock.simulator.seed(USERS)
        yield mock
        check(mock.simulator)


@pytest.fixture
def zoom(mock: MockZoom) -> Iterator[Zoom]:
    """Return a client of it."""
    with Zoom("any token") as zoom:
        yield zoom


@pytest.fixture
def channel(zoom: Zoom) -> str:
    """Return a channel with Jane in it."""
    body = {"name": "Standup", "type": 1, "members": [{"email": "jane@example.com"}]}
    return str(zoom.call("POST", "/chat/users/me/channels", json=body)["id"])


def read(zoom: Zoom, user: str = "me", **query: Any) -> list[dict[str, Any]]:
    """Return the messages that a list has."""
    found: list[dict[str, Any]] = zoom.call("GET", f"/chat/users/{user}/messages", params=query)["messages"]
    return found


def test_a_channel_is_seen_by_those_who_are_in_it(zoom: Zoom, channel: str) -> None:
    """Its owner and its members list it, until they are out of it."""
    for user in ("me", "jane"):
        assert [each["id"] for each in zoom.call("GET", f"/chat/users/{user}/channels")["channels"]] == [channel]
    members = zoom.call("GET", f"/chat/users/me/channels/{channel}/members")["members"]
    assert [(each["email"], each["role"]) for each in members] == [
        ("owner@example.com", "owner"),
        ("jane@example.com", "member"),
    ]
    zoom.call("POST", f"/chat/channels/{channel}/members/me")
    assert zoom.call("GET", f"/chat/channels/{channel}/members")["members"] == members
    zoom.call("DELETE", f"/chat/users/me/channels/{channel}/members/jane@example.com")
    assert not zoom.call("GET", "/chat/users/jane/channels")["channels"]


def test_what_happens_in_channels_is_reported(mock: MockZoom, zoom: Zoom) -> None:
    """Whoever watches channels follows who comes and goes."""
    told = Told(mock.simulator)
    channel = zoom.call("POST", "/chat/users/jane/channels", json={"name": "Standup", "type": 3})["id"]
    zoom.call("PATCH", f"/chat/users/jane/channels/{channel}", json={"name": "Daily"})
    for _ in range(2):  # who is in it stays in it
        zoom.call("POST", f"/chat/channels/{channel}/members/me")
    assert len(zoom.call("GET", f"/chat/channels/{channel}/members")["members"]) == 2
    zoom.call("DELETE", f"/chat/channels/{channel}/members/me")
    zoom.call("POST", f"/chat/channels/{channel}/members", json={"members": [{"email": "owner@example.com"}]})
    zoom.call("DELETE", f"/chat/users/jane/channels/{channel}")
    happened = [
        "created", "updated", "member_joined", "member_joined", "member_left", "member_invited", "deleted",
    ]  # fmt: skip
    assert told.names == [f"chat_channel.{each}" for each in happened]
    assert [about["name"] for _, about in told.events] == ["Standup", *["Daily"] * 6]
    assert {about["id"] for _, about in told.events} == {channel}


def test_a_message_is_read_changed_and_deleted(mock: MockZoom, zoom: Zoom, channel: str) -> None:
    """Its round, and both of the events that Zoom has for each step."""
    told = Told(mock.simulator)
    message = zoom.chat.send_message("Hello", to_channel=channel).id
    reply = zoom.chat.send_message("Hi", to_channel=channel, reply_main_message_id=message, user_id="jane").id
    assert [each["message"] for each in read(zoom, to_channel=channel)] == ["Hi", "Hello"]
    zoom.call("PUT", f"/chat/users/me/messages/{message}", json={"message": "Hello!", "to_channel": channel})
    got = zoom.call("GET", f"/chat/users/me/messages/{message}", params={"to_channel": channel})
    assert (got["message"], got["sender"], got.get("files")) == ("Hello!", "owner@example.com", None)
    zoom.call("DELETE", f"/chat/users/me/messages/{message}", params={"to_channel": channel})
    assert [each["id"] for each in read(zoom, to_channel=channel)] == [reply]
    deleted = read(zoom, to_channel=channel, include_deleted_and_edited_message=True)
    assert [each["status"] for each in deleted] == ["Normal", "Deleted"]
    with pytest.raises(errors.NotFound):
        zoom.call("GET", f"/chat/users/me/messages/{message}", params={"to_channel": channel})
    happened = ["sent", "replied", "updated", "deleted"]
    assert told.names[::2] == [f"chat_message.{each}" for each in happened]
    assert told.names[1::2] == [
        f"team_chat.channel_message_{each}" for each in ("posted", "posted", "updated", "deleted")
    ]


async def test_two_users_write_to_each_other(mock: MockZoom) -> None:
    """Both see the same, and the events say whom it was written to."""
    told = Told(mock.simulator)
    async with AsyncZoom("any token") as zoom:
        await zoom.chat.send_message("Hello Jane", to_contact="jane@example.com")
        await zoom.chat.send_message("Hello", to_contact="owner@example.com", user_id="jane")
        seen = [
            (await zoom.call("GET", f"/chat/users/{user}/messages", params={"to_contact": other}))["messages"]
            for user, other in (("me", "jane"), ("jane", "owner@example.com"))
        ]
    assert [[each["message"] for each in messages] for messages in seen] == [["Hello", "Hello Jane"]] * 2
    assert told.names == ["chat_message.sent", "team_chat.dm_message_posted"] * 2
    assert told.events[0][1]["contact_email"] == "jane@example.com"


def test_messages_are_listed_by_day(mock: MockZoom, zoom: Zoom, channel: str) -> None:
    """Without a day it is today; a range may be longer."""
    zoom.chat.send_message("Yesterday", to_channel=channel)
    mock.simulator.clock.advance(timedelta(days=1))
    zoom.chat.send_message("Today", to_channel=channel)
    assert [each["message"] for each in read(zoom, to_channel=channel)] == ["Today"]
    assert [each["message"] for each in read(zoom, to_channel=channel, date="2026-03-31")] == ["Yesterday"]
    both = {"from": "2026-03-31T00:00:00Z", "to": "2026-04-02T00:00:00Z"}
    assert [each["message"] for each in read(zoom, to_channel=channel, **both)] == ["Today", "Yesterday"]
    assert [each["message"] for each in read(zoom, to_channel=channel, search_key="TO", **both)] == ["Today"]


def test_a_message_is_sent_when_it_is_due(mock: MockZoom, zoom: Zoom, channel: str) -> None:
    """Until then it is a draft, which can be deleted."""
    said = {"to_channel": channel, "scheduled_time": "2026-03-31T10:00:00Z"}
    zoom.call("POST", "/chat/users/me/messages", json={**said, "message": "Later"})
    never = zoom.call("POST", "/chat/users/me/messages", json={**said, "message": "Never"})["id"]
    zoom.call("DELETE", f"/chat/messages/schedule/{never}", params={"to_channel": channel})
    assert not read(zoom, to_channel=channel)
    mock.simulator.clock.advance(3600)
    assert [each["message"] for each in read(zoom, to_channel=channel)] == ["Later"]


def test_a_thread_has_the_answers_to_a_message(zoom: Zoom, channel: str) -> None:
    """It has reactions too, which are counted by message."""
    main = zoom.chat.send_message("Lunch?", to_channel=channel).id
    zoom.chat.send_message("Yes", to_channel=channel, reply_main_message_id=main)
    zoom.chat.send_message("Something else", to_channel=channel)
    path, query = f"/chat/users/me/messages/{main}", {"to_channel": channel, "from": "2026-03-31T00:00:00Z"}
    thread = zoom.call("GET", f"{path}/thread", params={**query, "need_main_message": True})
    assert [(each["message"], each["is_reply"]) for each in thread["messages"]] == [("Yes", True), ("Lunch?", False)]
    zoom.call("PATCH", f"{path}/emoji_reactions", json={"action": "add", "emoji": "U+1F44D", "to_channel": channel})
    (reaction,) = zoom.call("GET", path, params={"to_channel": channel})["reactions"]
    assert (reaction["emoji"], reaction["total_count"]) == ("U+1F44D", 1)
    assert read(zoom, to_channel=channel, exclude_child_message=True)[-1]["reactions"][0]["total_count"] == 1


def test_messages_go_with_their_channel(zoom: Zoom, channel: str) -> None:
    """A message that is found without its channel would be of nobody."""
    message = zoom.chat.send_message("Hello", to_channel=channel).id
    zoom.call("DELETE", f"/chat/users/me/channels/{channel}")
    with pytest.raises(errors.NotFound):
        zoom.call("GET", f"/chat/users/me/messages/{message}", params={"to_channel": channel})


@pytest.mark.parametrize(("to", "code"), [({"to_contact": "nobody@example.com"}, 1001), ({"to_channel": "none"}, 4130)])
def test_a_message_to_nobody_is_refused(zoom: Zoom, to: dict[str, str], code: int) -> None:
    """A misspelt channel would swallow messages."""
    with pytest.raises(errors.NotFound) as refusal:
        zoom.chat.send_message("Hello", **to)
    assert refusal.value.code == code


def test_contacts_are_the_other_users(mock: MockZoom, zoom: Zoom) -> None:
    """What they are doing is what was set."""
    contacts = zoom.call("GET", "/chat/users/me/contacts")["contacts"]
    assert [each["email"] for each in contacts] == ["jane@example.com"]
    mock.simulator.set_presence("jane", "In_A_Zoom_Meeting")
    shown = zoom.call("GET", "/chat/users/me/contacts/jane@example.com", params={"query_presence_status": True})
    assert (shown["first_name"], shown["presence_status"]) == ("Jane", "In_A_Meeting")
    found = zoom.call("GET", "/contacts", params={"search_key": "doe", "query_presence_status": True})["contacts"]
    assert [(each["id"], each["presence_status"]) for each in found] == [("jane", "Away")]
    with pytest.raises(errors.NotFound):
        zoom.call("GET", "/chat/users/me/contacts/nobody")
