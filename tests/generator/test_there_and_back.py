"""Whatever Zoom changes and takes back, all is called as before: the code is the same to the byte."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.contract import contract
from generator.distil import distil
from generator.emit import emit
from generator.fetch import dump
from generator.lock import Names
from tests.generator.any_edits import endpoints, webhooks

KINDS = {"endpoints": endpoints(), "webhooks": webhooks()}


class Walk:
    """A product that one document after the other is built of."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.kind = folder, kind

    def go(self, document: dict[str, Any]) -> dict[str, bytes]:
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
        return {path.relative_to(package).as_posix(): path.read_bytes() for path in package.rglob("*.py")}


@pytest.mark.parametrize("kind", KINDS)
def test_there_and_back_gives_the_same_code(kind: str) -> None:
    """From any document to any other and back."""

    @settings(max_examples=int(__import__("os").environ.get("N", "40")), deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(KINDS[kind], min_size=int(__import__("os").environ.get("L", "2")), max_size=int(__import__("os").environ.get("L", "2"))))
    def walk(documents: list[dict[str, Any]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            walk = Walk(Path(folder), kind)
            first = walk.go(documents[0])
            for document in documents[1:]:
                walk.go(document)
            assert walk.go(documents[0]) == first

    walk()
