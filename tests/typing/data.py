"""What type checkers know of models, events and the index of operations. It is checked and never run."""

from collections.abc import Mapping, MutableMapping
from typing import Any, Literal, assert_type

from zoom_api_client import UNSET, File, Unset, events
from zoom_api_client.api import operations
from zoom_api_client.core.operation import Operation
from zoom_api_client.events.meetings import MeetingStarted, MeetingStartedObject
from zoom_api_client.models.meetings import CreateMeetingBody, CreateTrackingField, Meeting


def models() -> None:
    """A model is made by keyword or of a dict, and its fields are typed."""
    body = CreateMeetingBody(topic="Standup", type=2, tracking_fields=[CreateTrackingField(field="team")])
    assert_type(body.topic, str | Unset)
    assert_type(body.type, Literal[1, 2, 3, 8, 10] | Unset)
    assert_type(body.tracking_fields, list[CreateTrackingField] | Unset)
    body.agenda = UNSET
    body.agenda = "New"
    assert_type(body.to_dict(), dict[str, Any])
    assert_type(Meeting.from_dict({"id": 1}), Meeting)
    assert_type(body.additional_properties, MutableMapping[str, Any])
    body.additional_properties = {"brand_new": 1}


def topic_of(meeting: Meeting) -> str:
    """`is UNSET` and `isinstance` tell what is there from what is not."""
    assert_type(meeting.agenda, str | Unset)
    if isinstance(meeting.agenda, Unset):
        return meeting.topic
    return meeting.agenda


def deliveries(body: bytes) -> None:
    """`isinstance` makes an event of a class of it, and its payload is typed."""
    event = events.parse(body)
    assert_type(event, events.Event)
    if isinstance(event, MeetingStarted):
        assert_type(event.event_ts, int)
        assert_type(event.payload.account_id, str)
        assert_type(event.payload.object, MeetingStartedObject)
        assert_type(event.payload.object.topic, str)
    elif isinstance(event, events.UnknownEvent):
        assert_type(event.payload, Any)
    assert_type(events.registry(), Mapping[str, type[events.Event]])


def index() -> None:
    """Every operation is a value with its facts."""
    assert_type(operations(), tuple[Operation[Any], ...])
    for operation in operations():
        assert_type(operation.product, str)
        assert_type(operation.scopes, tuple[str, ...])
        assert_type(operation.deprecated, bool)
        assert_type(operation.decode(200, {}), Any)


def files() -> None:
    """A file is bytes or an open binary file."""
    with open("a.mp4", "rb") as opened:  # noqa: PTH123 - what `open` gives must be accepted
        assert_type(File(opened, "a.mp4"), File)
    assert_type(File.at("a.mp4"), File)
