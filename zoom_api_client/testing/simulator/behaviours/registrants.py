"""Registrants of meetings and webinars: who asked to come, and may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from zoom_api_client.testing.simulator import scheduling, sessions
from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.sessions import MEETINGS, WEBINARS, Kind
from zoom_api_client.testing.simulator.store import Row

_BY_HAND, _NONE = 1, 2  # the approval types; 0 is automatic
_EVENTS = {"approve": "approved", "deny": "denied", "cancel": "cancelled"}


@behaviour("meetings.add_meeting_registrant", "meetings.add_webinar_registrant")
def add_registrant(call: Call) -> Row:
    """Register somebody: approved at once, or by hand, as the meeting says; by their e-mail address they are known."""
    session = _open(call)
    row = _register(call, session, call.body, occurrences=_chosen(call, session))
    return attrs.evolve(row, fields={**row.fields, "id": int(session.id)})  # here the id is that of the meeting


@behaviour("meetings.perform_batch_registration_of_meeting", "meetings.perform_batch_registration_of_webinar")
def add_registrants(call: Call) -> list[Row]:
    """Register several at once, for what is not a series."""
    session = _open(call)
    if session.fields["type"] != _kind(call).once:
        raise call.refuse(303, "Only what is scheduled once takes several registrants at a time.", 400)
    beside = {"auto_approve": call.body.get("auto_approve", False)}
    return [_register(call, session, {**each, **beside}) for each in call.body.get("registrants", ())]


@behaviour("meetings.list_meeting_registrants", "meetings.list_webinar_registrants")
def list_registrants(call: Call) -> list[Row]:
    """List those of one status, who are approved if nothing is said, and of one occurrence if one is asked for."""
    status, asked = call.query.get("status", "approved"), call.query.get("occurrence_id")
    rows = [row for row in call.rows() if row.fields.get("status", "approved") == status]
    return [row for row in rows if not asked or asked in _occurrence_ids(row)]


@behaviour("meetings.delete_meeting_registrant", "meetings.delete_webinar_registrant")
def delete_registrant(call: Call) -> Row:
    """Delete a registrant, which cancels the registration."""
    row = call.delete()
    _emit(call, scheduling.find(call, _kind(call)), row, "cancelled")
    return row


@behaviour("meetings.update_registrants_status_of_meeting", "meetings.update_registrants_status_of_webinar")
def update_registrants_status(call: Call) -> None:
    """Approve, deny or cancel registrants, who are named by their ids or their e-mail addresses."""
    session = scheduling.find(call, _kind(call))
    rows = call.state.store.rows(call.account, f"{session.resource}.registrants", session.path)
    for asked in call.body.get("registrants", ()):
        row = next((each for each in rows if _is_meant(each, asked)), None)
        if row is None:
            raise call.refuse(3000, f"There is no registrant {asked.get('id') or asked.get('email')}.", 400)
        _decide(call, session, row, call.body["action"])


def _register(call: Call, session: Row, person: Mapping[str, Any], occurrences: Any = None) -> Row:
    known = next((row for row in call.rows() if _has_email(row, person)), None)
    if known is None and 0 < session.fields["settings"]["registrants_restrict_number"] <= len(call.rows()):
        raise call.refuse(3000, "As many have registered as may.", 400)
    by_hand = session.fields["settings"]["approval_type"] == _BY_HAND and not person.get("auto_approve")
    row = call.put(
        known.id if known else call.new_id(),
        {
            **call.stamps(), **person, "status": "pending" if by_hand else "approved", "topic": session.fields["topic"],
            "start_time": session.fields["start_time"], "occurrences": occurrences, "participant_pin_code": None,
            "join_url": None if by_hand else _join_url(call, session),
        },
    )  # fmt: skip
    _emit(call, session, row, "created")
    return row


def _decide(call: Call, session: Row, row: Row, action: str) -> None:
    if action == "cancel":
        call.state.store.delete(row)
    else:
        link = row.fields.get("join_url") or _join_url(call, session)
        fields = {"status": _EVENTS[action], "join_url": link if action == "approve" else None}
        row = call.state.store.put(attrs.evolve(row, fields={**row.fields, **fields}))
    _emit(call, session, row, _EVENTS[action])


def _emit(call: Call, session: Row, row: Row, what: str) -> None:
    about = {**call.full(session), **scheduling.operator(call), "registrant": call.full(row)}
    chosen = row.fields.get("occurrences")
    call.emit(f"{_kind(call).name}.registration_{what}", {**about, "occurrences": chosen} if chosen else about)


def _open(call: Call) -> Row:
    """Return the session that a call registers for. Raises `Refused` if it takes no registrations."""
    session = scheduling.find(call, _kind(call))
    settings = session.fields["settings"]
    if settings["approval_type"] == _NONE:
        raise call.refuse(3000, f"Registration is not enabled for {session.id}: approval_type is 2.", 400)
    if settings["close_registration"] and not sessions.is_ahead(session, call.state.clock.now()):
        raise call.refuse(3038, f"{session.id} is over, and its registration is closed then.", 400)
    return session


def _chosen(call: Call, session: Row) -> list[Any] | None:
    """Return the occurrences that somebody registers for: all, if they name none."""
    known = [each for each in session.fields["occurrences"] or () if each["status"] == "available"]
    asked = str(call.query.get("occurrence_ids", "")).split(",")
    return [each for each in known if each["occurrence_id"] in asked] or known or None


def _occurrence_ids(row: Row) -> list[str]:
    return [each["occurrence_id"] for each in row.fields.get("occurrences") or ()]


def _is_meant(row: Row, asked: Mapping[str, Any]) -> bool:
    return row.id == asked["id"] if asked.get("id") else _has_email(row, asked)


def _has_email(row: Row, person: Mapping[str, Any]) -> bool:
    return str(person.get("email")).lower() == str(row.fields.get("email", "")).lower()


def _join_url(call: Call, session: Row) -> str:
    return f"https://zoom.us/w/{session.id}?tk={call.state.identifiers.text()}"


def _kind(call: Call) -> Kind:
    return WEBINARS if "webinar" in call.operation.path else MEETINGS
