"""People: the users of an account, and what they are doing.

    simulator.set_presence("jane@example.com", "In_A_Zoom_Meeting")

`user.presence_status_updated` is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from zoom_api_client.core.suggestions import did_you_mean
from zoom_api_client.testing import contract
from zoom_api_client.testing.simulator import user_fields
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Row

PRESENCE: Final = "users.presence_status"

_DO_NOT_DISTURB = ("Do_Not_Disturb", "Do_No_Disturb")
_USUAL_MINUTES = 20
_IN_EVENTS: Mapping[str, str] = {
    "Do_No_Disturb": "Do_Not_Disturb", "In_Calendar_Event": "In_Calendar_Event", "In_A_Zoom_Meeting": "In_Meeting",
    "On_A_Call": "On_Phone_Call", "Out_of_Office": "Away",
}  # fmt: skip
"""What events call the statuses that they have another name for, or none."""
_IN_ANSWERS: Mapping[str, str] = {
    "In_Meeting": "In_A_Zoom_Meeting", "On_Phone_Call": "On_A_Call", "Offline": "Away", "Mobile_signed_in": "Available",
}  # fmt: skip
"""What answers call the statuses of events; for the last two, which they do not have, the nearest."""


class Presence:
    """The part of a simulator in which people come and go."""

    state: State

    def set_presence(self, user_id: str, status: str, *, minutes: int | None = None) -> None:
        """Set what a user is doing, by id or e-mail address: `Available`, `In_A_Zoom_Meeting`, `Do_Not_Disturb` …

        The names that events have for it, such as `In_Meeting`, are taken too.
        Zoom sends `user.presence_status_updated`. `minutes` is how long they do not want to be disturbed.
        Raises `ValueError` for a status that Zoom does not have, `LookupError` for a user who is not there.
        """
        if (known := statuses()) and status not in known:
            hint = did_you_mean(status, known) or f": give one of {', '.join(known)}"
            raise ValueError(f"{status!r} is not a presence status{hint}")
        with self.state.store.lock:
            user = self.state.store.find(self.state.owner.account, "users", user_id)
            if user is None:
                raise LookupError(f"there is no user {user_id}: create one first, or put one there with seed()")
            set_presence(self.state, user, status, minutes)


@cache
def statuses() -> tuple[str, ...]:
    """Return the presence statuses of answers and of events; none where Zoom's documents list none."""
    operation = contract.operations("users")["get_user_presence_status"]
    resolve = operation.document.resolve
    answer = resolve(next(iter(operation.answers[operation.success].values())))
    kinds = [resolve(kind).get("properties", {}) for kind in answer.get("anyOf", [answer])]
    known = {each for kind in kinds for each in resolve(kind.get("status", {})).get("enum", ())}
    return tuple(sorted({*known, *_IN_ANSWERS})) if known else ()


def set_presence(state: State, user: Row, status: str, minutes: int | None = None) -> None:
    """Keep what a user is doing, and tell of it."""
    now = state.clock.now()
    fields: dict[str, Any] = {"status": _IN_ANSWERS.get(status, status)}
    if status in _DO_NOT_DISTURB:
        fields["end_time"] = (now + timedelta(minutes=minutes or _USUAL_MINUTES)).isoformat()
    state.store.put(Row(user.account, PRESENCE, user.key, fields, user.path))
    about = {"id": user.id, "email": user.fields.get("email", ""), "presence_status": _IN_EVENTS.get(status, status)}
    state.emit("user.presence_status_updated", {**about, "date_time": state.now()}, user.account)


def find_presence(state: State, user: Row) -> dict[str, Any]:
    """Return what a user is doing, `Available` unless something was said; not to be disturbed until that is over."""
    row = state.store.get(user.account, PRESENCE, user.key)
    if row is None:
        return {"status": "Available"}
    if "end_time" not in row.fields:
        return dict(row.fields)
    end = datetime.fromisoformat(row.fields["end_time"])
    left = end - state.clock.now()
    if left <= timedelta():
        return {"status": "Available"}
    until = end.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {**row.fields, "end_time": until, "remaining_time": int(left.total_seconds() // 60)}


def create(state: State, account: str, known: Mapping[str, Any]) -> Row:
    """Put a user there, as Zoom has them who is created with little more than an e-mail address."""
    shown = ("email", "first_name", "last_name", "display_name", "type", "division_ids")
    said = {name: known[name] for name in shown if name in known}
    row_id = state.identifiers.text()
    fields = user_fields.whole(row_id, said, account=account, now=state.now())
    return state.store.put(Row(account, "users", (row_id,), fields))
