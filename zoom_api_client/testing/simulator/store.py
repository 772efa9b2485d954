"""The store of a simulator: what was created and not deleted, as rows of resources, account by account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import RLock
from typing import Any

import attrs

Key = tuple[str, ...]

ALIASES = ("uuid", "email")
"""The fields that name a row of the root as well as its id does."""


@attrs.frozen
class Row:
    """One thing that a simulator remembers.

    `fields` has what is known of it, by Zoom's names. What it does not have is the contract's example, or the default
    of what its creator may say. It is never changed: a change is another row under the same key. `key` has the ids of
    its path; `owner` is the resource and the key of what it belongs to: a meeting, of the key `("85746065432",)`,
    belongs to `("users", "…")`.
    """

    account: str
    resource: str
    key: Key
    fields: dict[str, Any] = attrs.field(repr=False)
    owner: Key = ()

    @property
    def id(self) -> str:
        """The id, as it stands in paths."""
        return self.key[-1] if self.key else ""

    @property
    def path(self) -> Key:
        """The resource and the key: what owns those that belong to this row."""
        return (self.resource, *self.key)


Rows = dict[Key, Row]


@attrs.define
class Store:
    """The rows, in the order in which they were created. Its `lock` is held for as long as an answer takes."""

    lock: RLock = attrs.field(factory=RLock, repr=False)
    _tables: dict[tuple[str, str], Rows] = attrs.field(factory=dict, init=False, repr=False)
    _owned: dict[tuple[str, Key], dict[str, Rows]] = attrs.field(factory=dict, init=False, repr=False)
    _named: dict[tuple[str, str, str], Key] = attrs.field(factory=dict, init=False, repr=False)
    _seen: set[tuple[str, Key]] = attrs.field(factory=set, init=False, repr=False)

    def put(self, row: Row) -> Row:
        """Keep a row, in the place of the one that has its key."""
        with self.lock:
            known = self.get(row.account, row.resource, row.key)
            if known and known.owner != row.owner:
                self._owned[row.account, known.owner][row.resource].pop(row.key)
            if known:
                self._forget_names(known)
            self._tables.setdefault((row.account, row.resource), {})[row.key] = row
            self._owned.setdefault((row.account, row.owner), {}).setdefault(row.resource, {})[row.key] = row
            for name in _names(row):
                self._named[row.account, row.resource, name] = row.key
        return row

    def get(self, account: str, resource: str, key: Key) -> Row | None:
        """Return the row of a key; None if there is none."""
        return self._tables.get((account, resource), {}).get(key)

    def find(self, account: str, resource: str, name: str) -> Row | None:
        """Return the row of the root that has an id, a UUID or an e-mail address."""
        return self.get(account, resource, self._named.get((account, resource, name.lower()), (name,)))

    def rows(self, account: str, resource: str, owner: Key | None = None) -> list[Row]:
        """Return the rows of a resource, of all or of one owner."""
        with self.lock:
            if owner is None:
                return list(self._tables.get((account, resource), {}).values())
            return list(self._owned.get((account, owner), {}).get(resource, {}).values())

    def count(self, account: str, resource: str, owner: Key) -> int:
        """Return how many rows of a resource an owner has."""
        return len(self._owned.get((account, owner), {}).get(resource, {}))

    def delete(self, row: Row) -> None:
        """Forget a row, and all that belongs to it."""
        with self.lock:
            self._tables.get((row.account, row.resource), {}).pop(row.key, None)
            self._owned.get((row.account, row.owner), {}).get(row.resource, {}).pop(row.key, None)
            self._forget_names(row)
            self._seen.add((row.account, row.path))
            for owned in self._owned.pop((row.account, row.path), {}).values():
                for each in list(owned.values()):
                    self.delete(each)

    def is_first(self, account: str, path: Key) -> bool:
        """Return True when it is first asked of a path."""
        with self.lock:
            known = (account, path) in self._seen
            self._seen.add((account, path))
        return not known

    def is_gone(self, account: str, path: Key) -> bool:
        """Return True if a row was deleted."""
        return (account, path) in self._seen

    def counts(self, account: str) -> dict[str, int]:
        """Return how many rows there are of each resource that has any."""
        with self.lock:
            return {name: len(rows) for (of, name), rows in sorted(self._tables.items()) if of == account and rows}

    def accounts(self) -> list[str]:
        """Return the accounts that have rows."""
        with self.lock:
            return sorted({account for account, _ in self._tables})

    def clear(self) -> None:
        """Forget everything."""
        with self.lock:
            for each in (self._tables, self._owned, self._named, self._seen):
                each.clear()

    def dump(self) -> dict[str, Any]:
        """Return everything as JSON."""
        with self.lock:
            rows = [attrs.asdict(row, recurse=False) for table in self._tables.values() for row in table.values()]
            return {"rows": rows, "seen": sorted([account, *path] for account, path in self._seen)}

    def load(self, dumped: Mapping[str, Any]) -> None:
        """Keep what was dumped, and nothing else."""
        with self.lock:
            self.clear()
            for each in dumped["rows"]:
                self.put(_read(each))
            self._seen = {(account, tuple(path)) for account, *path in dumped["seen"]}

    def _forget_names(self, row: Row) -> None:
        for name in _names(row):
            self._named.pop((row.account, row.resource, name), None)


def _read(dumped: Mapping[str, Any]) -> Row:
    """Return a row of a dump. Raises `ValueError` for what is none."""
    texts = (dumped["account"], dumped["resource"], *dumped["key"], *dumped["owner"])
    if not isinstance(dumped["fields"], dict) or not all(isinstance(each, str) for each in texts):
        raise ValueError(f"not a row of a dump: {texts}")
    return Row(**{**dumped, "key": tuple(dumped["key"]), "owner": tuple(dumped["owner"])})


def _names(row: Row) -> Iterator[str]:
    if len(row.key) == 1:
        yield from (row.fields[name].lower() for name in ALIASES if isinstance(row.fields.get(name), str))
