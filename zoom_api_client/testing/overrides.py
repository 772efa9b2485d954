"""Overrides lay what a test says of an answer over the example that the contract gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zoom_api_client.core import codec
from zoom_api_client.core.unset import UNSET


def merge(example: Any, given: Any) -> Any:
    """Return the example with what was given: objects field by field, lists item by item, and without what is UNSET.

    A list has as many items as were given; each is laid over an item of the example.
    """
    if hasattr(type(given), "to_dict"):
        given = given.to_dict()
    if isinstance(given, Mapping):
        fields = example if isinstance(example, dict) else {}
        laid = {name: merge(fields.get(name), part) for name, part in given.items() if part is not UNSET}
        return {name: part for name, part in fields.items() if name not in given} | laid
    if isinstance(given, list | tuple):
        items = example if isinstance(example, list) and example else [None]
        return [merge(items[index % len(items)], part) for index, part in enumerate(given)]
    return given if isinstance(given, bytes) else codec.plain(given)


def last_word(fitted: Any, laid: Any, given: Any) -> Any:
    """Return what was fitted to a request with what was given, whole lists of it, as it was before."""
    if not isinstance(fitted, dict) or not isinstance(given, Mapping):
        return merge(fitted, given)
    lists = {name: laid[name] for name in given if isinstance(laid.get(name), list)}
    return {**merge(fitted, given), **lists}


def longest(given: Any) -> int:
    """Return how many items the longest of the outermost lists has."""
    if isinstance(given, Mapping):
        return max(map(longest, given.values()), default=0)
    return len(given) if isinstance(given, Sequence) and not isinstance(given, str | bytes) else 0
