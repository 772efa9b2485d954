"""Users as identity providers see them, by SCIM: the same people as those of `/users`, by other names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from zoom_api_client.testing.simulator import people, refusals
from zoom_api_client.testing.simulator.behaviours import users
from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.store import Row

_SCHEMA: Final = "urn:ietf:params:scim:schemas:core:2.0:User"
_ENTERPRISE: Final = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
_TYPES: Final = {1: "Basic", 2: "Licensed", 4: "On-Prem"}
_BY_NAME: Final = re.compile(r'(?i)userName eq "?([^"]*)"?')
_NAMES: Final = {
    "userName": "email", "displayName": "display_name", "title": "job_title", "locale": "language",
    "givenName": "first_name", "familyName": "last_name", "department": "dept", "organization": "company",
    "costCenter": "cost_center",
}  # fmt: skip
"""What SCIM calls the fields that users have too, wherever they stand in its objects."""


@behaviour("scim2.list_users")
def list_users(call: Call) -> list[Row]:
    """List the users, or the one whose e-mail address is asked for."""
    asked = _BY_NAME.fullmatch(call.query.get("filter", "").strip())
    every = call.state.store.rows(call.account, "users")
    return [_show(each) for each in every if not asked or _email(each) == asked[1].lower()]


@behaviour("scim2.create_user")
def create_user(call: Call) -> Row:
    """Create a user, whose e-mail address nobody has."""
    email = call.body.get("userName", "")
    if call.state.store.find(call.account, "users", email):
        raise call.refuse(409, f"There is a user with the e-mail address {email}.", 409)
    user = people.create(call.state, call.account, _read(call.body))
    user = call.change(user, **_read(call.body), scim=_beside(call.body))
    users.emit(call, "user.created", user, creation_type="ssoCreate")
    return _show(user)


@behaviour("scim2.get_user")
def get_user(call: Call) -> Row:
    """Show a user."""
    return _show(_find(call))


@behaviour("scim2.update_user")
def update_user(call: Call) -> Row:
    """Change a user."""
    user = _find(call)
    known = _read(call.body)
    user = call.change(user, **known, scim=_beside(call.body))
    call.emit("user.updated", {"id": user.id, **known})
    return _show(_set_active(call, user, call.body))


@behaviour("scim2.deactivate_user")
def deactivate_user(call: Call) -> Row:
    """Shut a user out, or let them in again."""
    user = _find(call)
    for each in call.body.get("Operations", []):
        user = _set_active(call, user, each.get("value", {}))
    return _show(user)


@behaviour("scim2.delete_user")
def delete_user(call: Call) -> None:
    """Delete a user for good."""
    user = _find(call)
    users.remove(call, user)
    users.emit(call, "user.deleted", user)


def _set_active(call: Call, user: Row, said: Mapping[str, Any]) -> Row:
    if said.get("active", _is_active(user)) == _is_active(user):
        return user
    return users.set_status(call, user, "activate" if said["active"] else "deactivate")


def _find(call: Call) -> Row:
    user = call.state.store.get(call.account, "users", (call.match.path["userId"],))
    if user is None:
        raise refusals.unknown(call.operation, "users", call.match.path["userId"])
    return user


def _read(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a user that SCIM says, by the names that users have for them."""
    said = {**body, **body.get("name", {}), **body.get(_ENTERPRISE, {})}
    numbers = [number for number, name in _TYPES.items() if name == body.get("userType")]
    known = {own: said[name] for name, own in _NAMES.items() if name in said}
    return {**known, "type": numbers[0]} if numbers else known


def _beside(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what only SCIM has a field for."""
    return {name: value for name, value in body.items() if name not in (*_NAMES, "name", "userType", "active")}


def _show(user: Row) -> Row:
    """Return a user as SCIM has them; it is kept as a user only."""
    of_user = user.fields
    said = {name: of_user[own] for name, own in _NAMES.items() if of_user.get(own)}
    created = of_user.get("created_at")
    fields = {
        "schemas": [_SCHEMA], **of_user.get("scim", {}), **said, "userName": _email(user),
        "name": {name: said[name] for name in ("givenName", "familyName") if name in said},
        "active": _is_active(user), "userType": _TYPES.get(of_user.get("type", 0), "Licensed"),
        "emails": [{"type": "work", "primary": True, "value": _email(user)}],
        "meta": {"resourceType": "User", "created": created, "lastModified": created,
                 "location": f"https://api.zoom.us/scim2/Users/{user.id}"},
    }  # fmt: skip
    return Row(user.account, "scim2.Users", user.key, fields)


def _email(user: Row) -> str:
    return str(user.fields.get("email", "")).lower()


def _is_active(user: Row) -> bool:
    return bool(user.fields.get("status", "active") == "active")
