"""What a model keeps, and what it lets one do."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from tests.client.shapes import Plan, Room, Weekly, plan, read
from zoom_api_client import UNSET
from zoom_api_client.core import validation

AS_ZOOM_SENT_IT: dict[str, Any] = {
    "topic": "",
    "id": "93847566001",
    "kind": "never-heard-of-it",
    "note": None,
    "start_time": "next Tuesday",
    "from": "2026-03-01T10:00:00Z",
    "room": {"id": 7, "new": {"a": [1, None]}},
    "rooms": [{"id": 1}, None, "odd", [{"id": 2}]],
    "recurrence": "",
    "seats": 2**70,
    "brand_new": [{"of": {"tomorrow": True}}],
}


def test_nothing_that_zoom_sends_is_lost_or_changed() -> None:
    """An unknown field, an odd value or a bent type must come out as it went in, in the same order."""
    again = Plan.from_dict(AS_ZOOM_SENT_IT).to_dict()
    assert again == AS_ZOOM_SENT_IT
    assert list(again) == list(AS_ZOOM_SENT_IT)


def test_source_of_a_model_is_not_touched() -> None:
    """`from_dict` that keeps the caller's own lists and objects would change them behind his back."""
    source = copy.deepcopy(AS_ZOOM_SENT_IT)
    made = Plan.from_dict(source)
    made.topic = "Changed"
    made.rooms[0].id = 99  # type: ignore[index]
    made.additional_properties["brand_new"].append("more")
    assert source == AS_ZOOM_SENT_IT


def test_result_of_to_dict_is_the_callers() -> None:
    """A change to the JSON object must not reach back into the model."""
    made = Plan.from_dict(AS_ZOOM_SENT_IT)
    given = made.to_dict()
    given["room"]["new"]["a"].append(2)
    given["rooms"].clear()
    assert made.to_dict() == AS_ZOOM_SENT_IT


@pytest.mark.parametrize(("sent", "value"), [({}, UNSET), ({"note": None}, None), ({"note": ""}, "")])
def test_missing_null_and_empty_are_told_apart(sent: dict[str, Any], value: object) -> None:
    """For Zoom, leaving out a field, clearing it and emptying it are three different wishes."""
    made = read(**sent)
    assert made.note is value or made.note == value != UNSET
    assert made.to_dict() == {"topic": "Move", **sent}


def test_field_that_is_unset_again_is_not_sent() -> None:
    """`UNSET` takes a field back, whether it was read or given, renamed or a time."""
    made = read(note="x", **{"from": "2026-03-01T10:00:00Z"})
    made.note = made.from_ = UNSET
    assert made.to_dict() == {"topic": "Move"}
    assert plan(note=UNSET, start_time=UNSET).to_dict() == {"topic": "Move"}


@pytest.mark.parametrize("name", ["note", "from_", "start_time"])
def test_field_can_be_deleted_whatever_its_kind(name: str) -> None:
    """`del` must work for a time and a renamed field as for the others."""
    made = read(note="x", start_time="2026-03-01T10:00:00Z", **{"from": "2026-03-01T10:00:00Z"})
    delattr(made, name)
    assert getattr(made, name) is UNSET


def test_unset_is_one_and_is_false() -> None:
    """`if meeting.agenda:` and `is UNSET` are how users ask; a second `UNSET` would break both."""
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert copy.copy(UNSET) is copy.deepcopy(UNSET) is pickle.loads(pickle.dumps(UNSET)) is UNSET


def test_extra_fields_can_be_seen_set_and_deleted() -> None:
    """What Zoom adds tomorrow must be within reach today."""
    made = read(brand_new=1, other=2)
    extra = made.additional_properties
    assert dict(extra) == {"brand_new": 1, "other": 2}
    assert (len(extra), "topic" in extra, "other" in extra) == (2, False, True)
    extra["third"] = {"a": 1}
    del extra["other"]
    assert made.to_dict() == {"topic": "Move", "brand_new": 1, "third": {"a": 1}}
    assert dict(extra) == {"brand_new": 1, "third": {"a": 1}}
    assert repr(extra) == "{'brand_new': 1, 'third': {'a': 1}}"


@pytest.mark.parametrize("name", ["topic", "from", "seats"])
def test_declared_field_is_not_an_extra_field(name: str) -> None:
    """Two ways to set one field would end in two values."""
    extra = read(**{"from": "2026-03-01T10:00:00Z"}).additional_properties
    with pytest.raises(KeyError, match=name):
        extra[name] = "x"
    with pytest.raises(KeyError):
        del extra[name]
    with pytest.raises(KeyError):
        extra[name]
    assert name not in extra


