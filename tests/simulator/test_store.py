"""The store of a simulator: rows under their keys, their owners and their names."""

import json
from typing import Any

from zoom_api_client.testing.simulator.store import Row, Store


def row(resource: str, *key: str, owner: tuple[str, ...] = (), account: str = "A", **fields: Any) -> Row:
    """Return a row."""
    return Row(account, resource, key, fields, owner)


def test_a_row_is_found_by_its_uuid_and_by_its_address() -> None:
    """Zoom takes the UUID of a meeting and the e-mail address of a user where it takes an id."""
    store = Store()
    meeting = store.put(row("meetings", "85", uuid="4444AAAiAAAAAiAiAiiAii=="))
    user = store.put(row("users", "u1", email="Jane@Example.com"))
    assert store.find("A", "meetings", "4444AAAiAAAAAiAiAiiAii==") == meeting
    assert store.find("A", "users", "jane@example.com") == user
    assert store.find("A", "users", "u1") == user


def test_an_address_that_changed_names_nobody() -> None:
    """An index that keeps old names would find a user by an address that she has no more."""
    store = Store()
    store.put(row("users", "u1", email="jane@example.com"))
    store.put(row("users", "u1", email="doe@example.com"))
    assert store.find("A", "users", "jane@example.com") is None
    assert store.find("A", "users", "doe@example.com") is not None


def test_what_belongs_to_a_row_goes_with_it() -> None:
    """A deleted meeting must not leave registrants, nor these their answers."""
    store = Store()
    meeting = store.put(row("meetings", "85", owner=("users", "u1")))
    registrant = store.put(row("meetings.registrants", "85", "r1", owner=meeting.path))
    store.put(row("meetings.registrants.answers", "85", "r1", "a1", owner=registrant.path))
    store.delete(meeting)
    assert store.counts("A") == {}
    assert store.rows("A", "meetings", ("users", "u1")) == []


def test_rows_are_in_the_order_in_which_they_were_created() -> None:
    """A change must not move a row: pages would have it twice."""
    store = Store()
    for name in ("b", "a", "c"):
        store.put(row("groups", name))
    store.put(row("groups", "b", name="changed"))
    assert [each.id for each in store.rows("A", "groups")] == ["b", "a", "c"]


def test_a_row_that_moved_belongs_to_one_owner() -> None:
    """A meeting that is given to another host must not be listed for both."""
    store = Store()
    store.put(row("meetings", "85", owner=("users", "u1")))
    store.put(row("meetings", "85", owner=("users", "u2")))
    assert store.rows("A", "meetings", ("users", "u1")) == []
    assert [each.id for each in store.rows("A", "meetings", ("users", "u2"))] == ["85"]


def test_accounts_do_not_see_each_other() -> None:
    """The same id in another account is another thing."""
    store = Store()
    store.put(row("groups", "g1"))
    assert store.get("B", "groups", ("g1",)) is None
    assert store.rows("B", "groups") == []


def test_what_is_dumped_is_loaded() -> None:
    """A dump is JSON, and what it holds is found by every name and owner again; what was deleted stays so."""
    store, other = Store(), Store()
    store.put(row("users", "u1", email="jane@example.com"))
    store.put(row("meetings", "85", owner=("users", "u1"), uuid="x=="))
    gone = store.put(row("groups", "g1"))
    store.delete(gone)
    other.put(row("users", "forgotten"))
    other.load(json.loads(json.dumps(store.dump())))
    assert other.dump() == store.dump()
    assert other.find("A", "meetings", "x==") == store.find("A", "meetings", "x==")
    assert other.is_gone("A", gone.path)
    assert other.get("A", "users", ("forgotten",)) is None
