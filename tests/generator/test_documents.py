"""What lies in the repository is Zoom's interface, all of it, and none of Zoom's prose."""

import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from generator import sub_accounts
from generator.build import products
from generator.distil import operations
from generator.fetch import fetch
from generator.overlay import RESOURCES
from generator.retire import RETIRED
from generator.sources import load
from tests.totals import EVENTS, OPERATIONS

ROOT = Path(__file__).parents[2]
OPENAPI = ROOT / "openapi"
MIRROR = ROOT.parent / "shared" / "zoom-openapi" / "api-hub"
OVERLAYS = sorted(path for path in (ROOT / "overlays").glob("*/*") if path.name != RESOURCES)

OURS = "node/webhooks.json"  # Zoom Node has events, and no document
MOST_WORDS = 6  # Zoom's longest name of a thing has five


@cache
def documents() -> dict[str, Any]:
    """Return all documents by their place below `openapi/`."""
    files = [path for path in OPENAPI.glob("*/*.json") if path.name != "names.json"]
    return {path.relative_to(OPENAPI).as_posix(): json.loads(path.read_text(encoding="utf-8")) for path in files}


def of_kind(kind: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the operations of all documents of a kind."""
    for place, document in documents().items():
        if place.endswith(f"/{kind}.json"):
            yield from operations(document)


@pytest.mark.skipif(not MIRROR.exists(), reason="Zoom's documents do not lie beside the project: shared/zoom-openapi")
def test_documents_are_as_fetched(tmp_path: Path) -> None:
    """Fetching Zoom's documents again, month by month, gives `openapi/`, byte by byte, and no more."""
    openapi = tmp_path / "openapi"
    openapi.mkdir()
    shutil.copy(OPENAPI / "sources.toml", openapi)
    for month in (MIRROR, *sorted(MIRROR.parent.glob("20*"))):
        assert [outcome.fault for outcome in fetch(openapi, directory=month, partial=True) if outcome.fault] == []
    names = {path.relative_to(OPENAPI).as_posix(): path.read_bytes() for path in OPENAPI.glob("*/names.json")}
    kept, fetched = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (OPENAPI, openapi)
    )
    assert sorted(kept) == sorted({*fetched, *names, OURS})
    assert [place for place in fetched if fetched[place] != kept[place]] == []


def test_no_part_of_zoom_is_missing() -> None:
    """Documents are there of the products that the list has read, and what they have is not little."""
    assert OPERATIONS >= 1700
    assert EVENTS >= 500
    read = [source for source in load(OPENAPI / "sources.toml") if source.sha256]
    assert sorted([*(source.file for source in read), OURS]) == sorted(documents())
    assert {"node", *(source.product for source in read)} == set(products(OPENAPI))


def test_call_for_a_sub_account_takes_and_answers_what_the_ordinary_one_does() -> None:
    """What Zoom has for sub-accounts takes and answers what the ordinary operation does: one is generated for both.

    Documents of two months may differ: what changed in between is in one of them alone.
    """
    ordinary = {(method, path): operation for method, path, operation in of_kind("endpoints")}
    dated = {(source.product, source.kind): source.dated for source in load(OPENAPI / "sources.toml")}
    of_one_date = [
        each
        for product in products(OPENAPI)
        if dated.get((product, "endpoints")) == dated.get((product, "master"))
        for each in operations(documents().get(f"{product}/master.json", {"paths": {}}))
    ]
    counts = {"ordinary": 0, "only": 0}
    for method, path, operation in of_one_date:
        bare = path if (method, path) in ordinary else path.removeprefix(sub_accounts.PREFIX)
        counts["ordinary" if (method, bare) in ordinary else "only"] += 1
        for part in ("requestBody", "responses", "deprecated"):
            assert operation.get(part) == ordinary.get((method, bare), operation).get(part), path
        declared, taken = (
            [each for each in of["parameters"] if each["name"] != "accountId"]
            for of in (operation, ordinary.get((method, bare), operation))
        )
        assert declared == taken, path
    assert counts["ordinary"] > 20 * counts["only"]


def texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a document, with the key it stands under."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield place, key
            yield from texts(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, place)
    elif isinstance(value, str):
        yield place, value


def test_no_prose_of_zoom_is_in_the_repository() -> None:
    """No text in `openapi/` is a sentence; values that a field may have are facts, however long."""
    sentences = {
        (place, text)
        for document in documents().values()
        for place, text in texts(document)
        if place not in ("enum", "pattern") and len(text.split()) > MOST_WORDS
    }
    assert not sentences


def test_no_description_or_example_is_in_the_repository() -> None:
    """Nothing is documented: where OpenAPI demands a description, it is empty."""

    def found(value: Any, *, named: bool = False) -> Iterator[str]:
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            if not named and key in ("description", "summary", "title", "example", "examples", "externalDocs") and each:
                yield f"{key}: {each}"
            if isinstance(each, dict | list):
                yield from found(each, named=key in ("properties", "info", "default"))

    assert not [fault for document in documents().values() for fault in found(document)]


def test_facts_of_prose_are_kept() -> None:
    """The facts that only prose has are there in the numbers in which Zoom states them."""
    said = [operation["x-zoom"] for _, _, operation in of_kind("endpoints")]
    labels = [zoom["rate-limit"] for zoom in said if "rate-limit" in zoom]
    assert set(labels) == {"light", "medium", "heavy", "resource-intensive", "1"}
    assert len(labels) > 0.95 * len(said)  # Zoom's own share, in every month so far
    for kind in ("classic", "granular"):
        assert sum(bool(zoom.get("scopes", {}).get(kind)) for zoom in said) > 0.9 * len(said)
    assert {zoom["upload-host"] for zoom in said if "upload-host" in zoom} == {"file.zoom.us", "fileapi.zoom.us"}


def test_files_are_as_fetch_writes_them() -> None:
    """Sorted, one fact a line: a difference between two versions is Zoom's change log."""
    for place, document in documents().items():
        text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        assert (OPENAPI / place).read_text(encoding="utf-8") == text, place


@pytest.mark.parametrize("path", OVERLAYS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_correction_has_a_reason(path: Path) -> None:
    """Every overlay extends a document that is there, and every action of it says why it is there."""
    assert path.name.removesuffix(RETIRED).endswith(".yaml")
    overlay = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    assert re.fullmatch(r"1\.[01]\.0", overlay["overlay"])
    extended = (path.parent / overlay["extends"]).resolve()
    assert extended.parent == OPENAPI / path.parent.name
    assert extended.is_file()
    assert overlay["actions"]
    for action in overlay["actions"]:
        assert len(action["description"].split()) >= 4, action["target"]
