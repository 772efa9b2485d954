"""Reads what a Redis tells of itself: some evict what they were given, and some are a part of a cluster. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

_SAFE: Final = "noeviction"
_AUTHORITY: Final = "give the authority that signed its certificate: ?ssl_ca_certs=/a/file.pem"
_ADVICE: Final = {
    "self-signed certificate": _AUTHORITY,
    "unable to get local issuer certificate": _AUTHORITY,
    "Hostname mismatch": "its certificate is for another host: give that one",
    "IP address mismatch": "its certificate is for another host: give that one",
    "certificate has expired": "its certificate must be renewed",
    "No such file or directory": "no file is where the URL says: ssl_ca_certs, ssl_certfile, ssl_keyfile, or a socket",
    "Connection reset by peer": "if it speaks TLS alone, the URL begins with rediss://",
}

# How redis-py shows each Sentinel that did not help: a client, with all its options.
_SENTINEL: Final = re.compile(r"<redis\.client\.Redis\(.*?\bhost=([^,)]*),port=(\d+).*?\)>\)>\)>")


def shorten(reason: str) -> str:
    """Return why a Redis could not be reached, with the addresses of Sentinels in place of all that is known of them.

    The reason stands behind: after a thousand characters for each.
    """
    return _SENTINEL.sub(r"\1:\2", reason)


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


def find_advice(reason: str, place: str) -> str:
    """Return what to do about a failure to reach the Redis at a place, "" where its words say all."""
    if "Timeout" in reason and place.startswith("rediss"):
        return "; if it does not speak TLS, the URL begins with redis://"
    return next((f"; {advice}" for words, advice in _ADVICE.items() if words in reason), "")
