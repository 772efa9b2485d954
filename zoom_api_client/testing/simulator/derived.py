"""Derived fields: what a row does not have itself, but the store knows: whose it is, and how many belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from zoom_api_client.testing.simulator import resources
from zoom_api_client.testing.simulator.store import Row, Store

MEMBERSHIPS: Final[Mapping[str, str]] = {"group_ids": "groups.members", "im_group_ids": "im.groups.members"}
"""The fields of a user that name groups, and what has their members."""

_COUNT: Final = re.compile(r"total_(?P<total>\w+)|(?P<count>\w+?)s?_count")


def usual(store: Store, row: Row) -> dict[str, Any]:
    """Return what stands where a row says nothing: its account, and the user whom it belongs to."""
    known: dict[str, Any] = {"account_id": row.account}
    user = store.get(row.account, "users", row.owner[1:]) if row.owner[:1] == ("users",) else None
    if user is not None:
        known |= dict.fromkeys(("host_id", "user_id", "owner_id"), user.id)
        known |= dict.fromkeys(("host_email", "user_email", "owner_email"), user.fields.get("email"))
    return known


def counts(store: Store, row: Row) -> dict[str, int]:
    """Return how many rows belong to a row, by the fields that say it: `total_members` of a group."""
    counted = _counted(row.resource)
    return {name: store.count(row.account, inner, row.path) for name, inner in counted.items()}


def groups(store: Store, row: Row) -> dict[str, list[str]]:
    """Return the groups that a user is in, by the fields that name them."""
    found = (
        {name: store.rows(row.account, inner) for name, inner in MEMBERSHIPS.items()} if row.resource == "users" else {}
    )
    return {name: [each.owner[-1] for each in members if each.id == row.id] for name, members in found.items()}


@cache
def _counted(name: str) -> Mapping[str, str]:
    resource = resources.find(name)
    return dict(_find_counted(name, resources.look(resource, 0))) if resource else {}


def _find_counted(name: str, look: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in look:
        found = _COUNT.fullmatch(field)
        named = found and (found["total"] or f"{found['count']}s")
        inner = resources.find(f"{name}.{named}")
        if inner is not None and inner.is_created:
            yield field, inner.name
