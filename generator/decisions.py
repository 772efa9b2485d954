"""Say what only a person can decide: where it stands, why the build refuses it, and what to write in an overlay."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.faults import Fault, read

_ACTION = re.compile(r"actions\[(\d+)\]")
_OPERATION = re.compile(r"^has ([A-Z]+ \S+), which is gone")


def product_of(fault: Fault) -> str:
    """Return the product that a fault keeps from being built, "" if it is none's."""
    parts = fault.document.split("/")
    return parts[1] if parts[0] == "overlays" and len(parts) > 1 else parts[0]


def describe(fault: Fault, project: Path, shown: str) -> str:
    """Return a decision in full: file and line, reason, proposed text. `shown` is where the refused document lies."""
    if fault.document.startswith("overlays/"):
        return _of_overlay(fault, project)
    path = project / "openapi" / fault.document
    line = find(path, fault.place) if path.is_file() else 1
    said = [f"{shown}/{fault.document}:{line}: {fault.reason}"]
    return "\n".join([*said, *(_propose(fault, path) if fault.place else ())]) + "\n"


def _of_overlay(fault: Fault, project: Path) -> str:
    path = project / fault.document
    action, operation = _ACTION.search(fault.reason), _OPERATION.search(fault.reason)
    line, says = 1, "aim the target anew, or take the action out"
    if action and path.exists():
        line = _line_of_action(path, int(action[1]))
    elif operation and path.exists():
        line, says = _line_of(path, f"{operation[1]}:"), "say where the operation is now, or take the line out"
    return f"{fault.document}:{line}: {fault.reason}\n  proposed: {says}\n"


def _line_of(path: Path, start: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(start)), 1)


def _line_of_action(path: Path, index: int) -> int:
    from generator.overlay_text import starts  # reading YAML with its lines is of use only here

    return starts(path)[index] + 1


def _propose(fault: Fault, path: Path) -> Iterator[str]:
    product, _, kind = fault.document.partition("/")
    yield f"  proposed, in overlays/{product}/faults.yaml (extends: ../../openapi/{product}/{kind}), with the evidence:"
    yield f"  - target: {json_path(fault.place, read(path) if path.is_file() else {})}"
    yield "    description: >-"
    yield f"      Symptom: {fault.reason}. Evidence: "
    yield "    update: {}  # or `remove: true`"


def json_path(place: str, document: Any) -> str:
    """Return a JSON pointer into a document as a JSONPath: `200` is a name among answers, and an index in a list."""
    path, value = "$", document
    for part in (part.replace("~1", "/").replace("~0", "~") for part in place.split("/")[1:]):
        inner = {str(n): each for n, each in enumerate(value)} if isinstance(value, list) else value
        path += f"[{part}]" if isinstance(value, list) else f"[{json.dumps(part)}]"
        value = inner.get(part) if isinstance(inner, dict) else None
    return path


def find(path: Path, place: str) -> int:
    """Return the line at which a JSON pointer's value starts in a file of `openapi/`, whose depth is its indent."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = 0
    for depth, part in enumerate(place.split("/")[1:], 1):
        key = part.replace("~1", "/").replace("~0", "~")
        inner = _children(lines, at, depth)
        named = [
            line for line in inner if lines[line].startswith(f"{' ' * depth}{json.dumps(key, ensure_ascii=False)}:")
        ]
        items = [line for line in inner if lines[line].strip() not in ("}", "},", "]", "],")]
        if named or (key.isdecimal() and int(key) < len(items)):
            at = named[0] if named else items[int(key)]
        else:
            break
    return at + 1


def _children(lines: list[str], at: int, depth: int) -> list[int]:
    found = []
    for line in range(at + 1, len(lines)):
        indent = len(lines[line]) - len(lines[line].lstrip(" "))
        if indent < depth:
            break
        if indent == depth:
            found.append(line)
    return found
