"""Users: they are created once, changed, activated and deleted, each with its event, and have a presence."""

from __future__ import annotations

from collections import Counter
from typing import Any

from zoom_api_client.testing.exchange import OutgoingAnswer
from zoom_api_client.testing.simulator import derived, people, refusals, telephony
from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.store import Row

_STATUSES = {"activate": ("active", "user.activated"), "deactivate": ("inactive", "user.deactivated")}
_COUNTED = {1: "basic_users_count", 2: "licensed_users_count", 4: "join_only_users_count"}


@behaviour("users.create_users")
def create_user(call: Call) -> Row:
    """Create a user, whose e-mail address nobody has."""
    email = call.require("email")
    if call.state.store.find(call.account, "users", email):
        raise call.refuse(1005, f"There is a user with the e-mail address {email}.", 409)
    user = people.create(call.state, call.account, call.body)
    emit(call, "user.created", user, creation_type=call.sent["action"])
    return user


@behaviour("users.update_user")
def update_user(call: Call) -> Row:
    """Change a user; a feature may be Zoom Phone."""
    feature = call.body.get("feature", {})
    user = call.change()
    if feature.get("zoom_phone"):
        telephony.set_up(call.state, user)
    call.emit("user.updated", {"id": user.id, **call.body, **_operator(call)})
    return user


@behaviour("users.delete_user")
def delete_user(call: Call) -> None:
    """Remove a user from the account, or delete them for good."""
    user = call.row()
    remove(call, user)
    is_deleted = call.query.get("action", "disassociate") == "delete"
    emit(call, "user.deleted" if is_deleted else "user.disassociated", user)


@behaviour("users.update_user_status")
def update_status(call: Call) -> OutgoingAnswer:
    """Let a user in again, or shut them out."""
    user = _user(call)
    if call.body["action"] in _STATUSES:
        set_status(call, user, call.body["action"])
    return OutgoingAnswer(204, operation=call.operation)


@behaviour("users.check_user_email")
def check_email(call: Call) -> dict[str, Any]:
    """Return whether there is a user with an e-mail address."""
    return {"existed_email": call.state.store.find(call.account, "users", call.query["email"]) is not None}


@behaviour("users.get_user_summary")
def count_users(call: Call) -> dict[str, Any]:
    """Count the users by their type."""
    users = [call.full(each) for each in call.state.store.rows(call.account, "users")]
    types = Counter(each["type"] for each in users)
    pending = sum(each["status"] == "pending" for each in users)
    counts = {name: types[number] for number, name in _COUNTED.items()}
    others = {"on_prem_users_count": 0, "room_users_count": 0, "pending_users_count": pending}
    return {**others, **counts, "total_users_count": len(users)}


@behaviour("users.update_users_presence_status")
def set_presence(call: Call) -> OutgoingAnswer:
    """Set the presence of a user."""
    people.set_presence(call.state, _user(call), call.require("status"), call.body.get("duration"))
    return OutgoingAnswer(204, operation=call.operation)


@behaviour("users.get_user_presence_status")
def get_presence(call: Call) -> OutgoingAnswer:
    """Return the presence of a user."""
    return OutgoingAnswer.json(200, people.find_presence(call.state, _user(call)), operation=call.operation)


def remove(call: Call, user: Row) -> None:
    """Forget a user, also as a member of groups."""
    store = call.state.store
    store.delete(user)
    for resource in derived.MEMBERSHIPS.values():
        for member in store.rows(call.account, resource):
            if member.id == user.id:
                store.delete(member)


def set_status(call: Call, user: Row, action: str) -> Row:
    """Let a user in again (`activate`), or shut them out (`deactivate`)."""
    status, event = _STATUSES[action]
    changed = call.change(user, status=status)
    emit(call, event, changed)
    return changed


def _user(call: Call) -> Row:
    user = call.state.store.get(call.account, "users", (call.path["userId"],))
    if user is None:
        raise refusals.unknown(call.operation, "users", call.match.path["userId"])
    return user


def emit(call: Call, event: str, user: Row, **beside: Any) -> None:
    """Send an event about a user."""
    shown = ("email", "first_name", "last_name", "display_name", "type")
    known = {"first_name": "", "last_name": "", "type": 1, **user.fields}
    about = {name: known[name] for name in shown if name in known}
    call.emit(event, {"id": user.id, **about, **_operator(call), **beside})


def _operator(call: Call) -> dict[str, str]:
    by = call.state.store.get(call.account, "users", (call.caller.user,))
    return {"operator": by.fields.get("email", "") if by else "", "operator_id": call.caller.user}
