"""Compare two states fact by fact, and say of each change for whom it breaks something."""

from collections.abc import Iterator
from typing import Any

import attrs

from generator.report.facts import ANSWERED, Facts, Subject

BREAKS_CALLERS, BREAKS_READERS, BREAKS_NOTHING = "breaks callers", "breaks readers of answers", "breaks nothing"

# A smaller one of these lets less pass; a greater one of the others does.
_UPPER = {"maximum", "maxLength", "maxItems"}
_LOWER = {"minimum", "minLength", "minItems"}


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
    """Return what changed, by product and operation; of what is new or gone as a whole only the whole is told."""
    old, found = _follow_status(old, new)
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
        yield attrs.evolve(subject, direction="", place="")
    place = subject.place
    while "." in place:
        place = place.rpartition(".")[0].rstrip("[]")
        yield attrs.evolve(subject, place=place)


def _follow_status(old: Facts, new: Facts) -> tuple[Facts, list[Change]]:
    """Return the old facts with each status that is another now in its place, and a change for each of them."""
    before, after = _statuses(old), _statuses(new)
    now = {
        owner: (statuses[0], after[owner][0])
        for owner, statuses in before.items()
        if len(statuses) == len(after.get(owner, [])) == 1 and statuses != after[owner]
    }
    followed = {}
    for subject, said in old.items():
        whole = attrs.evolve(subject, direction="", place="")
        if subject.direction == ANSWERED and whole in now:
            was, status = now[whole]
            subject = attrs.evolve(subject, place=status + subject.place.removeprefix(was))
        followed[subject] = said
    return followed, [
        Change(whole, "changed", BREAKS_NOTHING, "status", was, status) for whole, (was, status) in sorted(now.items())
    ]


def _statuses(facts: Facts) -> dict[Subject, list[str]]:
    found: dict[Subject, list[str]] = {}
    for subject in facts:
        if subject.direction == ANSWERED and subject.place.isdecimal():
            found.setdefault(attrs.evolve(subject, direction="", place=""), []).append(subject.place)
    return found


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
    if fact in ("scopes", "classic scopes", "requires"):
        breaks = bool(set(new) - set(old))
    elif fact == "values":
        breaks = bool(set(map(repr, old)) - set(map(repr, new))) if old and new else bool(new)
    elif fact in _UPPER | _LOWER:
        breaks = new is not None and (old is None or (new < old if fact in _UPPER else new > old))
    else:
        breaks = fact in ("type", "media type", "pattern") or (fact == "required" and bool(new))
    return BREAKS_CALLERS if breaks else BREAKS_NOTHING
