"""griffe, which knows nothing of us, finds no break in the package that our report does not tell."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import griffe
import pytest

from generator.report import BREAKS_NOTHING, between, of_directory
from tests.generator.conftest import THINGS, Project

Plant = Callable[[dict[str, Any]], Any]


def put(paths: dict[str, Any]) -> Any:
    """Return the operation that has something of everything."""
    return paths["/things/{id}"]["put"]


def schema(holder: Any) -> Any:
    """Return the schema of a JSON body or answer."""
    return holder["content"]["application/json"]["schema"]


PLANTED: dict[str, Plant] = {
    "nothing": lambda paths: None,
    "an operation goes": lambda paths: paths["/things/{id}"].pop("delete"),
    "a parameter goes": lambda paths: put(paths)["parameters"].pop(2),
    "a parameter is required": lambda paths: put(paths)["parameters"][2].update(required=True),
    "a parameter comes": lambda paths: put(paths)["parameters"].append(
        {"name": "since", "in": "query", "schema": {"type": "string"}}
    ),
    "a body comes": lambda paths: paths["/things/{id}"]["delete"].update(requestBody=put(paths)["requestBody"]),
    "a body is required": lambda paths: put(paths)["requestBody"].update(required=True),
    "a body goes": lambda paths: put(paths).pop("requestBody"),
    "a field of a body goes": lambda paths: schema(put(paths)["requestBody"])["properties"].pop("size"),
    "a field of a body is required": lambda paths: schema(put(paths)["requestBody"]).update(required=["size"]),
    "a field of an answer goes": lambda paths: schema(put(paths)["responses"]["200"])["properties"].pop("id"),
    "a field of an answer comes": lambda paths: schema(put(paths)["responses"]["200"])["properties"].update(
        more={"type": "string"}
    ),
}


def by_griffe(old: Path, new: Path) -> set[str]:
    """Return what griffe finds broken of api and models, as our report names it: `api.things.set_thing`."""
    found = griffe.find_breaking_changes(*(_load(each) for each in (old, new)))
    paths = [
        each.obj.path.split(".")[1:] for each in found
    ]  # api.things.set_thing.request, models.things.file.Model.field
    return {".".join([*path[:2], path[2 if path[0] == "api" else 3]]) for path in paths}


def _load(root: Path) -> Any:
    return griffe.load("zoom_api_client", search_paths=[root], try_relative_path=False, allow_inspection=False)


@pytest.mark.parametrize("planted", PLANTED)
def test_what_griffe_finds_broken_is_reported(things: Project, built_things: Project, planted: str) -> None:
    """Where nothing is broken for callers or readers, neither of the two says so."""
    document = copy.deepcopy(THINGS)
    PLANTED[planted](document["paths"])
    things.publish("things", document)
    things.build()
    report = between(of_directory(built_things.root), of_directory(things.root))
    ours = {each.subject.owner for each in report.of_package() if each.effect != BREAKS_NOTHING}
    second = by_griffe(built_things.root, things.root)
    assert second <= ours
    assert bool(second) == bool(ours)
