"""A misspelt name is an error that says what was meant, and never a field that Zoom ignores without a word."""

import inspect
from typing import Any

import pytest

from tests.client.shapes import Plan, Room, Street, plan, read
from zoom_api_client import UNSET, rows
from zoom_api_client.api.meetings import create_meeting
from zoom_api_client.core import unset_reads
from zoom_api_client.models.meetings import CreateMeetingBody


def test_misspelt_argument_says_what_was_meant() -> None:
    """The constructor names the field that comes nearest; a name of Zoom's leads to Python's."""
    with pytest.raises(TypeError, match="Plan has no field 'topik'; did you mean 'topic'"):
        plan(topik="x")
    with pytest.raises(TypeError, match="did you mean 'floor_number'"):
        plan(floorNumber=1)


def test_misspelt_attribute_says_what_was_meant() -> None:
    """Reading and writing say the same."""
    made: Any = read()
    with pytest.raises(AttributeError, match="Plan has no field 'start_tim'; did you mean 'start_time'"):
        made.start_tim  # noqa: B018
    with pytest.raises(AttributeError, match="Plan has no field 'start_tim'; did you mean 'start_time'"):
        made.start_tim = None
    assert made.to_dict() == {"topic": "Move"}


def test_undeclared_attribute_says_where_it_belongs() -> None:
    """What Zoom has and its document has not goes into `additional_properties`; once there, it can be read."""
    made: Any = read()
    with pytest.raises(AttributeError, match="additional_properties"):
        made.quite_another = 1
    made.additional_properties["quite_another"] = 1
    assert made.quite_another == 1


def test_name_of_python_is_asked_for_without_a_guess() -> None:
    """Libraries probe for `__wrapped__` and the like: they get the usual error, and quickly."""
    assert not hasattr(read(), "__wrapped__")
    assert not hasattr(UNSET, "__wrapped__")


class Holder:
    """A thing of the user's own that holds a model."""

    def __init__(self) -> None:
        self.plan = plan()


def test_reading_through_unset_names_the_field_and_the_model() -> None:
    """The line that fails says what was read before: in a chain, in another object, under a renamed field."""
    made: Any = Plan.from_dict({"topic": "x", "room": {"id": 1}})
    with pytest.raises(AttributeError, match=r"^Plan\.place is UNSET .*'label'"):
        made.place.label  # noqa: B018
    with pytest.raises(AttributeError, match=r"^Room\.name is UNSET .*'first'"):
        made.room.name.first  # noqa: B018
    with pytest.raises(AttributeError, match=r"^Plan\.from_ is UNSET .*'year'"):
        made.from_.year  # noqa: B018
    holder: Any = Holder()
    with pytest.raises(AttributeError, match=r"^Plan\.place is UNSET"):
        holder.plan.place.label  # noqa: B018


def test_reading_through_unset_says_what_it_knows() -> None:
    """Of a call, an index or `getattr` the code does not tell whose the field was."""
    made: Any = plan()
    with pytest.raises(AttributeError, match=r"^place is UNSET .*'label'"):
        [made][0].place.label  # noqa: B018
    place = made.place
    with pytest.raises(AttributeError, match=r"^place is UNSET .*'label'"):
        place.label  # noqa: B018
    with pytest.raises(AttributeError, match=r"^the value is UNSET .*'label'"):
        getattr(made.place, "label")  # noqa: B009


def test_going_through_unset_names_the_field_and_the_model() -> None:
    """A list that Zoom did not send is the most frequent case: it is gone through, unpacked, or asked for an item."""
    made: Any = Plan.from_dict({"topic": "x"})
    with pytest.raises(TypeError, match=r"^Plan\.rooms is UNSET .* no items: ask `is UNSET`, or write `… or \[\]`$"):
        for _ in made.rooms:
            pass
    with pytest.raises(TypeError, match=r"^Plan\.rooms is UNSET"):
        [each.id for each in made.rooms]
    with pytest.raises(TypeError, match=r"^Plan\.rooms is UNSET"):
        made.rooms[0].id  # noqa: B018
    with pytest.raises(TypeError, match=r"^Plan\.rooms is UNSET"):
        _first, _second = made.rooms
    rooms = made.rooms
    with pytest.raises(TypeError, match=r"^rooms is UNSET"):
        rooms[0]
    with pytest.raises(TypeError, match=r"^the value is UNSET"):
        made.rooms[len(made.topic)]
    with pytest.raises(TypeError, match=r"^the value is UNSET"):
        list(made.rooms)


def test_explaining_runs_no_code_of_the_users() -> None:
    """A property that is read again to make a message could do its work twice."""
    reads = []

    class Lazy:
        @property
        def plan(self) -> Any:
            reads.append(1)
            return plan()

    lazy = Lazy()
    with pytest.raises(AttributeError, match=r"^place is UNSET"):
        lazy.plan.place.label  # noqa: B018
    assert reads == [1]
    assert "UNSET" in unset_reads.explain("_private", inspect.currentframe())  # type: ignore[arg-type]


def test_signature_of_a_model_can_be_seen() -> None:
    """`help()` and editors that run the code show the fields, required ones without a default."""
    parameters = inspect.signature(Room).parameters
    assert list(parameters) == ["id", "name"]
    assert parameters["id"].default is inspect.Parameter.empty
    assert parameters["name"].default is UNSET
    assert str(inspect.signature(Street)).startswith("(*, label: ")


@pytest.mark.parametrize("wrong", ['{"id": 1}', [("id", 1)], None])
def test_model_of_no_object_says_what_to_give(wrong: Any) -> None:
    """Text of JSON is what most have at hand."""
    for make in (Room.from_dict, Room.taking):
        with pytest.raises(TypeError, match=rf"Room .*must be a dict, not {type(wrong).__name__}|Room must be a dict"):
            make(wrong)
    with pytest.raises(TypeError, match=r"rows are made of models, not of (str|list|NoneType)"):
        list(rows([wrong]))


def test_misspelt_field_of_an_inner_dict_says_what_was_meant() -> None:
    """Zoom takes it and does nothing: a meeting would have no waiting room, and nobody would know."""
    meeting = {"settings": {"waiting_rom": True}}
    with pytest.raises(ValueError, match=r"body\.settings has no field 'waiting_rom'; did you mean 'waiting_room'"):
        create_meeting.request("me", body=CreateMeetingBody(**meeting))  # type: ignore[arg-type]
    inner = {"settings": {"breakout_room": {"enable": True, "rooms": [{"nam": "x"}]}}}
    with pytest.raises(ValueError, match=r"settings\.breakout_room\.rooms\[0\] has no field 'nam'"):
        create_meeting.request("me", body=CreateMeetingBody(**inner))  # type: ignore[arg-type]


def test_new_field_of_an_inner_dict_is_sent() -> None:
    """Zoom has fields before its documents have them; and who makes a model of a dict takes it as it is."""
    meeting = CreateMeetingBody(settings={"quite_another": True})  # type: ignore[arg-type]
    assert create_meeting.request("me", body=meeting).json == {"settings": {"quite_another": True}}
    read_body = CreateMeetingBody.from_dict({"settings": {"waiting_rom": True}})
    assert create_meeting.request("me", body=read_body).json == {"settings": {"waiting_rom": True}}
