"""Makes the client of a command with the credentials that its options name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import attrs
from cyclopts import Group, Parameter

from zoom_api_client.cli import profiles
from zoom_api_client.cli.errors import NotLoggedIn
from zoom_api_client.cli.switches import switch

if TYPE_CHECKING:
    from zoom_api_client import Zoom
    from zoom_api_client.connection import Connection

_GROUP = Group("Connection", sort_key=91)


@Parameter(name="*", group=_GROUP)
@attrs.frozen(kw_only=True)
class Access:
    """Which account is used, and how much is said about it."""

    profile: Annotated[str | None, Parameter(help="The profile to use.", env_var="ZOOM_PROFILE")] = None
    account: Annotated[str | None, Parameter(help="Id of the sub-account to call for.")] = None
    debug: Annotated[bool, switch("Show each request, and where an error was raised.")] = False


def find_connection(access: Access) -> Connection:
    """Return the connection of the profile that is named, else of the environment, else of the profile `default`."""
    from zoom_api_client.connection import from_env

    if access.profile:
        return profiles.load(access.profile).connection(access.profile)
    has_default = profiles.path_of(profiles.DEFAULT).exists()
    try:
        return from_env(env_file=None if has_default else ".env")
    except ValueError:
        if has_default:
            return profiles.load(profiles.DEFAULT).connection(profiles.DEFAULT)
    raise NotLoggedIn("not logged in: zoom-api login, or set ZOOM_ACCESS_TOKEN; zoom-api help profiles says more")


def find_base_url(access: Access) -> str:
    """Return where a command would send its request. Nobody needs to be logged in for that."""
    from zoom_api_client.transport import hosts

    if access.profile or _may_be_logged_in():
        try:
            return find_connection(access).known_base_url
        except NotLoggedIn:
            if access.profile:
                raise
    return hosts.parse_base_url(os.environ.get("ZOOM_BASE_URL")) or hosts.COMMERCIAL.base_url


def _may_be_logged_in() -> bool:
    """Return whether credentials may be anywhere: loading what reads them takes a tenth of a second."""
    return _are_set() or profiles.path_of(profiles.DEFAULT).exists() or Path(".env").exists()


def _are_set() -> bool:
    return any(os.environ.get(each) for each in ("ZOOM_ACCESS_TOKEN", "ZOOM_ACCOUNT_ID"))


def name_of(access: Access) -> str:
    """Return the name of the profile that is used, "" for the environment's credentials."""
    if access.profile:
        return access.profile
    return "" if _are_set() or not profiles.path_of(profiles.DEFAULT).exists() else profiles.DEFAULT


def open_client(access: Access) -> Zoom:
    """Return a client for the account, or for its sub-account."""
    from zoom_api_client import Zoom

    zoom = Zoom(find_connection(access))
    return zoom.for_account(access.account) if access.account else zoom
