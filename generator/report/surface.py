"""Compare what users import: operations with their parameters, models and events with their fields."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import attrs

from generator.report.changes import BREAKS_CALLERS, BREAKS_NOTHING, BREAKS_READERS, Change
from generator.report.facts import ANSWERED, SENT, Subject
from generator.report.spelled import Spelled

PACKAGE = "package"
PARTS = ("api", "models", "events")
HOME = "home"
"""The fact of a name that another name stands for now, and which warns."""

_MODULE = re.compile(r"^from zoom_api_client\.api\.(\w+)\.(\w+) import \(?\s*OPERATION", re.MULTILINE)
_NAME = re.compile(r"^from \.(?:\.(\w+))? import (\w+) as (\w+)$", re.MULTILINE)


Surface = dict[Subject, Spelled]


def compare_packages(old: Path, new: Path, sent: set[tuple[str, str]]) -> list[Change]:
    """Return what changed between two packages; `sent` has the models (product and name) that bodies are made of."""
    before, after = (_surface(here, other, sent) for here, other in ((old, new), (new, old)))
    moved = _find_aliases(new)
    homes = {
        home for name, home in moved.items() if name in {subject.owner for subject in before.keys() - after.keys()}
    }
    changes: list[Change] = []
    for subject in sorted(before.keys() | after.keys()):
        whole = subject.whole
        if subject.owner in homes and whole not in before:
            continue
        if subject == whole and subject not in after and subject.owner in moved:
            changes.append(Change(subject, "changed", BREAKS_NOTHING, HOME, subject.owner, moved[subject.owner]))
        elif subject == whole or (whole in before) == (whole in after):
            changes += _compare(subject, before.get(subject), after.get(subject))
    return changes


def _compare(subject: Subject, old: Spelled | None, new: Spelled | None) -> Iterator[Change]:
    breaks = BREAKS_READERS if subject.direction == ANSWERED else BREAKS_CALLERS
    if old is None and new is not None:
        needed = subject.direction == SENT and new.required
        yield Change(subject, "added", BREAKS_CALLERS if needed else BREAKS_NOTHING)
    elif new is None:
        yield Change(subject, "removed", breaks)
    elif old is not None and old != new:
        narrower = old.beyond(new) or (new.choices and old.choices - new.choices)
        wider = new.beyond(old)
        needed = new.required > old.required if subject.direction == SENT else old.required > new.required
        bad = bool(narrower if subject.direction == SENT else wider) or needed
        yield Change(subject, "changed", breaks if bad else BREAKS_NOTHING, "type", old.annotation, new.annotation)


def _surface(package: Path, other: Path, sent: set[tuple[str, str]]) -> Surface:
    """Return what files offer that are not the same in another package: the rest has not changed."""
    found: Surface = {}
    for part in PARTS:
        for path in sorted((package / part).glob("*/*.py")):
            twin = other / path.relative_to(package)
            if path.stem != "__init__" and not (twin.exists() and twin.read_bytes() == path.read_bytes()):
                found |= dict(_of_file(part, path, sent))
    return found


def _of_file(part: str, path: Path, sent: set[tuple[str, str]]) -> Iterator[tuple[Subject, Spelled]]:
    product = path.parent.name
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if part == "api" and isinstance(node, ast.FunctionDef):
            yield from _of_operation(Subject(product, PACKAGE, f"api.{product}.{path.stem}"), node)
        elif isinstance(node, ast.ClassDef) and not node.name.endswith("Fields"):
            direction = SENT if (product, node.name) in sent and part == "models" else ANSWERED
            yield from _of_model(Subject(product, PACKAGE, f"{part}.{product}.{node.name}"), node, direction)


def _of_operation(subject: Subject, node: ast.FunctionDef) -> Iterator[tuple[Subject, Spelled]]:
    yield subject, Spelled()
    yield attrs.evolve(subject, direction=ANSWERED, place="returns"), Spelled(_spell(node.returns))
    defaults = [*([True] * len(node.args.args)), *(default is None for default in node.args.kw_defaults)]
    for each, required in zip([*node.args.args, *node.args.kwonlyargs], defaults, strict=True):
        yield attrs.evolve(subject, direction=SENT, place=each.arg), Spelled(_spell(each.annotation), required)


def _of_model(subject: Subject, node: ast.ClassDef, direction: str) -> Iterator[tuple[Subject, Spelled]]:
    yield subject, Spelled()
    for each in node.body:
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            value = _spell(each.value)
            required = value != "UNSET" and "default=" not in value
            place = attrs.evolve(subject, direction=direction, place=each.target.id)
            yield place, Spelled(_spell(each.annotation), required)


def _spell(node: ast.expr | None) -> str:
    return ast.unparse(node) if node is not None else ""


def _find_aliases(package: Path) -> dict[str, str]:
    """Return what stands for a name that is kept for a while."""
    found = {}
    for path in (package / "api").glob("*/*.py"):
        if moved := _MODULE.search(path.read_text(encoding="utf-8")):
            found[f"api.{path.parent.name}.{path.stem}"] = f"api.{moved[1]}.{moved[2]}"
    for part in PARTS[1:]:
        for path in (package / part).glob("*/__init__.pyi"):
            for product, name, old in _NAME.findall(path.read_text(encoding="utf-8")):
                found[f"{part}.{path.parent.name}.{old}"] = f"{part}.{product or path.parent.name}.{name}"
    return found
