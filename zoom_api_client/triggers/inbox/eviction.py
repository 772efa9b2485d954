"""Check whether a Redis can keep an inbox: one that evicts what it was given to make room cannot."""

from __future__ import annotations

import logging
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from zoom_api_client.storage import redis_server
from zoom_api_client.triggers.inbox.base import InboxFailed

_SAFE: Final = "noeviction"

_log = logging.getLogger("zoom_api_client.triggers")


def parse(url: str) -> tuple[str, bool]:
    """Return a URL without `eviction=allowed`, and whether it said so."""
    address, _, text = url.partition("?")  # `urlunsplit` makes unix:/a/socket of unix:///a/socket
    query = parse_qsl(text, keep_blank_values=True)
    rest = urlencode([pair for pair in query if pair[0] != "eviction"])
    return f"{address}?{rest}" if rest else address, ("eviction", "allowed") in query


def check_server(client: Any, where: str, *, allowed: bool) -> None:
    """Look at a Redis: warn of a `maxmemory-policy` that evicts.

    Raises `InboxFailed` for a node of a cluster, and where events may be evicted and that is not allowed. With a
    `volatile-…` policy only the keys of events that were seen can go, which have a time to live: then an event may be
    handled twice.
    """
    said: Any = client.info()  # managed services refuse CONFIG GET
    if refusal := redis_server.find_refusal(said):
        raise InboxFailed(f"the inbox's Redis at {where}: {refusal}")
    policy = said.get("maxmemory_policy", _SAFE)
    if policy == _SAFE:
        return
    if policy.startswith("allkeys") and not allowed:
        raise InboxFailed(
            f"the inbox's Redis at {where} has the maxmemory-policy {policy}, with which it throws events away when "
            f"its memory is full: set it to {_SAFE}, or give a URL that ends in ?eviction=allowed"
        )
    lost = "events" if policy.startswith("allkeys") else "what tells doubles"
    _log.warning(
        "the inbox's Redis at %s has the maxmemory-policy %s: with full memory it loses %s", where, policy, lost
    )
