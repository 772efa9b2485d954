"""Meetings: they are scheduled, changed, listed and deleted, they end and come back."""

from __future__ import annotations

from datetime import timedelta

from zoom_api_client.testing.simulator import scheduling, sessions
from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.live import Session
from zoom_api_client.testing.simulator.sessions import MEETINGS
from zoom_api_client.testing.simulator.store import Row

_SOON = timedelta(days=1)


@behaviour("meetings.create_meeting")
def create_meeting(call: Call) -> Row:
    """Schedule a meeting."""
    return scheduling.create(call, MEETINGS)


@behaviour("meetings.get_meeting")
def get_meeting(call: Call) -> Row:
    """Show a meeting, or one occurrence of it."""
    return scheduling.read(call, MEETINGS)


@behaviour("meetings.list_meetings")
def list_meetings(call: Call) -> list[Row]:
    """List the meetings of a user: scheduled, live, upcoming or previous ones."""
    return scheduling.listed(call, MEETINGS)


@behaviour("meetings.list_upcoming_meetings")
def list_upcoming_meetings(call: Call) -> list[Row]:
    """List what is scheduled to begin within a day."""
    now = call.state.clock.now()
    return [row for row in scheduling.listed(call, MEETINGS) if sessions.begins_within(row, now, now + _SOON)]


@behaviour("meetings.update_meeting")
def update_meeting(call: Call) -> Row:
    """Change a meeting, or one occurrence of it."""
    return scheduling.change(call, MEETINGS)


@behaviour("meetings.delete_meeting")
def delete_meeting(call: Call) -> Row:
    """Delete a meeting, or one occurrence of it."""
    return scheduling.delete(call, MEETINGS)


@behaviour("meetings.update_meeting_status")
def update_meeting_status(call: Call) -> None:
    """End a meeting, or recover one that was deleted."""
    if call.body["action"] == "recover":
        scheduling.recover(call, MEETINGS)
    else:
        Session(call.state, MEETINGS, scheduling.find(call, MEETINGS)).end()
