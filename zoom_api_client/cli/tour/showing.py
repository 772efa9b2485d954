"""The table of what ran: a row for each action, the ticks of both worlds at its end."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from zoom_api_client import errors
from zoom_api_client.cli.tour.world import Ran
from zoom_api_client.core.model import Model

TELLING = ("topic", "id", "registrant_id", "display_name", "name", "start_time", "status", "total_records")
LINE = "\n"

_IDENTIFIER = re.compile(r"(?<=/)(?=[^/]*[\d%])[^/]{10,}")


def table(first: Sequence[Ran], second: Sequence[Ran]) -> Table:
    """Show what ran in both worlds; what was sent and came back is of the first."""
    shown = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), show_edge=False)
    shown.add_column("#", justify="right", style="dim")
    for name, width in (("What is done", 41), ("Sent", 38), ("Came back", 36)):
        shown.add_column(name, ratio=width, no_wrap=True, overflow="ellipsis")
    shown.add_column("Zoom", justify="center")
    shown.add_column("Async", justify="center")
    for one, other in zip(first, second, strict=True):
        shown.add_row(
            one.action.number,
            describe_action(one),
            describe_request(one),
            describe_outcome(one),
            tick(one),
            tick(other),
        )
    return shown


def summary(first: Sequence[Ran], second: Sequence[Ran], faults: Sequence[str]) -> str:
    """Say in a line what there was."""
    requests = [exchange for ran in (*first, *second) for exchange in ran.exchanges]
    products = {each.operation.product for each in requests if each.operation}
    named = {ran.action.number: ran.action.name for ran in first if ran.action.number}
    triggers = sum(name.startswith("receiver.") for name in named.values())
    return (
        f"{len(named) - triggers} actions, {triggers} triggers and {len(products)} products, blocking and awaited, "
        f"{len(requests)} requests over HTTP: {len(faults)} violations"
    )


def describe_action(ran: Ran) -> Text:
    """Say what is done, and by which method."""
    title, name = ran.action.title, ran.action.name
    return Text.assemble((title, "bold"), (f"{LINE}{name}", "dim")) if title else Text(name)


def describe_request(ran: Ran) -> Text:
    """Say what the last request was, with its body or its event, and how many of its kind there were."""
    if not ran.exchanges:
        return Text("nothing")
    last, operation = ran.exchanges[-1].request, ran.exchanges[-1].operation
    count = [each.operation for each in ran.exchanges].count(operation)
    times = f"{count} × " if count > 1 else ""
    path = _IDENTIFIER.sub("…", last.path.removeprefix("/v2"))
    line = Text.assemble((times, "dim"), (f"{last.method} ", "bold"), path)
    body = last.body.decode("utf-8", "replace")
    body = body if operation or not body else json.loads(body)["event"]  # the rest of it has a token to download with
    return line.append(f"{LINE}{body}", style="dim") if body and ran.action.title else line


def describe_outcome(ran: Ran) -> Text:
    """Say what the last call came to."""
    if isinstance(ran.result, Exception):
        return Text(describe_error(ran.result), style="yellow")
    lines = describe_result(ran.result)
    status = f"{ran.exchanges[-1].answer.status} " if ran.exchanges else ""
    line = Text.assemble((status, "bold"), next(lines, ""))
    return line.append("".join(f"{LINE}{each}" for each in lines if ran.action.title), style="dim")


def describe_error(error: Exception) -> str:
    """Say in a few words what an error says."""
    if isinstance(error, errors.QuotaExceeded):
        left = error.limit - error.used
        return f"QuotaExceeded: {left} of {error.limit} left{LINE}until {error.resets_at:%d %B %H:%M} UTC"
    return f"{type(error).__name__}{LINE}{error}"


def describe_result(result: Any) -> Iterator[str]:
    """Say what a result is, and the fields that tell it from others."""
    if isinstance(result, list):
        kind, *telling = describe_result(result[0]) if result else ["nothing"]
        yield f"{len(result)} × {kind}"
        yield from telling
    elif isinstance(result, Path):
        yield "file"
        yield f"{result.stat().st_size:,} bytes, {result.name}"
    elif result is not None:
        yield type(result).__name__
        fields = result.to_dict() if isinstance(result, Model) else result if isinstance(result, dict) else {}
        told = [f"{name} {fields[name]}" for name in TELLING if isinstance(fields.get(name), str | int)]
        yield ", ".join(told)


def tick(ran: Ran) -> Text:
    """Return a mark: whether all went as it should."""
    return Text("✗", style="red bold") if ran.faults else Text("✓", style="green")
