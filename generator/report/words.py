"""Put one change into words."""

import re
from collections.abc import Collection

from generator.report.changes import BREAKS_CALLERS, PATH, PRODUCT, STATUS, Change
from generator.report.spelled import Spelled
from generator.report.surface import HOME, PACKAGE

LIMITS = {
    "maxItems": "at most {} item",
    "minItems": "at least {} item",
    "maxLength": "at most {} character",
    "minLength": "at least {} character",
    "maximum": "at most {}",
    "minimum": "at least {}",
    "exclusiveMaximum": "less than {}",
    "exclusiveMinimum": "more than {}",
    "multipleOf": "a multiple of {}",
    "pattern": "text that matches `{}`",
}
_FLAGS = {
    "deprecated": ("now deprecated", "no longer deprecated"),
    "required": ("now required", "no longer required"),
    "uniqueItems": ("now without any item twice", "now with items that may be there twice"),
}


def count(number: int, noun: str) -> str:
    """Return a number with its noun: `1 change`, `5 changes`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def describe(change: Change) -> str:
    """Return what a change says of its subject."""
    fact, old, new = change.fact, change.old, change.new
    if not fact:
        added = "new, and must be given" if change.effect == BREAKS_CALLERS else "new"
        return added if change.what == "added" else change.what
    if fact in LIMITS:
        return _limit(fact, old, new)
    if fact in _FLAGS:
        return _FLAGS[fact][not new]
    if fact == "type" and change.subject.kind == PACKAGE:
        return _spelling(Spelled(old), Spelled(new))
    if isinstance(old, list) and isinstance(new, list):
        return instead(fact, old, new) if fact in ("type", "host") else listed(fact, old, new)
    if fact == PRODUCT:
        return f"moved from {old} to {new}; the old names still work and warn"
    if fact == PATH:
        return f"moved from `{old}`; its name stays"
    if fact == HOME:
        return f"moved to `{new}`; the old name still works and warns"
    if fact == STATUS:
        return f"now answers with status {new} instead of {old}"
    return f"{fact}: now `{new}` instead of `{old}`" if old else f"{fact}: now `{new}`"


def limit(fact: str, value: object) -> str:
    """Return a limit in words: `at most 1 item`."""
    plural = "s" if LIMITS[fact].endswith(("item", "character")) and value != 1 else ""
    return LIMITS[fact].format(value) + plural


def _limit(fact: str, old: object, new: object) -> str:
    if new is None:
        return f"no longer limited to {limit(fact, old)}"
    return f"now {limit(fact, new)} ({'no limit was stated' if old is None else limit(fact, old)} before)"


def taken(old: Collection[object], new: Collection[object]) -> list[object]:
    """Return what a list has no longer, in its order."""
    kept = set(map(repr, new))
    return [each for each in old if repr(each) not in kept]


def quote(values: Collection[object]) -> str:
    """Return values as code, with commas."""
    return ", ".join(f"`{each}`" for each in values)


def listed(fact: str, old: Collection[object], new: Collection[object]) -> str:
    """Return what came into a list and what went."""
    parts = ((f"new {fact}", taken(new, old)), (f"{fact} removed", taken(old, new)))
    return "; ".join(f"{words} {quote(some)}" for words, some in parts if some) or f"{fact} in another order"


def instead(fact: str, old: Collection[object], new: Collection[object]) -> str:
    """Return what stands in the place of what."""
    return f"{fact}: now {quote(new) or 'none'} instead of {quote(old) or 'none'}"


def _spelling(old: Spelled, new: Spelled) -> str:
    """Describe how a type differs; of literal types that list many values only those that came and went."""
    if (old.options, "Unset" in old.annotation) == (new.options, "Unset" in new.annotation):
        return listed("values", *(sorted(each.choices, key=repr) for each in (old, new)))
    was, now = (re.sub(r"Literal\[.{60,}?\](?= \||$)", "Literal[…]", each.annotation) for each in (old, new))
    return instead("type", [was], [now])
