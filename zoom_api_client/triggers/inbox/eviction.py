"""Whether Redis may throw away what it was given, to make room: an inbox must not be kept in such a one."""

from __future__ import annotations

import logging
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from zoom_api_client.triggers.inbox.base import InboxFailed

_SAFE: Final = "noeviction"

_log = logging.getLogger("zoom_api_client.triggers")


def parse(url: str) -> tuple[str, bool]:
    """Return a URL without `eviction=allowed`, and whether it said so."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    rest = [pair for pair in query if pair[0] != "eviction"]
    return urlunsplit(parts._replace(query=urlencode(rest))), ("eviction", "allowed") in query


def check(client: Any, where: str, *, allowed: bool) -> None:
    """Look at the `maxmemory-policy` of a Redis: warn of one that evicts.

    Raises `InboxFailed` where events may be evicted and that is not allowed. With a `volatile-…` policy only the keys
    of events that were seen can go, which have a time to live: then an event may be handled twice.
    """
    memory: Any = client.info("memory")  # managed services refuse CONFIG GET
    policy = memory.get("maxmemory_policy", _SAFE)
    if policy == _SAFE:
        return
    if policy.startswith("allkeys") and not allowed:
        raise InboxFailed(
            f"the inbox's Redis at {where} has the maxmemory-policy {policy}, with which it throws events away when "
            f"its memory is full: set it to {_SAFE}, or add ?eviction=allowed to the URL"
        )
    lost = "events" if policy.startswith("allkeys") else "what tells doubles"
    _log.warning(
        "the inbox's Redis at %s has the maxmemory-policy %s: with full memory it loses %s", where, policy, lost
    )
