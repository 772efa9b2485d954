"""Read JSON strictly: without duplicate keys, NaN, Infinity or endless nesting."""

import json
from typing import Any


def loads(text: str | bytes) -> Any:
    """Return the value of a JSON text; a `ValueError` says why it has none."""
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("it is nested too deeply to be read") from None
    except ValueError as error:
        raise ValueError(f"it is not JSON ({error})") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"it has {next(name for name in names if names.count(name) > 1)!r} twice in one object")
    return made


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not a number")
