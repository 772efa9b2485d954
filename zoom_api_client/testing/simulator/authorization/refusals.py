"""The refusals of Zoom's authorization server by their numbers; the words are ours.

Zoom puts the text into `reason`, not into `error_description`. https://developers.zoom.us/docs/integrations/oauth/
"""

from __future__ import annotations

from typing import Any, Final

from zoom_api_client.testing.exchange import OutgoingAnswer

_REFUSALS: Final = {
    4702: ("invalid_client", "Invalid client_id or client_secret."),
    4705: ("unsupported_grant_type", "The app does not have this grant type."),
    4706: ("invalid_request", "The credentials of the app are missing."),
    4709: ("invalid_request", "The redirect_uri is not in the app's allow list."),
    4711: ("invalid_scope", "Invalid scope: the app does not have it."),
    4733: ("invalid_grant", "The authorization code is expired."),
    4734: ("invalid_grant", "The authorization code is invalid."),
    4735: ("invalid_grant", "The account is not the app's."),
    4737: ("invalid_grant", "Invalid Token! The refresh token is unknown, or was used already."),
    4741: ("invalid_grant", "Invalid Token! The refresh token is revoked."),
}


class Refused(Exception):
    """The request is answered with a refusal."""

    def __init__(self, answer: OutgoingAnswer) -> None:
        super().__init__(answer)
        self.answer = answer


def refuse(number: int, **more: Any) -> Refused:
    """Return the refusal with one of Zoom's numbers."""
    error, reason = _REFUSALS[number]
    status = 401 if error == "invalid_client" else 400
    return Refused(OutgoingAnswer.json(status, {"reason": f"{reason} ({number})", "error": error}, **more))


def refuse_device(error: str) -> Refused:
    """Return the refusal of a device's question, by its name of RFC 8628."""
    return Refused(OutgoingAnswer.json(400, {"reason": error.replace("_", " "), "error": error}))


def text(number: int) -> str:
    """Return the words of a refusal, for a page."""
    return f"{_REFUSALS[number][1]} ({number})"
