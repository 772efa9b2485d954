"""The inbox in Redis: for many receivers and many workers on many machines.

Events lie in a stream with a consumer group, and a lease is how long an entry has been pending. Retries and dead
letters lie in sorted sets, and a key for each event marks it as seen. All times are the server's.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urldefrag

from zoom_api_client.storage.redis import RedisServer, redis
from zoom_api_client.storage.redis_client import RedisClient
from zoom_api_client.triggers.inbox import eviction, lua
from zoom_api_client.triggers.inbox.base import Counts, DeadLetter, Delivery, Inbox, InboxFailed, Task

_GROUP: Final = "workers"
# In all 2.5 seconds until a delivery is answered 503 where Redis hangs, as Zoom waits for 3.
_SECONDS_TO_ANSWER: Final = 1.0  # and as many to connect
_SECONDS_FOR_A_PLACE: Final = 0.5  # where all connections are used
_LONGEST_BLOCK: Final = 0.5  # seconds
_REVIVE_EVERY: Final = 0.5  # seconds: so much later than its time a retry or a lost lease is seen
_TIDY_EVERY: Final = 600.0  # seconds
_SILENT: Final = 3_600_000  # milliseconds after which a consumer without leases is forgotten; it may come back


class RedisInbox(Inbox):
    """Keeps deliveries in Redis 6.2 or later, under names that begin with `zoom:{inbox}:`.

    What `put` stored is as safe as Redis makes it: with `appendonly yes` a crash of Redis loses up to a second, with
    `appendfsync always` nothing, without it everything since the last snapshot. Its `maxmemory-policy` must be
    `noeviction`, unless the URL says `?eviction=allowed`. Two apps that share a Redis take two databases, two names,
    or two fragments, which are names too: `redis://host/0#billing`.
    """

    def __init__(self, given: str | RedisClient, *, name: str | None = None) -> None:
        fragment, self._eviction_allowed = "", False
        if isinstance(given, str):
            given, fragment = urldefrag(given)
            given, self._eviction_allowed = eviction.parse(given)
        name = fragment or name
        stem = f"zoom:{{{name or 'inbox'}}}:"  # the braces keep all of it on one node
        self._stream, self._dead, self._retries = f"{stem}events", f"{stem}dead", f"{stem}retries"
        self._keys = [self._stream, f"{stem}seen:", self._retries, self._dead, f"{stem}wanted"]
        self._name, self._cursor = secrets.token_hex(4), "0-0"
        self._revive_at, self._tidy_at = 0.0, time.monotonic() + _TIDY_EVERY
        # Protocol 2: in it the stream's entries come in the same form from every release of redis-py.
        self._server = RedisServer(given, "inbox", seconds=_SECONDS_TO_ANSWER, timeout=_SECONDS_FOR_A_PLACE, protocol=2)
        self._client = self._server.client
        self._is_checked = False
        self._scripts: dict[str, Any] = {}

    def put(self, deliveries: Sequence[Delivery]) -> list[bool]:
        parts = [
            part
            for each in deliveries
            for part in (each.key, each.body, each.received_at, each.source, each.mark or each.key)
        ]
        return [new == 1 for new in self._run(lua.PUT, *parts)]

    def claim(self, most: int, *, lease: float, wait: float = 0.0) -> list[Task]:
        until = time.monotonic() + wait
        while True:
            left = until - time.monotonic()
            tasks = self._revive(most, lease) or self._read(most, min(max(left, 0.0), _LONGEST_BLOCK))
            if tasks or left <= 0:
                return tasks

    def extend(self, tasks: Sequence[Task], *, lease: float) -> None:
        self._run(lua.EXTEND, self._consumer, *(task.receipt for task in tasks))

    def complete(self, tasks: Sequence[Task]) -> None:
        self._run(lua.DONE, *(part for task in tasks for part in (task.receipt, task.delivery.key)))

    def retry(self, task: Task, *, seconds: float, error: str) -> None:
        self._move(task, round(seconds * 1000), task.attempt, error)

    def bury(self, task: Task, *, error: str) -> None:
        self._move(task, -1, task.attempt, error)

    def release(self, tasks: Sequence[Task], *, seconds: float = 0.0) -> None:
        for task in tasks:
            self._move(task, round(seconds * 1000), task.attempt - 1, "")

    def want(self, labels: Collection[str], *, seconds: float) -> None:
        self._run(lua.WANT, round(seconds * 1000), *labels)

    def is_wanted(self, labels: Collection[str]) -> bool:
        return bool(self._run(lua.IS_WANTED, *labels) == 1)

    def dead(self, most: int = 100) -> list[DeadLetter]:
        return [
            DeadLetter(_delivery(*event), int(attempts), error.decode(errors="replace"), float(died_at) / 1000)
            for *event, attempts, error, died_at in self._run(lua.DEAD, most)
        ]

    def replay(self, key: str | None = None) -> int:
        return self._take_dead(lua.REPLAY, key)

    def purge(self, key: str | None = None) -> int:
        return self._take_dead(lua.PURGE, key)

    def _take_dead(self, script: str, key: str | None) -> int:
        """Take the dead letter of a key, or all, away from the others, some at a time; return how many there were."""
        begin, taken = 0, 0
        wanted = () if key is None else (key,)
        while True:
            looked, moved = map(int, self._run(script, begin, *wanted))
            begin, taken = begin + looked - moved, taken + moved
            if not looked or (wanted and moved):
                return taken

    def counts(self) -> Counts:
        waiting, running, dead = self._run(lua.COUNT)
        return Counts(waiting=waiting, running=running, dead=dead)

    def lag(self) -> float:
        return float(self._run(lua.LAG)) / 1000

    def disconnect(self) -> None:
        self._server.disconnect()

    def close(self) -> None:
        with suppress(InboxFailed):
            self._run(lua.TIDY, 0, self._consumer)
        self._server.close()

    @property
    def _consumer(self) -> str:
        """The name of this process among those that claim: a fork has another one."""
        return f"{socket.gethostname()}:{os.getpid()}:{self._name}"

    def _read(self, most: int, wait: float) -> list[Task]:
        block = round(wait * 1000) or None  # 0 would wait forever
        read = self._ask(self._client.xreadgroup, _GROUP, self._consumer, {self._stream: ">"}, most, block)
        found = read.items() if isinstance(read, dict) else read  # as protocol 3 says it, and protocol 2
        entries = [entry for _, part in found or () for entry in (part[0] if isinstance(read, dict) else part)]
        return [_task(entry, fields, 1) for entry, fields in entries]

    def _revive(self, most: int, lease: float) -> list[Task]:
        """Bring back the retries whose time has come, and take over leases that have run out."""
        now = time.monotonic()
        if now < self._revive_at:
            return []
        self._revive_at = now + _REVIVE_EVERY
        if now > self._tidy_at:
            self._tidy_at = now + _TIDY_EVERY
            self._run(lua.TIDY, _SILENT)
        self._cursor, found = self._run(lua.REVIVE, self._consumer, most, round(lease * 1000), self._cursor)
        return [_task(entry, dict(zip(flat[::2], flat[1::2], strict=True)), times) for entry, flat, times in found]

    def _move(self, task: Task, wait: int, attempts: int, error: str) -> None:
        event = task.delivery
        parts = (event.key, event.body, event.received_at, event.source, attempts, error)
        self._run(lua.MOVE, self._consumer, task.receipt, wait, *parts)

    def _run(self, script: str, *args: Any) -> Any:
        if script not in self._scripts:
            self._scripts[script] = self._client.register_script(script)
        return self._ask(self._scripts[script], self._keys, args)

    def _ask(self, command: Callable[..., Any], *args: Any) -> Any:
        """Run a command once more where its first failure is mended by that; raises `InboxFailed`."""
        try:
            if not self._is_checked:
                eviction.check_server(self._client, self._server.place, allowed=self._eviction_allowed)
                self._is_checked = True
            try:
                return self._server.run(command, *args)
            except redis.ResponseError as error:  # there is no group at first, nor after Redis was emptied
                if "NOGROUP" not in str(error) and "no such key" not in str(error):
                    raise
                self._make_group()
                return self._server.run(command, *args)
        except (redis.RedisError, OSError) as cause:
            raise InboxFailed(self._server.describe(cause)) from cause

    def _make_group(self) -> None:
        with suppress(redis.ResponseError):  # another process was faster
            self._client.xgroup_create(self._stream, _GROUP, id="0", mkstream=True)


def _delivery(key: bytes, body: bytes, received_at: bytes, source: bytes) -> Delivery:
    return Delivery(key.decode(), body, float(received_at), source.decode())


def _task(entry: bytes, fields: dict[bytes, bytes], times: int) -> Task:
    event = _delivery(fields[b"key"], fields[b"body"], fields[b"received_at"], fields[b"source"])
    return Task(event, int(fields[b"attempts"]) + times, entry.decode())
