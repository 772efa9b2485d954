"""Messages: mentions stand where Zoom counts them, and what it would refuse is not sent."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from zoom_api_client import Mention
from zoom_api_client.arguments import chat
from zoom_api_client.models.team_chat import SendChatMessageBody

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "now", lambda: NOW)


def sent(_: httpx.Request) -> httpx.Response:
    """Answer that the message was sent."""
    return httpx.Response(201, json={"id": "1"})


async def send(world: World, message: str = "Hello", **options: Any) -> Any:
    """Send a message to a channel, and return the body that went out."""
    await world.of(world.zoom(sent).chat.send_message(message, **{"to_channel": "a channel", **options}))
    return json.loads(world.seen[-1].content)


async def test_message_has_what_was_given_and_nothing_else(world: World) -> None:
    """An empty list of files in an edit would remove them: what was not given is not sent."""
    assert await send(world) == {"message": "Hello", "to_channel": "a channel"}
    assert world.seen[0].url.path == "/v2/chat/users/me/messages"


async def test_every_field_of_the_body_can_be_given(world: World) -> None:
    """The method spells the fields out: a new one of Zoom's must be added."""
    given = {
        "rich_text": [{"start_position": 0, "end_position": 4, "format_type": "Bold"}],
        "file_ids": ["a", "b"],
        "interactive_cards": [{"card_json": "{}"}],
        "reply_main_message_id": "5",
        "at_items": [{"at_type": 2, "start_position": 0, "end_position": 3}],
        "scheduled_time": NOW + timedelta(hours=1),
    }
    body = await send(world, "@all", **given)
    assert body.keys() | {"to_contact"} == SendChatMessageBody._fields.keys()
    assert body["scheduled_time"] == "2026-03-01T13:00:00Z"


async def test_mention_ends_at_its_last_character(world: World) -> None:
    """Zoom's own example is "@Shrijana How are you?", from 0 to 8: one more would swallow the space."""
    body = await send(world, "@Shrijana How are you?", mentions=[Mention("s@example.com", at="@Shrijana")])
    assert body["at_items"] == [{"at_type": 1, "at_contact": "s@example.com", "start_position": 0, "end_position": 8}]


async def test_mentions_of_the_same_words_stand_one_after_the_other(world: World) -> None:
    """Two Janes are two people; everybody needs no contact."""
    mentions = [
        Mention("one@example.com", at="@Jane"),
        Mention("two@example.com", at="@Jane"),
        Mention(None, at="@all"),
    ]
    body = await send(world, "é @Jane and @Jane, @all", mentions=mentions)
    assert [(each.get("at_contact"), each["start_position"], each["end_position"]) for each in body["at_items"]] == [
        ("one@example.com", 2, 6), ("two@example.com", 12, 16), (None, 19, 22),
    ]  # fmt: skip
    assert [each["at_type"] for each in body["at_items"]] == [1, 1, 2]


async def test_limits_themselves_are_taken(world: World) -> None:
    """A check that is off by one refuses what Zoom takes."""
    latest = NOW + timedelta(days=180)
    body = await send(world, "x" * 1024, file_ids=["a"] * 6, interactive_cards=[{}] * 5, scheduled_time=latest)
    assert (len(body["message"]), len(body["file_ids"]), len(body["interactive_cards"])) == (1024, 6, 5)


@pytest.mark.parametrize(
    ("message", "options", "error", "says"),
    [
        ("Hello", {"to_channel": ""}, ValueError, "exactly one of to_contact and to_channel"),
        ("Hello", {"to_contact": "jane@example.com"}, ValueError, "exactly one of to_contact and to_channel"),
        ("", {}, ValueError, "the message is empty"),
        ("x" * 1025, {}, ValueError, "1025 characters, and Zoom takes 1024"),
        ("Hello", {"file_ids": ["a"] * 7}, ValueError, "file_ids has 7 items, and Zoom takes 6"),
        ("Hello", {"file_ids": "abc"}, TypeError, "file_ids is text"),
        ("Hello", {"interactive_cards": [{}] * 6}, ValueError, "interactive_cards has 6 items, and Zoom takes 5"),
        ("Hello", {"scheduled_time": NOW + timedelta(minutes=30)}, ValueError, "more than 30 minutes"),
        ("Hello", {"scheduled_time": NOW + timedelta(days=180, seconds=1)}, ValueError, "at most 180 days"),
        ("Hello", {"scheduled_time": datetime(2026, 3, 2, 12)}, ValueError, "no time zone"),
        ("Hello", {"mentions": [Mention("jane@example.com", at="@Jane")]}, ValueError, "the message has no '@Jane'"),
        ("@Jane", {"mentions": [Mention("a@b.example", at="@Jane")] * 2}, ValueError, "the message has no '@Jane'"),
    ],
)
async def test_what_zoom_would_refuse_is_not_sent(
    world: World, message: str, options: dict[str, Any], error: type[Exception], says: str
) -> None:
    """Each of these is a code without a word at Zoom, or a message to the wrong place."""
    with pytest.raises(error, match=says):
        await send(world, message, **options)
    assert world.seen == []
