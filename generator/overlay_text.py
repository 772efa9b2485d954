"""Overlay files as text: actions are taken out and put in, and all else stays as people wrote it."""

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from generator import overlay

_HEAD = ("overlay", "info", "extends")


def starts(path: Path) -> list[int]:
    """Return the line, from 0, at which each action starts."""
    actions = YAML().load(path.read_text(encoding="utf-8"))["actions"]
    return [actions.lc.item(index)[0] for index in range(len(actions))]


def texts(path: Path) -> list[str]:
    """Return the text of each action: its lines, without the comments around them."""
    begins = starts(path)
    if not _is_spread(begins):
        return [f"  - {json.dumps(action)}\n" for action in overlay.load(path)["actions"]]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return ["".join(lines[begin : _end(lines, begins, index)]) for index, begin in enumerate(begins)]


def take_out(path: Path, indexes: Collection[int]) -> None:
    """Take actions out; a file that has no more goes."""
    begins = starts(path)
    if len(indexes) == len(begins):
        path.unlink()
    elif not _is_spread(begins):
        correction, left = overlay.load(path), [text for at, text in enumerate(texts(path)) if at not in indexes]
        path.unlink()
        put_in(path, correction, left)
    else:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for index in sorted(indexes, reverse=True):
            del lines[begins[index] : _end(lines, begins, index)]
        path.write_text("".join(lines), encoding="utf-8")


def put_in(path: Path, correction: dict[str, Any], actions: Iterable[str]) -> None:
    """Put the texts of actions at the end of a file, which is begun, if there is none, with the head of an overlay."""
    if path.exists():
        correction = overlay.load(path)
        before = path.read_text(encoding="utf-8") if _is_spread(starts(path)) else _head(correction, texts(path))
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = _head(correction, ())
    path.write_text(f"{before.rstrip()}\n{''.join(actions)}", encoding="utf-8")


def _head(correction: dict[str, Any], actions: Iterable[str]) -> str:
    head = [f"{name}: {json.dumps(correction[name], ensure_ascii=False)}\n" for name in _HEAD]
    return "".join([*head, "actions:\n", *actions])


def _is_spread(begins: list[int]) -> bool:
    """Return whether each action has lines of its own: JSON may have all on one."""
    return begins[0] > 0 and len(set(begins)) == len(begins)


def _end(lines: list[str], begins: list[int], index: int) -> int:
    end = begins[index + 1] if index + 1 < len(begins) else len(lines)
    while end > begins[index] + 1 and lines[end - 1].lstrip()[:1] in ("", "#"):
        end -= 1  # a comment there speaks of what follows
    return end
