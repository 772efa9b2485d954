"""Follow what is the same under another product, path or status, so that it is not reported as removed and added."""

import attrs

from generator.lock import Names, follow_identifiers, match
from generator.report.facts import ANSWERED, Facts, Subject

Moves = dict[Subject, tuple[str, str]]
"""What an operation or event had before, and what it has now."""


def follow_product(old: Facts, new: Facts) -> tuple[Facts, Moves]:
    """Return the old facts with the operations and events that moved where they are now, and from where they came."""
    gone, come = _wholes(old, new), _wholes(new, old)
    homes = {gone[key]: come[key] for key in gone.keys() & come.keys() if gone[key].product != come[key].product}
    followed = {}
    for subject, said in old.items():
        home = homes.get(subject.whole, subject)
        followed[attrs.evolve(subject, product=home.product, owner=home.owner)] = said
    return followed, {home: (was.product, home.product) for was, home in homes.items()}


def follow_path(old: Facts, new: Facts) -> tuple[Facts, Moves]:
    """Return the old facts with the operations whose path is another where they are now, and the paths that changed.

    They are those that the lock follows: their names stay.
    """
    homes: dict[Subject, Subject] = {}
    before, after = _operations(old), _operations(new)
    for document in before.keys() & after.keys():
        was, now = before[document], after[document]
        locked = Names(operations={owner: owner for owner in was}, operation_ids=_ids(old, was))
        known = match(_ids(new, now), locked)
        homes |= {was[there]: now[here] for here, there in known.items() if here != there}
    followed = {_follow(subject, homes.get(subject.whole)): said for subject, said in old.items()}
    return followed, {home: (was.owner, home.owner) for was, home in homes.items()}


def _follow(subject: Subject, home: Subject | None) -> Subject:
    """Return a subject where its operation is now, with an identifier in its path as it is called there."""
    if home is None:
        return subject
    called = {f"path {was}": f"path {now}" for was, now in follow_identifiers(subject.owner, home.owner).items()}
    return attrs.evolve(subject, owner=home.owner, place=called.get(subject.place, subject.place))


def _ids(facts: Facts, owners: dict[str, Subject]) -> dict[str, str]:
    return {owner: facts[subject].get("operationId") or owner for owner, subject in owners.items()}


def _operations(facts: Facts) -> dict[tuple[str, str], dict[str, Subject]]:
    """Return the operations of each document by method and path."""
    found: dict[tuple[str, str], dict[str, Subject]] = {}
    for subject in facts:
        if not subject.place and subject.kind != "webhooks":
            found.setdefault((subject.product, subject.kind), {})[subject.owner] = subject
    return found


def follow_status(old: Facts, new: Facts) -> tuple[Facts, Moves]:
    """Return the old facts with each status that is another now in its place, and the statuses that changed."""
    before, after = _statuses(old), _statuses(new)
    now = {
        owner: (statuses[0], after[owner][0])
        for owner, statuses in before.items()
        if len(statuses) == len(after.get(owner, [])) == 1 and statuses != after[owner]
    }
    followed = {}
    for subject, said in old.items():
        if subject.direction == ANSWERED and subject.whole in now:
            was, status = now[subject.whole]
            subject = attrs.evolve(subject, place=status + subject.place.removeprefix(was))
        followed[subject] = said
    return followed, now


def _wholes(facts: Facts, others: Facts) -> dict[tuple[str, str], Subject]:
    """Return the operations and events that the other facts have not at this place, by what they are known by."""
    found = (subject for subject in facts.keys() - others.keys() if not subject.place)
    return {(subject.kind, subject.key): subject for subject in found}


def _statuses(facts: Facts) -> dict[Subject, list[str]]:
    found: dict[Subject, list[str]] = {}
    for subject in facts:
        if subject.direction == ANSWERED and subject.place.isdecimal():
            found.setdefault(subject.whole, []).append(subject.place)
    return found
