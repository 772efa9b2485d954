"""Ways in which an answer or an event may leave its contract; nothing of it may be refused or lost."""

from collections.abc import Callable, Iterator
from typing import Any

Json = Any


def bends(value: Json) -> Iterator[tuple[str, Json]]:
    """Yield a name and the value bent in that way, everywhere at once."""
    yield "null for every value", _leaves(value, lambda _: None)
    yield "empty text for every value", _leaves(value, lambda _: "")
    yield "unknown enum values", _leaves(value, lambda leaf: "never-heard-of-it" if isinstance(leaf, str) else leaf)
    yield "text for numbers", _leaves(value, lambda leaf: str(leaf) if _is_number(leaf) else leaf)
    yield "numbers for text", _leaves(value, lambda leaf: 2**70 if isinstance(leaf, str) else leaf)
    yield "objects for values", _leaves(value, lambda leaf: {"was": leaf})
    yield "extra fields", _objects(value, lambda each: {**each, "new_field": {"of": ["Zoom's", 1, None]}, "to_dict": 1})
    yield "nothing in objects", _objects(value, lambda _: {})
    yield "every second field is missing", _objects(value, lambda each: dict(list(each.items())[::2]))
    yield "text for objects", _inner_objects(value, lambda _: "not an object")
    yield "lists for objects", _inner_objects(value, lambda each: [each, None, "odd"])


def _is_number(leaf: Json) -> bool:
    return isinstance(leaf, int | float) and not isinstance(leaf, bool)


def _leaves(value: Json, bend: Callable[[Json], Json]) -> Json:
    if isinstance(value, dict):
        return {key: _leaves(each, bend) for key, each in value.items()}
    return [_leaves(each, bend) for each in value] if isinstance(value, list) else bend(value)


def _objects(value: Json, bend: Callable[[dict[str, Json]], Json]) -> Json:
    if isinstance(value, dict):
        return bend({key: _objects(each, bend) for key, each in value.items()})
    return [_objects(each, bend) for each in value] if isinstance(value, list) else value


def _inner_objects(value: Json, bend: Callable[[dict[str, Json]], Json]) -> Json:
    if not isinstance(value, dict):
        return value
    return {key: _objects(each, bend) for key, each in value.items()}
