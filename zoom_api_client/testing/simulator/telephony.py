"""Telephony: who has Zoom Phone and which numbers, and the calls that are made.

    simulator.call("jane@example.com", "+12055550100", minutes=3)
    simulator.call("+12055550100", "jane@example.com", result="voicemail", minutes=1)

Zoom's events of a call are sent, and it is in the call history.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from zoom_api_client.testing.simulator.phone_calls import Party, PhoneCall, Result
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Row

USERS: Final = "phone.users"
NUMBERS: Final = "phone.users.phone_numbers"

_FIRST_EXTENSION = 801


class Telephony:
    """The part of a simulator in which calls are made. It sends the events that Zoom sends then."""

    state: State

    def call(self, caller: str, callee: str, *, minutes: float = 1, result: Result = "answered") -> str:
        """Make a call that ends now; return its `call_id`.

        Args:
            caller: a user, by id or e-mail address, or a number outside the account. A user without Zoom Phone gets it.
            callee: the same; at least one of them is a user.
            minutes: how long they talked, or what was left on the voicemail lasts.
            result: what came of it: answered, no_answer, hang_up (by who was called), voicemail.
        """
        with self.state.store.lock:
            ends = _find_party(self.state, caller), _find_party(self.state, callee)
            if not any(each.user for each in ends):
                raise LookupError(f"neither {caller} nor {callee} is a user: put one there with seed()")
            length = timedelta(minutes=minutes if result in ("answered", "voicemail") else 0)
            call = PhoneCall(self.state, *ends, result, self.state.identifiers.text(), self.state.clock.now(), length)
            call.happen()
            return call.id


def set_up(state: State, user: Row, **known: Any) -> Row:
    """Give a user Zoom Phone, with an extension, unless they have it; return the user of the phone."""
    phone = state.store.get(user.account, USERS, user.key)
    if phone and {"email", "extension_id", "extension_number"} <= phone.fields.keys():
        return phone
    taken = {each.fields.get("extension_number") for each in state.store.rows(user.account, USERS)}
    free = next(each for each in range(_FIRST_EXTENSION, _FIRST_EXTENSION + len(taken) + 1) if each not in taken)
    usual = {
        "email": user.fields["email"], "name": user.fields.get("display_name", user.fields["email"]),
        "extension_id": state.identifiers.text(), "extension_number": free, "status": "activate",
        "phone_user_id": state.identifiers.text(),
    }  # fmt: skip
    fields = {**usual, **(phone.fields if phone else {}), **known}
    return state.store.put(Row(user.account, USERS, user.key, fields, user.path))


def list_numbers(state: State, user: Row) -> list[dict[str, str]]:
    """Return the numbers of a user of the phone."""
    rows = state.store.rows(user.account, NUMBERS, user.path)
    return [{"id": each.id, "number": each.fields["number"]} for each in rows if "number" in each.fields]


def _find_party(state: State, name: str) -> Party:
    user = state.store.find(state.owner.account, "users", name)
    if user is None:
        return Party(name)
    phone = set_up(state, user)
    numbers = list_numbers(state, phone)
    number = numbers[0]["number"] if numbers else str(phone.fields["extension_number"])
    return Party(number, phone.fields["name"], phone)
