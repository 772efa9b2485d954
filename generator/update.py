"""Bring Zoom's changes in: read, retire overlay actions, build, compare, write the report.

All of it happens in a copy of the project. What is right is put in its place as a whole, so that an update that is
killed leaves the old state or the new one; what is wrong keeps its last good state, and is reported as a decision.
"""

import filecmp
import shutil
import tempfile
from pathlib import Path

import attrs
from rich.console import Console

from generator import changelog
from generator.aim import aim
from generator.build import COPIED, Layout, Outcome, attempt, copy
from generator.carry import carry
from generator.decisions import describe, product_of
from generator.documents import products as products_of
from generator.fetch import dated, fetch, report as tell_reading
from generator.install import finish, install
from generator.report import Report, between, of_directory
from generator.retire import Correction, restore, retire
from generator.sources import PLACES, SITE, Source, load, refusal, save

REFUSED = ".update"
"""The folder of documents that could not be taken over, for who decides what to do about them."""


@attrs.frozen
class Updated:
    """The outcome of an update: the report, the page it is written on, and what only a person can decide.

    `unseen` has the products whose documents changed in what no user sees, if all that changed is of this kind.
    """

    report: Report
    page: Path | None
    decisions: list[str]
    unseen: list[str]


def update(layout: Layout, directory: Path | None, products: list[str]) -> Updated:
    """Update the project, all products if none is named, from Zoom's site or from a directory of its layout."""
    finish(layout.root)
    say = Console(stderr=True).print
    with tempfile.TemporaryDirectory() as scratch:
        there = copy(layout, Path(scratch) / "project")
        before = _stamps(there.root)
        misnamed = _list_new(there.openapi / "sources.toml", directory, products) if directory else []
        outcomes = fetch(there.openapi, directory=directory, products=products, partial=True)
        tell_reading(outcomes, there.openapi)
        changed = sorted({each.source.product for each in outcomes if each.changed})
        retired, restored = _correct(changed, layout.openapi, there)
        carried = carry(layout.openapi, there.openapi, there.overlays)
        built, refused, decisions = _build(layout, there, products)
        say("comparing with what was")
        report = between(
            of_directory(layout.root),
            of_directory(there.root),
            retired=_without(retired, refused),
            restored=_without(restored, refused),
            carried=_without(carried, refused),
            moved=[sentence for one in built.built for sentence in one.moved],
            aimed=True,
        )
        page = changelog.write(there.root, report, dated(directory) if directory else "") if report else None
        _install(there.root, layout.root, before)
    broken = [f"{each.source.file}: {each.fault}; its last good version stays\n" for each in outcomes if each.fault]
    unseen = [] if report else [product for product in changed if product not in refused]
    return Updated(report, page, [*misnamed, *broken, *decisions], unseen)


def _correct(changed: list[str], before: Path, there: Layout) -> tuple[list[Correction], list[Correction]]:
    """Fit the overlays of products to their new documents; return the actions that went and those that came back."""
    retired, restored = [], []
    for product in changed:
        aim(product, before, there.openapi, there.overlays)
        retired += retire(product, before, there.openapi, there.overlays)
        restored += restore(product, before, there.openapi, there.overlays)
    return retired, restored


def _without(found: list[Correction], refused: set[str]) -> list[Correction]:
    return [each for each in found if each.file.partition("/")[0] not in refused]


def _list_new(list_file: Path, directory: Path, products: list[str]) -> list[str]:
    """Add the documents of a directory that the list has not, and return why some may not be added."""
    sources = load(list_file)
    known = {(source.product, source.kind) for source in sources}
    new = [
        Source(product, kind, f"{SITE}/{product}/{place}")
        for kind, place in PLACES.items()
        for product in sorted(path.relative_to(directory).parts[0] for path in directory.glob(f"*/{place}"))
        if (product, kind) not in known and (not products or product in products)
    ]
    if good := [source for source in new if not refusal(source.product)]:
        save(list_file, [*sources, *good])
    return [
        f"{directory}: {refusal(product)}\n" for product in sorted({source.product for source in set(new) - set(good)})
    ]


def _build(layout: Layout, there: Layout, products: list[str]) -> tuple[Outcome, set[str], list[str]]:
    """Build what can be built; products with faults go back to their last good state, until none has any.

    Returns the last outcome, the products that went back, and the decisions on them.
    """
    shutil.rmtree(layout.root / REFUSED, ignore_errors=True)
    refused: set[str] = set()
    decisions: list[str] = []
    while True:
        outcome = attempt(there, [each for each in products if each in products_of(there.openapi)])
        decisions += [describe(fault, there.root, REFUSED) for fault in outcome.faults]
        bad = {product_of(fault) for fault in outcome.faults} - refused
        if not bad:
            return outcome, refused, list(dict.fromkeys(decisions))
        refused |= bad
        for product in sorted(bad):
            _go_back(product, layout, there)


def _go_back(product: str, layout: Layout, there: Layout) -> None:
    """Put a product's last good documents and overlays in the place of those that cannot be built."""
    if (there.openapi / product).exists():
        shutil.copytree(there.openapi / product, layout.root / REFUSED / product)
    for ours, theirs in ((layout.openapi, there.openapi), (layout.overlays, there.overlays)):
        shutil.rmtree(theirs / product, ignore_errors=True)
        if (ours / product).exists():
            shutil.copytree(ours / product, theirs / product)
    _forget_reading(product, layout.openapi / "sources.toml", there.openapi / "sources.toml")


def _forget_reading(product: str, ours: Path, theirs: Path) -> None:
    """Remember of a product's documents what was read before."""
    before = {(each.product, each.kind): each for each in load(ours)}
    sources = []
    for source in load(theirs):
        if source.product == product:
            unread = attrs.evolve(source, sha256="", dated="", read=None)
            source = before.get((product, source.kind), unread)
        sources.append(source)
    save(theirs, sources)


def _stamps(root: Path) -> dict[Path, tuple[int, int]]:
    """Return when each file was written last, and how long it is."""
    found = (path for name in COPIED for path in [root / name, *(root / name).rglob("*")] if path.is_file())
    return {path.relative_to(root): (path.stat().st_mtime_ns, path.stat().st_size) for path in found}


def _install(there: Path, root: Path, before: dict[Path, tuple[int, int]]) -> None:
    """Put what the update wrote in its place, as a whole; files that it did not touch stay, whoever changes them."""
    after = _stamps(there)
    written = [path for path, stamp in after.items() if before.get(path) != stamp]
    new = [path for path in written if not ((root / path).exists() and filecmp.cmp(there / path, root / path, False))]
    gone = before.keys() - after.keys()
    if not new and not gone:
        return
    with tempfile.TemporaryDirectory() as scratch:
        for path in new:
            (Path(scratch) / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(there / path, Path(scratch) / path)
        install(Path(scratch), root, whole=[], gone=gone)
