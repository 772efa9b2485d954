"""`zoom-api scopes`: the least scopes of an app, and which of them the token at hand lacks."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from zoom_api_client.cli import session
from zoom_api_client.cli.app import TREE
from zoom_api_client.cli.errors import NotLoggedIn
from zoom_api_client.cli.output import writing
from zoom_api_client.cli.output.options import Output
from zoom_api_client.core.scopes import Kind, Level, scopes as least

command = App(name="scopes")


@command.default
def scopes(
    *,
    of: Annotated[
        tuple[str, ...],
        Parameter(
            help="Modules, methods and operations: meetings, recordings.list.", consume_multiple=True, negative=""
        ),
    ] = tuple(TREE["Modules"]),
    level: Annotated[Level, Parameter(help="Of one user, of the account, or of sub-accounts.")] = "user",
    kind: Annotated[Kind, Parameter(help="Apps made before March 2024 have classic ones.")] = "granular",
    access: session.Access = session.Access(),
    output: Output = Output(),
) -> None:
    """List the least scopes that an app needs for modules or operations, and whether the token has them."""
    held = _held(access)
    told = [
        {"scope": scope, "held": "unknown" if held is None else "yes" if _is_in(held, scope) else "missing"}
        for scope in least(of, level=level, kind=kind)
    ]
    writing.write_items(told, output)


def _held(access: session.Access) -> frozenset[str] | None:
    """Return the scopes of the token; None if there is none, or it does not say."""
    try:
        return session.find_connection(access).token().scopes or None
    except NotLoggedIn:
        return None


def _is_in(held: frozenset[str], scope: str) -> bool:
    """Return whether a scope is held, or the same of a higher level: server-to-server apps have no others."""
    return any(f"{scope}{level}" in held for level in ("", ":admin", ":master"))
