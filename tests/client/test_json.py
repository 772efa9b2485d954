"""Models go to JSON, to pydantic and to FastAPI without a detour."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import pytest

from tests.client.shapes import Plan, Room, plan, read
from zoom_api_client import UNSET, to_jsonable
from zoom_api_client.core import codec
from zoom_api_client.core.event import Event, UnknownEvent, parse
from zoom_api_client.events.meetings import MeetingEnded, MeetingStarted
from zoom_api_client.models.meetings import Meeting

pydantic = pytest.importorskip("pydantic")
STARTED = {"event": "meeting.started", "event_ts": 1, "payload": {"object": {"id": "1"}}}


def test_model_is_json_text() -> None:
    """`to_json()` says what `to_dict()` says, on one line or indented."""
    made = plan(note="Zoë", start_time=datetime(2026, 3, 1, tzinfo=UTC), seats=2**70)
    assert json.loads(made.to_json()) == made.to_dict()
    assert made.to_json() == f'{{"topic":"Move","seats":{2**70},"note":"Zoë","start_time":"2026-03-01T00:00:00Z"}}'
    assert Room(id=1).to_json(indent=2) == '{\n  "id": 1\n}'


@pytest.mark.parametrize("text", ['"half \\ud83d"', "NaN", "1e999", "[-1e999]"])
@pytest.mark.parametrize("indent", [None, 2])
def test_what_zoom_sends_and_json_has_not_comes_back(text: str, indent: int | None) -> None:
    """Zoom cuts a topic in the midst of an emoji, and measures give no number: `to_dict()` and `to_json()` say it."""
    sent = codec.loads(f'{{"event":"x","payload":{{"object":{{"a":{text}}}}}}}')
    event = parse(sent)
    assert repr(event.to_dict()) == repr(sent)
    assert repr(codec.loads(event.to_json(indent=indent).encode())) == repr(sent)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_number_that_json_has_not_is_never_sent(number: float) -> None:
    """Zoom would get a null in its place."""
    for value in (number, [number], {"a": [{"b": number}]}, [2**70, number]):
        with pytest.raises(ValueError, match=r"not a number|not JSON"):
            codec.dumps(codec.plain(value))


def test_models_and_times_anywhere_are_encoded() -> None:
    """`default=to_jsonable` is all that `json.dumps` needs; what JSON does not have is still refused."""
    value = {"rooms": [Room(id=1), plan(room=Room(id=2))], "at": datetime(2026, 3, 1, tzinfo=UTC)}
    text = json.dumps(value, default=to_jsonable)
    assert json.loads(text) == {
        "rooms": [{"id": 1}, {"topic": "Move", "room": {"id": 2}}],
        "at": "2026-03-01T00:00:00Z",
    }
    with pytest.raises(TypeError):
        json.dumps({"x": UNSET}, default=to_jsonable)


def test_field_of_pydantic_is_a_model() -> None:
    """A pydantic model takes a model or its JSON, and gives the JSON back without loss."""
    booking: Any = pydantic.create_model("Booking", plan=(Plan, ...), rooms=(list[Room], ...))
    made = booking.model_validate_json('{"plan": {"topic": "x", "new": null}, "rooms": [{"id": 1}]}')
    assert type(made.plan) is Plan
    assert made.model_dump() == {"plan": {"topic": "x", "new": None}, "rooms": [{"id": 1}]}
    kept = plan()
    assert booking(plan=kept, rooms=[]).plan is kept
    with pytest.raises(pydantic.ValidationError, match="give a JSON object or Plan, not int"):
        booking(plan=1, rooms=[])


def test_event_of_pydantic_has_its_own_class() -> None:
    """A field of the type `Event` holds the typed event of its name; a narrower type is kept."""
    assert type(pydantic.TypeAdapter(Event).validate_python(STARTED)) is MeetingStarted
    assert type(pydantic.TypeAdapter(MeetingStarted).validate_python(STARTED)) is MeetingStarted


def test_json_schema_names_the_fields() -> None:
    """The page of an API made with FastAPI shows what a model has, by its names in JSON."""
    schema = pydantic.TypeAdapter(Plan).json_schema()
    fields = schema["properties"]
    assert (schema["title"], schema["type"], schema["required"]) == ("Plan", "object", ["topic"])
    assert fields["from"] == {"type": "string", "format": "date-time"}
    assert fields["room"]["properties"]["id"] == {"type": "integer"}
    assert fields["rooms"]["items"]["title"] == "Room"
    assert fields["note"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}
    assert len(fields["recurrence"]["anyOf"]) == 2
    assert pydantic.TypeAdapter(Meeting).json_schema(mode="serialization")["title"] == "Meeting"


def test_pydantic_is_not_loaded_by_us() -> None:
    """Whoever does not use pydantic does not pay for it."""
    script = """if True:
        import sys
        from zoom_api_client.models.meetings import Meeting
        assert repr(Meeting.from_dict({})) == "Meeting()"
        assert not [each for each in sys.modules if each.startswith("pydantic")]
    """
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_fastapi_takes_and_answers_models() -> None:
    """An endpoint has a model as its body, which FastAPI wants to be called `Body()`, and as its answer."""
    fastapi = pytest.importorskip("fastapi")
    testclient = pytest.importorskip("starlette.testclient")
    app = fastapi.FastAPI()

    @app.post("/plans")
    def change(body: Annotated[Plan, fastapi.Body()]) -> Plan:
        body.note = "seen"
        return body

    answer = testclient.TestClient(app).post("/plans", json={"topic": "x", "new": 1})
    assert answer.json() == {"topic": "x", "new": 1, "note": "seen"}
    page = app.openapi()
    assert "Plan" in json.dumps(page["paths"]["/plans"])


def test_rich_and_ipython_show_no_secret() -> None:
    """What they show in whole is masked like a repr."""
    made = read(password="5ecr3t", room={"id": 1, "password": "5ecr3t"}, settings={"zak": "5ecr3t"})
    assert dict(made.__rich_repr__())["password"] == "…"
    pretty = pytest.importorskip("rich.pretty")
    assert "5ecr3t" not in pretty.pretty_repr(made)
    assert "Room(id=1" in pretty.pretty_repr(made)


def test_repr_of_much_is_short() -> None:
    """Ten thousand items or characters do not fill a terminal or a log."""
    made = read(
        note="x" * 10_000, rooms=[{"id": 1}] * 10_000, tags=["y" * 500] * 100, **{f"n{i}": i for i in range(99)}
    )
    assert len(repr(made)) < 700
    assert "… 9997 more" in repr(made)
    assert repr(made).endswith(" more)")


def test_union_of_events_is_read_by_their_names() -> None:
    """The first of a union would take them all, and a handler of an end would be told of a beginning."""
    either: Any = pydantic.TypeAdapter(MeetingStarted | MeetingEnded)
    assert type(either.validate_python(STARTED)) is MeetingStarted
    assert type(either.validate_python({**STARTED, "event": "meeting.ended"})) is MeetingEnded
    with pytest.raises(pydantic.ValidationError, match=r"event is .meeting\.x., which is not that of MeetingStarted"):
        either.validate_python({**STARTED, "event": "meeting.x"})
    with pytest.raises(pydantic.ValidationError, match="event is None"):
        either.validate_python({})
    assert type(pydantic.TypeAdapter(UnknownEvent).validate_python(STARTED)) is UnknownEvent
