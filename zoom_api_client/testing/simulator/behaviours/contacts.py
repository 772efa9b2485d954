"""Contacts: whom a user can write to, which are the other users of the account."""

from __future__ import annotations

from typing import Any

from zoom_api_client.testing.exchange import OutgoingAnswer
from zoom_api_client.testing.simulator import people, refusals
from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.store import Row

_SHOWN = ("email", "first_name", "last_name", "display_name", "dept", "job_title", "location")
_IN_CONTACTS = {
    "In_A_Zoom_Meeting": "In_A_Meeting",
    "On_A_Call": "In_A_Call",
    "In_Calendar_Event": "In_A_Calendar_Event",
}
_IN_SEARCHES = ("Do_Not_Disturb", "Away", "Available", "Offline")


@behaviour("team_chat.list_users_contacts")
def list_contacts(call: Call) -> list[dict[str, Any]]:
    """List the contacts of the caller; there are none outside of the company."""
    is_company = call.query.pop("type", "company") == "company"
    return [_describe(each) for each in _users(call) if is_company and each.id != call.caller.user]


@behaviour("team_chat.get_users_contact_details")
def get_contact(call: Call) -> OutgoingAnswer:
    """Show a contact, by id or e-mail address, and what they are doing if it is asked for."""
    user = call.state.store.find(call.account, "users", call.path["identifier"])
    if user is None:
        raise refusals.unknown(call.operation, "users", call.path["identifier"])
    contact = _describe(user)
    if call.query.get("query_presence_status"):
        contact["presence_status"] = _presence(call, user)
    return OutgoingAnswer.json(200, contact, operation=call.operation)


@behaviour("team_chat.search_company_contacts")
def search(call: Call) -> list[dict[str, Any]]:
    """List the users of the account whose name or e-mail address has a text in it."""
    searched = str(call.query["search_key"]).lower()
    found = [each for each in _users(call) if any(searched in text.lower() for text in _describe(each).values())]
    if not call.query.get("query_presence_status"):
        return [_describe(each) for each in found]
    statuses = {each.id: _presence(call, each) for each in found}
    known = {name: status if status in _IN_SEARCHES else "Away" for name, status in statuses.items()}
    return [{**_describe(each), "presence_status": known[each.id]} for each in found]


def _users(call: Call) -> list[Row]:
    return call.state.store.rows(call.account, "users")


def _describe(user: Row) -> dict[str, str]:
    known = {name: str(user.fields[name]) for name in _SHOWN if name in user.fields}
    return {"id": user.id, "member_id": user.id, **known}


def _presence(call: Call, user: Row) -> str:
    status = str(people.find_presence(call.state, user)["status"])
    return _IN_CONTACTS.get(status, status)
