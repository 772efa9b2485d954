"""Phone: its users and their numbers, and the history of their calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from zoom_api_client.testing.simulator import days, people, telephony
from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.store import Row
from zoom_api_client.testing.simulator.telephony import NUMBERS

_MONTH = timedelta(days=31)
_FILTERS: Mapping[str, str] = {
    "directions": "direction",
    "connect_types": "connect_type",
    "call_types": "call_type",
    "call_results": "call_result",
}


@behaviour("phone.batch_add_users")
def add_users(call: Call) -> list[Row]:
    """Give users Zoom Phone, each with an extension and numbers."""
    return [_add_user(call, each) for each in call.require("users")]


@behaviour("phone.get_users_profile")
def get_profile(call: Call) -> Row:
    """Show a user of the phone, with the numbers that are assigned."""
    return _with_numbers(call, call.row())


@behaviour("phone.list_phone_users")
def list_users(call: Call) -> list[Row]:
    """List the users of the phone, each with the numbers that are assigned."""
    return [_with_numbers(call, each) for each in call.rows()]


@behaviour("phone.assign_phone_number_to_user")
def assign_numbers(call: Call) -> dict[str, Any]:
    """Assign numbers to a user: those of the account, by id or number, and others that are taken for new ones."""
    user = call.state.store.get(call.account, telephony.USERS, (call.path["userId"],))
    assert user is not None  # the place of the call has refused it
    assigned = [_assign(call, user, each) for each in call.body.get("phone_numbers", [])]
    return {"phone_numbers": [{"id": each.id, "number": each.fields["number"]} for each in assigned]}


@behaviour("phone.unassign_phone_number_of_user")
def unassign_number(call: Call) -> Row:
    """Take a number, by its id or itself, from a user; the account still has it."""
    named, path = call.path["phoneNumberId"], (telephony.USERS, call.path["userId"])
    rows = call.state.store.rows(call.account, NUMBERS, path)
    row = next((each for each in rows if named in (each.id, each.fields.get("number"))), None)
    if row is None:
        raise call.refuse(400, f"There is no number {named} of this user.", 404)
    call.state.store.delete(row)
    _note_assignee(call, row.id, None)
    return row


@behaviour("phone.list_phone_numbers")
def list_numbers(call: Call) -> list[Row]:
    """List the numbers of the account: all, or those that are assigned, or not."""
    asked = call.query.pop("type", "all")
    rows = call.rows()
    return [each for each in rows if asked == "all" or (asked == "assigned") == bool(call.full(each).get("assignee"))]


@behaviour("phone.get_users_call_history", "phone.get_accounts_call_history")
def list_calls(call: Call) -> list[Row]:
    """List calls, those of the last day unless a range is asked for, the latest first."""
    days.clamp(call, longest=_MONTH, usual=timedelta(days=1))
    asked = {field: call.query.pop(name) for name, field in _FILTERS.items() if name in call.query}
    rows = sorted(call.rows(), key=lambda row: str(row.fields.get("start_time", "")), reverse=True)
    return [row for row in rows if all(row.fields.get(field) in each for field, each in asked.items())]


@behaviour("phone.delete_users_call_history")
def delete_call(call: Call) -> Row:
    """Delete a call from a user's history."""
    row = call.delete()
    about = {"user_id": call.path["userId"], "call_log_ids": [row.id], "delete_all": False, "move_to_trash": True}
    call.emit("phone.call_history_deleted", {**about, "execute_time": call.state.now()})
    return row


def _add_user(call: Call, item: Mapping[str, Any]) -> Row:
    user = call.state.store.find(call.account, "users", item["email"]) or people.create(call.state, call.account, item)
    number = str(item["extension_number"])
    known = {"extension_number": int(number)} if number.isdecimal() else {}
    phone = telephony.set_up(call.state, user, **known, calling_plans=None)
    for each in item.get("phone_numbers", []):
        _assign(call, phone, {"number": each})
    return phone


def _with_numbers(call: Call, user: Row) -> Row:
    numbers = telephony.list_numbers(call.state, user)
    return Row(user.account, user.resource, user.key, {**user.fields, "phone_numbers": numbers}, user.owner)


def _assign(call: Call, user: Row, named: Mapping[str, str]) -> Row:
    known = next((each for each in _account_numbers(call) if _is_named(each, named)), None)
    number = str(known.fields["number"] if known else named.get("number", named.get("id", "")))
    number_id = known.id if known else named.get("id") or call.state.identifiers.text()
    row = Row(call.account, NUMBERS, (user.id, number_id), {"number": number}, user.path)
    _note_assignee(call, number_id, user)
    return call.state.store.put(row)


def _account_numbers(call: Call) -> Iterator[Row]:
    for row in call.state.store.rows(call.account, "phone.numbers"):
        yield Row(row.account, row.resource, row.key, call.full(row), row.owner)


def _is_named(row: Row, named: Mapping[str, str]) -> bool:
    return row.id == named.get("id") or row.fields["number"] == named.get("number")


def _note_assignee(call: Call, number_id: str, user: Row | None) -> None:
    """Let the number of the account say whose it is."""
    row = call.state.store.get(call.account, "phone.numbers", (number_id,))
    if row:
        call.change(row, assignee=_describe(user) if user else None)


def _describe(user: Row) -> dict[str, Any]:
    shown = ("name", "extension_number")
    return {"id": user.id, "type": "user", **{name: user.fields[name] for name in shown if name in user.fields}}
