"""Keep all names that the model at a place has had, so that what Zoom takes back gets its names back.

A history starts with the name that most places share, and ends with the place's own: a place whose model splits off
has a name of its own after the shared one. A model has the last name that all of its places have had: where they are
one again the shared one, and where they part again each its own.
"""

from collections import Counter
from collections.abc import Iterator

from generator.hoist import Model

Histories = dict[str, list[str]]
"""The names of each place, the widest first."""


def wanted(models: list[Model], histories: Histories) -> Iterator[tuple[str, Model]]:
    """Yield the names that models have had, those first that are most their own.

    These are the names that all places of a model have had, before those that some have had; and of two models that
    want one name, it goes to that with more places that had no narrower one.
    """
    votes = []
    for model in models:
        had = _had(model, histories)
        shared = find_shared(had)
        last, ever = Counter(names[-1] for names in had), Counter(name for names in had for name in names)
        votes += [(name != shared, -last[name], -ever[name], name, model) for name in ever]
    yield from ((name, model) for *_, name, model in sorted(votes, key=lambda vote: vote[:3]))


def record(models: list[Model], histories: Histories) -> Histories:
    """Return the histories of the places of models, with the names that these have now."""
    return {place: names for model in models for place, names in _of_model(model, histories)}


def find_shared(had: list[list[str]]) -> str:
    """Return the narrowest name that all have had, "" if there is none."""
    return next((name for name in reversed(had[0]) if all(name in names for names in had)), "") if had else ""


def _had(model: Model, histories: Histories) -> list[list[str]]:
    return [histories[place] for place in model.locations if place in histories]


def _of_model(model: Model, histories: Histories) -> Iterator[tuple[str, list[str]]]:
    had = _had(model, histories)
    shared = find_shared(had)
    wide = had[0][: had[0].index(shared) + 1] if shared else []
    for place in model.locations:
        names = histories.get(place, wide)
        yield place, names if shared == model.name else _insert(names, model.name, after=shared)


def _insert(names: list[str], name: str, *, after: str) -> list[str]:
    others = [each for each in names if each != name]
    index = others.index(after) + 1 if after in others else len(others)
    return [*others[:index], name, *others[index:]]
