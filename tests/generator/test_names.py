"""A name that users import must not change by itself, and must say what it names."""

from typing import Any

import pytest

from generator import casing
from generator.hoist import Hoister, Root
from generator.names import name_models, name_operations

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}


def named(locked: dict[str, str] | None = None, **operations: tuple[str, str]) -> dict[str, str]:
    """Name operations that are given by their operationId, with path and verb_noun."""
    wanted = {f"GET {path}": (title, operation_id) for operation_id, (path, title) in operations.items()}
    return {key.removeprefix("GET "): name for key, name in name_operations(wanted, locked or {}).items()}


def test_two_pages_of_one_title_are_told_apart_by_path() -> None:
    """Operations of one title are told apart by what only their own path says."""
    polls = named(
        a=("/meetings/{meetingId}/polls", "list_polls"),
        b=("/webinars/{webinarId}/polls", "list_polls"),
        c=("/polls", "get_poll"),
    )
    assert polls == {
        "/meetings/{meetingId}/polls": "list_polls_of_meeting",
        "/webinars/{webinarId}/polls": "list_polls_of_webinar",
        "/polls": "get_poll",
    }


def test_operations_of_one_path_are_told_apart_by_id() -> None:
    """Where the paths do not differ either, Zoom's operationId does, and a number at last."""
    assert named(userA=("/x/{id}", "get_x"), userB=("/x/{uuid}", "get_x")) == {
        "/x/{id}": "get_x",
        "/x/{uuid}": "user_b",
    }
    wanted = {f"GET /x/{{{n}}}": ("get_x", "getX") for n in "abc"}
    assert sorted(name_operations(wanted, {}).values()) == ["get_x", "get_x_2", "get_x_3"]


def test_name_that_python_has_is_told_apart_without_two_underscores() -> None:
    """The parser makes one of two, and an operation by the name with two was lost without its place."""
    assert sorted(named(a=("/a/b", "from"), b=("/a/c", "from")).values()) == ["from_of_b", "from_of_c"]
    wanted = {f"{method} /a": ("from", "from") for method in ("GET", "PUT")}
    assert sorted(name_operations(wanted, {}).values()) == ["from_", "from_2"]


def test_new_title_does_not_rename_an_operation() -> None:
    """A locked name stays though Zoom's page has another title now, or its name clashes with nothing any more."""
    locked = {"GET /a": "get_a", "GET /b/x": "list_x_of_b"}
    assert named(locked, a=("/a", "fetch_a"), b=("/b/x", "list_x")) == {"/a": "get_a", "/b/x": "list_x_of_b"}


def test_new_operation_does_not_take_an_old_name() -> None:
    """A name in the lock is never given to another operation, though its own is gone from the document."""
    locked = {"GET /old": "get_thing"}
    assert named(locked, getThing2=("/new", "get_thing")) == {"/new": "get_thing2"}
    assert named(locked, newThing=("/new", "get_thing")) == {"/new": "new_thing"}
    assert named(locked, old=("/old", "get_thing"), x=("/new", "get_thing"))["/new"] == "get_thing_of_new"


def test_order_of_the_document_does_not_matter() -> None:
    """Names are the same whichever operation Zoom lists first."""
    operations = {"a": ("/meetings/x", "get_x"), "b": ("/webinars/x", "get_x"), "c": ("/y", "get_x_of_meeting")}
    assert named(**operations) == named(**dict(reversed(operations.items())))


def test_name_of_an_operation_is_short() -> None:
    """No operation's name has more than 60 characters, not even one that is told apart by its path."""
    title = "get_" + "very_" * 20 + "long_title"
    names = named(a=("/phone/call_queues/x", title), b=("/phone/shared_line_groups/x", title), c=("/y", title + "_y"))
    assert len(set(names.values())) == 3
    assert max(map(len, names.values())) <= casing.MAX_NAME


def thing(*required: str, **properties: Any) -> dict[str, Any]:
    """Return an object schema."""
    return {"type": "object", "properties": properties} | ({"required": list(required)} if required else {})


def body(operation: str) -> Root:
    """Return the root of an operation's body."""
    return Root(f"{operation}.body", f"{operation}_body", (f"{casing.pascal(operation)}Body",))


def answer(noun: str) -> Root:
    """Return the root of what `get_<noun>` answers."""
    names = (casing.pascal(noun), f"Get{casing.pascal(noun)}Response")
    return Root(f"get_{noun}.200", noun, names, preferred=True)


def models(*roots: tuple[Root, dict[str, Any]], locked: dict[str, str] | None = None) -> dict[str, str]:
    """Return the name of the model at each place."""
    hoister = Hoister(locked)
    for root, schema in roots:
        hoister.hoist(schema, root)
    name_models(hoister.models, {place: [name] for place, name in (locked or {}).items()})
    assert len({model.name for model in hoister.models}) == len(hoister.models)
    return {place: model.name for model in hoister.models for place in model.locations}


