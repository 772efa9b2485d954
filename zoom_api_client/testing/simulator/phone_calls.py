"""Phone calls: the histories of its users that each leaves, and the events of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import attrs

from zoom_api_client.testing.simulator import bare
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Row

Result = Literal["answered", "no_answer", "hang_up", "voicemail"]

_HISTORY: Final = "phone.call_history"
_VOICEMAILS: Final = "phone.voice_mails"
_RINGING: Final = timedelta(seconds=8)
_DOWNLOAD: Final = "https://api.zoom.us/v2/phone/voice_mails/download"

_ENDED: Mapping[str, str] = {"no_answer": "missed", "hang_up": "rejected"}
"""What the end of a call is for who was called, where it is not just an end."""


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


@attrs.frozen
class PhoneCall:
    """A call that ends at a moment, after they talked for a while; `length` is also that of a voicemail."""

    state: State
    caller: Party
    callee: Party
    result: Result
    id: str
    end: datetime
    length: timedelta

    def happen(self) -> None:
        """Put it into the history of each user in it, and tell of it as each side sees it."""
        sides = [(side, end.user) for side, end in (("caller", self.caller), ("callee", self.callee)) if end.user]
        for moment in ("ringing", "answered", "ended"):
            for side, user in sides:
                if name := self._name(moment, side):
                    self.state.emit(f"phone.{side}_{name}", self._about(), user.account)
        for side, user in sides:
            row = self._put(_HISTORY, self._log(side), user)
            about = {"user_id": user.id, "call_logs": [{**bare.known(row.fields), "id": row.id}]}
            self.state.emit(f"phone.{side}_call_history_completed", about, user.account)
        if self.result == "voicemail" and self.callee.user:
            self._leave_voicemail(self.callee.user)

    def _name(self, moment: str, side: str) -> str:
        """Return what a moment of the call is called on one side; "" if it did not come to it."""
        if moment == "answered":
            return {"caller": "connected", "callee": "answered"}[side] if self.result == "answered" else ""
        return _ENDED.get(self.result, moment) if (moment, side) == ("ended", "callee") else moment

    def _about(self) -> dict[str, Any]:
        """Return what its events say of it."""
        answered = self.end - self.length
        return {
            "call_id": self.id,
            "caller": self.caller.in_event(),
            "callee": self.callee.in_event(),
            "ringing_start_time": _text(answered - _RINGING),
            "connected_start_time": _text(answered),
            "answer_start_time": _text(answered),
            "call_end_time": _text(self.end),
            "handup_result": self.result,
        }

    def _log(self, side: str) -> dict[str, Any]:
        """Return what a history says of it, on one side."""
        answered, talked = self.end - self.length, round(self.length.total_seconds())
        is_internal = self.caller.user is not None and self.callee.user is not None
        known: dict[str, Any] = {
            "direction": "outbound" if side == "caller" else "inbound",
            "call_id": self.id, "call_path_id": self.id, "call_type": "general", "call_result": self.result,
            "result": self.result, "connect_type": "internal" if is_internal else "external",
            "start_time": _text(answered - _RINGING), "end_time": _text(self.end), "duration": talked,
            "talk_time": talked, "wait_time": round(_RINGING.total_seconds()), "hold_time": 0,
            "recording_status": "non_recorded", "hide_caller_id": False, "end_to_end": False, "international": False,
            **self.caller.fields("caller"), **self.callee.fields("callee"),
        }  # fmt: skip
        return {**known, "answer_time": _text(answered)} if self.result == "answered" else known

    def _leave_voicemail(self, user: Row) -> None:
        known = {
            "caller_name": self.caller.name or self.caller.number, "caller_number": self.caller.number,
            "caller_number_type": 1 if self.caller.user else 2, "callee_name": self.callee.name,
            "callee_number": self.callee.number, "callee_number_type": 1, "call_id": self.id, "status": "unread",
            "date_time": _text(self.end), "duration": round(self.length.total_seconds()),
            "download_url": f"{_DOWNLOAD}/{self.id}",
        }  # fmt: skip
        row = self._put(_VOICEMAILS, known, user)
        about = {**known, "id": row.id, "callee_id": user.id, "callee_extension_type": "user"}
        self.state.emit("phone.voicemail_received", about, row.account)

    def _put(self, resource: str, fields: Mapping[str, Any], user: Row) -> Row:
        """Put a row there that says nothing that is not known."""
        key = (self.state.identifiers.text(),)
        return self.state.store.put(Row(user.account, resource, key, bare.fields(resource, fields), user.path))


def _text(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