def test_extra_fields_can_be_replaced() -> None:
    """Assigning them puts the new ones in the place of the old, and leaves declared fields alone."""
    made = read(old=1)
    made.additional_properties = {"new": 2}
    assert made.to_dict() == {"topic": "Move", "new": 2}


def test_extra_fields_assigned_to_themselves_stay() -> None:
    """A view that is cleared before it is read would lose everything."""
    made = read(old=1)
    made.additional_properties = made.additional_properties
    assert made.to_dict() == {"topic": "Move", "old": 1}


def test_renamed_field_stands_in_json_under_zooms_name() -> None:
    """`from` is a Python keyword and `floorNumber` no Python name: both must reach Zoom as Zoom spells them."""
    made = plan(floor_number=3)
    assert made.to_dict() == {"topic": "Move", "floorNumber": 3}
    made.floor_number = 4
    assert (made.floor_number, made.to_dict()["floorNumber"]) == (4, 4)
    assert read(floorNumber=5).floor_number == 5
    assert read().floor_number is UNSET


def test_equal_fields_make_equal_models() -> None:
    """It must not matter how a model was made, only what it says."""
    assert plan(room=Room(id=1), note=UNSET) == read(room={"id": 1})
    assert plan() != plan(note=None)
    assert plan() != read(extra=0)
    assert Room(id=1) != Weekly.from_dict({"id": 1})
    assert Room(id=1) != {"id": 1}


def test_model_is_not_hashable() -> None:
    """A model can be changed: in a set it would be lost."""
    with pytest.raises(TypeError, match="unhashable"):
        hash(plan())


@pytest.mark.parametrize(
    "how", [copy.deepcopy, lambda made: pickle.loads(pickle.dumps(made))], ids=["deepcopy", "pickle"]
)
def test_deep_copy_shares_nothing(how: Callable[[Any], Any]) -> None:
    """Models go into caches and to other processes, and come back equal."""
    made: Any = Plan.from_dict(AS_ZOOM_SENT_IT)
    again = how(made)
    assert type(again) is Plan
    assert again == made
    assert again.seats is not UNSET
    assert again.day is UNSET
    again.room.id = 8  # type: ignore[union-attr]
    again.additional_properties["brand_new"].clear()
    assert made.to_dict() == AS_ZOOM_SENT_IT


def test_shallow_copy_has_its_own_fields() -> None:
    """A copy that shares the fields is not a copy."""
    made = plan(note="old")
    again = copy.copy(made)
    again.note = "new"
    assert (made.note, again.note) == ("old", "new")


HOSTILE = [
    "to_dict",
    "from_dict",
    "additional_properties",
    "_adopt",
    "_adopt_all",
    "_fields",
    "_nested",
    "__class__",
    "__dict__",
    "__eq__",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_extra_field_named_like_something_of_ours_does_not_break_a_model(name: str) -> None:
    """Zoom may call a field what it likes; the methods stay what they are."""
    source = {"topic": "Move", name: 1}
    made = Plan.from_dict(source)
    assert made.to_dict() == source
    assert dict(made.additional_properties) == {name: 1}
    assert made == Plan.from_dict(source) != plan()
    assert repr(made) == f"Plan(topic='Move', {name}=1)"
    assert copy.deepcopy(made).to_dict() == source
    validation.check_body("any.operation", made)


def test_method_cannot_be_overwritten_by_mistake() -> None:
    """`model.to_dict = …` would otherwise send a field of that name."""
    with pytest.raises(AttributeError, match="to_dict is a method"):
        plan().to_dict = 1  # type: ignore[method-assign,assignment]


def test_attrs_knows_the_fields() -> None:
    """Tools that work on attrs classes (cattrs, rich, IDEs) work on models."""
    fields = {field.name: field for field in attrs.fields(Plan)}  # type: ignore[arg-type]
    assert fields["topic"].default is attrs.NOTHING
    assert fields["note"].default is UNSET
    assert fields["from_"].metadata["wire"] == "from"
    assert attrs.has(Plan)


@pytest.mark.parametrize(
    ("given", "says"), [({"topik": "x", "topic": "x"}, "topik"), ({}, "topic")], ids=["unknown", "missing"]
)
def test_constructor_refuses_what_is_not_declared_and_asks_for_what_is_required(
    given: dict[str, Any], says: str
) -> None:
    """A misspelt field would be sent, and ignored by Zoom without a word."""
    with pytest.raises(TypeError, match=f"'{says}'"):
        Plan(**given)


def test_constructor_takes_no_positions() -> None:
    """Zoom adds fields in the middle: positions would shift."""
    with pytest.raises(TypeError, match="positional"):
        Room(1)  # type: ignore[call-arg]
