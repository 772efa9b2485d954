"""Zoom's authorization server as far as a client sees it: every grant gets a token, if it is asked for properly.

https://developers.zoom.us/docs/integrations/oauth/
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from zoom_api_client.testing.contract import Document, Operation
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.violation import Violation

_FORM = "application/x-www-form-urlencoded"
_USER_GRANTS = ("authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code")
# What each grant needs besides the app's credentials.
_GRANTS: Mapping[str, tuple[str, ...]] = {
    "account_credentials": ("account_id",),
    "authorization_code": ("code", "redirect_uri"),
    "client_credentials": (),
    "refresh_token": ("refresh_token",),
    "urn:ietf:params:oauth:grant-type:device_code": ("device_code",),
}
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "/oauth/token": ("grant_type",),
    "/oauth/revoke": ("token",),
    "/oauth/devicecode": ("client_id",),
}
_OWN_TOKEN = re.compile(r"(?i)bearer mock-access-token-(\d+)")
TOKEN = Operation(
    "oauth",
    "POST",
    "/oauth/token",
    Document("zoom:/oauth", {}),
    {"operationId": "token", "parameters": [], "responses": {"200": {}, "400": {}}, "x-zoom": {}},
)
"""The request for a token as an operation, for what lets it fail."""


def answer(
    request: IncomingRequest, *, numbers: Iterator[int], scopes: Collection[str] | None
) -> OutgoingAnswer | None:
    """Return the answer of the authorization server, None to what is not for it. `numbers` tell its tokens apart."""
    if request.path not in _NEEDS or request.method != "POST":
        return None
    given = read_form(request)
    if refused := find_refusal(request, given):
        return refused
    if request.path == "/oauth/token":
        return OutgoingAnswer.json(200, _token(given["grant_type"], next(numbers), scopes or ()))
    return OutgoingAnswer.json(200, {"status": "success"} if request.path == "/oauth/revoke" else _device_code())


def read_form(request: IncomingRequest) -> dict[str, str]:
    """Return what a request gives: in its body, or in its query, which Zoom takes too."""
    return dict(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)) | dict(request.query)


def find_refusal(request: IncomingRequest, given: Mapping[str, str]) -> OutgoingAnswer | None:
    """Return the refusal of a request that is not a proper one for the authorization server."""
    found = tuple(_faults(request, given))
    if not found:
        return None
    reason = "; ".join(violation.message for violation in found)
    return OutgoingAnswer.json(400, {"reason": reason, "error": "invalid_request"}, violations=found)


def asks(request: IncomingRequest) -> bool:
    """Return whether a request is for a token."""
    return request.method == "POST" and request.path == "/oauth/token"


def number(authorization: str) -> int:
    """Return the number of an access token that was given here; 0 of any other."""
    found = _OWN_TOKEN.fullmatch(authorization)
    return int(found[1]) if found else 0


def expired(operation: Operation) -> OutgoingAnswer:
    """Return Zoom's refusal of a token that is too old: code under test is to get another one."""
    return OutgoingAnswer.json(401, {"code": 124, "message": "Access token is expired."}, operation=operation)


def _faults(request: IncomingRequest, given: Mapping[str, str]) -> Iterator[Violation]:
    name, grant = request.path.removeprefix("/").replace("/", "."), given.get("grant_type", "")
    if request.body and request.header("content-type").partition(";")[0].strip().lower() != _FORM:
        yield Violation.of(name, "content_type", "body", f"must be {_FORM}")
    if request.path == "/oauth/token" and grant not in _GRANTS:
        yield Violation.of(name, "enum", "body.grant_type", f"must be one of {', '.join(map(repr, _GRANTS))}")
    for needed in (*_NEEDS[request.path], *_GRANTS.get(grant, ())):
        if not given.get(needed):
            yield Violation.of(name, "required", f"body.{needed}", "is missing")
    if not request.header("authorization").lower().startswith("basic ") and not given.get("client_id"):
        yield Violation.of(
            name, "authorization", "headers", "must have Authorization: Basic with the app's credentials"
        )


def _token(grant: str, number: int, scopes: Collection[str]) -> dict[str, Any]:
    renewable = {"refresh_token": f"mock-refresh-token-{number}"} if grant in _USER_GRANTS else {}
    return {
        "access_token": f"mock-access-token-{number}",
        "token_type": "bearer",
        "expires_in": 3600,
        "scope": " ".join(sorted(scopes)),
        "api_url": "https://api.zoom.us",
        **renewable,
    }


def _device_code() -> dict[str, Any]:
    address = "https://zoom.us/oauth_device"
    return {
        "device_code": "mock-device-code",
        "user_code": "MOCK2345",
        "verification_uri": address,
        "verification_uri_complete": f"{address}?user_code=MOCK2345",
        "expires_in": 900,
        "interval": 5,
    }
