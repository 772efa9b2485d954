"""Build the generated part of `zoom_api_client`: every product for itself, all at once, or some of them.

What is wrong with one product is reported, and costs that product alone: its code and its lock stay as they were.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import attrs
from rich.console import Console
from rich.progress import track

from generator import aliases, api_stub, figures, indexes, mock_products, triggers_stub, unasync
from generator.contract import package_name
from generator.documents import products
from generator.faults import BuildFault, Fault, Place, pointer
from generator.homes import find_elsewhere, key_of
from generator.indexes import PARTS
from generator.install import finish, install
from generator.lock import Names
from generator.product import CONTRACTS, Built, build_product

PACKAGE = Path("zoom_api_client")
COPIED = ("openapi", "overlays", str(PACKAGE), "docs", "README.md", "CHANGELOG.md", "pyproject.toml")
STUBS = (triggers_stub.PLACE, api_stub.PLACE, mock_products.PLACE)  # each lies beside the code of which it speaks


@attrs.frozen
class Layout:
    """The places of the parts of the project."""

    root: Path

    @property
    def openapi(self) -> Path:
        """The distilled documents and the lock files."""
        return self.root / "openapi"

    @property
    def overlays(self) -> Path:
        """Our corrections."""
        return self.root / "overlays"

    @property
    def package(self) -> Path:
        """The package that users import."""
        return self.root / PACKAGE


@attrs.frozen
class Outcome:
    """The outcome of a build: the products that are built and in place, and what is wrong with those that are not."""

    built: list[Built]
    faults: list[Fault]


def build(layout: Layout, wanted: list[str] | None = None) -> list[Built]:
    """Build products, all if none is named, and put them in the place of those that are there.

    Raises `BuildFault` with all that is wrong with all of them; the others are in place then.
    """
    outcome = attempt(layout, wanted)
    if outcome.faults:
        raise BuildFault(*outcome.faults)
    return outcome.built


def attempt(layout: Layout, wanted: list[str] | None = None) -> Outcome:
    """Build products, all if none is named, put those that are right in their place, and tell what the others lack."""
    finish(layout.root)
    known = products(layout.openapi)
    if unknown := set(wanted or []) - set(known):
        reason = f"openapi/ has no product {', '.join(sorted(unknown))}; it has {', '.join(known)}"
        raise BuildFault(Fault("openapi", "", reason))
    elsewhere = find_elsewhere(layout.openapi)
    strays = sorted({path.parent.name for path in layout.overlays.glob("*/*.yaml")} - set(known))
    faults = [Fault(f"overlays/{each}", "", "corrects endpoints or webhooks that openapi/ has not") for each in strays]
    with tempfile.TemporaryDirectory() as scratch:
        apart, whole = Path(scratch) / "apart", Path(scratch) / "whole"
        made = _build_each(sorted({*(wanted or known), *elsewhere}), layout, apart, elsewhere)
        built, twice = _drop_clashes([one for one in made if isinstance(one, Built)])
        for one in built:
            shutil.copytree(apart / one.product, whole / PACKAGE, dirs_exist_ok=True)
        known_packages = _present(layout.root) if wanted else {package_name(product) for product in known}
        kept = known_packages - {package_name(one.product) for one in built}
        aliased = _put_in_place(whole, layout, built, kept)
        built = [attrs.evolve(one, gone=[name for name in one.gone if name not in aliased]) for one in built]
    failed = [fault for one in made if isinstance(one, tuple) for fault in one]
    return Outcome(built, [*faults, *failed, *twice])


def _build_each(
    chosen: list[str], layout: Layout, apart: Path, elsewhere: dict[str, frozenset[str]]
) -> list[Built | tuple[Fault, ...]]:
    """Build each product below a folder of its own."""
    each = len(chosen)
    places = [apart / product for product in chosen]
    with ProcessPoolExecutor() as pool:
        moved = [elsewhere.get(product, frozenset()) for product in chosen]
        made = pool.map(build_product, chosen, [layout.openapi] * each, [layout.overlays] * each, places, moved)
        screen = Console(stderr=True)
        return list(track(made, "building", total=each, console=screen, disable=not screen.is_terminal))


def _drop_clashes(built: list[Built]) -> tuple[list[Built], list[Fault]]:
    """Leave out products that have an event or an operation of another's: each has one home."""
    homes: dict[str, str] = {}
    faults = []
    for one in built:
        for kind, key, name, place in _claims(one):
            if (home := homes.setdefault(key, one.product)) != one.product:
                reason = f"{name} is one of {home} too: remove one of the two in an overlay"
                faults.append(Fault(f"{one.product}/{kind}.json", pointer(place), reason))
    bad = {fault.document.partition("/")[0] for fault in faults}
    return [one for one in built if one.product not in bad], faults


