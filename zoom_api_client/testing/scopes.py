"""Scopes decide whether an app may call an operation: those that Zoom wants for it, against those it has."""

from __future__ import annotations

from collections.abc import Collection

from zoom_api_client.testing import lookup
from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.exchange import OutgoingAnswer
from zoom_api_client.testing.violation import Violation

SCOPE_MISSING = 4711


def find_refusal(match: Match, scopes: Collection[str]) -> OutgoingAnswer | None:
    """Return Zoom's refusal if an app with these scopes may not make the request."""
    wanted = list_scopes(match)
    if not wanted or not set(wanted).isdisjoint(scopes):
        return None
    return refuse(match, wanted, scopes)


def refuse(match: Match, wanted: Collection[str], scopes: Collection[str]) -> OutgoingAnswer:
    """Return Zoom's refusal of a request that wants one of some scopes."""
    says = f"need one of the scopes {', '.join(wanted)}, but the app has {', '.join(sorted(scopes)) or 'none'}"
    found = Violation.of(str(match.operation), "scope", "scopes", says)
    message = f"Invalid access token, does not contain scopes:[{', '.join(wanted)}]."
    body = {"code": SCOPE_MISSING, "message": message}
    return OutgoingAnswer.json(400, body, violations=(found,), operation=match.operation)


def list_scopes(match: Match) -> tuple[str, ...]:
    """Return the scopes of a request's operation, any one of which covers it."""
    called = lookup.library_operation(match.operation)
    called = (called.of_sub_account() if match.account_id else None) or called
    return (*called.scopes, *called.classic_scopes)
