"""The guard of a client that was given none."""

from __future__ import annotations

from functools import cache

from zoom_api_client.quota.guard import Guard
from zoom_api_client.storage.url import state_file_url
from zoom_api_client.transport.hosts import stand_in


def default(base_url: str = "") -> Guard:
    """Return the guard that all clients of an API share in this process.

    For Zoom it counts in a file in the user's state directory, which all of the user's processes share, or in memory
    where no file can be written; for a stand-in on this machine in memory, so that tests do not use up anybody's day.

    Args:
        base_url: where the API is, or the origin of a stand-in.
    """
    return _make_default(stand_in(base_url) or "")


@cache
def _make_default(stand_in: str) -> Guard:
    return Guard("memory://" if stand_in else state_file_url("quota.db", "the guard"))
