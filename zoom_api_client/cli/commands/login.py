"""`zoom-api login`: get a token, and keep the credentials as a profile."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from zoom_api_client.cli import asking, profiles
from zoom_api_client.cli.errors import Misused
from zoom_api_client.cli.failures import say
from zoom_api_client.cli.switches import switch
from zoom_api_client.core.secret import Secret

if TYPE_CHECKING:
    from zoom_api_client.connection import Connection, DeviceCode

command = App(name="login")


@command.default
def login(
    *,
    profile: Annotated[str, Parameter(help="The name to keep it under.", env_var="ZOOM_PROFILE")] = profiles.DEFAULT,
    device: Annotated[bool, switch("Confirm a code on another machine.")] = False,
    server_to_server: Annotated[bool, switch("Use a Server-to-Server OAuth app: no user consents.")] = False,
    client_id: Annotated[
        str, Parameter(help="Of the app's page; asked for unless given.", env_var="ZOOM_CLIENT_ID")
    ] = "",
    account_id: Annotated[str, Parameter(help="With --server-to-server.", env_var="ZOOM_ACCOUNT_ID")] = "",
    redirect_uri: Annotated[
        str, Parameter(help="As in the app's allow list; for the browser.")
    ] = "http://127.0.0.1:8765/callback",
    base_url: Annotated[str | None, Parameter(help="A stand-in for Zoom's API.", env_var="ZOOM_BASE_URL")] = None,
    oauth_url: Annotated[str | None, Parameter(help="A stand-in for its OAuth.", env_var="ZOOM_OAUTH_URL")] = None,
    debug: Annotated[bool, switch("Show where an error was raised.")] = False,
) -> None:
    """Connect an account, and keep the app's credentials as a profile.

    The client secret is asked for, or taken from ZOOM_CLIENT_SECRET or a line of stdin: an argument would stay in the
    history of the shell. An app without one (PKCE) has an empty line.
    """
    if device and server_to_server:
        raise Misused("give one of --device and --server-to-server, or none for the browser")
    profiles.path_of(profile)  # what is not a name fails before anything is asked
    made = profiles.Profile(
        kind="device" if device else "server-to-server" if server_to_server else "browser",
        client_id=client_id or asking.ask_for("Client id"),
        account_id=(account_id or asking.ask_for("Account id")) if server_to_server else "",
        client_secret=_secret(),
        redirect_uri=redirect_uri,
        base_url=base_url,
        oauth_url=oauth_url,
    )
    _authorize(made.connection(profile))
    path = profiles.save(profile, made)
    say(f"Logged in. The profile {profile!r} is in {path}, which only you can read.")


def _secret() -> Secret | None:
    given = os.environ.get("ZOOM_CLIENT_SECRET") or asking.ask("Client secret", is_secret=True)
    return Secret(given) if given else None


def _authorize(connection: Connection) -> None:
    """Get a token: by a user's consent, or to see that the credentials are right."""
    from zoom_api_client.connection import DeviceFlow, UserOAuth

    if isinstance(connection, UserOAuth):
        connection.authorize_in_browser(open_browser=_open)
    elif isinstance(connection, DeviceFlow):
        connection.authorize(_show)
    else:
        connection.token()


def _open(address: str) -> None:
    from zoom_api_client.connection.loopback_server import open_in_browser

    say(f"Consent in the browser, which opens now; else open this address:\n{address}")
    open_in_browser(address)


def _show(code: DeviceCode) -> None:
    say(f"Open {code.url} on any machine, and type in this code: {code.user_code}")
