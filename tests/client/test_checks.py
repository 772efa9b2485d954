"""What is checked before a request is made, and what is left to Zoom."""

import re
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

import httpx
import pytest

from tests.client.shapes import Hall, Monthly, Plan, Room, Street, Weekly, plan, read
from zoom_api_client import UNSET, File, Zoom
from zoom_api_client.api.meetings import create_meeting
from zoom_api_client.api.users import upload_users_profile_picture
from zoom_api_client.core import validation
from zoom_api_client.models.meetings import CreateMeetingBody
from zoom_api_client.models.users import UploadUsersProfilePictureBody


def refused(body: Any, error: type[Exception], says: str) -> None:
    """Check that a body is refused in these words."""
    with pytest.raises(error, match=f"^{re.escape(says)}$"):
        validation.check_body("meetings.do_it", body)


@pytest.mark.parametrize(
    ("field", "value", "where", "wanted", "got"),
    [
        ("topic", 5, "topic", "text", "int"),
        ("topic", None, "topic", "text", "NoneType"),
        ("seats", "30", "seats", "a whole number", "str"),
        ("seats", 30.5, "seats", "a whole number", "float"),
        ("seats", True, "seats", "a whole number", "bool"),
        ("share", "0.5", "share", "a number", "str"),
        ("share", False, "share", "a number", "bool"),
        ("open", 1, "open", "True or False", "int"),
        ("open", "true", "open", "True or False", "str"),
        ("kind", 1.5, "kind", "a whole number or text", "float"),
        ("kind", True, "kind", "a whole number or text", "bool"),
        ("start_time", 1767225600, "start_time", "a datetime", "int"),
        ("from_", 5, "from_", "a datetime", "int"),
        ("room", "Attic", "room", "Room", "str"),
        ("room", [], "room", "Room", "list"),
        ("room", {"id": "x"}, "room.id", "a whole number", "str"),
        ("room", Room.from_dict({"id": 1, "name": 5}), "room.name", "text", "int"),
        ("rooms", {"id": 1}, "rooms", "a list", "dict"),
        ("rooms", [{"id": 1}, "Attic"], "rooms[1]", "Room", "str"),
        ("rooms", [{"id": 1}, {"id": 1, "name": 2}], "rooms[1].name", "text", "int"),
        ("grid", [[{"id": 1}], [{"id": None}]], "grid[1][0].id", "a whole number", "NoneType"),
        ("tags", "one", "tags", "a list", "str"),
        ("tags", ["one", 2], "tags[1]", "text", "int"),
        ("map", "map.png", "map", "File", "str"),
        ("photos", [b"", "map.png"], "photos[1]", "File", "str"),
        ("place", "Attic", "place", "Hall or Street", "str"),
    ],
)
def test_value_of_a_wrong_type_is_refused_in_words_that_help(
    field: str, value: Any, where: str, wanted: str, got: str
) -> None:
    """Zoom answers `Validation Failed.` at best; the caller wants to know which field, and what belongs there."""
    refused(plan(**{field: value}), TypeError, f"meetings.do_it: body.{where} must be {wanted}, not {got}")


def test_what_may_be_null_is_said_so() -> None:
    """`NoneType` is not a word for a user."""
    refused(plan(note=5), TypeError, "meetings.do_it: body.note must be text or None, not int")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (Plan.from_dict({}), "body.topic"),
        (plan(topic=UNSET), "body.topic"),
        (plan(room={"name": "Attic"}), "body.room.id"),
        (plan(rooms=[Room(id=1), {}]), "body.rooms[1].id"),
        (plan(anything=[Room.from_dict({})]), "body.anything[0].id"),
        ([plan(), Plan.from_dict({})], "body[1].topic"),
    ],
    ids=["empty", "unset", "object", "list", "anything", "several"],
)
def test_missing_field_is_named(body: Any, field: str) -> None:
    """A model from a dict, or one changed since it was made, can lack what its constructor asks for."""
    refused(body, ValueError, f"meetings.do_it: {field} is missing, and Zoom requires it")


@pytest.mark.parametrize("where", ["id", "pmi", "room_ids"])
@pytest.mark.parametrize(
    ("value", "good"), [("93847566001", True), (93847566001, True), ("9x", False), ("", False), (True, False)]
)
def test_id_of_digits_may_be_text(where: str, value: Any, good: bool) -> None:
    """Zoom's answers have ids as text and as numbers: what it sends can be sent back."""
    body = plan(**{where: [value] if where == "room_ids" else value})
    if good:
        validation.check_body("meetings.do_it", body)
    else:
        with pytest.raises(TypeError, match="a whole number"):
            validation.check_body("meetings.do_it", body)


@pytest.mark.parametrize(
    "value",
    [
        Weekly(repeat="Weekly"),
        Monthly(repeat="Monthly", months=[1]),
        {"repeat": "Monthly", "days": {"id": 1}},
    ],
    ids=repr,
)
def test_object_may_be_any_of_several_models(value: Any) -> None:
    """A union is refused only by all of its models together."""
    validation.check_body("meetings.do_it", plan(recurrence=value))


