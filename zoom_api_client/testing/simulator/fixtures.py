"""Fixtures: what is there before a program begins, in a few lines of YAML.

    users:
      - {email: jane@example.com, first_name: Jane, last_name: Doe}
      - email: omar@example.com
        meetings:
          - topic: Standup
            registrants: [{email: mei@example.com, first_name: Mei}]

A row has fields by Zoom's names. What belongs to it stands in it, by the name of its resource; at the top that is the
whole name: `phone.sites`. An id is made up where none is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from zoom_api_client.core import codec
from zoom_api_client.storage.extras import require_extra
from zoom_api_client.testing.simulator import resources, sessions, user_fields
from zoom_api_client.testing.simulator.resources import Resource, facts
from zoom_api_client.testing.simulator.sessions import KINDS
from zoom_api_client.testing.simulator.shapes import lay
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Key, Row

Fixture = Mapping[str, Any]

_WRONG = (ValueError, TypeError, LookupError, AttributeError, OverflowError)
_OF_USERS = ("meetings", "webinars", "recordings")


def seed(state: State, fixture: Fixture | str) -> None:
    """Put what a fixture has into the store of the owner's account. Raises `ValueError` for what is not a resource."""
    read = _read(fixture)
    with state.store.lock:
        before = state.store.dump()
        try:
            _Seeder(state, state.owner.account).seed(read)
        except _WRONG as error:
            state.store.load(before)
            raise ValueError(f"the fixture is wrong: {error}") from error


@attrs.frozen
class _Seeder:
    state: State
    account: str

    def seed(self, fixture: Fixture) -> None:
        for name, rows in fixture.items():
            resource = resources.find(name)
            if resource is None or not isinstance(rows, list):
                raise ValueError(f"it has lists of resources, such as users or phone.sites, and not {name!r}")
            self.put(resource, rows, ())

    def put(self, resource: Resource, rows: list[Fixture], owner: Key) -> None:
        for each in rows:
            if not isinstance(each, Mapping):
                raise ValueError(f"{resource.name} are objects, such as {{topic: Standup}}, and not {each!r}")
            inner = {name: _inner(resource, name) for name, value in each.items() if isinstance(value, list)}
            fields = {name: value for name, value in each.items() if not inner.get(name)}
            row = self._put(resource, fields, owner)
            for name, found in inner.items():
                if found:
                    self.put(found, each[name], row.path)

    def _put(self, resource: Resource, fields: Fixture, owner: Key) -> Row:
        scope = owner[1:][: resource.depth]
        row_id = str(fields.get(resource.id_field) or self._user_id(resource, fields) or self._new_id(resource, scope))
        known = self.state.store.get(self.account, resource.name, (*scope, row_id))
        if known is not None:
            return self.state.store.put(attrs.evolve(known, fields=lay(known.fields, fields)))
        owner = owner or self._usual_owner(resource)
        whole = self._whole(resource, row_id, fields, owner)
        return self.state.store.put(Row(self.account, resource.name, (*scope, row_id), whole, owner))

    def _whole(self, resource: Resource, row_id: str, fields: Fixture, owner: Key) -> dict[str, Any]:
        """Return all fields of a row, of which a fixture says a few."""
        if resource.name == "users":
            return user_fields.whole(row_id, fields, account=self.account, now=self.state.now())
        kind = next((each for each in KINDS if each.resource == resource.name), None)
        host = self.state.store.get(self.account, owner[0], owner[1:]) if kind else None
        if kind and host:
            return sessions.whole(self.state, kind, row_id, host, fields)
        uuid = {"uuid": self.state.identifiers.uuid()} if "uuid" in resources.look(resource, 0) else {}
        return {**uuid, **fields}

    def _usual_owner(self, resource: Resource) -> Key:
        """Return whose a row at the top is: what users have is that of the user who owns the account."""
        return ("users", self.state.owner.user) if resource.name in _OF_USERS else ()

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
        codec.dumps(read)  # half a surrogate pair can be escaped, but in no answer
    except (YAMLError, UnicodeEncodeError) as error:
        raise ValueError(f"the fixture is not YAML: {error}") from error
    except RecursionError:
        raise ValueError("the fixture has an alias to itself, or is too deep") from None
    if not isinstance(read, dict):
        raise ValueError("a fixture is an object of lists: users: [{email: jane@example.com}]")
    return read
