"""Whatever single thing Zoom changes: no name goes or moves untold, and all are as before when Zoom takes it back."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import Phase, given, settings, strategies as st

from generator import strict_json
from generator.contract import contract
from generator.distil import BrokenDocument, distil
from generator.faults import BuildFault
from generator.fetch import dump
from generator.lock import Names, by_place
from tests.generator.any_edits import endpoints, pair_of_events, webhooks
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
    for name in set(before.public()) - set(now.public()) - set(lock.gone):
        if not name.startswith(tuple(f"{whole}{mark}" for whole in lock.gone for mark in "(.")):
            yield name
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
    same = without_history(third) == without_history(first)
    return wrong if same else [*wrong, "the names are others after all is as it was"]


def without_history(names: Names) -> Names:
    """Return names alone: a lock remembers what Zoom took back."""
    return attrs.evolve(names, split={}, event_split={})


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


@pytest.mark.parametrize("states", [endpoints(), webhooks()], ids=["endpoints", "webhooks"])
def test_no_name_goes_untold_on_a_long_way_back(states: st.SearchStrategy[dict[str, Any]]) -> None:
    """Through any three documents and back to the first, where a place that split on the way keeps its last name."""

    @settings(max_examples=20, phases=[Phase.generate])
    @given(st.lists(states, min_size=3, max_size=3))
    def walk(documents: list[dict[str, Any]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            lock = Names()
            for document in [*documents, documents[0]]:
                kind = "webhooks" if "webhooks" in document else "endpoints"
                now, later = named(Path(folder), kind, distil(document), lock)
                assert list(find_untold(lock, now, later)) == []
                lock = later

    walk()


def test_last_name_counts_on_a_long_way_back(tmp_path: Path) -> None:
    """One event has a size, then shares it with another, then has one of its own, and is alone again."""
    alone, shared, apart = pair_of_events("plain"), pair_of_events("plain"), pair_of_events("retyped")
    del alone["webhooks"]["thing.gone"]
    lock, names = Names(), []
    for document in (alone, shared, apart, alone):
        now, lock = named(tmp_path, "webhooks", distil(document), lock)
        names.append(by_place(now.event_models)["thing_made.size"])
    assert names == ["Size", "Size", "ThingMadeSize", "ThingMadeSize"]
