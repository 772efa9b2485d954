"""Write a result: a list item by item, as it is read, or one value."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from zoom_api_client.cli.failures import say
from zoom_api_client.cli.output import rows
from zoom_api_client.cli.output.options import Output
from zoom_api_client.core import codec


def write_items(items: Iterable[Any], output: Output, *, columns: tuple[str, ...] = ()) -> None:
    """Write the items of a list; `columns` are those of a table unless others are asked for."""
    plain = (prepare(item, output) for item in items)
    match output.format:
        case "json":
            write_lines(plain, output)
        case "csv":
            from zoom_api_client.cli.output.comma_separated import write

            write(plain, output.names, sys.stdout)
        case "table":
            from zoom_api_client.cli.output import table

            table.write(map(rows.flatten, plain), output.names, columns, table.Screen.of(sys.stdout))


def say_if_none(items: Iterable[Any], none: str) -> Iterator[Any]:
    """Yield the items; if there are none, say so on stderr."""
    is_empty = True
    for item in items:
        is_empty = False
        yield item
    if is_empty:
        say(none)


def write_value(value: Any, output: Output) -> None:
    """Write one result; nothing for an answer without content."""
    if value is None:
        return
    plain = prepare(value, output)
    if isinstance(plain, list):
        write_items(plain, output)
    elif output.format == "json":
        write_lines([plain], output, indent=2 if sys.stdout.isatty() else None)
    elif output.format == "csv":
        write_items([plain], output)
    else:
        from zoom_api_client.cli.output import table

        table.write_fields(rows.flatten(plain), table.Screen.of(sys.stdout))


def write_requests(requests: Iterable[Any], output: Output) -> None:
    """Write what would be sent: as JSON for people too, since a body has any number of levels."""
    write_lines((prepare(each, output) for each in requests), output, indent=2 if sys.stdout.isatty() else None)


def write_lines(items: Iterable[Any], output: Output, *, indent: int | None = None) -> None:
    """Write a JSON value a line; each is flushed, so that who reads has it at once."""
    for item in _filtered(items, output):
        is_found = output.jq is not None and isinstance(item, str)  # for the shell: $(zoom-api … --jq .join_url)
        text = rows.escape(item) if is_found else rows.escape(codec.text(item, indent), keep_lines=True)
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def _filtered(items: Iterable[Any], output: Output) -> Iterator[Any]:
    if output.jq is None:
        yield from items
        return
    from zoom_api_client.cli.output import filters

    program = filters.compile_jq(output.jq)
    for item in items:
        yield from program(item)


def prepare(value: Any, output: Output) -> Any:
    """Return a result as JSON, without secrets, and with the fields that are wanted."""
    plain = codec.plain(value)
    plain = plain if output.show_secrets else rows.mask(plain)
    if not output.names:
        return plain
    if isinstance(plain, list):
        return [rows.select(each, output.names) for each in plain]
    return rows.select(plain, output.names)
