"""The refusals of Zoom's authorization server, and what to do about each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from zoom_api_client.core.redaction import quote_text
from zoom_api_client.errors import AuthorizationFailed, ConsentNeeded
from zoom_api_client.transport import refusal as shapes

_CLIENT = "Check client_id and client_secret (and that the app is of the type of this connection)."
_REDIRECT = "redirect_uri must be exactly one of the app's allow list, port and trailing slash included."
_AGAIN = "Begin again with authorize_url(): a code is good once, and for 5 minutes."
_ENABLE = "Let the account's admin activate or approve the app."

_BY_CODE = {
    4702: _CLIENT,
    4704: _CLIENT,
    4705: "The app's type does not have this grant: ServerToServer, UserOAuth, Chatbot and DeviceFlow differ.",
    4706: "Credentials or the grant are missing. " + _CLIENT,
    4709: _REDIRECT,
    4711: "Ask for scopes that the app has, or add them to the app; apps with classic scopes send none.",
    4717: _ENABLE,
    4724: "Check api_key and api_secret.",
    4732: _AGAIN,
    4733: _AGAIN,
    4734: _AGAIN,
    4735: "The user who consented is gone: let another user consent.",
    4738: _ENABLE,
}
_BY_ERROR = {
    "invalid_client": _CLIENT,
    "unsupported_grant_type": _BY_CODE[4705],
    "unauthorized_client": _BY_CODE[4705],
    "invalid_scope": _BY_CODE[4711],
    "expired_token": "Begin again: the code was not confirmed in time.",
    "access_denied": "The user declined.",
}
# What Zoom says without a number, or with 4700, which stands for three things. Words of other languages are not known.
_BY_WORDS = (
    (re.compile(r"redirect", re.I), _REDIRECT),
    (re.compile(r"authori[sz]ation code|\bcode\b.*\b(invalid|expired)|code verifier", re.I), _AGAIN),
    (re.compile(r"\bapp(lication)?\b.*\b(disabled|deactivated|not (active|enabled))", re.I), _ENABLE),
    (re.compile(r"client[ _](id|secret)", re.I), _CLIENT),
    (re.compile(r"\bscopes?\b", re.I), _BY_CODE[4711]),
    (re.compile(r"grant[ _]type", re.I), _BY_CODE[4705]),
)
_DEAD = {4711, 4735, 4737, 4740, 4741}  # of a refresh token; 4711: the app's scopes are others now
_NUMBER = re.compile(r"\b47\d\d\b")


def advice(error: str | None, code: int | None, reason: str = "") -> str:
    """Return what the caller can do about a refusal, as a sentence."""
    by_words = (each for pattern, each in _BY_WORDS if pattern.search(reason))
    return _BY_CODE.get(code or 0) or _BY_ERROR.get(error or "") or next(by_words, "")


def refusal(said: Mapping[str, Any], status: int | None, *, renewing: bool, hidden: str = "") -> AuthorizationFailed:
    """Return the error that an answer is. `renewing`: a refresh token was sent, so a dead grant needs the user.

    `hidden` is Zoom's text without secrets; by default what stands in `reason` (not in `error_description`, as
    elsewhere). https://developers.zoom.us/docs/integrations/oauth/
    """
    error = quote_text(str(said.get("error") or "")) or None
    reason = hidden or quote_text(text(said))
    code = _code(said, reason)
    is_dead = code in _DEAD or (code is None and error == "invalid_grant")
    kind = ConsentNeeded if renewing and is_dead else AuthorizationFailed
    return kind(reason, error, code, status, advice(error, code, reason))


def text(said: Mapping[str, Any]) -> str:
    """Return what an answer says to humans."""
    return shapes.read(said).message


def _code(said: Mapping[str, Any], reason: str) -> int | None:
    found = _NUMBER.search(f"{reason} {said.get('error')}")
    return shapes.read(said).code or (int(found[0]) if found else None)
