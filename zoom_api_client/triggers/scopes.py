"""The scopes that an app needs to be sent events."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from zoom_api_client.core import event_groups, resources
from zoom_api_client.core.scopes import Kind, Level, check_choice, least, of_level, wrong_kind


def scopes(of: Iterable[str], *, level: Level = "user", kind: Kind = "granular") -> tuple[str, ...]:
    """Return the least set of scopes with which an app is sent all these events, in alphabetical order.

    Zoom wants one of the scopes of an event. Those of the Video SDK, of chatbots and some more have none;
    nor is one known of the events beyond Zoom's documents.

    Args:
        of: names of events in full: `"meeting.started"`.
        level: `user` for an app of one user; `admin` for one of the account, as with server-to-server OAuth; `master`
            for sub-accounts. An event without a scope of the level gets one of the nearest
            level that it has.
        kind: apps made since March 2024 have granular scopes, older ones classic ones.

    Raises `ValueError` for a name that Zoom does not have, and for an event that has scopes, but none of this kind.
    """
    check_choice(of, level, kind)
    names = event_groups.check_names(of)
    return least({frozenset(of_level(_alternatives(name, kind), level)) for name in names} - {frozenset()})


def _alternatives(name: str, kind: Kind) -> list[str]:
    by_kind = _scopes_of_events().get(name, {})
    given = by_kind.get(kind, [])
    others = [scope for scopes in by_kind.values() for scope in scopes]
    if not given and others:
        raise wrong_kind(name, kind, others)
    return given


@cache
def _scopes_of_events() -> dict[str, dict[str, list[str]]]:
    read: dict[str, dict[str, list[str]]] = resources.load("zoom_api_client.events", "scopes.json")
    return read
