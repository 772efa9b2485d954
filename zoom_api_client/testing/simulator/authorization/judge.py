"""Judges who may call what: by expired tokens, by scopes, and by apps that act for one user only."""

from __future__ import annotations

from zoom_api_client.testing import oauth, scopes
from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator.authorization.tokens import Grant, narrow


def read_bearer(request: IncomingRequest) -> str:
    """Return the access token of a request, "" if it has none."""
    scheme, _, token = request.header("authorization").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def refuse_unknown(match: Match) -> OutgoingAnswer:
    """Return the refusal of a token that was never given, or was revoked."""
    return OutgoingAnswer.json(401, {"code": 124, "message": "Invalid access token."}, operation=match.operation)


def refuse_expired(match: Match) -> OutgoingAnswer:
    """Return the refusal of a token whose hour is over."""
    return oauth.expired(match.operation)


def find_refusal(match: Match, grant: Grant) -> OutgoingAnswer | None:
    """Return the refusal of a call that a grant does not cover.

    An operation's scopes come in two sorts: the user's own, and those of others (`:admin`, `:master`). An app that acts
    for one user never has the latter, and they alone cover a path that names a user by id: so it has to say `me`.
    """
    wanted = scopes.list_scopes(match)
    has = narrow(wanted, grant.acts) if grant.scopes is None else grant.scopes
    if grant.acts == "user" and match.path.get("userId", "me") != "me":
        own = narrow(wanted, "user")
        return scopes.refuse(match, [each for each in wanted if each not in own], has)
    return scopes.find_refusal(match, has)
