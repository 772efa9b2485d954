"""Write what all products share: the packages' own modules, and the indexes of operations and events."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator import triggers_stub
from generator.emit import TEMPLATES
from generator.product import Built, lines

PARTS = ("api", "models", "events")

_BY_OPERATION = ("sub_accounts", "requires", "choices")


def write(package: Path, current: Path, built: list[Built], kept: Iterable[str]) -> None:
    """Write the shared files below `package`; of the packages that are `kept`, what the `current` ones say."""
    stay = set(kept)
    for part in PARTS:
        (package / part).mkdir(parents=True, exist_ok=True)
        shutil.copy(TEMPLATES / f"{part}_root.py.txt", package / part / "__init__.py")
    _write_operations(package / "api", current / "api", built, stay)
    found = _events(current / "events", built, stay)
    for name, index in found.items():
        (package / "events" / f"{name}.json").write_text(lines(index) + "\n", encoding="utf-8")
    stub = package / triggers_stub.PLACE
    stub.parent.mkdir(parents=True, exist_ok=True)
    stub.write_text(triggers_stub.stub(dict(sorted(found["registry"].items()))), encoding="utf-8")


def _write_operations(folder: Path, current: Path, built: list[Built], stay: set[str]) -> None:
    rows = [row for each in built for row in each.operations]
    rows += [row for row in _read(current / "operations.json", []) if row["module"].split(".")[2] in stay]
    rows.sort(key=lambda row: row["module"])
    text = "[" + ",".join(f"\n{json.dumps(row, ensure_ascii=False)}" for row in rows) + "\n]\n"
    (folder / "operations.json").write_text(text, encoding="utf-8")
    for index in _BY_OPERATION:
        named = {name: each for one in built for name, each in getattr(one, index).items()}
        others = _read(current / f"{index}.json", {})
        named |= {name: each for name, each in others.items() if name.split(".")[0] in stay}
        (folder / f"{index}.json").write_text(lines(named) + "\n", encoding="utf-8")


def _events(current: Path, built: list[Built], stay: set[str]) -> dict[str, dict[str, Any]]:
    """Return what is known of each event: its home, its scopes, which it is by another name, and who else knows it."""
    homes = {event: home for event, home in _read(current / "registry.json", {}).items() if home[0] in stay}
    scopes = {event: each for event, each in _read(current / "scopes.json", {}).items() if event in homes}
    aliases = {alias: event for alias, event in _read(current / "aliases.json", {}).items() if event in homes}
    known_from = {event: each for event, each in _read(current / "known_from.json", {}).items() if event in homes}
    for each in built:
        homes |= each.events
        scopes |= each.event_scopes
        aliases |= each.event_aliases
        known_from |= each.known_from
    return {"registry": homes, "scopes": scopes, "aliases": aliases, "known_from": known_from}


def _read(path: Path, default: Any) -> Any:
    """Read an index that is there; nothing is kept of one that is not, or that an edit by hand has broken."""
    try:
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else default
    except ValueError:
        return default
