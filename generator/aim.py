"""Aim what overlays say of an operation at where Zoom has it now, as long as it is the same operation."""

import re
from pathlib import Path
from typing import Any

from generator import overlay
from generator.distil import operations
from generator.lock import Names, follow_identifiers, match
from generator.retire import RETIRED, raw_documents

_IDENTIFIERS = re.compile(r"(?<=\bid: )\w+|(?<=parents: )\{[^}]*\}")


def aim(product: str, before: Path, after: Path, overlays: Path) -> None:
    """Spell paths in the overlays of a product as Zoom spells them now."""
    old, new = raw_documents(before / product), raw_documents(after / product)
    moved = {kind: _find_moved(old[kind], new[kind]) for kind in old.keys() & new.keys() if "paths" in old[kind]}
    folder = overlays / product
    for path in (*overlay.files(folder), *overlay.files(folder, RETIRED)):
        kind = Path(str(overlay.load(path).get("extends"))).stem
        text = path.read_text(encoding="utf-8")
        for was, now in _paths(moved.get(kind, {}), new.get(kind, {})).items():
            text = text.replace(f"'{was}'", f"'{now}'")
        path.write_text(text, encoding="utf-8")
    if (path := folder / overlay.RESOURCES).exists():
        text = path.read_text(encoding="utf-8")
        for key, home in moved.get("endpoints", {}).items():
            text = "\n".join(_respell(line, key, home) for line in text.split("\n"))
        path.write_text(text, encoding="utf-8")


def _find_moved(old: dict[str, Any], new: dict[str, Any]) -> dict[str, str]:
    """Return where operations are now (`METHOD path`) that were elsewhere before."""
    before = _ids(old)
    known = match(_ids(new), Names(operations={key: key for key in before}, operation_ids=before))
    return {was: now for now, was in known.items() if now != was}


def _ids(document: dict[str, Any]) -> dict[str, str]:
    found = {f"{method.upper()} {path}": each for method, path, each in operations(document)}
    return {key: each.get("operationId") or key for key, each in found.items()}


def _paths(moved: dict[str, str], new: dict[str, Any]) -> dict[str, str]:
    """Return where the operations of a path are now that Zoom has no more."""
    paths = {was.partition(" ")[2]: now.partition(" ")[2] for was, now in moved.items()}
    return {was: now for was, now in paths.items() if was not in new["paths"]}


def _respell(line: str, key: str, home: str) -> str:
    """Return a line with its operation and its identifiers as they are called now, if it is on this operation."""
    if not line.startswith(f"{key}:"):
        return line
    names = follow_identifiers(key, home)
    rest = _IDENTIFIERS.sub(
        lambda found: re.sub(r"\w+", lambda word: names.get(word[0], word[0]), found[0]), line.removeprefix(key)
    )
    return home + rest