def test_thing_is_called_by_its_name() -> None:
    """A model has the name of the field that holds it, one of a list its singular."""
    given = thing(recurrence=thing(type=NUMBER), tracking_fields={"type": "array", "items": thing(field=TEXT)})
    assert models((body("create_meeting"), given)) == {
        "create_meeting.body": "CreateMeetingBody",
        "create_meeting.body.recurrence": "Recurrence",
        "create_meeting.body.tracking_fields[]": "TrackingField",
    }


def test_part_does_not_take_the_name_of_the_whole() -> None:
    """What `get_meeting` answers is the Meeting, though others found first and in more places want the name."""
    item = {"type": "array", "items": thing(id=NUMBER)}
    lists = [(body(f"x{n}"), thing(meetings=item)) for n in "ab"]
    names = models(*lists, (answer("meeting"), thing(id=NUMBER, topic=TEXT)))
    assert names["get_meeting.200"] == "Meeting"
    assert names["xa.body.meetings[]"] == names["xb.body.meetings[]"] != "Meeting"


def test_thing_of_many_places_goes_before_one_of_few() -> None:
    """Of rivals for a name that nothing else decides, what stands in most places has it."""
    often, seldom = thing(style=thing(color=TEXT)), thing(style=thing(size=NUMBER))
    names = models((body("a"), seldom), (body("b"), often), (body("c"), {**often, "required": ["style"]}))
    assert names["b.body.style"] == names["c.body.style"] == "Style"
    assert names["a.body.style"] == "AStyle"


@pytest.mark.parametrize("generic", ["settings", "data", "items", "object", "payload", "config", "status", "errors"])
def test_name_that_says_nothing_takes_its_owners(generic: str) -> None:
    """Settings, data and the like are called after what they belong to."""
    names = models((body("update_room"), thing(**{generic: thing(a=TEXT)})))
    assert names[f"update_room.body.{generic}"] == f"UpdateRoom{casing.pascal(generic)}"


def test_owner_is_named_before_its_part() -> None:
    """An owner has its name before what it owns is called after it, however deep."""
    names = models((body("update_room"), thing(settings=thing(settings=thing(a=TEXT)))))
    assert names["update_room.body.settings"] == "UpdateRoomSettings"
    assert names["update_room.body.settings.settings"] == "UpdateRoomSettingsSettings"


def test_shared_part_is_called_after_what_its_owners_share() -> None:
    """A generic part of several things is called after the words that all of them share."""
    part = thing(settings=thing(mute=TEXT))
    names = models((body("create_meeting"), part), (body("update_meeting"), {**part, "required": ["settings"]}))
    assert set(names.values()) == {"CreateMeetingBody", "UpdateMeetingBody", "MeetingSettings"}


def test_one_thing_is_one_model() -> None:
    """Equal shape and equal meaning become one model, whatever is said about it and in whatever order."""
    here = thing(style=thing("a", a={**TEXT, "description": "Ours.", "default": "x"}, b=NUMBER))
    there = thing(style=dict(reversed(thing("a", b=NUMBER, a={**TEXT, "deprecated": True}).items())), x=TEXT)
    names = models((body("a"), here), (body("b"), there))
    assert names["a.body.style"] == names["b.body.style"] == "Style"


def test_field_called_like_documentation_counts() -> None:
    """Two things that differ in a field called `description` or `default` are two."""
    names = models((body("a"), thing(x=thing(i=TEXT, description=TEXT), y=thing(i=TEXT, default=thing(z=TEXT)))))
    again = models((body("a"), thing(x=thing(i=TEXT, description=NUMBER))), (body("b"), thing(x=thing(i=TEXT))))
    assert names["a.body.y.default"]
    assert again["a.body.x"] != again["b.body.x"]


def test_two_things_are_two_models() -> None:
    """Equal shape with another meaning stays two models."""
    names = models((body("a"), thing(host=thing(id=TEXT), guest=thing(id=TEXT))))
    assert (names["a.body.host"], names["a.body.guest"]) == ("Host", "Guest")


def test_alternatives_are_told_apart_by_what_only_each_has() -> None:
    """Alternatives of one meaning are told apart by what only each has: the value of an enum, else a field."""
    by_kind = [thing(kind={**TEXT, "enum": [kind]}, **{kind: TEXT}) for kind in ("card", "bank")]
    by_field = [thing(id=TEXT, radius=NUMBER), thing(id=TEXT, side=NUMBER)]
    names = models((body("pay"), thing(method={"anyOf": by_kind}, shape={"anyOf": by_field})))
    assert names == {
        "pay.body": "PayBody",
        "pay.body.method": "Method",
        "pay.body.method(1)": "MethodBank",
        "pay.body.shape": "Shape",
        "pay.body.shape(1)": "ShapeSide",
    }


