"""The two worlds of the client, driven through the same table."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from pathlib import Path
from typing import Any, Protocol

import attrs

from zoom_api_client import AsyncZoom, Zoom, errors
from zoom_api_client._async.pages import AsyncPages
from zoom_api_client._sync.pages import Pages
from zoom_api_client.cli.tour.actions import Action, Stage
from zoom_api_client.cli.tour.hooks import Hooks
from zoom_api_client.testing.exchange import Exchange

_TOKEN = "a demo token"

Table = Callable[[Stage], list[Action]]


class Served(Protocol):
    """A stand-in for Zoom that remembers what it was asked."""

    @property
    def base_url(self) -> str:
        """The address of the server."""
        ...

    @property
    def exchanges(self) -> list[Exchange]:
        """The requests and their answers, in order."""
        ...


@attrs.define
class Ran:
    """An action that ran: what Zoom saw of it, and what its last call came to."""

    action: Action
    exchanges: list[Exchange]
    result: Any = None

    @property
    def faults(self) -> list[str]:
        """The violations that the exchanges show, as text."""
        found = [str(violation) for exchange in self.exchanges for violation in exchange.violations]
        ended = type(self.result) if isinstance(self.result, Exception) else None
        if ended is not self.action.expects:
            found.append(f"{self.action.name}: {self.result!r}, but expected was {self.action.expects}")
        return found


def run_blocking(served: Served, table: Table, files: Path) -> list[Ran]:
    """Run a table with `Zoom`; `files` is a directory for what it downloads."""
    with Zoom(_TOKEN, base_url=served.base_url) as zoom, Hooks(served.exchanges, awaited=False) as hooks:
        stage = Stage(zoom, hooks.happens, files)
        return [_run(action, served, stage) for action in table(stage)]


async def run_awaited(served: Served, table: Table, files: Path) -> list[Ran]:
    """Run a table with `AsyncZoom`; `files` is a directory for what it downloads."""
    async with AsyncZoom(_TOKEN, base_url=served.base_url) as zoom:
        with Hooks(served.exchanges, awaited=True) as hooks:
            stage = Stage(zoom, hooks.happens, files)
            return [await _run_awaited(action, served, stage) for action in table(stage)]


def _run(action: Action, served: Served, stage: Stage) -> Ran:
    before, result = len(served.exchanges), None
    try:
        for call in action.calls:
            result = call()
            result = list(result) if isinstance(result, Pages) else result
    except errors.ZoomError as error:
        result = error
    stage.results[action.number] = result
    return Ran(action, served.exchanges[before:], result)


async def _run_awaited(action: Action, served: Served, stage: Stage) -> Ran:
    before, result = len(served.exchanges), None
    try:
        for call in action.calls:
            result = call()
            result = [each async for each in result] if isinstance(result, AsyncPages) else result
            result = await result if isawaitable(result) else result
    except errors.ZoomError as error:
        result = error
    stage.results[action.number] = result
    return Ran(action, served.exchanges[before:], result)
