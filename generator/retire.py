"""Take overlay actions out that Zoom made unnecessary, and aim those anew whose path is only spelled otherwise.

Files are changed as text: what stands in them besides, comments and line breaks, stays as people wrote it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
from ruamel.yaml import YAML

from generator import overlay, sub_accounts
from generator.documents import KINDS, Documents
from generator.faults import read
from generator.lock import shape


@attrs.frozen
class Retired:
    """An action that went: where it stood, what it corrected, and the symptom and the evidence that it gave."""

    file: str
    line: int
    target: str
    description: str


def retire(product: str, before: Path, after: Path, overlays: Path) -> list[Retired]:
    """Take out the actions on a product that changed something in the documents `before` and change nothing `after`."""
    old, new = _documents(before / product), _documents(after / product)
    gone = []
    for path in overlay.files(overlays / product):
        correction = overlay.load(path)
        kind = Path(str(correction.get("extends"))).stem
        if kind in new:
            _aim(path, old.get(kind, {}), new[kind])
            gone += _retire(path, old.get(kind, {}), new[kind])
    return gone


def _documents(folder: Path) -> Documents:
    raw = {kind: read(path) for kind in KINDS if (path := folder / f"{kind}.json").exists()}
    if "endpoints" in raw and "master" in raw:
        raw["endpoints"] = sub_accounts.merge(raw["endpoints"], raw["master"])
    return raw


def _retire(path: Path, old: dict[str, Any], new: dict[str, Any]) -> list[Retired]:
    correction = overlay.load(path)
    idle = sorted(set(overlay.idle(new, correction)) - set(overlay.idle(old, correction) if old else []))
    begins = starts(path)
    gone = [
        Retired(f"{path.parent.name}/{path.name}", begins[index] + 1, action["target"], action.get("description", ""))
        for index in idle
        for action in [correction["actions"][index]]
    ]
    if gone:
        _take_out(path, idle, begins, correction)
    return gone


def starts(path: Path) -> list[int]:
    """Return the line, from 0, at which each action starts."""
    actions = YAML().load(path.read_text(encoding="utf-8"))["actions"]
    return [actions.lc.item(index)[0] for index in range(len(actions))]


def _take_out(path: Path, indexes: list[int], begins: list[int], correction: dict[str, Any]) -> None:
    if len(indexes) == len(begins):
        path.unlink()
        return
    if len(set(begins)) < len(begins):  # JSON on a line
        left = [action for index, action in enumerate(correction["actions"]) if index not in indexes]
        path.write_text(json.dumps({**correction, "actions": left}), encoding="utf-8")
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for index in reversed(indexes):
        end = begins[index + 1] if index + 1 < len(begins) else len(lines)
        while end > begins[index] + 1 and lines[end - 1].lstrip()[:1] in ("", "#"):
            end -= 1  # a comment there speaks of what follows
        del lines[begins[index] : end]
    path.write_text("".join(lines), encoding="utf-8")


def _aim(path: Path, old: dict[str, Any], new: dict[str, Any]) -> None:
    """Spell paths in an overlay as Zoom spells them now, where only the names of identifiers differ."""
    text = path.read_text(encoding="utf-8")
    for was, now in _respelled(old.get("paths", {}), new.get("paths", {})):
        text = text.replace(f"'{was}'", f"'{now}'")
    path.write_text(text, encoding="utf-8")


def _respelled(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str]]:
    by_shape = {shape(path): path for path in new.keys() - old.keys()}
    for path in old.keys() - new.keys():
        if shape(path) in by_shape:
            yield path, by_shape[shape(path)]
