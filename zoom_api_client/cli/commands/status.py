"""`zoom-api status`: who is connected, and what is left of the limits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from cyclopts import App

from zoom_api_client.cli import session
from zoom_api_client.cli.failures import describe
from zoom_api_client.cli.output import writing
from zoom_api_client.cli.output.options import Output
from zoom_api_client.errors import ScopeMissing

if TYPE_CHECKING:
    from zoom_api_client import Zoom
    from zoom_api_client.connection import Token

command = App(name="status")


@command.default
def status(*, access: session.Access = session.Access(), output: Output = Output()) -> None:
    """Show who is connected, what the token may do and how long it lives, and what is left of the limits."""
    with session.open_client(access) as zoom:
        token = zoom.connection.token()
        who = _who(zoom)
        told = {
            "profile": session.name_of(access) or "(environment)",
            "connection": type(zoom.connection).__name__,
            "api": zoom.base_url,
            **who,
            **_token(token),
            "meetings_left_today": _meetings_left(zoom, str(who.get("user_id", ""))),
        }
    writing.write_value({name: value for name, value in told.items() if value is not None}, output)


def _who(zoom: Zoom) -> dict[str, Any]:
    """Return the user of the token, and the requests left as the answer's headers say."""
    try:
        answer = zoom.call_raw("GET", "/users/me")
    except ScopeMissing as failure:
        return {"user": f"not known: {describe(failure)}"}
    limit = answer.rate_limit
    return {
        "user": answer.result.get("email"),
        "user_id": answer.result.get("id"),
        "account": answer.result.get("account_id"),
        "requests_left": limit.remaining if limit.limit is None else f"{limit.remaining} of {limit.limit}",
    }


def _token(token: Token) -> dict[str, Any]:
    scopes = sorted(token.scopes) or None
    if token.expires_at is None:
        return {"expires": "not known: the token was given", "scopes": scopes}
    left = (token.expires_at - datetime.now(UTC)).total_seconds()
    return {"expires": f"in {max(left, 0) / 60:.0f} minutes, then it is renewed", "scopes": scopes}


def _meetings_left(zoom: Zoom, user: str) -> str | None:
    if not user or zoom.guard is None:
        return None
    left = zoom.guard.status(user)
    return f"{left.remaining} of {left.limit}"
