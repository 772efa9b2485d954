"""Scheduling: meetings and webinars are made, changed and deleted, whole or occurrence by occurrence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from zoom_api_client.testing.simulator import refusals, sessions
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.live import Session
from zoom_api_client.testing.simulator.sessions import INSTANT, Kind
from zoom_api_client.testing.simulator.shapes import lay
from zoom_api_client.testing.simulator.store import Row

_PLANNING = frozenset({"start_time", "timezone", "duration", "type", "recurrence"})


def create(call: Call, kind: Kind) -> Row:
    """Schedule a session: it has a host, a UUID and links, and waits to be started."""
    number, host = call.new_id(), _host(call)
    created = sessions.whole(call.state, kind, number, host, {**call.stamps(), **call.body})
    row = call.state.store.put(Row(call.account, kind.resource, (number,), created, host.path))
    _emit(call, kind, "created", row)
    return row


def read(call: Call, kind: Kind) -> Row:
    """Return a session: the occurrence that is asked for, or all that are still to come, unless all are asked for."""
    row = call.row()
    if "occurrence_id" in call.query:
        part = {name: each for name, each in _occurrence(call, row).items() if name != "status"}
        return attrs.evolve(row, fields=lay(row.fields, part))
    parts, now = row.fields["occurrences"], call.state.clock.now()
    if not parts or call.query.get("show_previous_occurrences"):
        return row
    ahead = [each for each in parts if datetime.fromisoformat(each["start_time"]) >= now]
    return attrs.evolve(row, fields={**row.fields, "occurrences": ahead})


def listed(call: Call, kind: Kind) -> list[Row]:
    """Return the sessions of a user, of the list that is asked for; none shows what was not scheduled."""
    asked, now = call.query.get("type", "scheduled"), call.state.clock.now()
    rows = [row for row in call.rows() if row.fields.get("type") != INSTANT or asked == "live"]
    if asked == "live":
        return [row for row in rows if row.fields.get("status") == "started"]
    if asked == "scheduled":
        return rows
    return [row for row in rows if sessions.is_ahead(row, now) == asked.startswith("upcoming")]


def change(call: Call, kind: Kind) -> Row:
    """Change a session, or one occurrence of it. A series that is planned anew gets new occurrences."""
    row = call.row()
    if "occurrence_id" in call.query:
        fields = {"occurrences": _replaced(row, _occurrence(call, row), call.body)}
    else:
        fields = _changed(call, kind, row)
    changed = call.state.store.put(attrs.evolve(row, fields={**row.fields, **fields}))
    before = {name: row.fields[name] for name in call.body if row.fields.get(name) is not None}
    _emit(call, kind, "updated", changed, old_object={"id": row.id, **before})
    return changed


def delete(call: Call, kind: Kind) -> Row:
    """Delete a session, or one occurrence of it. It can be recovered, but not what belonged to it."""
    row = call.row()
    if "occurrence_id" in call.query:
        gone = _occurrence(call, row)
        _emit(call, kind, "deleted", row, occurrences=[gone], operation="single")
        return call.change(row, occurrences=_replaced(row, gone, {"status": "deleted"}))
    if Session(call.state, kind, row).live:
        raise call.refuse(3002, f"The {kind.name} is in progress: end it before you delete it.", 400)
    call.delete()
    call.state.store.put(attrs.evolve(row, resource=f"deleted_{kind.resource}"))
    _emit(call, kind, "deleted", row, operation="all")
    return row


def recover(call: Call, kind: Kind) -> None:
    """Bring back what was deleted."""
    name = next(iter(call.match.path.values()))
    gone = call.state.store.get(call.account, f"deleted_{kind.resource}", (name,))
    if gone is None:
        raise refusals.unknown(call.operation, kind.resource, name)
    call.state.store.delete(gone)
    _emit(call, kind, "recovered", call.state.store.put(attrs.evolve(gone, resource=kind.resource)))


def find(call: Call, kind: Kind) -> Row:
    """Return the session that a path begins with, whatever the operation does. Raises `Refused` if there is none."""
    name = next(iter(call.match.path.values()))
    row = sessions.find(call.state, call.account, kind, name)
    if row is None:
        raise refusals.unknown(call.operation, kind.resource, name)
    return row


def operator(call: Call) -> dict[str, str]:
    """Return the fields by which events name who did it."""
    user = call.state.store.get(call.account, "users", (call.caller.user,))
    return {"operator": user.fields.get("email", "") if user else "", "operator_id": call.caller.user}


def _emit(call: Call, kind: Kind, what: str, row: Row, **fields: Any) -> None:
    call.emit(f"{kind.name}.{what}", {**call.full(row), **operator(call), **fields})


def _host(call: Call) -> Row:
    """Return the user whose session it will be: the one of the path, unless it is made for another."""
    name = call.body.get("schedule_for") or call.path["userId"]
    host = call.state.store.find(call.account, "users", name)
    if host is None:
        raise refusals.unknown(call.operation, "users", name)
    return host


def _occurrence(call: Call, row: Row) -> dict[str, Any]:
    """Return the occurrence that is asked for, which was not deleted."""
    asked = call.query["occurrence_id"]
    parts: list[dict[str, Any]] = row.fields["occurrences"] or []
    for each in parts:
        if each["occurrence_id"] == asked and each["status"] == "available":
            return each
    raise call.refuse(3001, f"There is no occurrence {asked}.", 404)


def _replaced(row: Row, part: Mapping[str, Any], fields: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the occurrences of a series, of which one has other fields."""
    moved = {"start_time": sessions.utc(row.fields, fields["start_time"])} if "start_time" in fields else {}
    changed = lay(part, {**fields, **moved})
    return [changed if each["occurrence_id"] == part["occurrence_id"] else each for each in row.fields["occurrences"]]


def _changed(call: Call, kind: Kind, row: Row) -> dict[str, Any]:
    """Return the fields of a session that was changed; a recurrence takes the place of the one before."""
    whole = {"recurrence": call.body["recurrence"]} if "recurrence" in call.body else {}
    fields = {**lay(row.fields, call.body), **whole}
    planned = sessions.times(kind, fields) if _PLANNING & call.body.keys() else {}
    return {**fields, **planned, **sessions.registration(call.state, kind, fields)}
