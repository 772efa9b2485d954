"""Meetings that go on, as an app controls them: recording, AI Companion, and who is called in or shown out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from zoom_api_client.testing.exchange import OutgoingAnswer
from zoom_api_client.testing.simulator import scheduling
from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.live import Session
from zoom_api_client.testing.simulator.live_recording import LiveRecording
from zoom_api_client.testing.simulator.sessions import MEETINGS

_MODES: Final = ("questions", "summary")


@behaviour("meetings.in_meeting_controls")
def control(call: Call) -> OutgoingAnswer:
    """Do something in a meeting that is started. Only an event says that it was done."""
    session = Session(call.state, MEETINGS, scheduling.find(call, MEETINGS))
    if not session.live:
        raise call.refuse(3001, f"The meeting {session.row.id} is not in progress.", 404)
    method = str(call.body.get("method", ""))
    if method in _CONTROLS:
        _CONTROLS[method](call, session, call.body.get("params", {}))
    elif session.recording and method in _RECORDING:
        _RECORDING[method](session.recording)
    return OutgoingAnswer(202, operation=call.operation)


def _invite(call: Call, session: Session, params: Mapping[str, Any]) -> None:
    for each in params.get("contacts", []):
        user = call.state.store.find(call.account, "users", str(each.get("id") or each.get("email")))
        if user is not None:
            invited = {"participant_user_id": user.id, "email": user.fields.get("email", "")}
            _emit(call, session, "invitation_dispatched", {"participant": invited})


def _call_out(call: Call, session: Session, params: Mapping[str, Any]) -> None:
    digits = "".join(filter(str.isdecimal, params.get("phone_number", "")))
    called = {"invitee_name": params.get("invitee_name", ""), "phone_number": int(digits or 0)}
    _emit(call, session, "participant_phone_callout_ringing", {"participant": called})


def _call_room(call: Call, session: Session, params: Mapping[str, Any]) -> None:
    called = {name: params.get(name, "") for name in ("call_type", "device_ip")}
    about = {"participant": called, "inviter_name": session.host.get("display_name", "")}
    _emit(call, session, "participant_room_system_callout_ringing", about)


def _start_companion(call: Call, session: Session, params: Mapping[str, Any]) -> None:
    _emit_companion(call, session, "started", _asked(params))


def _stop_companion(call: Call, session: Session, params: Mapping[str, Any]) -> None:
    _emit_companion(call, session, "stopped", _asked(params))
    if params.get("delete_meeting_assets"):
        _emit_companion(call, session, "assets_deleted", {"deleted_assets": ["transcripts", "summaries"]})


def _disable_companion(call: Call, session: Session, _params: Mapping[str, Any]) -> None:
    _stop_companion(call, session, {})


def _remove(call: Call, session: Session, params: Mapping[str, Any]) -> None:
    named = params.get("participant_uuid")
    for each in session.present():
        if each.fields["participant_uuid"] == named:
            session.leave(each)


_RECORDING: Mapping[str, Callable[[LiveRecording], None]] = {
    "recording.start": LiveRecording.start,
    "recording.pause": LiveRecording.pause,
    "recording.resume": LiveRecording.resume,
    "recording.stop": LiveRecording.stop,
}
_CONTROLS: Mapping[str, Callable[[Call, Session, Mapping[str, Any]], None]] = {
    "participant.invite": _invite,
    "participant.invite.callout": _call_out,
    "participant.invite.room_system_callout": _call_room,
    "participant.remove": _remove,
    "ai_companion.start": _start_companion,
    "ai_companion.stop": _stop_companion,
    "ai_companion.disable": _disable_companion,
}


def _asked(params: Mapping[str, Any]) -> dict[str, bool]:
    mode = params.get("ai_companion_mode", "all")
    return {each: mode in (each, "all") for each in _MODES}


def _emit_companion(call: Call, session: Session, what: str, companion: Mapping[str, Any]) -> None:
    live = session.live
    named = {"meeting_number": int(session.row.id), "meeting_uuid": live.fields["uuid"] if live else ""}
    _emit(call, session, f"ai_companion_{what}", {**named, "ai_companion": companion})


def _emit(call: Call, session: Session, what: str, about: Mapping[str, Any]) -> None:
    fields = {"id": session.row.id, "uuid": session.row.fields["uuid"], "topic": session.row.fields["topic"]}
    call.emit(f"meeting.{what}", {**fields, "host_id": session.host["id"], **about})
