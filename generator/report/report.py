"""The report on two states: what changed in Zoom's documents and in the package, and what follows for a version."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs

from generator.lock import Names
from generator.report.changes import BREAKS_CALLERS, BREAKS_NOTHING, BREAKS_READERS, Change, compare
from generator.report.facts import facts
from generator.report.states import PACKAGE as PACKAGE_NAME, State
from generator.report.surface import PACKAGE, compare_packages
from generator.retire import Correction
from generator.sources import Source, load
from zoom_api_client.core.event_groups import TRIGGERS

LIST = "sources.toml"
EFFECTS = (BREAKS_CALLERS, BREAKS_READERS, BREAKS_NOTHING)


@attrs.frozen
class Report:
    """The changes of documents and package, overlay actions, sentences on names, and operations by key.

    Overlay actions are `retired` if Zoom made them unnecessary, `restored` if they are needed again, and `carried` if
    another product has now what they correct.

    `dates` has the month or the day of the old documents and of the new ones, as far as they are known.
    """

    changes: list[Change]
    retired: Sequence[Correction] = ()
    restored: Sequence[Correction] = ()
    carried: Sequence[Correction] = ()
    moved: Sequence[str] = ()
    operations: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    dates: tuple[str, str] = ("", "")

    def __bool__(self) -> bool:
        return bool(self.changes or self.retired or self.restored or self.carried or self.moved)

    @property
    def bump(self) -> str:
        """The part of the version that the changes move, by semantic versioning."""
        if any(change.effect != BREAKS_NOTHING for change in self.changes) or self.moved:
            return "major"
        return "minor" if self.changes else "patch"

    def module(self, change: Change) -> str:
        """Return the named method or trigger that a change touches, as `meetings.create`; "" if there is none."""
        subject = change.subject
        if subject.kind == "webhooks":
            return next((name for name, family in TRIGGERS.items() if family.takes(subject.owner)), "")
        return str(self._operation(change).get("module_method", ""))

    def call(self, change: Change) -> str:
        """Return how the operation that a change touches is called, as `zoom.api.users.delete_user(…)`, or ""."""
        module = str(self._operation(change).get("module", "")).removeprefix(PACKAGE_NAME)
        return f"zoom{module}(…)" if module else ""

    def result(self, change: Change) -> str:
        """Return the type that the operation's call returns if it is the same as before; "" else."""
        row = self._operation(change)
        owner = str(row.get("module", "")).removeprefix(f"{PACKAGE_NAME}.")
        other = any(each.subject.owner == owner and each.subject.place == "returns" for each in self.of_package())
        return "" if other or not row else " | ".join(str(each) for each in row["results"].values())

    @property
    def methods(self) -> set[str]:
        """The methods of named modules."""
        return {row["module_method"] for row in self.operations.values() if row.get("module_method")}

    def successor(self, change: Change) -> str:
        """Return what takes the place of a removed or deprecated operation, where that is known."""
        return str(self._operation(change).get("successor", ""))

    def of_documents(self) -> list[Change]:
        """Return the changes of Zoom's documents."""
        return [change for change in self.changes if change.subject.kind != PACKAGE]

    def of_package(self) -> list[Change]:
        """Return the changes of what users import."""
        return [change for change in self.changes if change.subject.kind == PACKAGE]

    def _operation(self, change: Change) -> dict[str, Any]:
        return self.operations.get(change.subject.owner, {})


def between(
    old: State,
    new: State,
    *,
    retired: Sequence[Correction] = (),
    restored: Sequence[Correction] = (),
    carried: Sequence[Correction] = (),
    moved: Sequence[str] = (),
    aimed: bool = False,
) -> Report:
    """Return the report on two states; products whose documents are the same are passed over.

    The same overlays are laid over both, since it is on what Zoom changed, and not on our corrections; unless those of
    the new state are the old ones, `aimed` at its documents.
    """
    products = _changed(old.openapi, new.openapi)
    overlays = [each.overlays for each in (old, new) if each.overlays]
    of_new = overlays[::-1] if aimed else overlays
    changes = compare(facts(old.openapi, products, overlays), facts(new.openapi, products, of_new))
    operations: dict[str, dict[str, Any]] = {}
    if old.package and new.package:
        changes += compare_packages(old.package, new.package, _sent(old.openapi) | _sent(new.openapi))
        operations = _operations(old.package) | _operations(new.package)
    return Report(changes, retired, restored, carried, moved, operations, _dates(old.openapi, new.openapi))


def _dates(old: Path, new: Path) -> tuple[str, str]:
    """Return of when the newest documents are that one state has and the other has not."""
    before, after = (set(load(path / LIST)) if (path / LIST).exists() else set() for path in (old, new))
    return _newest(before - after), _newest(after - before)


def _newest(sources: set[Source]) -> str:
    return max((each.dated or str(each.read or "") for each in sources), default="")


def _changed(old: Path, new: Path) -> set[str]:
    names = {path.relative_to(folder) for folder in (old, new) for path in folder.glob("*/*.json")}
    return {name.parts[0] for name in names if _bytes(old / name) != _bytes(new / name)}


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _sent(openapi: Path) -> set[tuple[str, str]]:
    """Return the models that stand in a body."""
    return {
        (path.parent.name.replace("-", "_"), name)
        for path in openapi.glob("*/names.json")
        for name, places in Names.load(path).models.items()
        if any(".body" in place for place in places)
    }


def _operations(package: Path) -> dict[str, dict[str, Any]]:
    path = package / "api" / "operations.json"
    rows = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return {f"{row['method']} {row['path']}": row for row in rows}
