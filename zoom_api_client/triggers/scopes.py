"""The scopes that an app needs to be sent events."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from zoom_api_client.core import codec, event_groups, scopes as app_scopes
from zoom_api_client.core.scopes import Kind, Level


def scopes(of: Iterable[str], *, level: Level = "user", kind: Kind = "granular") -> tuple[str, ...]:
    """Return the least set of scopes with which an app is sent all these events, in alphabetical order.

    Zoom wants one of the scopes of an event. Those of the Video SDK, of chatbots and some more have none.

    Args:
        of: names of events in full: `"meeting.started"`.
        level: `user` for an app of one user; `admin` for one of the account, as with server-to-server OAuth; `master`
            for sub-accounts. What has no scope of the level gets one of the next.
        kind: apps made since March 2024 have granular scopes, older ones classic ones.

    Raises `ValueError` for a name that Zoom does not have, and for an event that has scopes, but none of this kind.
    """
    app_scopes.check_choice(of, level, kind)
    wanted = {frozenset(app_scopes.of_level(_alternatives(name, kind), level)) for name in event_groups.check_names(of)}
    return app_scopes.least(wanted - {frozenset()})


def _alternatives(name: str, kind: Kind) -> list[str]:
    by_kind = _all().get(name, {})
    given = by_kind.get(kind, [])
    if not given and any(by_kind.values()):
        raise ValueError(f"Zoom gives {name} no {kind} scope; leave it out, or ask for the other kind: see Kind")
    return given


@cache
def _all() -> dict[str, dict[str, list[str]]]:
    read: dict[str, dict[str, list[str]]] = codec.loads((files("zoom_api_client.events") / "scopes.json").read_bytes())
    return read
