"""`zoom-api logout`: forget a profile."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from zoom_api_client.cli import profiles
from zoom_api_client.cli.failures import say
from zoom_api_client.cli.switches import switch

command = App(name="logout")


@command.default
def logout(
    *,
    profile: Annotated[str, Parameter(help="The profile.", env_var="ZOOM_PROFILE")] = profiles.DEFAULT,
    revoke: Annotated[bool, switch("End the token at Zoom too.")] = False,
) -> None:
    """Forget a profile and its tokens."""
    from zoom_api_client.connection.oauth import OAuthConnection

    connection = profiles.load(profile).connection(profile)
    if revoke and isinstance(connection, OAuthConnection):
        connection.revoke()
    else:
        connection.forget()
    profiles.remove(profile)
    say(f"The profile {profile!r} is forgotten{', and its token revoked' if revoke else ''}.")
