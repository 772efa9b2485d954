"""Rounds: a row of any resource is created, listed, read, changed and deleted, by requests that the contract gives."""

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import attrs

from zoom_api_client.testing import examples, page_marks, validator
from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.sample import sample
from zoom_api_client.testing.simulator import Simulator, resources
from zoom_api_client.testing.simulator.resources import Resource
from zoom_api_client.testing.simulator.shapes import lay
from zoom_api_client.testing.simulator.store import Key, Row

ELSEWHERE = {"chat.messages"}
"""What is only created for something that its body names: its round is in a test of its own."""

NARROW = {"from", "to", "type"}
"""What a list may have to be asked for, and says nothing of its items."""

_ONCE = {"meetings.create_meeting": 2, "meetings.create_webinar": 5}
_PLACE = re.compile(r"\{([^}]+)\}")

_KEPT_AS = {"scim2.Users": "users"}  # the same people, by other names


@attrs.define
class Round:
    """A simulator, and requests to it for any resource."""

    simulator: Simulator = attrs.field(factory=lambda: Simulator(open=True))
    sent: int = 0

    def create(self, resource: Resource) -> Row:
        """Create a row, and before it what it belongs to."""
        operation = resource.by_action("create", "add")[0]
        owner = self._owner(operation)
        before = {row.key for row in self.rows(resource)}
        answer = self.send(operation, owner)
        assert answer.status == operation.success, f"{operation} is refused: {answer.status} {answer.body!r}"
        created = [row for row in self.rows(resource) if row.key not in before]
        assert created, f"{operation} created nothing"
        return created[0]

    def go(self, resource: Resource) -> None:
        """Create a row, list, read and change it, read it again, delete it, and ask for it in vain."""
        row = self.create(resource)
        for operation in self.listing(resource):
            self.on_row(operation, row)
        reading = resource.by_action("read")
        for operation in (*reading, *resource.by_action("change"), *reading):
            self.on_row(operation, row)
        for operation in resource.by_action("delete")[:1]:
            self.on_row(operation, row)
            for each in reading if resources.facts(operation).id else ():
                self.on_row(each, row)

    def listing(self, resource: Resource) -> list[Operation]:
        """Return the operations that list what the first one creates, and need not be asked for a part of it."""
        beside = _parents(resource.by_action("create", "add")[0])
        lists = [each for each in resource.by_action("list") if _parents(each) == beside]
        return [each for each in lists if not NARROW & _asked(each)]

    def rows(self, resource: Resource) -> list[Row]:
        """Return the rows that the simulator has."""
        name = _KEPT_AS.get(resource.name, resource.name)
        return self.simulator.state.store.rows(self.simulator.state.owner.account, name)

    def to_owner(self, operation: Operation) -> OutgoingAnswer:
        """Send a request for what belongs to something, which is created before it."""
        return self.send(operation, self._owner(operation))

    def on_row(self, operation: Operation, row: Row) -> OutgoingAnswer:
        """Send a request for a row."""
        facts = resources.facts(operation)
        owners = (*[self.simulator.state.owner.user] * len(facts.parents), *row.owner[1:])[
            -len(facts.parents) or None :
        ]
        ids = dict(zip(facts.parents, owners, strict=False)) | dict(zip(facts.scope, row.key, strict=False))
        if facts.id and facts.action not in ("list", "create", "add", "clear", "remove"):
            ids[facts.id] = row.id
        return self.send(operation, ids, row)

    def send(self, operation: Operation, ids: dict[str, str], row: Row | None = None) -> OutgoingAnswer:
        """Send an example of a request for an operation, with these ids in its path."""
        self.sent += 1
        example = examples.request(operation, seed=self.sent)
        path = _PLACE.sub(lambda place: _segment(operation, place[1], ids), operation.path)
        query = self._query(operation, row)
        url = f"{operation.server}{path}" + (f"?{urlencode(query)}" if query else "")
        body = self._planned(operation, example.body)
        return self.simulator.answer(IncomingRequest(operation.method, url, example.headers, body))

    def _planned(self, operation: Operation, body: bytes) -> bytes:
        """Return a body in which what is scheduled begins in an hour and takes registrations."""
        if str(operation) not in _ONCE:
            return body
        begin = (self.simulator.clock.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        plan = {
            "type": _ONCE[str(operation)],
            "start_time": begin,
            "settings": {"approval_type": 0},
            "schedule_for": "owner@example.com",
        }
        return json.dumps(lay(json.loads(body), plan)).encode()

    def _query(self, operation: Operation, row: Row | None) -> dict[str, str]:
        """Return what must be asked: what the row has, where it is a field of it."""
        least = examples.request(operation, seed=self.sent, full=False)
        asked = parse_qsl(urlsplit(least.url).query, keep_blank_values=True)
        known = resources.full(row) if row else {}
        return {name: str(known.get(name, text)) for name, text in asked}

    def _owner(self, operation: Operation) -> dict[str, str]:
        """Create what the rows of a path belong to; return its ids by their names."""
        parents = resources.facts(operation).parents
        key: Key = ()
        for name, parent in parents.items():
            outer = resources.find(parent)
            if parent != "users" and outer and outer.is_created:
                inner = (self.create(outer) if outer.by_action("create", "add") else self._seed(outer)).key
                key = (*key[: len(key) + 1 - len(inner)], *inner)
            else:
                is_user = parent == "users" or name == "userId"
                key = (*key, self.simulator.state.owner.user if is_user else _text(operation, name))
        return dict(zip(parents, key, strict=True))

    def _seed(self, resource: Resource) -> Row:
        """Put a row there that no call creates."""
        self.simulator.seed({resource.name: [{resource.id_field: "85746065432"}]})
        return self.rows(resource)[-1]


def _parents(operation: Operation) -> tuple[str, ...]:
    return tuple(resources.facts(operation).parents.values())


def _asked(operation: Operation) -> set[str]:
    return {each["name"] for each in operation.parameters("query") if each.get("required")}


def _segment(operation: Operation, name: str, ids: dict[str, str]) -> str:
    return examples.segment(operation, name, ids[name] if name in ids else _text(operation, name))


def _text(operation: Operation, name: str) -> str:
    """Return what a parameter of a path may be."""
    declared = next(each for each in operation.parameters("path") if each["name"] == name)
    return "me" if name == "accountId" else str(sample(declared["schema"], name=name))


def shown(operation: Operation, answer: OutgoingAnswer) -> list[Any]:
    """Return the items of a page."""
    items = page_marks.at(json.loads(answer.body), resources.facts(operation).items)
    return items if isinstance(items, list) else []


def faults(operation: Operation, answer: OutgoingAnswer) -> list[str]:
    """Return how an answer leaves the contract."""
    value = json.loads(answer.body) if answer.body else None
    media_type = answer.headers.get("Content-Type", "application/json")
    return [str(each) for each in validator.check_answer(operation, answer.status, value, media_type)]
