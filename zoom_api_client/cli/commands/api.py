"""`zoom-api api`: every operation, by product and name. Commands of operations are made when they are called."""

from __future__ import annotations

from typing import Any

from cyclopts import App

from zoom_api_client.cli import index
from zoom_api_client.cli.errors import Misused
from zoom_api_client.cli.output.options import Output

_HOME = __name__

command = App(name="api", help="Call any operation of Zoom's, by product and name: zoom-api api users list-users --all")


@command.command
def search(words: str, /, *, output: Output = Output()) -> None:
    """Search operations by words of their names and paths.

    Parameters
    ----------
    words:
        One or several in quotes: "call queue".
    """
    from zoom_api_client.cli.output.writing import write_items

    found = index.search(words)
    if not found:
        raise Misused(f"no operation has {words!r} in its name or path: try fewer words, or zoom-api api --help")
    write_items(found, output, columns=("operation", "method", "path"))


def _product(name: str) -> App:
    """Return the command of a product, with those of its operations."""
    app = App(name=name, help=f"The operations of {name.replace('-', ' ')}.")
    for operation, row in index.by_product()[name].items():
        what = f"{row['method']} {row['path']}{' (deprecated)' if row.get('deprecated') else ''}"
        app.command(f"{_HOME}:{name} {operation}", name=operation, help=what)
    return app


def __getattr__(name: str) -> Any:
    """Make the command that cyclopts asks for by name: `users`, or `users list-users`."""
    product, _, operation = name.partition(" ")
    row = index.by_product().get(product, {}).get(operation) if operation else None
    if row:
        from zoom_api_client.cli import operations

        return operations.make(f"api {name}", row["module"])
    if operation or product not in index.by_product():
        raise AttributeError(name)
    return _product(product)


for _name, _operations in index.by_product().items():
    _count = len(_operations)
    command.command(f"{_HOME}:{_name}", name=_name, help=f"{_count} operation{'s' if _count > 1 else ''}")
