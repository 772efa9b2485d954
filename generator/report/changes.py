"""Compare two states fact by fact, and say of each change for whom it breaks something."""

from collections.abc import Iterator
from typing import Any

import attrs

from generator.report.facts import ANSWERED, Facts, Subject
from generator.report.follow import follow_path, follow_product, follow_status

BREAKS_CALLERS, BREAKS_READERS, BREAKS_NOTHING = "breaks callers", "breaks readers", "breaks nothing"
PRODUCT, PATH, STATUS = "product", "path", "status"
"""Facts: the product of an operation or event, the path of an operation, the status of an answer."""

# A lower value of these limits refuses more; of `_LOWER` a higher one does.
_UPPER = {"maximum", "exclusiveMaximum", "maxLength", "maxItems"}
_LOWER = {"minimum", "exclusiveMinimum", "minLength", "minItems"}


@attrs.frozen
class Change:
    """One change: `fact` is what is said of the subject, "" where the subject itself is new or gone."""

    subject: Subject
    what: str
    effect: str
    fact: str = ""
    old: Any = None
    new: Any = None


def compare(old: Facts, new: Facts) -> list[Change]:
    """Return what changed, by product and operation; of what is new or gone as a whole only the whole is reported."""
    old, products = follow_product(old, new)
    old, paths = follow_path(old, new)
    old, statuses = follow_status(old, new)
    found = [
        Change(subject, "changed", BREAKS_NOTHING, fact, *values)
        for fact, moves in ((PRODUCT, products), (PATH, paths), (STATUS, statuses))
        for subject, values in sorted(moves.items())
    ]
    for subject in sorted(old.keys() | new.keys()):
        if any((outer in old) != (outer in new) for outer in _outer(subject)):
            continue
        if subject in old and subject in new:
            found += _compare(subject, old[subject], new[subject])
        elif subject in old:
            found.append(Change(subject, "removed", _of_removal(subject)))
        else:
            found.append(Change(subject, "added", _of_addition(subject, new[subject])))
    return found


def _outer(subject: Subject) -> Iterator[Subject]:
    """Yield what a subject is a part of: the operation or event, and the fields around it."""
    if subject.place:
        yield subject.whole
    place = subject.place
    while "." in place:
        place = place.rpartition(".")[0].rstrip("[]")
        yield attrs.evolve(subject, place=place)


def _of_removal(subject: Subject) -> str:
    return BREAKS_READERS if subject.direction == ANSWERED or subject.kind == "webhooks" else BREAKS_CALLERS


def _of_addition(subject: Subject, said: dict[str, Any]) -> str:
    needed = bool(said.get("required")) and bool(subject.direction) and subject.direction != ANSWERED
    return BREAKS_CALLERS if needed else BREAKS_NOTHING


def _compare(subject: Subject, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for fact in sorted(old.keys() | new.keys()):
        before, after = old.get(fact), new.get(fact)
        if before != after:
            yield Change(subject, "changed", _effect(subject, fact, before, after), fact, before, after)


def _effect(subject: Subject, fact: str, old: Any, new: Any) -> str:
    if subject.direction == ANSWERED:
        breaks = fact in ("type", "media type") or (fact == "required" and old)
        return BREAKS_READERS if breaks else BREAKS_NOTHING
    if fact in ("scopes", "classic scopes"):  # one of them is enough
        breaks = not set(old) <= set(new) or bool(new and not old)
    elif fact == "requires":
        breaks = bool(set(new) - set(old))
    elif fact == "values":
        breaks = bool(set(map(repr, old)) - set(map(repr, new))) if old and new else bool(new)
    elif fact in _UPPER | _LOWER:
        breaks = new is not None and (old is None or (new < old if fact in _UPPER else new > old))
    elif fact == "type":  # what was sent may be sent still
        breaks = "anything" not in new and not set(old) <= set(new)
    else:
        breaks = fact == "media type" or (fact in ("required", "pattern", "multipleOf", "uniqueItems") and bool(new))
    return BREAKS_CALLERS if breaks else BREAKS_NOTHING
