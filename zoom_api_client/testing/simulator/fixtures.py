"""Fixtures: what is there before a program begins, in a few lines of YAML.

    users:
      - {email: jane@example.com, first_name: Jane, last_name: Doe}
      - email: omar@example.com
        meetings:
          - topic: Standup
            registrants: [{email: mei@example.com, first_name: Mei}]

A row has fields by Zoom's names. What belongs to it stands in it, by the name of its resource; at the top that is the
whole name: `phone.sites`. An id is made up where none is given, and a user is active and licensed
unless the row says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from zoom_api_client.core import codec
from zoom_api_client.storage.extras import require_extra
from zoom_api_client.testing.simulator import people, resources
from zoom_api_client.testing.simulator.resources import Resource, facts
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Key, Row

Fixture = Mapping[str, Any]

_LICENSED: Final = 2  # may have webinars and recordings, which a fixture gives


def seed(state: State, fixture: Fixture | str) -> None:
    """Put what a fixture has into the store of the owner's account. Raises `ValueError` for what is not a resource."""
    with state.store.lock:
        for name, rows in _read(fixture).items():
            resource = resources.find(name)
            if resource is None or not isinstance(rows, list):
                raise ValueError(f"a fixture has lists of resources, such as users or phone.sites, and not {name!r}")
            _Seeder(state, state.owner.account).put(resource, rows, ())


@attrs.frozen
class _Seeder:
    state: State
    account: str

    def put(self, resource: Resource, rows: list[Fixture], owner: Key) -> None:
        for each in rows:
            inner = {name: _inner(resource, name) for name, value in each.items() if isinstance(value, list)}
            fields = {name: value for name, value in each.items() if not inner.get(name)}
            row = self._put(resource, fields, owner)
            for name, found in inner.items():
                if found:
                    self.put(found, each[name], row.path)

    def _put(self, resource: Resource, fields: Fixture, owner: Key) -> Row:
        scope = owner[1:][: resource.depth]
        row_id = str(fields.get(resource.id_field) or self._user_id(resource, fields) or self._new_id(resource, scope))
        usual = self._describe(resource, fields)
        known = self.state.store.get(self.account, resource.name, (*scope, row_id))
        whole = {**usual, **(known.fields if known else {}), **fields}
        return self.state.store.put(Row(self.account, resource.name, (*scope, row_id), whole, owner))

    def _describe(self, resource: Resource, fields: Fixture) -> dict[str, Any]:
        """Return what the contract's examples, which are the same in several rows, would have wrong."""
        if resource.name == "users":
            return {**people.describe(self.state, self.account, fields), "type": _LICENSED}
        return {"uuid": self.state.identifiers.uuid()} if "uuid" in resources.look(resource, 0) else {}

    def _user_id(self, resource: Resource, fields: Fixture) -> str:
        """Return the id of the user whom a row is about, who may be there already: the owner, or one of the phone's."""
        is_of_user = any(facts(each).id == "userId" for each in resource.operations)
        user = self.state.store.find(self.account, "users", str(fields.get("email"))) if is_of_user else None
        return user.id if user else ""

    def _new_id(self, resource: Resource, scope: Key) -> str:
        def is_taken(text: str) -> bool:
            return self.state.store.get(self.account, resource.name, (*scope, text)) is not None

        return self.state.identifiers.new(*resource.id_schema, is_taken)


def _inner(outer: Resource, name: str) -> Resource | None:
    """Return the resource that a list in a row is of: `registrants` of a meeting, `meetings` of a user."""
    return resources.find(f"{outer.name}.{name}") or (resources.find(name) if outer.name == "users" else None)


def _read(fixture: Fixture | str) -> Fixture:
    if not isinstance(fixture, str):
        return fixture
    with require_extra("testing", "a fixture in YAML"):
        from ruamel.yaml import YAML  # only here: a fixture that is a dict needs none
        from ruamel.yaml.error import YAMLError

    try:
        read = codec.plain(YAML(typ="safe", pure=True).load(fixture))
    except YAMLError as error:
        raise ValueError(f"the fixture is not YAML: {error}") from error
    if not isinstance(read, dict):
        raise ValueError("a fixture is an object of lists: users: [{email: jane@example.com}]")
    return read
