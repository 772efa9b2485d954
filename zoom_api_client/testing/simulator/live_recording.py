"""Recording of what goes on: it is started, paused, resumed and stopped by those who are in it, or over the API.

Each stop makes files of the part before it. Zoom tells that they are there when the meeting has ended, not before.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import attrs

from zoom_api_client.testing.simulator import recording
from zoom_api_client.testing.simulator.recorded import Recorded
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Row

_PARTS: Final = "live_recordings"


@attrs.frozen
class LiveRecording:
    """What is recorded of a meeting that is started: `held` is what was scheduled, `live` what goes on.

    There is a row of its parts, which goes with `live`: when the last one began and stopped, and how it was paused.
    """

    state: State
    held: Row
    live: Row

    def start(self) -> None:
        """Begin a part; nothing happens while there is one."""
        if not self._is_going:
            self._note(started=self._now, stopped=None, paused=None, pauses=0)
            self._emit("started")

    def pause(self) -> None:
        """Leave out what comes now."""
        if self._is_going and not self._part["paused"]:
            self._note(paused=self._now)
            self._emit("paused")

    def resume(self) -> None:
        """Go on after a pause."""
        if self._is_going and self._part["paused"]:
            self._note(pauses=self._paused, paused=None)
            self._emit("resumed")

    def stop(self) -> None:
        """End the part: its files are made from now on."""
        if self._is_going:
            start, end = (datetime.fromisoformat(each) for each in (self._part["started"], self._now))
            minutes = ((end - start).total_seconds() - self._paused) / 60
            recording.add_part(self._open(), start, minutes)
            self._note(stopped=self._now, paused=None)
            self._emit("stopped", end)

    def finish(self) -> None:
        """Stop, and schedule the event for when all files are there."""
        self.stop()
        if self._part:
            recording.await_files(self._open(), datetime.fromisoformat(self._part["stopped"]))

    @property
    def _part(self) -> dict[str, Any]:
        row = self.state.store.get(self.live.account, _PARTS, self.live.key)
        return row.fields if row else {}

    @property
    def _is_going(self) -> bool:
        return bool(self._part) and self._part["stopped"] is None

    @property
    def _now(self) -> str:
        return self.state.clock.now().isoformat()

    @property
    def _paused(self) -> float:
        """The seconds that were left out of the part."""
        since = self._part["paused"]
        now = (self.state.clock.now() - datetime.fromisoformat(since)).total_seconds() if since else 0.0
        return float(self._part["pauses"]) + now

    def _note(self, **fields: Any) -> None:
        row = Row(self.live.account, _PARTS, self.live.key, {**self._part, **fields}, self.live.path)
        self.state.store.put(row)

    def _open(self) -> Recorded:
        return recording.open_recording(self.state, self.held, datetime.fromisoformat(self._part["started"]))

    def _emit(self, what: str, end: datetime | None = None) -> None:
        recording.emit_part(self._open(), what, datetime.fromisoformat(self._part["started"]), end)
