"""Meetings: who hosts them, how they are joined, and the events of their life."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.store import Row

_USUAL: Mapping[str, Any] = {"topic": "Zoom Meeting", "type": 2, "duration": 60, "agenda": ""}


@behaviour("meetings.create_meeting")
def create_meeting(call: Call) -> Row:
    """Schedule a meeting: it has a host, a UUID and links, and waits to be started."""
    host = call.state.store.get(call.account, "users", (call.path["userId"],))
    meeting_id = call.new_id()
    usual = {**_USUAL, "start_time": call.state.now(), "timezone": "UTC"}
    fields = {**usual, **call.stamps(), **call.body, **_joined_by(call, meeting_id)}
    meeting = call.put(
        meeting_id,
        {
            **fields,
            "uuid": call.state.identifiers.uuid(),
            "host_id": call.path["userId"],
            "host_email": host.fields["email"] if host else "",
            "status": "waiting",
        },
    )
    call.emit("meeting.created", meeting)
    return meeting


@behaviour("meetings.update_meeting")
def update_meeting(call: Call) -> Row:
    """Change a meeting."""
    meeting = call.change()
    call.emit("meeting.updated", meeting)
    return meeting


@behaviour("meetings.delete_meeting")
def delete_meeting(call: Call) -> Row:
    """Delete a meeting."""
    meeting = call.delete()
    call.emit("meeting.deleted", meeting)
    return meeting


def _joined_by(call: Call, meeting_id: str) -> dict[str, str]:
    code = call.body.get("password") or call.state.identifiers.text()[:6]
    return {
        "password": code,
        "join_url": f"https://zoom.us/j/{meeting_id}?pwd={code}",
        "start_url": f"https://zoom.us/s/{meeting_id}?zak={call.state.identifiers.text()}",
    }
