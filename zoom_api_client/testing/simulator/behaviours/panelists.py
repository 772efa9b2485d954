"""Panelists: who speaks in a webinar, each with a link of their own."""

from __future__ import annotations

from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.store import Row

_USUAL = dict.fromkeys(
    ("virtual_background_id", "name_tag_id", "name_tag_name", "name_tag_pronouns", "name_tag_description")
)


@behaviour("meetings.add_panelists")
def add_panelists(call: Call) -> list[Row]:
    """Add panelists; who is one already, by their e-mail address, stays the same one."""
    known = {row.fields.get("email"): row.id for row in call.rows()}
    return [_add(call, each, known.get(each.get("email"))) for each in call.body.get("panelists", ())]


def _add(call: Call, panelist: dict[str, str], known: str | None) -> Row:
    webinar, code = call.path["webinarId"], call.state.identifiers.text()
    return call.put(
        known or call.new_id(), {**_USUAL, **panelist, "join_url": f"https://zoom.us/w/{webinar}?tk={code}"}
    )
