"""A report judges what users import, too."""

import copy
from pathlib import Path
from typing import Any

import pytest

from generator.report import BREAKS_CALLERS, BREAKS_NOTHING, BREAKS_READERS, as_html, as_markdown, between, of_directory
from generator.report.report import Report
from generator.report.surface import compare_packages
from generator.report.words import describe
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
def test_change_of_the_package_is_reported(
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
    """It is reported once, without its parameters."""
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
    assert '<option value="things">things</option>' in page
    assert '<option value="breaks callers">breaks callers</option>' in page
    assert "http" not in page


def test_page_shows_names_of_the_package_when_they_are_asked_for(things: Project, before: Project) -> None:
    """Operations and events are what readers come for; the sections of the Markdown stand before the table."""
    document = copy.deepcopy(THINGS)
    inside(document, (*BODY, "properties"))["more"] = {"type": "string"}
    page = as_html(reported(things, before, document))
    assert 'value="operation" checked> operation (1)' in page
    assert 'value="name of the package"> name of the package (1)' in page
    assert "<form hidden>" in page
    assert "<h2>What you must do</h2>" in page
    assert "<tr><td>things<td>0<td>0<td>0<td>1<td>0<td>1" in page


def written(folder: Path, **files: str) -> Path:
    """Write the files of a package: `models__things__size` is `models/things/size.py`."""
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.mark.parametrize(
    ("sent", "was", "now", "effect"),
    [
        (True, "Literal['a', 'b'] | Unset", "Literal['a', 'c'] | Unset", BREAKS_CALLERS),
        (True, "Literal[0, 1] | str", "Literal[1] | str", BREAKS_CALLERS),
        (True, "list[Literal[0, 1]]", "list[Literal[1]]", BREAKS_CALLERS),
        (True, "Literal['a']", "Literal['a', 'b']", BREAKS_NOTHING),
        (True, "Literal['a']", "Literal['a'] | str", BREAKS_NOTHING),
        (False, "Literal['a', 'b']", "Literal['b', 'c']", BREAKS_NOTHING),
        (False, "str", "Literal['a'] | str", BREAKS_NOTHING),
        (False, "list[int] | Unset", "list[Literal[0, 1] | int] | Unset", BREAKS_NOTHING),
        (False, "str", "Literal[1] | str", BREAKS_READERS),
        (False, "Literal['a']", "Literal[1]", BREAKS_READERS),
    ],
)
def test_value_taken_from_a_sent_literal_breaks_callers(
    tmp_path: Path, sent: bool, was: str, now: str, effect: str
) -> None:
    """What was given may be refused now; new values, and values of answers, break nothing."""
    old, new = (
        written(tmp_path / name, models__things__size=f"class Size(Model):\n    unit: {spelled}\n")
        for name, spelled in (("old", was), ("new", now))
    )
    [change] = compare_packages(old, new, {("things", "Size")} if sent else set())
    assert (change.subject.place, change.effect) == ("unit", effect)


def test_of_long_literals_only_the_difference_is_reported(tmp_path: Path) -> None:
    """Hundreds of values that are the same say nothing."""
    old, new = (
        written(tmp_path / name, models__things__size=f"class Size(Model):\n    unit: Literal{values} | Unset\n")
        for name, values in (("old", [*range(90)]), ("new", [*range(1, 91)]))
    )
    [change] = compare_packages(old, new, set())
    assert describe(change) == "new values `90`; values removed `0`"


def test_name_that_moved_is_not_new(tmp_path: Path) -> None:
    """It is reported once, as moved: its old place still has it, and warns."""
    here = "def request(size: int) -> Request: ...\n"
    alias = "from zoom_api_client.api.ours.get import OPERATION\n"
    old = written(tmp_path / "old", api__things__get=here)
    new = written(tmp_path / "new", api__ours__get=here, api__things__get=alias)
    report = Report(compare_packages(old, new, set()))
    assert [(each.fact, each.old, each.new) for each in report.changes] == [("home", "api.things.get", "api.ours.get")]
    page = as_markdown(report)
    assert "- 1 name moved from `api.things` to `api.ours`; the old one still works and warns\n" in page
    assert "`from zoom_api_client.api.things import …` → `from zoom_api_client.api.ours import …`" in page
