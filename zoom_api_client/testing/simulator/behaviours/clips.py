"""Clips: a file that is uploaded is one, of the user who sent it."""

from __future__ import annotations

from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.store import Row


@behaviour("clips.upload_clip_file")
def upload(call: Call) -> Row:
    """Make a clip of a file."""
    title = str(call.body.get("file", "")).partition(".")[0]
    known = {"title": title, "description": "", "status": "RECORD_SUCCESS", "owner_id": call.caller.user}
    return call.create(**known, **dict.fromkeys(("created_date", "modified_date"), call.state.now()))
