"""Telephony: who has Zoom Phone and which numbers, and the calls that are made.

simulator.call("jane@example.com", "+12055550100", minutes=3)
simulator.call("+12055550100", "jane@example.com", result="voicemail", minutes=1)
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import attrs

from zoom_api_client.testing.simulator import bare
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Row

USERS: Final = "phone.users"
NUMBERS: Final = "phone.users.phone_numbers"
HISTORY: Final = "phone.call_history"
VOICEMAILS: Final = "phone.voice_mails"

Result = Literal["answered", "no_answer", "hang_up", "voicemail"]

_FIRST_EXTENSION = 801
_RINGING = timedelta(seconds=8)
_ENDED: Mapping[str, str] = {"no_answer": "phone.callee_missed", "hang_up": "phone.callee_rejected"}


@attrs.frozen
class Party:
    """One end of a call: a user of the account, or a number outside of it (`user` is None)."""

    number: str
    name: str = ""
    user: Row | None = None

    def fields(self, prefix: str) -> dict[str, Any]:
        """Return what a list of calls says of it."""
        known = {"name": self.name or self.number, "did_number": self.number, "number_type": "external_pstn"}
        if self.user:
            known["number_type"] = "zoom_pstn"
            known |= {"email": self.user.fields["email"], "ext_id": self.user.fields["extension_id"]}
            known |= {"ext_number": str(self.user.fields["extension_number"]), "ext_type": "user"}
        return {f"{prefix}_{name}": value for name, value in known.items()}

    def in_event(self) -> dict[str, Any]:
        """Return what an event says of it."""
        known: dict[str, Any] = {"phone_number": self.number, "name": self.name or self.number}
        if self.user is None:
            return {**known, "connection_type": "pstn_off_net", "extension_type": "pstn"}
        extension = {"extension_number": self.user.fields["extension_number"], "extension_type": "user"}
        return {**known, **extension, "user_id": self.user.id, "connection_type": "voip", "timezone": "UTC"}


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
            end = self.state.clock.now()
            answered = end - timedelta(minutes=minutes if result in ("answered", "voicemail") else 0)
            call = _Call(self.state, *ends, result, self.state.identifiers.text(), answered - _RINGING, answered, end)
            call.keep()
            call.tell()
            return call.id


@attrs.frozen
class _Call:
    state: State
    caller: Party
    callee: Party
    result: str
    id: str
    start: datetime
    answer: datetime
    end: datetime

    @property
    def is_answered(self) -> bool:
        return self.result == "answered"

    def sides(self) -> list[tuple[str, Row]]:
        """Return the users in it, each with the side that they are on."""
        ends = {"caller": self.caller, "callee": self.callee}
        return [(side, party.user) for side, party in ends.items() if party.user]

    def keep(self) -> None:
        """Put it into the history of each user in it, and what is said on the voicemail into the callee's."""
        for side, user in self.sides():
            self._put(HISTORY, self.state.identifiers.text(), self._log(side), user)
        if self.result == "voicemail" and self.callee.user:
            row = self._put(VOICEMAILS, self.state.identifiers.text(), self._voicemail(), self.callee.user)
            about = {
                **bare.known(row.fields),
                "id": row.id,
                "callee_id": self.callee.user.id,
                "callee_extension_type": "user",
            }
            self.state.emit("phone.voicemail_received", about, row.account)

    def tell(self) -> None:
        """Send the events of its life, as each side sees it."""
        about = {
            "call_id": self.id, "caller": self.caller.in_event(), "callee": self.callee.in_event(),
            "ringing_start_time": _text(self.start), "connected_start_time": _text(self.answer),
            "answer_start_time": _text(self.answer), "call_end_time": _text(self.end), "handup_result": self.result,
        }  # fmt: skip
        answered = {"caller": "phone.caller_connected", "callee": "phone.callee_answered"}
        for moment in ("ringing", "answered", "ended", "call_history_completed"):
            for side, user in self.sides():
                name = answered[side] if moment == "answered" else f"phone.{side}_{moment}"
                if moment == "ended" and side == "callee":
                    name = _ENDED.get(self.result, name)
                logs = self._in_history(side, user) if moment.endswith("completed") else about
                if self.is_answered or moment != "answered":
                    self.state.emit(name, logs, user.account)

    def _in_history(self, side: str, user: Row) -> dict[str, Any]:
        return {"user_id": user.id, "call_logs": [bare.known(self._log(side))]}

    def _log(self, side: str) -> dict[str, Any]:
        return {"direction": "outbound" if side == "caller" else "inbound", **self._fields()}

    def _fields(self) -> dict[str, Any]:
        talked = round((self.end - self.answer).total_seconds())
        is_internal = self.caller.user is not None and self.callee.user is not None
        return {
            "call_id": self.id, "call_path_id": self.id, "call_type": "general", "call_result": self.result,
            "result": self.result, "connect_type": "internal" if is_internal else "external",
            "start_time": _text(self.start), "end_time": _text(self.end), "duration": talked, "talk_time": talked,
            "answer_time": _text(self.answer) if self.is_answered else None, "recording_status": "non_recorded",
            "wait_time": round(_RINGING.total_seconds()), "hold_time": 0, "hide_caller_id": False, "end_to_end": False,
            "international": False, **self.caller.fields("caller"), **self.callee.fields("callee"),
        }  # fmt: skip

    def _voicemail(self) -> dict[str, Any]:
        named = {
            "caller_name": self.caller.name or self.caller.number, "caller_number": self.caller.number,
            "callee_name": self.callee.name, "callee_number": self.callee.number,
            "caller_number_type": 2 if self.caller.user is None else 1, "callee_number_type": 1,
        }  # fmt: skip
        length = round((self.end - self.answer).total_seconds())
        return {**named, "call_id": self.id, "date_time": _text(self.end), "duration": length, "status": "unread"}

    def _put(self, resource: str, row_id: str, fields: Mapping[str, Any], user: Row) -> Row:
        """Put a row there that says nothing that is not known."""
        row = Row(user.account, resource, (row_id,), bare.fields(resource, fields), user.path)
        return self.state.store.put(row)


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


def _text(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
