"""Recording: a meeting or a webinar is recorded in the cloud, and its files are there when Zoom has made them.

    simulator.record(85746065432, minutes=30)  # of the half hour that ends now
    simulator.clock.advance(300)

`recording.completed` is sent then, and the files are there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import attrs

from zoom_api_client.testing.simulator import download_tokens, recorded
from zoom_api_client.testing.simulator.recorded import PROCESSING, RESOURCE, Recorded
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Row
from zoom_api_client.testing.simulator.tasks import task

_LIFETIME = timedelta(hours=24)  # of the token in an event


class Recording:
    """The part of a simulator that records. It sends the events that Zoom sends then."""

    state: State

    def record(self, meeting_id: int | str, *, minutes: float = 60) -> None:
        """Record a meeting or a webinar for the minutes that end now.

        Zoom makes the files in five minutes of the clock, and the transcript in ten. What is recorded again of the same
        time (of the same UUID) gets files of its own beside the others.
        """
        with self.state.store.lock:
            end = self.state.clock.now()
            start = end - timedelta(minutes=minutes)
            recording = open_recording(self.state, _find_held(self.state, str(meeting_id)), start)
            recording = add_part(recording, start, minutes)
            emit_part(recording, "started", start)
            emit_part(recording, "stopped", start, end)
            await_files(recording, end)


@task
def emit_files_made(state: State, account: str, uuid: str, event: str) -> None:
    """Send the event that files are there, unless some are still being made, or they are deleted already."""
    with state.store.lock:
        known = recorded.find(state, account, uuid)
        if known and not known.is_in_process:
            is_transcript = event == "recording.transcript_completed"
            emit(known, event, [each for each in known.files() if not is_transcript or _is_transcript(each)])


def open_recording(state: State, held: Row, start: datetime) -> Recorded:
    """Return the recording of the time that something is held; one without files, if nothing was recorded of it yet."""
    fields = held.fields
    number = str(fields.get("id", held.id))
    latest = recorded.find(state, held.account, number)
    if latest and latest.uuid == fields.get("uuid"):
        return latest
    if latest:
        _set_aside(latest)
    return Recorded(state, state.store.put(_new_row(state, held, number, start)))


def add_part(recording: Recorded, start: datetime, minutes: float) -> Recorded:
    """Lay the files of some minutes beside those that there are."""
    state, row = recording.state, recording.row
    files = row.fields["recording_files"] + recorded.new_files(state, recording.uuid, start, minutes)
    known = {"duration": row.fields["duration"] + round(minutes), "recording_files": files}
    return Recorded(state, state.store.put(attrs.evolve(row, fields={**row.fields, **known})))


def emit_part(recording: Recorded, what: str, start: datetime, end: datetime | None = None) -> None:
    """Send the event that a part is started, paused, resumed or stopped."""
    part = {"recording_start": _text(start), "recording_end": _text(end) if end else ""}
    recording.state.emit(f"recording.{what}", {**recording.show([]), "recording_file": part}, recording.row.account)


def await_files(recording: Recorded, stopped: datetime) -> None:
    """Schedule the events for when the files are there of what was recorded last until a moment."""
    clock = recording.state.clock
    for slow, name in ((1, "recording.completed"), (2, "recording.transcript_completed")):
        due = max(clock.now(), stopped + slow * PROCESSING)
        clock.schedule(due, "emit_files_made", recording.row.account, recording.uuid, name)


def emit(recording: Recorded, event: str, files: list[dict[str, Any]], **beside: str) -> None:
    """Send an event about some files of a recording; nothing, if there are none."""
    state, row = recording.state, recording.row
    token = download_tokens.make(recording.uuid, state.clock.now(), _LIFETIME)
    host = state.store.get(row.account, "users", (str(row.fields["host_id"]),))
    known = {"host_email": host.fields.get("email", "")} if host else {}
    if files:
        state.emit(event, {**recording.show(files), **known, **beside, "download_token": token}, row.account)


def _is_transcript(file: dict[str, Any]) -> bool:
    return bool(file["file_type"] == "TRANSCRIPT")


def _find_held(state: State, name: str) -> Row:
    for resource in ("meetings", "webinars", "past_meetings"):
        row = state.store.find(state.owner.account, resource, name)
        if row:
            return row
    raise LookupError(f"there is no meeting or webinar {name}: create it first, or put it there with seed()")


def _new_row(state: State, held: Row, number: str, start: datetime) -> Row:
    owner = held.owner if held.owner[:1] == ("users",) else ("users", state.owner.user)
    shared = ("uuid", "topic", "type", "timezone")
    known = {name: held.fields[name] for name in shared if name in held.fields}
    known |= {"host_id": owner[1], "duration": 0, "start_time": _text(start), "recording_files": []}
    return Row(held.account, RESOURCE, (number,), recorded.describe(state, held.account, number, known), owner)


def _set_aside(recording: Recorded) -> None:
    """Let a recording be found by its UUID alone: the number of the meeting means a later one from now on."""
    row = recording.row
    recording.state.store.delete(row)
    recording.state.store.put(attrs.evolve(row, key=(recording.uuid,)))


def _text(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
