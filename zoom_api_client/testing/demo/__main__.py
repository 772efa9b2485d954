"""The client at work, without an account: `python -m zoom_api_client.testing.demo`.

An embedded Zoom answers on loopback from the contract, and judges every request by it. The client creates, reads, lists
and deletes meetings, and calls one operation of every other product: blocking first, then the same awaited. The exit
status is 1 if anything left the contract.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.operation import Operation, Request, operations
from zoom_api_client.testing import contract
from zoom_api_client.testing.exchange import Exchange
from zoom_api_client.testing.sample import sample
from zoom_api_client.testing.server import EmbeddedZoom

MEETING = {
    "topic": "Standup",
    "duration": 30,
    "start_time": datetime.now(UTC).replace(microsecond=0) + timedelta(days=1),
    "settings": {"waiting_room": True},
}
TELLING = ("id", "topic", "name", "display_name", "start_time", "total_records", "page_size", "status")


@attrs.frozen
class Run:
    """What one world of the client did: the exchanges that Zoom saw, and the results that the client returned."""

    exchanges: list[Exchange]
    results: list[Any]


def others() -> Iterator[Request[Any]]:
    """Yield a request of one operation of every product but meetings: one that reads, where there is one."""
    chosen: dict[str, Operation[Any]] = {}
    for operation in sorted(operations(), key=plainness):
        chosen.setdefault(operation.product, operation)
    for product in sorted(chosen.keys() - {"meetings"}):
        yield request(chosen[product])


def plainness(operation: Operation[Any]) -> tuple[bool, bool, int, str]:
    """Order operations: what only reads, is not deprecated and needs few identifiers first."""
    return operation.method != "GET", operation.deprecated, operation.path.count("{"), operation.module


def request(operation: Operation[Any]) -> Request[Any]:
    """Return a request with the parameters that an operation must have, made from the contract."""
    declared = contract.operation(operation.product, operation.name)
    schemas = declared.document.schemas

    def values(place: str) -> dict[str, Any]:
        wanted = [each for each in declared.parameters(place) if each["required"]]
        return {each["name"]: sample(each["schema"], name=each["name"], schemas=schemas) for each in wanted}

    body = {}
    if declared.needs_body:
        schema = next(iter(declared.body.values()))
        body = {"body": sample(schema, name="body", full=False, schemas=schemas)}
    return operation.request(values("path"), query=values("query"), headers=values("header"), **body)


def blocking(base_url: str) -> list[Any]:
    """Make the calls with `Zoom`, and return their results."""
    with Zoom("a demo token", base_url=base_url) as zoom:
        made: Any = MEETING
        created = zoom.meetings.create("me", **made)
        results: list[Any] = [created, zoom.meetings.get(created.id)]
        results.append(list(zoom.meetings.list("me", type="upcoming")))
        zoom.meetings.delete(created.id)
        return [*results, None, *(zoom.send(each) for each in others())]


async def awaited(base_url: str) -> list[Any]:
    """Make the same calls with `AsyncZoom`."""
    async with AsyncZoom("a demo token", base_url=base_url) as zoom:
        made: Any = MEETING
        created = await zoom.meetings.create("me", **made)
        results: list[Any] = [created, await zoom.meetings.get(created.id)]
        results.append([meeting async for meeting in zoom.meetings.list("me", type="upcoming")])
        await zoom.meetings.delete(created.id)
        return [*results, None, *[await zoom.send(each) for each in others()]]


def run() -> tuple[Run, Run]:
    """Make all calls in both worlds, each against a Zoom of its own."""
    with EmbeddedZoom() as zoom:
        first = Run(zoom.exchanges, blocking(zoom.base_url))
    with EmbeddedZoom() as zoom:
        return first, Run(zoom.exchanges, asyncio.run(awaited(zoom.base_url)))


def table(first: Run, second: Run) -> Table:
    """Show the calls: what was sent, what came back, and whether both worlds kept the contract."""
    shown = Table(title="The client against the embedded Zoom", title_justify="left", box=box.SIMPLE_HEAD, expand=True)
    for name, ratio in (("Operation", 4), ("Sent", 6), ("Came back", 6)):
        shown.add_column(name, ratio=ratio, no_wrap=True, overflow="ellipsis")
    shown.add_column("Zoom", justify="center")
    shown.add_column("AsyncZoom", justify="center")
    for one, other, result in zip(first.exchanges, second.exchanges, first.results, strict=True):
        shown.add_row(str(one.operation), sent(one), came_back(one, result), verdict(one), verdict(other))
    return shown


def sent(exchange: Exchange) -> Text:
    """Say what a request was, with its body."""
    query = f"?{exchange.request.url.partition('?')[2]}" if "?" in exchange.request.url else ""
    line = Text.assemble((f"{exchange.request.method:6} ", "bold"), exchange.request.path.removeprefix("/v2"), query)
    body = exchange.request.body.decode("utf-8", "replace")
    return line.append(f"\n{body}", style="dim") if body else line


def came_back(exchange: Exchange, result: Any) -> Text:
    """Say what the answer was, as the client understood it."""
    return Text.assemble((f"{exchange.answer.status} ", "bold"), *spoken(result))


def spoken(result: Any) -> Iterator[str]:
    """Say in a line what a result is: its type, and the fields that tell it from others."""
    if isinstance(result, bytes):
        yield f"{len(result)} bytes"
    elif isinstance(result, list):
        yield f"{len(result)} × "
        yield from spoken(result[0]) if result else ()
    elif result is not None:
        yield type(result).__name__
        fields = result.to_dict() if hasattr(result, "to_dict") else {}
        telling = [name for name in TELLING if isinstance(fields.get(name), str | int)]
        yield "".join(
            f"\n{name} {fields[name]}" if name == telling[0] else f", {name} {fields[name]}" for name in telling
        )


def verdict(exchange: Exchange) -> Text:
    """Return a mark: whether the request and the answer kept the contract."""
    return Text("✗", style="red bold") if exchange.violations else Text("✓", style="green")


def main() -> int:
    """Run the demo, and return its exit status."""
    console = Console(width=None if sys.stdout.isatty() else 130)
    first, second = run()
    console.print(table(first, second))
    violations = [each for ran in (first, second) for exchange in ran.exchanges for each in exchange.violations]
    for violation in violations:
        console.print(f"[red]{violation}[/]")
    calls = len(first.exchanges) + len(second.exchanges)
    products = len({exchange.operation.product for exchange in first.exchanges if exchange.operation})
    console.print(f"{calls} calls of {products} products over HTTP, blocking and awaited: {len(violations)} violations")
    return int(bool(violations))


if __name__ == "__main__":
    sys.exit(main())
