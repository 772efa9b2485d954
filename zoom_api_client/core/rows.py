"""Models as rows of a table, for CSV files and DataFrames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from zoom_api_client.core import codec, decoding, validation
from zoom_api_client.core.model import Model
from zoom_api_client.core.protocols import is_model
from zoom_api_client.core.unset import UNSET


def rows(items: Iterable[Model]) -> Iterator[dict[str, Any]]:
    """Yield a flat dict for each model: `{"id": 1, "settings.host_video": True, …}`.

    The columns are the fields that the model's class declares, in its order, whatever this one has: what is not there
    is None. Times are datetimes, lists and objects without declared fields are JSON text.
    """
    for item in items:
        kind: Any = type(item)
        if not is_model(kind):
            raise TypeError(f"rows are made of models, not of {kind.__name__}: Meeting.from_dict(…) makes a model")
        yield {column: _cell(item, path) for column, path in _columns(kind).items()}


@cache
def _columns(cls: Any) -> dict[str, tuple[str, ...]]:
    """Return the Python names that lead to the value of each column, by the column's name in JSON."""
    found: dict[str, tuple[str, ...]] = {}
    for wire, (_, hint) in validation.hints_of(cls).items():
        name = cls._fields[wire]
        models = [each for each in decoding.options_of(hint) if is_model(each)]
        inner = {f"{wire}.{column}": (name, *path) for model in models for column, path in _columns(model).items()}
        found |= inner or {wire: (name,)}
    return found


def _cell(item: Model, path: tuple[str, ...]) -> Any:
    value: Any = item
    for name in path:
        value = getattr(value, name, UNSET) if isinstance(value, Model) else UNSET
    if value is UNSET:
        return None
    return codec.text(codec.plain(value)) if isinstance(value, list | dict | Model) else value