def test_field_in_one_place_does_not_rename_the_others() -> None:
    """When a field becomes another in one of three places, the other two keep the name, and it gets a new one."""
    old, new = thing(a=TEXT), thing(a=NUMBER)

    def build(first: dict[str, Any], locked: dict[str, str]) -> dict[str, str]:
        roots = [(body(n), thing(style=style, **{n: TEXT})) for n, style in (("a", first), ("b", old), ("c", old))]
        return models(*roots, locked=locked)

    before = build(old, {})
    after = build(new, before)
    assert [before[f"{n}.body.style"] for n in "abc"] == ["Style", "Style", "Style"]
    assert [after[f"{n}.body.style"] for n in "abc"] == ["AStyle", "Style", "Style"]
    assert build(new, after) == after


def test_newcomers_do_not_outvote_those_who_have_the_name() -> None:
    """Of a split model the half with most of the old places keeps the name, however many new ones the other has."""
    old, new = thing(a=TEXT), thing(a=NUMBER)
    locked = dict.fromkeys(("a.body.style", "b.body.style", "c.body.style"), "Style")
    now = {"a": old, "b": old, "c": new, "d": new, "e": new}
    names = models(*((body(n), thing(style=style, **{n: TEXT})) for n, style in now.items()), locked=locked)
    assert names["a.body.style"] == names["b.body.style"] == "Style"
    assert names["c.body.style"] == names["d.body.style"] == names["e.body.style"] != "Style"


@pytest.mark.parametrize("place", ["a", "b", "c"])
def test_model_that_grows_in_one_place_grows(place: str) -> None:
    """When one of three places gets a field, they have one model still, and new places of either shape have it too."""
    old, new = thing(a=TEXT), thing(a=TEXT, b=TEXT)
    locked = dict.fromkeys(("a.body.style", "b.body.style", "c.body.style"), "Style")
    now = dict.fromkeys("abc", old) | {place: new, "d": new, "e": old}
    names = models(*((body(n), thing(style=style, **{n: TEXT})) for n, style in now.items()), locked=locked)
    assert {names[f"{n}.body.style"] for n in now} == {"Style"}


@pytest.mark.parametrize("new", ["a", "z"])
def test_new_place_joins_its_model(new: str) -> None:
    """A new place of a thing that has a name joins it, be it before the known places in the document or after."""
    given = {n: (body(n), thing(style=thing(a=TEXT), **{n: TEXT})) for n in sorted(["m", "n", new])}
    names = models(*given.values(), locked={"m.body.style": "Style", "n.body.style": "Style"})
    assert {names[f"{n}.body.style"] for n in given} == {"Style"}


def test_alike_things_keep_their_names() -> None:
    """Two models with names of their own stay two though their shapes have become equal."""
    given = [(body(n), thing(style=thing(a=TEXT), **{n: TEXT})) for n in "ab"]
    locked = {"a.body.style": "Style", "b.body.style": "BStyle"}
    assert models(*given, locked=locked).items() >= locked.items()


def test_new_model_does_not_take_an_old_name() -> None:
    """A locked name is for its places alone."""
    assert (
        models((body("b"), thing(style=thing(a=TEXT))), locked={"gone.body.style": "Style"})["b.body.style"] == "BStyle"
    )


@pytest.mark.parametrize(
    "meaning",
    "model event file operation request unset any literal zoom warning exception required typed_dict".split(),
)
def test_model_does_not_hide_what_its_module_uses(meaning: str) -> None:
    """No model is called like a builtin, or like something that generated modules import."""
    assert models((body("a"), thing(**{meaning: thing(a=TEXT)})))[f"a.body.{meaning}"] == f"A{casing.pascal(meaning)}"
    root = (answer(meaning), thing(a=TEXT))
    assert models(root) == {f"get_{meaning}.200": f"Get{casing.pascal(meaning)}Response"}


def test_name_of_a_model_is_short() -> None:
    """No model's name has more than 60 characters, and each is a class name of its own."""
    long = "a_field_whose_name_goes_on_and_on_and_on_until_nobody_reads_it_any_more"
    deep = thing(
        settings=thing(**{long: thing(settings=thing(a=TEXT)), f"{long}_2": thing(b=TEXT), "24_hours": thing(c=TEXT)})
    )
    names = models((body("update_" + long[:50]), deep), (body(long), thing(settings=thing(settings=thing(z=TEXT)))))
    assert len(set(names.values())) == len(names) == 9
    assert max(map(len, names.values())) <= casing.MAX_NAME
    assert all(name.isidentifier() and name[0].isupper() for name in names.values())
