"""Recording: a meeting or a webinar is recorded in the cloud, and its files are there when Zoom has made them.

    simulator.record(85746065432, minutes=30)  # of the half hour that ends now
    simulator.clock.advance(300)

`recording.completed` is sent then, and the files are there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import attrs

from zoom_api_client.testing.simulator import download_tokens, recorded
from zoom_api_client.testing.simulator.recorded import PROCESSING, RESOURCE, Recorded
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Row

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
            held = _find_held(self.state, str(meeting_id))
            end = self.state.clock.now()
            start = end - timedelta(minutes=minutes)
            recording = _put(self.state, held, start, minutes)
            for name, ended in (("recording.started", ""), ("recording.stopped", self.state.now())):
                part = {"recording_start": recording.row.fields["start_time"], "recording_end": ended}
                about = {**recording.show([]), "recording_file": part}
                self.state.emit(name, about, recording.row.account)
            for slow, name in ((1, "recording.completed"), (2, "recording.transcript_completed")):
                self.state.clock.schedule(end + slow * PROCESSING, partial(self._tell_done, recording, name))

    def _tell_done(self, recording: Recorded, event: str) -> None:
        """Tell that files are there, unless some are still being made, or they are deleted already."""
        with self.state.store.lock:
            known = recorded.find(self.state, recording.row.account, recording.uuid)
            if known and not known.is_in_process:
                is_transcript = event == "recording.transcript_completed"
                tell(known, event, [each for each in known.files() if not is_transcript or _is_transcript(each)])


def tell(recording: Recorded, event: str, files: list[dict[str, Any]], **beside: str) -> None:
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


def _put(state: State, held: Row, start: datetime, minutes: float) -> Recorded:
    """Put a recording there, or lay more files into the one of the same time."""
    fields = held.fields
    number = str(fields.get("id", held.id))
    latest = recorded.find(state, held.account, number)
    if latest and latest.uuid == fields.get("uuid"):
        files = latest.row.fields["recording_files"] + recorded.new_files(state, latest.uuid, start, minutes)
        known = {**latest.row.fields, "duration": latest.row.fields["duration"] + round(minutes)}
        row = attrs.evolve(latest.row, fields={**known, "recording_files": files})
    else:
        if latest:
            _set_aside(latest)
        row = _new_row(state, held, number, start, minutes)
    return Recorded(state, state.store.put(row))


def _new_row(state: State, held: Row, number: str, start: datetime, minutes: float) -> Row:
    owner = held.owner if held.owner[:1] == ("users",) else ("users", state.owner.user)
    shared = ("uuid", "topic", "type", "timezone")
    known = {name: held.fields[name] for name in shared if name in held.fields}
    known |= {"host_id": owner[1], "duration": round(minutes), "start_time": start.strftime("%Y-%m-%dT%H:%M:%SZ")}
    about = recorded.describe(state, held.account, number, known)
    files = recorded.new_files(state, about["uuid"], start, minutes)
    return Row(held.account, RESOURCE, (number,), {**about, "recording_files": files}, owner)


def _set_aside(recording: Recorded) -> None:
    """Let a recording be found by its UUID alone: the number of the meeting means a later one from now on."""
    row = recording.row
    recording.state.store.delete(row)
    recording.state.store.put(attrs.evolve(row, key=(recording.uuid,)))
