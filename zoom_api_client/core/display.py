"""Show models: without secrets, on one short line, or whole for rich, IPython and notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from zoom_api_client.core import redaction
from zoom_api_client.core.unset import UNSET

if TYPE_CHECKING:
    from zoom_api_client.core.protocols import ModelLike

LONGEST_LINE = 400  # characters
LONGEST_TEXT = 100  # characters
MOST_ITEMS = 3


def pairs(model: ModelLike) -> Iterator[tuple[str, Any]]:
    """Yield the Python name and the value of each field that is there; secrets are dots."""
    names = type(model)._fields
    for wire, value in model.__dict__.items():
        if value is not UNSET:
            yield names.get(wire, wire), redaction.redact_value(wire, value)


def line(name: str, fields: Iterable[tuple[str, Any]]) -> str:
    """Spell fields like a call; those that would make the line too long are only counted."""
    shown = [f"{field}={brief(value)}" for field, value in fields]
    kept = 1
    while kept < len(shown) and sum(len(each) + 2 for each in shown[: kept + 1]) <= LONGEST_LINE:
        kept += 1
    rest = [f"… {len(shown) - kept} more"] if kept < len(shown) else []
    return f"{name}({', '.join(shown[:kept] + rest)})"


def brief(value: Any) -> str:
    """Return the repr of a value, long texts and long lists cut."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return repr(value[: LONGEST_TEXT - 1] + "…")
    if isinstance(value, list):
        rest = [f"… {len(value) - MOST_ITEMS} more"] if len(value) > MOST_ITEMS else []
        return f"[{', '.join([*map(brief, value[:MOST_ITEMS]), *rest])}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {brief(each)}" for key, each in value.items()) + "}"
    return repr(value)


def pretty(model: ModelLike, printer: Any) -> None:
    """Print a model with IPython's printer, which breaks lines where they are too long."""
    with printer.group(4, f"{type(model).__name__}(", ")"):
        for index, (name, value) in enumerate(pairs(model)):
            if index:
                printer.text(",")
                printer.breakable()
            printer.text(f"{name}=")
            printer.pretty(value)