@pytest.mark.parametrize(
    ("value", "error", "says"),
    [
        ({}, ValueError, "repeat is missing, and Zoom requires it"),
        (Room(id=1), ValueError, "repeat is missing, and Zoom requires it"),
        ({"repeat": "Weekly", "days": 5}, TypeError, "days must be a list, not int"),
        ({"repeat": "Monthly", "days": 5}, TypeError, "days must be Room, not int"),
    ],
    ids=repr,
)
def test_object_that_is_none_of_several_models_is_refused(value: Any, error: type[Exception], says: str) -> None:
    """The words are about the model that has least against it, and of two such about the one declared first."""
    refused(plan(recurrence=value), error, f"meetings.do_it: body.recurrence.{says}")


LENIENT: list[dict[str, Any]] = [
    {"topic": "x" * 10_000},
    {"seats": -1},
    {"seats": 2**70},
    {"kind": 2},
    {"kind": "other"},
    {"share": 1},
    {"note": None},
    {"start_time": "next Tuesday"},
    {"start_time": datetime(2026, 3, 1, tzinfo=UTC), "day": date(2026, 3, 1)},
    {"day": "2026-03-01", "topic": date(2026, 3, 1)},
    {"rooms": (Room(id=1),), "tags": []},
    {"room": {"id": 1, "brand_new": object}},
    {"room": MappingProxyType({"id": 1})},
    {"settings": {}, "anything": {"any": [object]}},
    {"place": Street(), "recurrence": UNSET},
    {"by_floor": {"1": {"id": 1}, "2": Room(id=2)}},
    {"map": File(b""), "photos": [File(b""), b""]},
]


@pytest.mark.parametrize("fields", LENIENT, ids=repr)
def test_limits_are_zooms_business(fields: dict[str, Any]) -> None:
    """Zoom's documents are wrong about them; a client that knows better than Zoom stands in the way."""
    validation.check_body("meetings.do_it", plan(**fields))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"kind": 99}, "kind is 99, which Zoom does not declare; it has 1, 2, 'other'."),
        ({"kind": "othre"}, "kind is 'othre', which Zoom does not declare; did you mean 'other'?"),
        ({"place": Street(label="Up")}, "place.label is 'Up', which Zoom does not declare; it has 'North', 'South'."),
        ({"answered": ["lef"]}, "answered[0] is 'lef', which Zoom does not declare; did you mean 'left'?"),
    ],
    ids=repr,
)
def test_values_that_no_enumeration_has_are_refused(fields: dict[str, Any], says: str) -> None:
    """Zoom takes a misspelt `auto_recording` with 204, and turns recording off; also where answers have the model."""
    way_out = "To send it all the same, use zoom.call(…, json=…), which checks nothing"
    refused(plan(**fields), ValueError, f"meetings.do_it: body.{says} {way_out}")


def test_value_that_no_enumeration_has_is_sent_on_purpose() -> None:
    """Zoom has values that its documents do not know yet: a call of a path takes any."""
    sent: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.content)
        return httpx.Response(204)

    with Zoom("a token", transport=httpx.MockTransport(answer)) as zoom:
        with pytest.raises(
            ValueError, match=r"update_meeting: body\.settings\.auto_recording is 'clould'.*mean 'cloud'"
        ):
            zoom.meetings.update(1, settings={"auto_recording": "clould"})
        zoom.call("PATCH", "/meetings/1", json={"settings": {"auto_recording": "brand_new"}})
    assert sent == [b'{"settings":{"auto_recording":"brand_new"}}']


def test_fields_that_the_document_does_not_have_are_sent_unchecked() -> None:
    """Whoever knows of a new field can use it before we do."""
    made = read(brand_new=1)
    made.additional_properties["other"] = {"id": "x"}
    validation.check_body("meetings.do_it", made)


def test_list_in_the_place_of_one_of_several_models_is_refused() -> None:
    """Each of the models could be meant; a list is none of them."""
    refused(plan(place=[Hall()]), TypeError, "meetings.do_it: body.place must be Hall or Street, not list")


def test_refused_body_is_never_sent() -> None:
    """The check stands before the request, in every operation."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(201, json={})

    body = CreateMeetingBody.from_dict({"settings": {"host_video": "yes"}})
    with (
        Zoom("a token", transport=httpx.MockTransport(answer)) as zoom,
        pytest.raises(
            TypeError, match=r"^meetings\.create_meeting: body\.settings\.host_video must be True or False, not str$"
        ),
    ):
        zoom.api.meetings.create_meeting("me", body=body)
    assert sent == []


def test_value_that_was_refused_is_not_shown() -> None:
    """Passcodes are refused like other values, and the message goes into logs."""
    with pytest.raises(TypeError) as caught:
        create_meeting.request("me", body=CreateMeetingBody.from_dict({"password": [987654]}))
    assert "987654" not in str(caught.value)


def test_path_where_a_file_belongs_is_refused() -> None:
    """`pic_file="me.png"` would send six letters and no picture."""
    body = UploadUsersProfilePictureBody.from_dict({"pic_file": "me.png"})
    with pytest.raises(TypeError, match=r"body\.pic_file must be File, not str"):
        upload_users_profile_picture.request("me", body=body)
