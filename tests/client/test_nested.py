"""Objects, lists, maps and unions inside a model."""

from typing import Any

import pytest

from tests.client.shapes import Hall, Monthly, Room, Street, Weekly, read


def test_objects_become_models_wherever_they_are_declared() -> None:
    """A nested object, a list of them, a list of lists and a map are decoded alike."""
    made = read(
        room={"id": 1},
        rooms=[{"id": 2}],
        grid=[[{"id": 3}], []],
        by_floor={"1": {"id": 4}},
        settings={"room": {"id": 5}},
    )
    assert made.room == Room(id=1)
    assert made.rooms == [Room(id=2)]
    assert made.grid == [[Room(id=3)], []]
    assert made.by_floor == {"1": Room(id=4)}
    assert made.settings == {"room": {"id": 5}}


def test_objects_become_models_beside_what_is_none() -> None:
    """A list of objects alone is decoded at once; one null among them must not leave the others as they came."""
    made = read(rooms=[{"id": 1}, None, "odd", {"id": 2}], recurrence=[{"repeat": "Weekly"}, None])
    assert made.rooms == [Room(id=1), None, "odd", Room(id=2)]
    assert made.recurrence == [Weekly(repeat="Weekly"), None]


def test_change_inside_a_nested_model_is_written() -> None:
    """A nested model that is only a copy of what is written would swallow changes."""
    made = read(room={"id": 1, "new": 1}, by_floor={"1": {"id": 4}})
    made.room.name = "Attic"  # type: ignore[union-attr]
    made.by_floor["1"].id = 5  # type: ignore[index]
    assert made.to_dict()["room"] == {"id": 1, "new": 1, "name": "Attic"}
    assert made.to_dict()["by_floor"] == {"1": {"id": 5}}


@pytest.mark.parametrize("odd", [None, "", "text", 5, [], {}, [None, "x", 5, [[]]], {"x": None, "y": ["z"]}], ids=repr)
@pytest.mark.parametrize("field", ["room", "rooms", "grid", "by_floor", "recurrence", "start_time", "tags"])
def test_odd_value_where_a_model_or_list_is_declared_is_kept(field: str, odd: Any) -> None:
    """Whatever Zoom sends in a field, reading it must not fail."""
    made = read(**{field: odd})
    getattr(made, field)
    assert repr(made)
    assert made.to_dict() == {"topic": "Move", field: odd}


@pytest.mark.parametrize(
    ("field", "sent", "kind"),
    [
        ("recurrence", {"repeat": "Weekly", "days": ["mon"]}, Weekly),
        ("recurrence", {"repeat": "Monthly", "days": {"id": 1}}, Monthly),
        ("recurrence", {"repeat": "Monthly", "months": [1]}, Monthly),
        ("recurrence", {"repeat": "Monthly"}, Monthly),
        ("recurrence", {}, Weekly),
        ("place", {"label": {"id": 1}}, Hall),
        ("place", {"label": "North"}, Street),
        ("place", {"note": ["x"]}, Hall),
        ("place", {"note": "x"}, Street),
        ("place", {"number": {"bent": 1}}, Street),
    ],
)
def test_object_becomes_the_model_that_it_is_most_like(field: str, sent: dict[str, Any], kind: type) -> None:
    """Of two models the one with the fields of the object, and their kinds of values, is right; else the first."""
    made = read(**{field: sent})
    assert type(getattr(made, field)) is kind
    assert made.to_dict()[field] == sent
