"""The actions of operations on rows, as the contract classifies them: create, add, read, list and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.store import Row

Fields = Mapping[str, Any]

_OF_USERS = ("id", "email", "first_name", "last_name", "display_name", "type")


def proceed(call: Call, fields: Fields) -> Row | list[Row]:
    """Do what the operation does by its path; return the row, or the rows."""
    return _ACTIONS[call.facts.action](call, fields)


def _create(call: Call, fields: Fields) -> Row:
    return call.create(**fields)


def _add(call: Call, fields: Fields) -> list[Row]:
    return [_add_one(call, each, fields) for each in _items(call)]


def _list(call: Call, _fields: Fields) -> list[Row]:
    return call.rows()


def _read(call: Call, _fields: Fields) -> Row:
    return call.row()


def _change(call: Call, fields: Fields) -> Row:
    return call.change(**fields)


def _delete(call: Call, _fields: Fields) -> Row:
    return call.delete()


def _remove(call: Call, _fields: Fields) -> list[Row]:
    named = [call.query[name] for name in call.facts.ids if name in call.query]
    names = {text for each in named for text in (each if isinstance(each, list) else str(each).split(","))}
    return _forget(call, [row for row in call.rows() if names & {row.id, row.fields.get("email")}])


def _clear(call: Call, _fields: Fields) -> list[Row]:
    return _forget(call, call.rows())


_ACTIONS: Mapping[str, Callable[[Call, Fields], Row | list[Row]]] = {
    "create": _create, "add": _add, "list": _list, "read": _read, "change": _change, "delete": _delete,
    "remove": _remove, "clear": _clear,
}  # fmt: skip


def _items(call: Call) -> Iterator[Fields]:
    """Yield what a body adds: objects, or ids alone."""
    items = call.body.get(call.facts.items, []) if call.facts.items else call.sent
    for each in items if isinstance(items, list) else []:
        yield each if isinstance(each, dict) else {"id": str(each)}


def _add_one(call: Call, item: Fields, fields: Fields) -> Row:
    """Add one of many: a user by id or e-mail address is shown as the user is."""
    named = next((str(item[each]) for each in ("id", "user_id", "email", call.resource.id_field) if each in item), "")
    user = call.state.store.find(call.account, "users", named)
    known = {name: user.fields[name] for name in _OF_USERS if name in user.fields} if user else {}
    row_id = user.id if user else str(item.get("id") or item.get(call.resource.id_field) or call.new_id())
    return call.put(row_id, {**known, **item, **fields})


def _forget(call: Call, rows: list[Row]) -> list[Row]:
    for row in rows:
        call.state.store.delete(row)
    return rows
