"""A report judges what users import, too."""

import copy
from typing import Any

import pytest

from generator.report import BREAKS_CALLERS, BREAKS_NOTHING, BREAKS_READERS, as_html, between, of_directory
from generator.report.report import Report
from tests.generator.conftest import THINGS, Project

PUT = ("paths", "/things/{id}", "put")
BODY = (*PUT, "requestBody", "content", "application/json", "schema")
ANSWER = (*PUT, "responses", "200", "content", "application/json", "schema")


def inside(document: Any, place: tuple[Any, ...]) -> Any:
    """Return what stands at a place of a document."""
    for part in place:
        document = document[part]
    return document


def reported(things: Project, before: Project, document: Any) -> Report:
    """Build a document, and return the report on what it changes."""
    things.publish("things", document)
    things.build()
    return between(of_directory(before.root), of_directory(things.root))


@pytest.fixture
def before(built_things: Project) -> Project:
    """The project as it was."""
    return built_things


@pytest.mark.parametrize(
    ("place", "value", "told", "bump"),
    [
        (
            (*BODY, "properties", "more"), {"type": "string"},
            ("models.things.SetThingBody", "more", "added", BREAKS_NOTHING), "minor",
        ),
        (
            (*BODY, "required"), ["size"],
            ("models.things.SetThingBody", "size", "type", BREAKS_CALLERS), "major",
        ),
        (
            (*ANSWER, "properties", "id", "type"), "integer",
            ("models.things.SetThingResponse", "id", "type", BREAKS_READERS), "major",
        ),
        (
            (*PUT, "parameters", 2, "schema", "type"), "boolean",
            ("api.things.set_thing", "dry_run", "type", BREAKS_CALLERS), "major",
        ),
        (
            (*PUT, "parameters", 2, "required"), True,
            ("api.things.set_thing", "dry_run", "type", BREAKS_CALLERS), "major",
        ),
    ],
    ids=lambda value: str(value)[-40:],
)  # fmt: skip
def test_change_of_the_package_is_told(
    things: Project, before: Project, place: Any, value: Any, told: Any, bump: str
) -> None:
    """Which name, what became of it, for whom that breaks something, and the version that follows."""
    document = copy.deepcopy(THINGS)
    inside(document, place[:-1])[place[-1]] = value
    report = reported(things, before, document)
    found = [
        (each.subject.owner, each.subject.place, each.fact or each.what, each.effect) for each in report.of_package()
    ]
    assert told in found
    assert report.bump == bump


def test_operation_that_is_gone_breaks_callers(things: Project, before: Project) -> None:
    """It is told once, without its parameters."""
    document = copy.deepcopy(THINGS)
    del document["paths"]["/things/{id}"]["delete"]
    found = reported(things, before, document).of_package()
    assert [(each.subject.owner, each.what, each.effect) for each in found] == [
        ("api.things.delete_thing", "removed", BREAKS_CALLERS)
    ]


def test_state_compared_with_itself_has_an_empty_report(before: Project) -> None:
    """Documents and package alike."""
    state = of_directory(before.root)
    assert not between(state, state)


def test_page_has_each_change_and_the_filters(things: Project, before: Project) -> None:
    """One page needs nothing else: no other file, no address."""
    document = copy.deepcopy(THINGS)
    inside(document, (*BODY, "properties"))["<b>"] = {"type": "string"}
    page = as_html(reported(things, before, document))
    assert page.count("<tr class=") >= 1
    assert "body.&lt;b&gt;" in page
    assert "<option>things</option>" in page
    assert "<option>breaks callers</option>" in page
    assert "http" not in page
