"""Carry overlay actions along when Zoom moves what they correct to another product, which has the fault too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator import overlay, overlay_text
from generator.distil import operations
from generator.homes import find_moves, key_of
from generator.retire import Correction, corrections, raw_documents


def carry(before: Path, after: Path, overlays: Path) -> list[Correction]:
    """Copy the actions on operations and events that have another home `after` and had not `before`.

    They go to a file of the new home's that is called after the old one; where Zoom has the old document still, it has
    the fault still.
    """
    known, carried = find_moves(before), []
    for (old, home), keys in sorted(find_moves(after).items()):
        fresh = keys - known.get((old, home), frozenset())
        for path in overlay.files(overlays / old) if fresh else []:
            carried += _carry(path, home, fresh, after, overlays)
    return carried


def _carry(path: Path, home: str, keys: frozenset[str], openapi: Path, overlays: Path) -> list[Correction]:
    correction, old = overlay.load(path), path.parent.name
    kind = Path(str(correction.get("extends"))).stem
    document = _corrected(home, kind, openapi, overlays)
    wanted = [
        index
        for index, action in enumerate(correction["actions"])
        if keys.intersection(_changed(document, {**correction, "actions": [action]}))
    ]
    if not wanted:
        return []
    target = overlays / home / f"{old}-{path.name}"
    texts = overlay_text.texts(path)
    head = {
        "overlay": correction["overlay"],
        "info": {"title": f"{home}: what {old} had corrected", "version": "1"},
        "extends": f"../../openapi/{home}/{kind}.json",
    }
    overlay_text.put_in(target, head, [texts[index] for index in wanted])
    return corrections(target, list(range(len(overlay_text.starts(target))))[-len(wanted) :])


def _corrected(product: str, kind: str, openapi: Path, overlays: Path) -> dict[str, Any]:
    document = raw_documents(openapi / product).get(kind, {})
    for path in overlay.files(overlays / product):
        correction = overlay.load(path)
        if Path(str(correction.get("extends"))).stem == kind:
            document = _apply(document, correction)
    return document


def _changed(document: dict[str, Any], correction: dict[str, Any]) -> Iterator[str]:
    """Yield the operations and events that an overlay changes."""
    before = {(method, name): each for method, name, each in operations(document)}
    for method, name, each in operations(_apply(document, correction)):
        if before.get((method, name)) != each:
            yield key_of(method, name)


def _apply(document: dict[str, Any], correction: dict[str, Any]) -> dict[str, Any]:
    try:
        return overlay.apply(document, correction, strict=False)
    except overlay.OverlayError:  # what cannot be applied, the build tells
        return document
