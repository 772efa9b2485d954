"""Standups, one a day: the program under test."""

from zoom_api_client import AsyncZoom, Zoom, errors


def schedule(zoom: Zoom, days: int) -> list[int]:
    """Create a standup for each day, and return the ids of the meetings."""
    created = [zoom.meetings.create("me", topic=f"Standup {day}", duration=15) for day in range(1, days + 1)]
    return [meeting.id for meeting in created if meeting.id]


def cancel(zoom: Zoom, meeting_id: int) -> bool:
    """Delete a meeting, and tell whether it was still there."""
    try:
        zoom.meetings.delete(meeting_id)
    except errors.NotFound:
        return False
    return True


async def topics(zoom: AsyncZoom) -> list[str]:
    """Return the topics of all meetings."""
    return [meeting.topic async for meeting in zoom.meetings.list("me") if meeting.topic]
