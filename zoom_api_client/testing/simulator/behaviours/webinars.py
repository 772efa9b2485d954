"""Webinars: like meetings, but for licensed users only, unless their settings say otherwise."""

from __future__ import annotations

from zoom_api_client.testing.simulator import scheduling
from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.live import Session
from zoom_api_client.testing.simulator.sessions import WEBINARS
from zoom_api_client.testing.simulator.store import Row

_BASIC = 1


@behaviour("meetings.create_webinar")
def create_webinar(call: Call) -> Row:
    """Schedule a webinar."""
    _require_plan(call, call.path["userId"])
    return scheduling.create(call, WEBINARS)


@behaviour("meetings.get_webinar")
def get_webinar(call: Call) -> Row:
    """Show a webinar, or one occurrence of it."""
    return scheduling.read(call, WEBINARS)


@behaviour("meetings.list_webinars")
def list_webinars(call: Call) -> list[Row]:
    """List the webinars of a user, all or those to come."""
    _require_plan(call, call.path["userId"])
    return scheduling.listed(call, WEBINARS)


@behaviour("meetings.update_webinar")
def update_webinar(call: Call) -> Row:
    """Change a webinar, or one occurrence of it."""
    return scheduling.change(call, WEBINARS)


@behaviour("meetings.delete_webinar")
def delete_webinar(call: Call) -> Row:
    """Delete a webinar, or one occurrence of it."""
    return scheduling.delete(call, WEBINARS)


@behaviour("meetings.update_webinar_status")
def update_webinar_status(call: Call) -> None:
    """End a webinar. Here Zoom tells of a plan that is missing with status 200."""
    session = Session(call.state, WEBINARS, scheduling.find(call, WEBINARS))
    _require_plan(call, session.host["id"], status=200)
    session.end()


def _require_plan(call: Call, user_id: str, status: int | None = None) -> None:
    """Refuse what needs the webinar plan, which is `feature.webinar` in the settings of a user."""
    user = call.state.store.get(call.account, "users", (user_id,))
    settings = call.state.store.get(call.account, "users.settings", (user_id,))
    feature = settings and settings.fields.get("feature")
    is_off = isinstance(feature, dict) and feature.get("webinar") is False
    if is_off or (user is not None and user.fields.get("type") == _BASIC):
        raise call.refuse(200, f"The webinar plan is missing: enable webinars for user {user_id}.", status)
