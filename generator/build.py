"""Build the generated part of `zoom_api_client`: every product for itself, all at once, or some of them."""

import json
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import attrs

from generator import api_stub, triggers_stub, unasync
from generator.contract import Contract, Names, contract
from generator.emit import TEMPLATES, emit
from generator.parse import ParserFault
from generator.sub_accounts import Scopes
from generator.verify import BuildFault, verify
from zoom_api_client.storage import files

PARTS = ("api", "models", "events")
INDEXES = ("sub_accounts", "requires")  # by product and name of the operation
CONTRACTS = Path("testing") / "contracts"
STUBS = [triggers_stub.PLACE, api_stub.PLACE]  # each lies beside the code of which it speaks


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
        """What users import."""
        return self.root / "zoom_api_client"


@attrs.frozen
class Built:
    """One product, built: its part of the indexes, the lock file's text, and the operations that Zoom has no more."""

    product: str
    operations: list[dict[str, Any]]
    events: dict[str, list[str]]
    event_scopes: dict[str, Scopes]
    sub_accounts: dict[str, Scopes]
    requires: dict[str, list[str]]
    names: str
    gone: list[str]


def products(openapi: Path) -> list[str]:
    """Return the products that have a document."""
    return sorted({path.parent.name for kind in ("endpoints", "webhooks") for path in openapi.glob(f"*/{kind}.json")})


def build(layout: Layout, wanted: list[str] | None = None) -> list[Built]:
    """Build products, all if none is named, and put them in the place of those that are there."""
    known = products(layout.openapi)
    if unknown := set(wanted or []) - set(known):
        raise BuildFault(f"openapi/ has no product {', '.join(sorted(unknown))}; it has {', '.join(known)}")
    if strays := {path.parent.name for path in layout.overlays.glob("*/*.yaml")} - set(known):
        raise BuildFault(
            f"openapi/ has no endpoints or webhooks of {', '.join(sorted(strays))}, which overlays/ corrects"
        )
    with tempfile.TemporaryDirectory() as scratch:
        package = Path(scratch) / "zoom_api_client"
        for part in (*map(Path, PARTS), CONTRACTS, *(place.parent for place in STUBS)):
            (package / part).mkdir(parents=True)
        chosen = sorted(wanted or known)
        with ProcessPoolExecutor() as pool:
            built = list(pool.map(_build_one, chosen, [layout] * len(chosen), [package] * len(chosen)))
        _write_roots(package, layout.package, built, keep=bool(wanted))
        unasync.derive(layout.package, package)
        _write_api_stubs(package, layout.package, keep=bool(wanted))
        _format(Path(scratch), layout.root)
        _install(package, layout.package, whole=not wanted)
    for each in built:
        files.replace(layout.openapi / each.product / "names.json", each.names.encode())
    return built


def _build_one(product: str, layout: Layout, package: Path) -> Built:
    try:
        made = contract(product, layout.openapi, layout.overlays)
        written = emit(made, package)
    except (ParserFault, ValueError) as fault:
        raise BuildFault(f"{product}: {fault}") from fault
    locked = Names.load(layout.openapi / product / "names.json")
    verify(made, written, package, locked)
    (package / CONTRACTS / f"{made.package}.json").write_text(_dump_contract(made), encoding="utf-8")
    events = {
        event: [made.package, webhook["schema"]["$ref"].rpartition("/")[2]]
        for event, webhook in made.events["webhooks"].items()
    }
    event_scopes = {
        event: webhook["x-zoom"]["scopes"]
        for event, webhook in made.events["webhooks"].items()
        if "scopes" in webhook["x-zoom"]
    }
    gone = [f"{made.package}.{name}" for key, name in locked.operations.items() if key not in made.names.operations]
    sub_accounts = {f"{made.package}.{name}": scopes for name, scopes in made.sub_accounts.items()}
    requires = {f"{made.package}.{name}": each for name, each in made.requires.items()}
    facts = [view.facts for view in written]
    named = made.names.add_gone(locked).dump()
    return Built(product, facts, events, event_scopes, sub_accounts, requires, named, gone)


def _dump_contract(made: Contract) -> str:
    """Write a contract with a line for each path, event and schema, so that a change shows as its lines."""
    parts = []
    for kind, document in (("endpoints", made.endpoints), ("events", made.events)):
        what = "paths" if kind == "endpoints" else "webhooks"
        parts.append(
            f'"{kind}":{{"openapi":"{document["openapi"]}","info":{_compact(document["info"])},\n'
            f'"{what}":{_lines(document[what])},\n'
            f'"components":{{"schemas":{_lines(document["components"]["schemas"])}}}}}'
        )
    return "{" + ",\n".join(parts) + "}\n"


def _lines(entries: dict[str, Any]) -> str:
    return "{" + ",".join(f"\n{_compact(key)}:{_compact(entries[key])}" for key in sorted(entries)) + "}"


