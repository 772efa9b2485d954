"""Whatever single thing Zoom changes: no name goes or moves untold, and all are as before when Zoom takes it back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator import strict_json
from generator.contract import contract
from generator.distil import BrokenDocument, distil
from generator.faults import BuildFault
from generator.fetch import dump
from generator.lock import Names, by_place
from tests.generator.mutations import NOTICES, THINGS, Mutation
from tests.generator.test_territory import changes

SECTIONS = ("models", "event_models")


def named(folder: Path, kind: str, facts: Any, locked: Names) -> tuple[Names, Names]:
    """Return the names that a document gets with a lock, and the lock that this leaves."""
    place = folder / "things"
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{kind}.json").write_text(dump(facts), encoding="utf-8")
    (place / "names.json").write_text(locked.dump(), encoding="utf-8")
    names = contract("things", folder, folder / "overlays").names
    return names, names.add_gone(locked)


def find_untold(before: Names, now: Names, lock: Names) -> Iterator[str]:
    """Yield names that went, and places that have another one, without a word."""
    yield from set(before.public()) - set(now.public()) - set(lock.gone)
    told = " ".join(now.moved(before, "things"))
    for section in SECTIONS:
        at = by_place(getattr(before, section))
        for place, name in by_place(getattr(now, section)).items():
            if at.get(place, name) != name and f".{at[place]} is {name} at" not in told:
                yield f"{place}: {at[place]} is {name}"


def judge(mutation: Mutation, folder: Path) -> list[str]:
    """Return what is wrong with the names after a change, and after it was taken back."""
    old = distil(NOTICES if mutation.kind == "webhooks" else THINGS)
    try:
        new = json.loads(mutation.body) if mutation.distilled else distil(strict_json.loads(mutation.body))
        first, lock = named(folder, mutation.kind, old, Names())
        second, later = named(folder, mutation.kind, new, lock)
        third, _ = named(folder, mutation.kind, old, later)
    except (BuildFault, BrokenDocument, ValueError):
        return []  # refused: what was there stays
    wrong = list(find_untold(first, second, later))
    return wrong if third == first else [*wrong, "the names are others after all is as it was"]


def bad(part: slice, folder: Path) -> list[str]:
    """Return what is wrong with the names after some of the changes."""
    chosen = [each for each in changes()[part] if b"thing" in each.body and each.kind != "master"]
    found = [(each, judge(each, folder / f"{number}")) for number, each in enumerate(chosen)]
    return [f"{each.name}: {wrong}" for each, wrong in found if wrong]


def test_names_stay_through_some_single_changes(tmp_path: Path) -> None:
    """One in ten of them."""
    assert bad(slice(None, None, 10), tmp_path) == []


@pytest.mark.soak
def test_names_stay_through_all_single_changes(tmp_path: Path) -> None:
    """All of them."""
    assert bad(slice(None), tmp_path) == []
