"""Meetings and webinars that are live: people join and leave, and a past instance is left at the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from zoom_api_client.testing.simulator import resources
from zoom_api_client.testing.simulator.live_recording import LiveRecording
from zoom_api_client.testing.simulator.sessions import INSTANT, Kind
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Row

_FIRST_USER, _NEXT_USER = 16778240, 1024
"""Zoom numbers those who join in such steps."""


@attrs.frozen
class Session:
    """A meeting or a webinar as people meet in it; `row` is what was scheduled.

    While it is live there is a row of `live_meetings` with its number, of the UUID and the start of this one time.
    When it has ended there is one of `past_meetings` with that UUID, which belongs to the number. Who joined belongs to
    the latter from the beginning.
    """

    state: State
    kind: Kind
    row: Row

    @property
    def live(self) -> Row | None:
        """What is going on; None if it is not started."""
        return self.state.store.get(self.row.account, self.kind.live, self.row.key)

    @property
    def recording(self) -> LiveRecording | None:
        """The recording of what is going on; None if it is not started."""
        held, live = self.state.store.get(self.row.account, self.kind.resource, self.row.key), self.live
        return LiveRecording(self.state, held, live) if held and live else None

    @property
    def host(self) -> Mapping[str, Any]:
        """The fields of the user who hosts it."""
        named = self.row.owner[1:] or (self.state.owner.user,)
        host = self.state.store.get(self.row.account, "users", named)
        return resources.full(host) if host else {"id": named[-1]}

    def start(self) -> None:
        """Start it, and let the host join; nothing happens if it is started."""
        if self.live:
            return
        now = {"uuid": self.state.identifiers.uuid(), "start_time": self.state.now()}
        self._put(self.kind.live, self.row.key, now, self.row.path)
        self._change(uuid=now["uuid"], status="started")
        self._emit("started", now)
        self.join(self.host.get("display_name", "Host"), self.host.get("email", ""))
        if self.row.fields.get("settings", {}).get("auto_recording") == "cloud" and self.recording:
            self.recording.start()

    def end(self) -> None:
        """Let all leave, and end it; nothing happens if it is not started. What was not scheduled is gone then."""
        live = self.live
        if live is None:
            return
        for each in self.present():
            self.leave(each)
        if self.recording:
            self.recording.finish()
        past = self._past(live.fields)
        self._put(self.kind.past, (past["uuid"],), past, (self.kind.past, self.row.id))
        self.state.store.delete(live)
        if self.row.fields["type"] == INSTANT:
            self.state.store.delete(self.row)
        else:
            self._change(uuid=past["uuid"], status="waiting")
        self._emit("ended", {**live.fields, "end_time": past["end_time"]})

    def join(self, name: str, email: str = "") -> str:
        """Let somebody join what is started; return their number in it."""
        user = self.state.store.find(self.row.account, "users", email) if email else None
        number = str(_FIRST_USER + _NEXT_USER * len(self._joined()))
        fields = {
            "id": user.id if user else "", "user_id": number, "name": name, "user_email": email,
            "registrant_id": self._registrant(email), "participant_uuid": self.state.identifiers.text(),
            "join_time": self.state.now(), "leave_time": None, "duration": None, "groupId": None,
            "status": "in_meeting", "failover": False, "internal_user": user is not None,
        }  # fmt: skip
        self._put_participant(number, fields)
        self._emit_participant("joined", fields)
        return number

    def leave(self, participant: Row) -> None:
        """Let somebody leave who is in it."""
        seconds = self._seconds_since(participant.fields["join_time"])
        fields = {**participant.fields, "leave_time": self.state.now(), "duration": seconds, "status": None}
        self._put_participant(participant.id, fields)
        self._emit_participant("left", {**fields, "leave_reason": "left the meeting"})

    def present(self) -> list[Row]:
        """Return those who are in it."""
        return [each for each in self._joined() if each.fields["leave_time"] is None]

    def _joined(self) -> list[Row]:
        """Return those who are or were in it this time."""
        uuid = self.live.fields["uuid"] if self.live else ""
        return self.state.store.rows(self.row.account, f"{self.kind.past}.participants", (self.kind.past, uuid))

    def _registrant(self, email: str) -> str:
        registrants = self.state.store.rows(self.row.account, f"{self.kind.resource}.registrants", self.row.path)
        return next((each.id for each in registrants if email and each.fields.get("email") == email), "")

    def _past(self, live: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of what was held; minutes that have begun are counted."""
        seconds = [each.fields["duration"] for each in self._joined()]
        return {
            **live, "id": int(self.row.id), "topic": self.row.fields["topic"], "type": self.row.fields["type"],
            "end_time": self.state.now(), "duration": _minutes(self._seconds_since(live["start_time"])),
            "host_id": self.host["id"], "user_name": self.host.get("display_name", ""),
            "user_email": self.host.get("email", ""), "participants_count": len(seconds),
            "total_minutes": sum(map(_minutes, seconds)), "source": "Zoom", "dept": "", "has_meeting_summary": False,
        }  # fmt: skip

    def _seconds_since(self, text: str) -> int:
        return int((datetime.fromisoformat(self.state.now()) - datetime.fromisoformat(text)).total_seconds())

    def _put(self, resource: str, key: tuple[str, ...], fields: Mapping[str, Any], owner: tuple[str, ...]) -> None:
        self.state.store.put(Row(self.row.account, resource, key, dict(fields), owner))

    def _put_participant(self, number: str, fields: Mapping[str, Any]) -> None:
        assert self.live is not None
        uuid = self.live.fields["uuid"]
        self._put(f"{self.kind.past}.participants", (uuid, number), fields, (self.kind.past, uuid))

    def _change(self, **fields: Any) -> None:
        self.state.store.put(attrs.evolve(self.row, fields={**self.row.fields, **fields}))

    def _emit(self, what: str, fields: Mapping[str, Any]) -> None:
        about = {**resources.full(self.row), "host_id": self.host["id"], **fields}
        self.state.emit(f"{self.kind.name}.{what}", about, self.row.account)

    def _emit_participant(self, what: str, fields: Mapping[str, Any]) -> None:
        """Send an event about a participant, some fields of whom have other names in events than in answers."""
        assert self.live is not None
        named = {"user_name": fields["name"], "email": fields["user_email"], "participant_user_id": fields["id"]}
        known = {name: each for name, each in fields.items() if each is not None}
        self._emit(f"participant_{what}", {**self.live.fields, "participant": {**known, **named}})


def _minutes(seconds: int) -> int:
    return -(-seconds // 60)
