"""A call of an operation, as behaviours see it: what was asked, by whom, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any
from zlib import crc32

from zoom_api_client.testing import calls, validator
from zoom_api_client.testing.contract import Match, Operation
from zoom_api_client.testing.echo import snake
from zoom_api_client.testing.exchange import IncomingRequest
from zoom_api_client.testing.simulator import places, refusals, resources, shapes
from zoom_api_client.testing.simulator.places import Place
from zoom_api_client.testing.simulator.refusals import Refused
from zoom_api_client.testing.simulator.resources import Facts, Resource
from zoom_api_client.testing.simulator.state import Caller, State
from zoom_api_client.testing.simulator.store import Key, Row


class Call:
    """One request for an operation that is in order.

    Attributes:
        match: the operation and its path parameters, as they came.
        request: the request as it came.
        state: the clock, the store and the ids of the simulator.
        caller: who asks.
        before: the row that the call changes, as it was.
    """

    def __init__(
        self,
        match: Match,
        request: IncomingRequest,
        state: State,
        caller: Caller,
        proceed: Callable[[Call, Mapping[str, Any]], Any],
    ) -> None:
        self.match, self.request, self.state, self.caller, self._proceed = match, request, state, caller, proceed
        self.before: Row | None = None

    @property
    def operation(self) -> Operation:
        """The operation of the contract."""
        return self.match.operation

    @cached_property
    def place(self) -> Place:
        """The account, the ids of the path, and what its rows belong to. Raises `Refused` if that is not there."""
        return places.find(self.match, resources.facts_of(self.operation), self.state, self.caller)

    @property
    def account(self) -> str:
        """The account that the call is for: the caller's, or the sub-account of its path."""
        return self.place.account

    @property
    def path(self) -> Mapping[str, str]:
        """The path parameters by Zoom's names, as ids: `me`, an e-mail address and a UUID are the id that they mean."""
        return self.place.ids

    @cached_property
    def query(self) -> dict[str, Any]:
        """The query by Zoom's names, each value of its type."""
        return validator.parameters_of(self.operation, self.request.query)

    @cached_property
    def sent(self) -> Any:
        """The body as JSON, without what is null; None without one, or if the operation takes none."""
        return _without_nulls(calls.content(self.request, self.operation)) if self.operation.body else None

    @property
    def body(self) -> dict[str, Any]:
        """The fields of the body; none without one."""
        facts = resources.facts_of(self.operation)
        inner = self.sent.get(facts.body) if facts and facts.body and isinstance(self.sent, dict) else self.sent
        return inner if isinstance(inner, dict) else {}

    def require(self, name: str) -> Any:
        """Return a field of the body that is needed, though Zoom's document does not say so; refuse a body without."""
        if name not in self.body:
            raise self.refuse(300, f"{name} is missing.", 400)
        return self.body[name]

    @property
    def facts(self) -> Facts:
        """What the operation does to a resource."""
        return resources.facts(self.operation)

    @property
    def resource(self) -> Resource:
        """The resource that the operation does something to."""
        found = resources.find(self.facts.resource)
        assert found is not None
        return found

    @property
    def key(self) -> Key:
        """The key of the row that the path names: its id, and those before it that tell it apart."""
        return tuple(self.path[name] for name in (*self.facts.scope, self.facts.id) if name)

    def proceed(self, **fields: Any) -> Any:
        """Do what the operation does by its path, with these fields too; return the row, or the rows."""
        return self._proceed(self, fields)

    def row(self) -> Row:
        """Return the row that the path names. Raises `Refused` if there is none."""
        found = self._get() or (self._give_examples() and self._get()) or self._undeclared()
        if found is None:
            raise refusals.unknown(self.operation, self.facts.resource, self.match.path.get(self.facts.id, ""))
        return found

    def rows(self) -> list[Row]:
        """Return the rows that belong to what the path names; of the whole account, if it names nothing."""
        self._give_examples()
        return self._rows()

    def create(self, **fields: Any) -> Row:
        """Put a new row there, of the body and these fields."""
        known = shapes.lay(self.body, fields)
        return self.put(self._own_id(known) or self.new_id(), {**self.stamps(), **known})

    def put(self, row_id: str, fields: Mapping[str, Any]) -> Row:
        """Put a row there, in the place of the one with that id."""
        key = (*(self.path[name] for name in self.facts.scope), row_id)
        return self.state.store.put(Row(self.account, self.facts.resource, key, dict(fields), self.place.owner))

    def new_id(self) -> str:
        """Return an id for a row, as Zoom's are."""
        store, name = self.state.store, self.facts.resource
        scope = tuple(self.path[each] for each in self.facts.scope)
        return self.state.identifiers.new(
            *self.resource.id_schema, lambda text: store.get(self.account, name, (*scope, text)) is not None
        )

    def change(self, row: Row | None = None, **fields: Any) -> Row:
        """Lay these fields over a row: the body and these over the one that the path names, if none is given."""
        known = fields if row else shapes.lay(self.body, fields)
        row = row or self.row()
        changed = Row(row.account, row.resource, row.key, shapes.lay(row.fields, known), row.owner)
        return self.state.store.put(changed)

    def delete(self) -> Row:
        """Forget the row that the path names, and all that belongs to it."""
        row = self.row()
        self.state.store.delete(row)
        return row

    def full(self, row: Row) -> dict[str, Any]:
        """Return all fields of a row: those that are known, laid over an example of the contract."""
        return resources.full(row)

    def refuse(self, code: int, message: str = "", status: int | None = None) -> Refused:
        """Return a refusal to raise: `raise call.refuse(3000)`."""
        return refusals.refused(self.operation, code, message, status)

    def emit(self, event: str, about: Row | Mapping[str, Any]) -> None:
        """Tell those who subscribed to an event that it happened; the object is a row, or fields by Zoom's names."""
        known = {**resources.known(about), **self._find_old(about)} if isinstance(about, Row) else about
        user = self.state.store.get(self.account, "users", (self.caller.user,))
        operator = {"operator": user and user.fields.get("email"), "operator_id": self.caller.user}
        named = {snake(name): each for name, each in self.path.items()}
        self.state.emit(event, {**operator, **named, **known}, self.account)

    def stamps(self) -> dict[str, str]:
        """Return the fields that say when a row was created: all that the contract has, as of now."""
        return dict.fromkeys(self.resource.stamps, self.state.now())

    def _find_old(self, row: Row) -> dict[str, Any]:
        """Return the row as it was before this call changed it."""
        if self.before is None or self.before is row:
            return {}
        return {"old_object": resources.known(self.before)}

    def _get(self) -> Row | None:
        return self.state.store.get(self.account, self.facts.resource, self.key)

    def _rows(self) -> list[Row]:
        owner = self.place.owner if self.facts.scope or self.place.owner[:1] != ("accounts",) else ()
        return self.state.store.rows(self.account, self.facts.resource, owner or None)

    def _own_id(self, known: Mapping[str, Any]) -> str:
        """Return the id that a body has for the row itself."""
        names = (self.resource.id_field, self.facts.id)
        return next((str(known[each]) for each in names if isinstance(known.get(each), str | int)), "")

    def _give_examples(self) -> bool:
        """Put the contract's examples there, once, where nobody creates any and no fixture put some; True if so."""
        listing = self._find_list()
        once = ("*", self.facts.resource, *self.place.owner)
        if listing is None or not self.state.store.is_first(self.account, once) or self._rows():
            return False
        for each in resources.examples_of(listing, crc32(repr((self.state.seed, once)).encode())):
            self.put(str(each.get(resources.facts(listing).field) or self.new_id()), each)
        return True

    def _find_list(self) -> Operation | None:
        if self.resource.is_created or not self.resource.is_written:
            return None
        beside = tuple(self.facts.parents.values())
        lists = {each: resources.facts(each) for each in self.resource.by_action("list")}
        whole = (each for each, facts in lists.items() if len(facts.scope) == self.resource.depth)
        return next((each for each in whole if tuple(lists[each].parents.values()) == beside), None)

    def _undeclared(self) -> Row | None:
        """Return what is there without being created or listed: settings of a user, and what has only an id."""
        row = Row(self.account, self.facts.resource, self.key, {}, self.place.owner)
        is_listed = self.resource.is_created or self.resource.by_action("list")
        is_gone = bool(self.facts.id) and self.state.store.is_gone(self.account, row.path)
        return None if is_gone or (self.facts.id and is_listed) else row


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(each) for name, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value
