"""`scopes()`: not one scope too many, and none too few."""

import random
from itertools import combinations
from types import ModuleType
from typing import Any

import pytest

import zoom_api_client
from zoom_api_client import scopes
from zoom_api_client.api import operations
from zoom_api_client.api.meetings import create_meeting
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.scopes import least


def operation(*names: str, **facts: Any) -> Operation[Any]:
    """Return an operation that takes one of these scopes."""
    module = f"zoom_api_client.api.things.{'_'.join(names) or 'free'}".replace(":", "_")
    given = {"operation_id": "x", "method": "GET", "path": "/x", "results": {204: None}, "scopes": names, **facts}
    return Operation(module=module, **given)


def test_name_is_the_function_and_not_the_module() -> None:
    """`zoom_api_client.scopes` is called, also after its module was loaded."""
    assert not isinstance(zoom_api_client.scopes, ModuleType)
    assert "scopes" in dir(zoom_api_client)


@pytest.mark.parametrize(
    ("level", "kind", "expected"),
    [
        ("user", "granular", "meeting:write:meeting"),
        ("admin", "granular", "meeting:write:meeting:admin"),
        ("master", "granular", "meeting:write:meeting:master"),
        ("user", "classic", "meeting:write"),
        ("admin", "classic", "meeting:write:admin"),
    ],
)
def test_level_and_kind_are_those_asked_for(level: Any, kind: Any, expected: str) -> None:
    """However the operation is named, its scope is that of the level and kind."""
    for named in ("meetings.create", "meetings.create_meeting", create_meeting.OPERATION):
        assert scopes(of=[named], level=level, kind=kind) == (expected,)


def test_module_asks_for_its_own_methods_only() -> None:
    """`meetings` are the methods of `zoom.meetings`, not all that Zoom has in its document of that name."""
    methods = [each for each in operations(master=True) if each.module_method.startswith("meetings.")]
    assert scopes(of=["meetings"]) == scopes(of=methods)
    assert scopes(of=["meetings"], kind="classic") == ("meeting:read", "meeting:write")
    assert len(scopes(of=["meetings"])) == len(methods)


def test_method_of_several_operations_has_the_scopes_of_all() -> None:
    """Recordings are deleted one by one or together: the method may do both."""
    assert len(scopes(of=["recordings.delete"])) == 2


def test_every_method_of_every_module_has_scopes() -> None:
    """An app for all modules is not refused a scope that we did not list."""
    methods = {each.module_method for each in operations(master=True) if each.module_method}
    assert len(methods) == 26
    assert all(scopes(of=[each], level=level) for each in methods for level in ("user", "admin", "master"))


@pytest.mark.parametrize(
    ("level", "expected"),
    [("user", ("a:admin", "b:master", "c")), ("admin", ("a:admin", "b:master", "c")),
     ("master", ("a:admin", "b:master", "c"))],
)  # fmt: skip
def test_level_that_zoom_does_not_have_gives_way_to_the_next(level: Any, expected: tuple[str, ...]) -> None:
    """What has no scope of the level gets one of the next."""
    assert scopes(of=[operation("a:admin"), operation("b:master"), operation("c")], level=level) == expected


def test_no_more_is_opened_than_needed() -> None:
    """Where the level is not to be had, a scope for the user's own data comes before one for all sub-accounts."""
    assert scopes(of=[operation("a", "a:master")], level="admin") == ("a",)
    assert scopes(of=[operation("a:admin", "a:master")], level="user") == ("a:admin",)
    assert scopes(of=[operation("a", "a:admin")], level="master") == ("a:admin",)


@pytest.mark.parametrize(
    ("alternatives", "least"),
    [
        (["ab", "bc"], "b"),
        (["a", "ab", "bc"], "ab"),
        (["ab", "cd"], "ac"),
        (["ab", "bc", "c"], "ac"),
        (["ab", "bc", "cd", "d"], "bd"),
        (["abc", "bcd", "cde"], "c"),
        (["a", "a", "b"], "ab"),
        ([], ""),
    ],
)
def test_set_is_the_least(alternatives: list[str], least: str) -> None:
    """One of several is enough; what serves most is taken, and of equals the first by name."""
    assert scopes(of=[operation(*each) for each in alternatives]) == tuple(least)


def test_set_does_not_depend_on_the_order() -> None:
    """The same modules give the same scopes, so that an app's scopes do not change by themselves."""
    everything = [each for each in operations(master=True) if each.classic_scopes]
    shuffled = random.Random(1).sample(everything, len(everything))
    assert scopes(of=everything, kind="classic") == scopes(of=shuffled + shuffled, kind="classic")


def test_small_sets_are_near_the_least() -> None:
    """Against trying all: every operation is served, no scope is needless, and at most one is too many."""
    chance = random.Random(7)
    for _ in range(300):
        needs = [frozenset(chance.sample("abcdef", chance.choice((1, 2, 2, 3)))) for _ in range(chance.randint(1, 7))]
        found = set(least(needs))
        fits = [set(each) for size in range(7) for each in combinations("abcdef", size)]
        smallest = next(each for each in fits if all(each & need for need in needs))
        assert all(found & need for need in needs)
        assert not any(all((found - {each}) & need for need in needs) for each in found)
        assert len(found) <= len(smallest) + 1


def test_misspelt_scope_of_zooms_is_mended() -> None:
    """A scope is what Zoom calls it, misspelt or with spaces: another does not exist."""
    of = [each for each in operations(master=True) if any("udpate" in scope or " " in scope for scope in each.scopes)]
    assert len(of) >= 2
    assert {"contact_center:udpate:region:admin", "contact_center:write:queue disposition:admin"} <= {*scopes(of=of)}


def test_operation_that_takes_no_scope_asks_for_none() -> None:
    """Some operations have no scopes of any kind."""
    assert scopes(of=[operation()]) == ()


def test_operation_without_granular_scopes_is_refused() -> None:
    """It has classic scopes only: an app without them could not call it."""
    with pytest.raises(ValueError, match=r"gives things\.free no granular scope, only classic ones: imchat:bot"):
        scopes(of=[operation(classic_scopes=["imchat:bot"])])


def test_name_that_is_nothing_is_refused() -> None:
    """A misspelt module would lack its scopes only when the app is in use."""
    with pytest.raises(ValueError, match=r"'meetings\.craete' is not a method.* did you mean 'meetings\.create'"):
        scopes(of=["meetings.craete"])
    with pytest.raises(ValueError, match=r"give a list: of=\['meetings'\]"):
        scopes(of="meetings")
    wrong: Any = "owner"
    with pytest.raises(ValueError, match="level is 'owner'"):
        scopes(of=["meetings"], level=wrong)
