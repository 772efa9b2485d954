"""Finds out who a host is: asks the store, and Zoom once, however many threads and tasks want to know."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from zoom_api_client import errors
from zoom_api_client.quota.base import Store
from zoom_api_client.quota.executor import Threads
from zoom_api_client.quota.host_identity import Question


class Finder:
    """Finds users. Whoever asks while another is asking the same waits for the answer."""

    def __init__(self, store: Store, threads: Threads) -> None:
        self._store, self._threads = store, threads
        self._asking: dict[tuple[int, str], threading.Lock] = {}
        self._asking_in_loops: dict[tuple[int, str], asyncio.Lock] = {}

    def find(self, question: Question, lookup: Callable[[str], Any]) -> str:
        """Return the user whom a name means; `lookup` GETs a path and returns the decoded JSON."""
        known = question.user or self._store.recall(question.name)
        if known:
            return known
        key = os.getpid(), question.name  # after a fork who is asking is asking in the parent
        with self._asking.setdefault(key, threading.Lock()):
            try:
                return self._store.recall(question.name) or self._ask(question, lookup)
            finally:
                self._asking.pop(key, None)

    async def afind(self, question: Question, lookup: Callable[[str], Awaitable[Any]]) -> str:
        """Return what `find` returns, in an event loop."""
        recall = partial(self._store.recall, question.name)
        known = question.user or await self._threads.call(recall)
        if known:
            return known
        key = id(asyncio.get_running_loop()), question.name
        async with self._asking_in_loops.setdefault(key, asyncio.Lock()):
            try:
                return await self._threads.call(recall) or await self._aask(question, lookup)
            finally:
                self._asking_in_loops.pop(key, None)

    def _ask(self, question: Question, lookup: Callable[[str], Any]) -> str:
        try:
            answer = question.read(lookup(question.path))
        except errors.ZoomError as error:
            answer = question.refused(error)
        self._store.remember(question.name, answer.user, answer.seconds)
        return answer.user

    async def _aask(self, question: Question, lookup: Callable[[str], Awaitable[Any]]) -> str:
        try:
            answer = question.read(await lookup(question.path))
        except errors.ZoomError as error:
            answer = question.refused(error)
        await self._threads.call(partial(self._store.remember, question.name, answer.user, answer.seconds))
        return answer.user