def _claims(one: Built) -> Iterator[tuple[str, str, str, Place]]:
    """Yield the events and operations of a product: the kind of document, what each is known by, its name and place."""
    for event in one.events:
        yield "webhooks", event, f"the event {event}", ("webhooks", event)
    for each in one.operations:
        method, path = each["method"], each["path"]
        yield "endpoints", key_of(method, path), f"{method} {path}", ("paths", path, method.lower())


def _put_in_place(scratch: Path, layout: Layout, built: list[Built], kept: set[str]) -> set[str]:
    """Complete what is built by what all products share, and install it; of the packages `kept` all stays.

    Returns the names that are kept for a while, since something else stands for them now.
    """
    package = scratch / PACKAGE
    for one in built:
        lock = scratch / "openapi" / one.product / "names.json"
        lock.parent.mkdir(parents=True)
        lock.write_text(one.names, encoding="utf-8")
    aliased = aliases.write(
        package, [package_name(one.product) for one in built], _locks(layout.openapi, scratch / "openapi")
    )
    indexes.write(package, layout.package, built, kept)
    unasync.derive(layout.package, package)
    _write_api_stubs(package, layout.package, kept)
    mock_products.write(package, map(package_name, products(layout.openapi)))
    figures.write(scratch, package, layout.root)
    _format(scratch, layout.root)
    install(scratch, layout.root, whole=_packages(scratch), gone=_list_stale(scratch, layout.root, kept))
    return aliased


def _locks(*folders: Path) -> dict[str, Names]:
    """Return the locks of all products by package, those of later folders in the place of those of earlier ones."""
    paths = {path.parent.name: path for folder in folders for path in folder.glob("*/names.json")}
    return {package_name(product): Names.load(path) for product, path in sorted(paths.items())}


def _write_api_stubs(package: Path, current: Path, kept: set[str]) -> None:
    places = {place.name: place for place in current.glob("api/*/") if place.name in kept}
    places |= {place.name: place for place in package.glob("api/*/") if place.name[0] != "_"}
    (package / api_stub.PLACE.parent).mkdir(parents=True, exist_ok=True)
    (package / api_stub.PLACE).write_text(api_stub.stub(places), encoding="utf-8")
    (package / api_stub.BLOCKING).write_text(api_stub.blocking(), encoding="utf-8")


def _packages(scratch: Path) -> list[Path]:
    folders = [each for part in PARTS for each in (scratch / PACKAGE / part).iterdir() if each.is_dir()]
    return [PACKAGE / unasync.DERIVED, *(each.relative_to(scratch) for each in folders)]


def _list_stale(scratch: Path, root: Path, kept: set[str]) -> list[Path]:
    """Return what lies among the generated code and is neither new nor kept."""
    there = (each.relative_to(root) for each in _list_generated(root))
    return [each for each in there if each.stem not in kept and not (scratch / each).exists()]


def _present(root: Path) -> set[str]:
    return {each.stem for each in _list_generated(root)}


def _list_generated(root: Path) -> list[Path]:
    found = [each for part in (*PARTS, CONTRACTS) for each in (root / PACKAGE / part).glob("*")]
    return [each for each in found if each.name != "__pycache__"]


def _format(scratch: Path, root: Path) -> None:
    """Sort imports and format, by the project's own settings; refuse a name that nothing defines."""
    settings = ["--config", str(root / "pyproject.toml"), "--no-cache", "--quiet"]
    for command in (["check", "--select", "I,RUF022,F821", "--fix"], ["format"]):
        result = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *settings, str(scratch)], capture_output=True, text=True
        )
        if result.returncode:
            said = (result.stdout + result.stderr)[:2000]
            raise BuildFault(Fault("zoom_api_client", "", f"ruff refuses the generated code: {said}"))


@attrs.frozen
class Checked:
    """The findings of a check: files that are not what the generator makes, and what keeps it from making others."""

    differences: list[str]
    faults: list[Fault]


def check(layout: Layout) -> Checked:
    """Rebuild elsewhere, and compare the project with that. Of a product with faults nothing is compared."""
    finish(layout.root)
    with tempfile.TemporaryDirectory() as scratch:
        there = copy(layout, Path(scratch) / "project")
        faults = attempt(there).faults
        return Checked(_differences(layout.root, there.root), faults)


def copy(layout: Layout, root: Path) -> Layout:
    """Return a copy of all that a build reads and writes."""
    for name in COPIED:
        place = layout.root / name
        if place.is_dir():
            shutil.copytree(place, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif place.exists():
            shutil.copy2(place, root / name)
    return Layout(root)


def _differences(ours: Path, rebuilt: Path) -> list[str]:
    here, there = _contents(ours), _contents(rebuilt)
    return sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))


def _contents(root: Path) -> dict[str, bytes]:
    folders = [root / PACKAGE / part for part in (*PARTS, CONTRACTS, unasync.DERIVED)]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".pyi", ".json")]
    files += [*(root / "openapi").glob("*/names.json"), *(root / PACKAGE / place for place in STUBS)]
    files += [root / name for name in figures.PLACES]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files if path.is_file()}
