"""Past meetings and webinars: each instance of them, and who was there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

from zoom_api_client.testing.simulator import refusals, scheduling
from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.sessions import MEETINGS, WEBINARS, Kind
from zoom_api_client.testing.simulator.store import Row

_KEPT = timedelta(days=365)


@behaviour("meetings.get_past_meeting_details", "meetings.get_meeting_detail_reports")
def get_past_meeting_details(call: Call) -> Mapping[str, Any]:
    """Show a meeting that was held: the last time, if it is asked for by its number."""
    return _last(call, MEETINGS).fields


@behaviour("meetings.get_webinar_detail_reports")
def get_webinar_report(call: Call) -> Mapping[str, Any]:
    """Show a webinar that was held."""
    return _last(call, WEBINARS).fields


@behaviour("meetings.list_past_meeting_instances")
def list_past_meeting_instances(call: Call) -> list[Row]:
    """List the times that a meeting was held."""
    return _times(call, MEETINGS)


@behaviour("meetings.list_past_webinar_instances")
def list_past_webinar_instances(call: Call) -> list[Row]:
    """List the times that a webinar was held."""
    return _times(call, WEBINARS)


@behaviour("meetings.get_past_meeting_participants", "meetings.get_meeting_participant_reports")
def get_past_meeting_participants(call: Call) -> list[Mapping[str, Any]]:
    """List who was in a meeting."""
    return _participants(call, MEETINGS)


@behaviour("meetings.list_webinar_participants", "meetings.get_webinar_participant_reports")
def list_webinar_participants(call: Call) -> list[Mapping[str, Any]]:
    """List who was in a webinar."""
    return _participants(call, WEBINARS)


@behaviour("meetings.get_webinar_absentees")
def get_webinar_absentees(call: Call) -> list[Row]:
    """List who had registered for a webinar and did not come."""
    came = {each["registrant_id"] for each in _participants(call, WEBINARS)}
    webinar = scheduling.find(call, WEBINARS)
    registrants = call.state.store.rows(call.account, "webinars.registrants", webinar.path)
    return [each for each in registrants if each.fields.get("status") == "approved" and each.id not in came]


def _participants(call: Call, kind: Kind) -> list[Mapping[str, Any]]:
    owner = _last(call, kind).path
    rows = call.state.store.rows(call.account, f"{kind.past}.participants", owner)
    return [{name: each for name, each in row.fields.items() if each is not None} for row in rows]


def _last(call: Call, kind: Kind) -> Row:
    """Return what was held under a number, the last time, or under a UUID. Zoom has it for a year."""
    last = _times(call, kind)[-1]
    if datetime.fromisoformat(last.fields["start_time"]) < call.state.clock.now() - _KEPT:
        raise call.refuse(12702, f"What is older than a year is not kept: {last.fields['start_time']}.", 400)
    return last


def _times(call: Call, kind: Kind) -> list[Row]:
    """Return each time that something was held, in their order. Raises `Refused` if there is none."""
    name = next(iter(call.match.path.values()))
    store = call.state.store
    found = [store.get(call.account, kind.past, (each,)) for each in (name, unquote(name))]
    rows = [each for each in found if each][:1] or store.rows(call.account, kind.past, (kind.past, name))
    if not rows:
        raise refusals.unknown(call.operation, kind.past, name)
    return rows
