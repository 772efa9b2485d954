"""Recordings as they are: in process, there, in the trash, or gone, by the clock alone.

The row of a recording has all its files, each with the times that say what has become of it: `processed_at` (ours,
which no answer has) and Zoom's `deleted_time`. Nothing has to happen for a file to be ready, or to leave the trash.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import attrs

from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Row

RESOURCE: Final = "recordings"
PROCESSING: Final = timedelta(minutes=5)
"""So long Zoom encodes what was recorded; the transcript takes twice as long."""
IN_TRASH: Final = timedelta(days=30)

_HERE: Final = "https://zoom.us/rec"
_KINDS: Final = (
    ("MP4", "MP4", "shared_screen_with_speaker_view", 40_000, 1),
    ("M4A", "M4A", "audio_only", 8_000, 1),
    ("TIMELINE", "JSON", "timeline", 200, 1),
    ("TRANSCRIPT", "VTT", "audio_transcript", 400, 2),
)
"""What Zoom makes of a meeting: the kind, the extension, the type, the bytes of a minute, and how slowly it comes."""

File = dict[str, Any]


@attrs.frozen
class Recorded:
    """What was recorded of one time that a meeting or a webinar was held, as of now."""

    state: State
    row: Row

    @property
    def uuid(self) -> str:
        """The UUID of that time."""
        return str(self.row.fields["uuid"])

    @property
    def is_in_process(self) -> bool:
        """True while any file that is not a transcript is still being made."""
        now = self.state.clock.now()
        return any(each["file_type"] != "TRANSCRIPT" and _when(each["processed_at"]) > now for each in self._known())

    def files(self) -> list[File]:
        """Return the files that are there, with their links."""
        now = self.state.clock.now()
        return [each for each in self._linked() if "deleted_time" not in each and _when(each["processed_at"]) <= now]

    def trash(self) -> list[File]:
        """Return the files in the trash."""
        oldest = self.state.clock.now() - IN_TRASH
        return [each for each in self._linked() if "deleted_time" in each and _when(each["deleted_time"]) > oldest]

    def show(self, files: Iterable[File]) -> dict[str, Any]:
        """Return what an answer says of it, with some of its files."""
        shown = [{name: value for name, value in each.items() if name != "processed_at"} for each in files]
        counted = {"recording_count": len(shown), "total_size": sum(each["file_size"] for each in shown)}
        return {**self.row.fields, **counted, "recording_files": shown}

    def show_in_process(self) -> dict[str, Any]:
        """Return what a list says of it before its files are there: they have their ids, and nothing else."""
        unknown = {"file_type": "", "file_extension": "", "file_size": 0, "recording_type": "", "status": "processing"}
        return self.show({**each, **unknown} for each in self._linked() if each["file_type"] != "TRANSCRIPT")

    def change(self, named: Iterable[str], **fields: Any) -> Recorded:
        """Lay fields over some files, by their ids; one that is None is taken away."""
        ids = set(named)
        files = [_lay(each, fields) if each["id"] in ids else each for each in self._known()]
        return self._with(files)

    def drop(self, named: Iterable[str]) -> None:
        """Delete files for good, and the recording with the last of them."""
        ids = set(named)
        files = [each for each in self._known() if each["id"] not in ids]
        left = self._with(files)
        if not (left.files() or left.trash() or left.is_in_process):
            self.state.store.delete(left.row)

    def _known(self) -> list[File]:
        return list(self.row.fields["recording_files"])

    def _linked(self) -> list[File]:
        return [{**each, **_links(self.row.account, self.uuid, each["id"])} for each in self._known()]

    def _with(self, files: list[File]) -> Recorded:
        row = attrs.evolve(self.row, fields={**self.row.fields, "recording_files": files})
        return Recorded(self.state, self.state.store.put(row))


def find(state: State, account: str, name: str) -> Recorded | None:
    """Return a recording by the number of its meeting, which means the latest one, or by its UUID."""
    row = state.store.find(account, RESOURCE, name)
    return Recorded(state, complete(state, row)) if row else None


def complete(state: State, row: Row) -> Row:
    """Return the row of a recording with all that it needs: what a fixture puts there says little."""
    known = row.fields
    if "recording_files" in known and all("processed_at" in each for each in known["recording_files"]):
        return row
    minutes = int(known.get("duration", 60))
    host = row.owner[1] if row.owner[:1] == ("users",) else state.owner.user
    began = state.clock.now() - timedelta(minutes=minutes)
    usual = {"host_id": host, "duration": minutes, "start_time": _text(began)}
    fields = describe(state, row.account, row.id, {**usual, **known})
    start, given = _when(fields["start_time"]), known.get("recording_files")
    fields["recording_files"] = new_files(state, fields["uuid"], start, minutes, given, processing=timedelta())
    return state.store.put(attrs.evolve(row, fields=fields))


def describe(state: State, account: str, meeting_id: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a recording but its files."""
    share = f"{_HERE}/share/{state.identifiers.text()}"
    usual = {"topic": "Zoom Meeting", "type": 2, "timezone": "UTC", "password": "", "auto_delete": False}
    made = {"uuid": state.identifiers.uuid(), "account_id": account, "share_url": share}
    number = int(meeting_id) if meeting_id.isdecimal() else meeting_id
    return {**usual, **made, "recording_play_passcode": state.identifiers.text(), **known, "id": number}


def new_files(
    state: State,
    recording: str,
    start: datetime,
    minutes: float,
    given: Iterable[Mapping[str, Any]] | None = None,
    *,
    processing: timedelta = PROCESSING,
) -> list[File]:
    """Return the files of some minutes from a start on; of the kinds that are given, each with what is said of it."""
    end = start + timedelta(minutes=minutes)
    kinds = {kind: (extension, name, size, slow) for kind, extension, name, size, slow in _KINDS}
    made = []
    for said in given if given is not None else ({"file_type": kind} for kind in kinds):
        kind = str(said.get("file_type", "MP4"))
        extension, name, size, slow = kinds.get(kind, ("", kind.lower(), 100, 1))
        usual = {
            "id": _new_id(state), "meeting_id": recording, "file_type": kind, "file_extension": extension,
            "recording_type": name, "file_size": max(1, int(size * minutes)), "status": "completed",
            "recording_start": _text(start), "recording_end": _text(end),
            "processed_at": _text(end + slow * processing),
        }  # fmt: skip
        made.append({**usual, **said})
    return made


def read_link(name: str) -> tuple[str, str, str] | None:
    """Return what the name in a link says: the account, the UUID of the recording, and the id of the file."""
    try:
        account, recording, file = json.loads(base64.urlsafe_b64decode(name + "=" * (-len(name) % 4)))
    except (ValueError, TypeError):
        return None
    return str(account), str(recording), str(file)


def _links(account: str, recording: str, file: str) -> dict[str, str]:
    said = json.dumps([account, recording, file], separators=(",", ":")).encode()
    name = base64.urlsafe_b64encode(said).decode().rstrip("=")
    return {"download_url": f"{_HERE}/download/{name}", "play_url": f"{_HERE}/play/{name}"}


def _lay(file: File, fields: Mapping[str, Any]) -> File:
    return {name: each for name, each in {**file, **fields}.items() if each is not None}


def _new_id(state: State) -> str:
    return state.identifiers.new("file_id", {"type": "string", "format": "uuid"}, lambda taken: False)


def _when(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
