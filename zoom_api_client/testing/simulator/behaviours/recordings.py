"""Cloud recordings: in process, listed by months, given with a token, in the trash, recovered and deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from zoom_api_client.testing.exchange import OutgoingAnswer
from zoom_api_client.testing.simulator import download_tokens, recorded
from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.days import clamp
from zoom_api_client.testing.simulator.recorded import File, Recorded
from zoom_api_client.testing.simulator.recording import emit
from zoom_api_client.testing.simulator.shapes import shape

_MONTH = timedelta(days=31)
_YESTERDAY = timedelta(days=1)
_LONGEST = 604_800  # seconds that a download token lives: a week


@behaviour("meetings.get_meeting_recordings")
def get_recordings(call: Call) -> OutgoingAnswer:
    """Show what is recorded of a meeting, with a token for the files if it is asked for."""
    recording = _find(call)
    files = recording.files()
    if recording.is_in_process:
        raise call.refuse(3301, "The recording of this meeting is in process. Ask again in some minutes.", 404)
    if not files:
        raise _nothing(call)
    shown = recording.show(files)
    if "download_access_token" in call.query.get("include_fields", ""):
        lifetime = timedelta(seconds=min(call.query.get("ttl", _LONGEST), _LONGEST))
        shown["download_access_token"] = download_tokens.make(recording.uuid, call.state.clock.now(), lifetime)
    return OutgoingAnswer.json(200, shape(call.operation).take(shown), operation=call.operation)


@behaviour("meetings.list_all_recordings", "meetings.list_accounts_recordings")
def list_recordings(call: Call) -> list[dict[str, Any]]:
    """List what is recorded in a month at most: a longer range is shortened silently. The trash has no range."""
    rows = [recorded.complete(call.state, each) for each in call.rows()]
    known = [Recorded(call.state, each) for each in rows if _is_of(each.fields["id"], call.query.get("meeting_id"))]
    if call.query.get("trash"):
        is_whole = call.query.get("trash_type", "meeting_recordings") == "meeting_recordings"
        return [each.show(each.trash()) for each in known if each.trash() and not (is_whole and each.files())]
    clamp(call, longest=_MONTH, usual=_YESTERDAY)
    return [_show(each) for each in known if each.is_in_process or each.files()]


@behaviour("meetings.delete_meeting_or_webinar_recordings")
def delete_recordings(call: Call) -> None:
    """Put all files of a meeting into the trash, or delete them for good, also those in the trash."""
    recording = _find(call)
    files = recording.files()
    if call.query.get("action", "trash") == "delete":
        files += recording.trash()
    _discard(call, recording, files)


@behaviour("meetings.delete_recording_file_for_meeting_or_webinar")
def delete_file(call: Call) -> None:
    """Put a file into the trash, or delete it for good, wherever it is."""
    recording = _find(call)
    is_kept = call.query.get("action", "trash") == "trash"
    _discard(call, recording, _named(call, recording.files() if is_kept else recording.files() + recording.trash()))


@behaviour("meetings.recover_meeting_recordings")
def recover_recordings(call: Call) -> None:
    """Take all files of a meeting out of the trash."""
    recording = _find(call)
    _recover(call, recording, recording.trash())


@behaviour("meetings.recover_single_recording")
def recover_file(call: Call) -> None:
    """Take a file out of the trash."""
    recording = _find(call)
    _recover(call, recording, _named(call, recording.trash()))


def _find(call: Call) -> Recorded:
    name = call.path.get("meetingId") or call.path["meetingUUID"]
    found = recorded.find(call.state, call.account, name) or recorded.find(call.state, call.account, unquote(name))
    if found is None:
        raise _nothing(call)
    return found


def _nothing(call: Call) -> Exception:
    return call.refuse(3301, "There is no recording of this meeting.", 404)


def _named(call: Call, files: Iterable[File]) -> list[File]:
    return [each for each in files if each["id"] == call.path["recordingId"]]


def _discard(call: Call, recording: Recorded, files: list[File]) -> None:
    if not files:
        raise _nothing(call)
    ids = [each["id"] for each in files]
    if call.query.get("action", "trash") == "delete":
        recording.drop(ids)
        _emit(call, recording, "recording.deleted", files)
    else:
        recording.change(ids, deleted_time=call.state.now())
        _emit(call, recording, "recording.trashed", files)


def _recover(call: Call, recording: Recorded, files: list[File]) -> None:
    if not files:
        raise _nothing(call)
    recording = recording.change((each["id"] for each in files), deleted_time=None)
    ids = {each["id"] for each in files}
    _emit(call, recording, "recording.recovered", [each for each in recording.files() if each["id"] in ids])


def _emit(call: Call, recording: Recorded, event: str, files: list[File]) -> None:
    by = call.state.store.get(call.account, "users", (call.caller.user,))
    emit(recording, event, files, operator=by.fields["email"] if by else "", operator_id=call.caller.user)


def _is_of(number: Any, asked: Any) -> bool:
    return asked is None or str(asked) == str(number)


def _show(recording: Recorded) -> dict[str, Any]:
    return recording.show_in_process() if recording.is_in_process else recording.show(recording.files())
