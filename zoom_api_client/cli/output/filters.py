"""`--jq`: jq filters, run by jq's own library."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from zoom_api_client.cli.errors import Misused


def compile_jq(program: str) -> Callable[[Any], Iterable[Any]]:
    """Return a filter: from one JSON value to any number of them."""
    try:
        jq: Any = import_module("jq")
    except ModuleNotFoundError:
        raise Misused("--jq needs jq's library, which this system has not: pip install jq, or pipe into jq") from None
    try:
        compiled = jq.compile(program)
    except ValueError as failure:
        raise Misused(f"--jq {program!r}: {failure}") from None
    return lambda value: _run(compiled, value)


def _run(compiled: Any, value: Any) -> list[Any]:
    try:
        found: list[Any] = compiled.input_value(value).all()
    except ValueError as failure:
        raise Misused(f"--jq: {failure}") from None
    return found