def _compact(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _write_roots(package: Path, current: Path, built: list[Built], *, keep: bool) -> None:
    """Write what all products share: the packages' own modules and the indexes."""
    for part in PARTS:
        shutil.copy(TEMPLATES / f"{part}_root.py.txt", package / part / "__init__.py")
    rebuilt = {each.product.replace("-", "_") for each in built}
    rows = [row for each in built for row in each.operations]
    events = {event: home for each in built for event, home in each.events.items()}
    event_scopes = {event: scopes for each in built for event, scopes in each.event_scopes.items()}
    if keep:
        others = _read(current / "api" / "operations.json", [])
        rows += [row for row in others if row["module"].split(".")[2] not in rebuilt]
        homes = _read(current / "events" / "registry.json", {})
        elsewhere = {event: home for event, home in homes.items() if home[0] not in rebuilt}
        events |= elsewhere
        scopes = _read(current / "events" / "scopes.json", {})
        event_scopes |= {event: each for event, each in scopes.items() if event in elsewhere}
    rows.sort(key=lambda row: row["module"])
    text = "[" + ",".join(f"\n{json.dumps(row, ensure_ascii=False)}" for row in rows) + "\n]\n"
    (package / "api" / "operations.json").write_text(text, encoding="utf-8")
    for index in INDEXES:
        named = {name: each for one in built for name, each in getattr(one, index).items()}
        others = _read(current / "api" / f"{index}.json", {}) if keep else {}
        named |= {name: each for name, each in others.items() if name.split(".")[0] not in rebuilt}
        (package / "api" / f"{index}.json").write_text(_lines(named) + "\n", encoding="utf-8")
    (package / "events" / "registry.json").write_text(_lines(events) + "\n", encoding="utf-8")
    (package / "events" / "scopes.json").write_text(_lines(event_scopes) + "\n", encoding="utf-8")
    (package / triggers_stub.PLACE).write_text(triggers_stub.stub(dict(sorted(events.items()))), encoding="utf-8")


def _write_api_stubs(package: Path, current: Path, *, keep: bool) -> None:
    places = [*(current.glob("api/*/") if keep else ()), *package.glob("api/*/")]
    stub = api_stub.stub({place.name: place for place in places if place.is_dir() and place.name[0] != "_"})
    (package / api_stub.PLACE).write_text(stub, encoding="utf-8")
    (package / api_stub.BLOCKING).write_text(api_stub.blocking(), encoding="utf-8")


def _read(path: Path, default: Any) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else default


def _format(scratch: Path, root: Path) -> None:
    """Sort imports and format, by the project's own settings."""
    settings = ["--config", str(root / "pyproject.toml"), "--no-cache", "--quiet"]
    for command in (["check", "--select", "I,RUF022", "--fix"], ["format"]):
        result = subprocess.run(
            [sys.executable, "-m", "ruff", *command, *settings, str(scratch)], capture_output=True, text=True
        )
        if result.returncode:
            raise BuildFault(f"ruff cannot read the generated code: {(result.stdout + result.stderr)[:2000]}")


def _install(package: Path, target: Path, *, whole: bool) -> None:
    for part in (*PARTS, CONTRACTS, Path(unasync.DERIVED)):
        if whole or part == Path(unasync.DERIVED):
            shutil.rmtree(target / part, ignore_errors=True)
        for made in (package / part).iterdir():
            place = target / part / made.name
            if place.is_dir():
                shutil.rmtree(place)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(made, place)
    for place in STUBS:
        (target / place.parent).mkdir(parents=True, exist_ok=True)
        shutil.move(package / place, target / place)


def check(layout: Layout) -> list[str]:
    """Rebuild elsewhere, and return the files of the project that differ from what the generator makes."""
    with tempfile.TemporaryDirectory() as scratch:
        there = Layout(Path(scratch))
        for folder in ("openapi", "overlays"):
            shutil.copytree(layout.root / folder, there.root / folder)
        shutil.copy(layout.root / "pyproject.toml", there.root)
        shutil.copytree(layout.package / unasync.SOURCE, there.package / unasync.SOURCE)
        build(there)
        return _differences(layout.root, there.root)


def _differences(ours: Path, rebuilt: Path) -> list[str]:
    def contents(root: Path) -> dict[str, bytes]:
        folders = [*(Path("zoom_api_client") / part for part in (*PARTS, CONTRACTS, unasync.DERIVED))]
        files = [path for folder in folders for path in (root / folder).rglob("*") if path.is_file()]
        files += [*(root / "openapi").glob("*/names.json"), *(root / "zoom_api_client" / place for place in STUBS)]
        return {
            str(path.relative_to(root)): path.read_bytes() for path in files if path.suffix in (".py", ".pyi", ".json")
        }

    here, there = contents(ours), contents(rebuilt)
    return sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
