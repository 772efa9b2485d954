"""Reads what a Redis tells of itself: some evict what they were given, and some are a part of a cluster. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_SAFE: Final = "noeviction"


def find_refusal(said: Mapping[str, Any]) -> str:
    """Return why nothing can be kept in a Redis, "" if something can: a node of a cluster has a part of the keys."""
    if said.get("cluster_enabled") != 1:
        return ""
    return "it is a node of a Redis Cluster: give a Redis that is not, with Sentinel if it must not be missed"


def find_warning(said: Mapping[str, Any]) -> str:
    """Return a warning of what may happen to the keys of a Redis, "" for none."""
    policy = said.get("maxmemory_policy", _SAFE)
    if policy == _SAFE:
        return ""
    return f"its maxmemory-policy is {policy}: when its memory is full it throws away what is kept; set it to {_SAFE}"
