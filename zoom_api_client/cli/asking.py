"""Questions to a person, which are asked on a terminal alone and on stderr."""

from __future__ import annotations

import sys

from zoom_api_client.cli.errors import Declined, Misused


def confirm(what: str, *, is_agreed: bool) -> None:
    """Return if somebody agrees to what cannot be undone; raise `Declined` or, without a terminal, `Misused`."""
    if is_agreed:
        return
    if not sys.stdin.isatty():
        raise Misused(f"{what}: give --yes, there is no terminal to ask on")
    print(f"{what}. Go on? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise Declined("nothing was sent")


def ask_for(what: str) -> str:
    """Return what somebody types, which is something; raise `Misused` for nothing."""
    if given := ask(what):
        return given
    raise Misused(f"nothing was given for: {what}")


def ask(what: str, *, is_secret: bool = False) -> str:
    """Return what somebody types: a secret is not shown. Without a terminal, a line of stdin."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    if is_secret:
        from getpass import getpass

        return getpass(f"{what}: ", stream=sys.stderr).strip()
    print(f"{what}: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()
