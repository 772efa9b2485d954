"""Whatever Zoom changes and takes back, all is called as before: the code is the same to the byte."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings

from generator.contract import contract
from generator.distil import distil
from generator.emit import emit
from generator.fetch import dump
from generator.lock import Names
from tests.generator.any_edits import endpoints, operations_at, pair_of_events, webhooks

KINDS = {"endpoints": endpoints(), "webhooks": webhooks()}


class Walk:
    """A product that one document after the other is built of."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.kind = folder, kind

    def go(self, document: dict[str, Any]) -> dict[str, str]:
        """Build a document, keep the names, and return the code."""
        openapi, package = self.folder / "openapi", self.folder / "package"
        place = openapi / "things"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{self.kind}.json").write_text(dump(distil(document)), encoding="utf-8")
        made = contract("things", openapi, self.folder / "overlays")
        shutil.rmtree(package, ignore_errors=True)
        emit(made, package)
        lock = made.names.add_gone(Names.load(place / "names.json"))
        (place / "names.json").write_text(lock.dump(), encoding="utf-8")
        return {
            path.relative_to(package).as_posix(): path.read_text(encoding="utf-8") for path in package.rglob("*.py")
        }


def check(kind: str, examples: int) -> None:
    """Go from a document to another and back, for so many pairs of documents, always the same."""

    @settings(max_examples=examples, phases=[Phase.generate])
    @given(KINDS[kind], KINDS[kind])
    def walk(one: dict[str, Any], other: dict[str, Any]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            walk = Walk(Path(folder), kind)
            first = walk.go(one)
            walk.go(other)
            assert walk.go(one) == first

    walk()


@pytest.mark.parametrize("kind", KINDS)
def test_there_and_back_gives_the_same_code(kind: str) -> None:
    """Zoom may change any document into any other, and back."""
    check(kind, 25)


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_there_and_back_gives_the_same_code_always(kind: str) -> None:
    """Many more of them."""
    check(kind, 300)


def test_model_that_splits_again_has_the_name_that_it_had(tmp_path: Path) -> None:
    """Zoom lets two events share what they say, parts them, joins them and parts them again."""
    walk = Walk(tmp_path, "webhooks")
    shared, apart = (pair_of_events(shape) for shape in ("plain", "retyped"))
    walk.go(shared)
    first = walk.go(apart)
    assert "class Size(" in first["events/things/thing_gone.py"]
    assert "class ThingMadeSize(" in first["events/things/thing_made.py"]
    walk.go(shared)
    assert walk.go(apart) == first


def test_place_that_joins_a_model_that_split_shares_its_history(tmp_path: Path) -> None:
    """A newcomer with the name of the half that left is one with it in the next build, too."""
    walk = Walk(tmp_path, "webhooks")
    walk.go(pair_of_events("plain"))
    walk.go(pair_of_events("retyped"))
    joined = pair_of_events("retyped", **{"other.made": "retyped"})
    first = walk.go(joined)
    assert "ThingMadeSize" in first["events/things/other_made.py"]
    assert walk.go(joined) == first


def test_operation_that_returns_has_its_name_though_another_has_its_identifier(tmp_path: Path) -> None:
    """Its path is known from before it moved; the operationId has another operation, too."""
    walk = Walk(tmp_path, "endpoints")
    here, there = (operations_at(*paths) for paths in (["/things/{id}"], ["/things/{id}/of/{thingId}", "/all/{id}"]))
    first = walk.go(here)
    walk.go(there)
    assert walk.go(here) == first


def test_two_identifiers_that_had_one_name_have_two(tmp_path: Path) -> None:
    """Zoom calls the identifier of a path otherwise, and then has both of them in one."""
    walk = Walk(tmp_path, "endpoints")
    walk.go(operations_at("/things/{id}"))
    first = walk.go(operations_at("/things/{thingId}"))
    assert "def request(id: str)" in first["api/things/set_thing.py"]
    both = walk.go(operations_at("/things/{id}/of/{thingId}"))["api/things/set_thing.py"]
    assert "def request(id: str, thing_id: str)" in both
    assert walk.go(operations_at("/things/{thingId}")) == first


def test_identifier_after_the_same_word_keeps_its_name(tmp_path: Path) -> None:
    """An operation moves, and its identifier is called otherwise there: who gives it by its name goes on."""
    walk = Walk(tmp_path, "endpoints")
    first = walk.go(operations_at("/things/{id}"))
    moved = walk.go(operations_at("/things/{thingId}/of/{other}"))["api/things/set_thing.py"]
    assert "def request(id: str, other: str)" in moved
    assert walk.go(operations_at("/things/{id}")) == first
