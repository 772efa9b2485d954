"""A report says what changed and for whom, and nothing else."""

import json
from pathlib import Path
from typing import Any

import attrs
import pytest

from generator.__main__ import main
from generator.distil import distil
from generator.fetch import dump
from generator.report import (
    BREAKS_CALLERS,
    BREAKS_NOTHING,
    BREAKS_READERS,
    Change,
    Report,
    as_json,
    as_markdown,
    between,
    compare,
    facts,
    of_directory,
)
from generator.report.advice import advice
from generator.report.facts import Facts, Subject
from generator.report.words import describe
from tests.generator.mutations import (
    ABSENT,
    ANSWER,
    EVENT,
    FIELDS,
    GET,
    NOTICES,
    PATCH,
    POST,
    TEXT,
    THINGS,
    changed,
)

BODY = (*PATCH, "requestBody", "content", "application/json", "schema", "properties")


def facts_of(document: Any, folder: Path) -> Facts:
    """Return the facts of a document as Zoom writes it."""
    kind = "webhooks" if "webhooks" in document else "endpoints"
    (folder / "things").mkdir(parents=True, exist_ok=True)
    (folder / "things" / f"{kind}.json").write_text(dump(distil(document)), encoding="utf-8")
    return facts(folder)


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        (("paths", "/things"), ABSENT, [("POST /things", "", "removed", BREAKS_CALLERS)]),
        (("paths", "/others"), {"get": {"summary": "Get others"}}, [("GET /others", "", "added", BREAKS_NOTHING)]),
        ((*POST, "deprecated"), True, [("POST /things", "", "deprecated", BREAKS_NOTHING)]),
        ((*POST, "requestBody", "required"), True, [("POST /things", "body", "required", BREAKS_CALLERS)]),
        (
            (*GET, "parameters", 1, "deprecated"),
            True,
            [("GET /things/{thingId}", "query page_size", "deprecated", BREAKS_NOTHING)],
        ),
        (
            (*BODY, "size", "exclusiveMaximum"),
            5,
            [("PATCH /things/{thingId}", "body.size", "exclusiveMaximum", BREAKS_CALLERS)],
        ),
        (
            (*BODY, "size", "multipleOf"),
            5,
            [("PATCH /things/{thingId}", "body.size", "multipleOf", BREAKS_CALLERS)],
        ),
        (
            (*BODY, "labels", "uniqueItems"),
            True,
            [("PATCH /things/{thingId}", "body.labels", "uniqueItems", BREAKS_CALLERS)],
        ),
        (
            (*BODY, "labels", "items", "type"),
            ["string", "null"],
            [("PATCH /things/{thingId}", "body.labels", "type", BREAKS_CALLERS)],
        ),
        (
            (*BODY, "name", "nullable"),
            True,
            [
                ("PATCH /things/{thingId}", "body.name", "maxLength", BREAKS_NOTHING),
                ("PATCH /things/{thingId}", "body.name", "type", BREAKS_NOTHING),
            ],
        ),
        ((*POST, "x-extensions"), {"x-granular-scopes": ["a:b"]}, [("POST /things", "", "scopes", BREAKS_CALLERS)]),
        ((*GET, "operationId"), "other", [("GET /things/{thingId}", "", "operationId", BREAKS_NOTHING)]),
        (
            (*GET, "parameters", 0),
            {"name": "fields", "in": "query", "required": True, "schema": {"type": "array", "items": TEXT}},
            [("GET /things/{thingId}", "query fields", "required", BREAKS_CALLERS)],
        ),
        (
            (*GET, "parameters", 1, "schema", "maximum"),
            100,
            [("GET /things/{thingId}", "query page_size", "maximum", BREAKS_CALLERS)],
        ),
        (
            (*GET, "parameters", 1, "schema", "maximum"),
            500,
            [("GET /things/{thingId}", "query page_size", "maximum", BREAKS_NOTHING)],
        ),
        ((*BODY, "size"), ABSENT, [("PATCH /things/{thingId}", "body.size", "removed", BREAKS_CALLERS)]),
        ((*BODY, "more"), TEXT, [("PATCH /things/{thingId}", "body.more", "added", BREAKS_NOTHING)]),
        ((*BODY, "kind", "enum"), ["big"], [("PATCH /things/{thingId}", "body.kind", "values", BREAKS_CALLERS)]),
        (
            (*BODY, "kind", "enum"),
            ["big", "small", "tiny"],
            [("PATCH /things/{thingId}", "body.kind", "values", BREAKS_NOTHING)],
        ),
        ((*FIELDS, "size"), ABSENT, [("GET /things/{thingId}", "200.size", "removed", BREAKS_READERS)]),
        (
            (*FIELDS, "size"),
            TEXT,
            [
                ("GET /things/{thingId}", "200.size", "minimum", BREAKS_NOTHING),
                ("GET /things/{thingId}", "200.size", "type", BREAKS_READERS),
            ],
        ),
        ((*FIELDS, "more"), TEXT, [("GET /things/{thingId}", "200.more", "added", BREAKS_NOTHING)]),
        (
            (*FIELDS, "parts", "items", "properties", "id"),
            ABSENT,
            [("GET /things/{thingId}", "200.parts[].id", "removed", BREAKS_READERS)],
        ),
        ((*ANSWER, "required"), ABSENT, [("GET /things/{thingId}", "200.name", "required", BREAKS_READERS)]),
        ((*FIELDS, "name", "description"), "Other words", []),
        (("webhooks", "thing.gone"), ABSENT, [("thing.gone", "", "removed", BREAKS_READERS)]),
        ((*EVENT, "properties", "event_ts"), ABSENT, [("thing.made", "body.event_ts", "removed", BREAKS_READERS)]),
    ],
    ids=str,
)
def test_change_is_reported_with_whom_it_breaks(tmp_path: Path, place: Any, value: Any, told: list[Any]) -> None:
    """What it is about, what is said of it, and whether callers or readers of answers have to change."""
    document = NOTICES if place[0] == "webhooks" else THINGS
    old, new = facts_of(document, tmp_path / "old"), facts_of(changed(document, place, value), tmp_path / "new")
    found = compare(old, new)
    assert [(each.subject.owner, each.subject.place, each.fact or each.what, each.effect) for each in found] == told
    assert compare(new, new) == []


def test_report_of_nothing_is_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A state compared with itself has no changes, in either form."""
    facts_of(THINGS, tmp_path / "a")
    assert main(["report", str(tmp_path / "a"), str(tmp_path / "a")]) == 0
    assert main(["report", "--json", str(tmp_path / "a"), str(tmp_path / "a")]) == 0
    assert capsys.readouterr().out == "# What Zoom changed\n\nNothing.\n[\n]\n"


def test_report_reads_well(tmp_path: Path) -> None:
    """It counts, puts what breaks first, and says of lists what came and went."""
    old = facts_of(THINGS, tmp_path / "old")
    new = facts_of(changed(THINGS, (*BODY, "kind", "enum"), ["big", "huge"]), tmp_path / "new")
    page = as_markdown(Report(compare(old, new)))
    assert "- Next release: **major**\n- Zoom's documents: 1 change breaks callers, 0 break readers, 0 break" in page
    said = "- `PATCH /things/{thingId}`: `body.kind`: new values `huge`; values removed `small`"
    assert f"## Breaks callers\n\n### things\n\n{said}\n" in page
    assert "- `PATCH /things/{thingId}`: no longer give `small` in `body.kind`\n" in page
    assert "\n## Breaks readers\n\nNone.\n" in page
    [row] = json.loads(as_json(Report(compare(old, new))))
    assert (row["subject"]["place"], row["fact"], row["new"]) == ("body.kind", "values", ["big", "huge"])


def changes_of(fact: str, old: Any, new: Any) -> list[Change]:
    """Return the change of one fact of an operation."""
    subject = Subject("things", "endpoints", "GET /things")
    return compare({subject: {fact: old}}, {subject: {fact: new}})


@pytest.mark.parametrize(
    ("old", "new", "effect"),
    [
        (["a"], ["a", "a:admin"], BREAKS_NOTHING),
        (["a", "a:admin"], ["a"], BREAKS_CALLERS),
        ([], ["a"], BREAKS_CALLERS),
        (["a"], [], BREAKS_CALLERS),
    ],
)
def test_scope_more_to_choose_from_breaks_nothing(old: list[str], new: list[str], effect: str) -> None:
    """One scope of an operation is enough, so only one that went, or the first, may be missed."""
    assert [each.effect for each in changes_of("scopes", old, new)] == [effect]


@pytest.mark.parametrize(
    ("fact", "old", "new", "said"),
    [
        ("maxItems", None, 1, "now at most 1 item (no limit was stated before)"),
        ("maxItems", 30, 20, "now at most 20 items (at most 30 items before)"),
        ("maxLength", 5, None, "no longer limited to at most 5 characters"),
        ("deprecated", False, True, "now deprecated"),
        ("required", True, False, "no longer required"),
        ("values", ["a"], ["a", "b"], "new values `b`"),
        ("type", ["string"], ["integer"], "type: now `integer` instead of `string`"),
        ("status", "200", "204", "now answers with status 204 instead of 200"),
        ("title", "Get", "Read", "title: now `Read` instead of `Get`"),
    ],
)
def test_change_is_said_in_words(fact: str, old: Any, new: Any, said: str) -> None:
    """No keyword of JSON Schema, no `was` and `is` of flags."""
    assert [describe(each) for each in changes_of(fact, old, new)] == [said]


@pytest.mark.parametrize(
    ("subject", "fact", "old", "new", "said"),
    [
        (("endpoints", "PUT /a", "sent", "body.b"), "maxItems", None, 1, "`PUT /a`: give at most 1 item in `body.b`"),
        (("endpoints", "PUT /a", "sent", "body.b"), "values", [0, 1], [1], "`PUT /a`: no longer give `0` in `body.b`"),
        (("endpoints", "PUT /a", "sent", "body.b"), "required", False, True, "`PUT /a`: always give `body.b`"),
        (
            ("endpoints", "PUT /a"), "scopes", ["a"], ["b"],
            "`PUT /a`: see that your app has one of the scopes `b`",
        ),
        (("endpoints", "PUT /a"), "scopes", ["a"], [], "`PUT /a`: no longer rely on scopes for it"),
        (
            ("package", "models.a.B", "sent", "c"), "type", "Literal[0, 1]", "Literal[1]",
            "`zoom_api_client.models.a.B`: look at `c`: values removed `0`",
        ),
    ],
)  # fmt: skip
def test_callers_are_told_what_to_do(subject: Any, fact: str, old: Any, new: Any, said: str) -> None:
    """A line for each change that breaks something says what to write from now on."""
    change = Change(Subject("things", *subject), "changed", BREAKS_CALLERS, fact, old, new)
    assert list(advice(Report([change]))) == [said]


def test_what_is_to_be_done_at_many_places_is_said_once() -> None:
    """Twenty fields that went are a line; what is sent is given no longer, and what is answered not read."""
    changes = [
        Change(Subject("things", "endpoints", "PUT /a", direction, f"{place}.f{number}"), "removed", BREAKS_CALLERS)
        for direction, place, fields in (("sent", "body", 20), ("answered", "200", 2))
        for number in range(fields)
    ]
    assert list(advice(Report(changes))) == [
        "`PUT /a`: no longer give `body.f0`, `body.f1`, `body.f2` and 17 more that are listed below",
        "`PUT /a`: no longer read `200.f0`, `200.f1`",
    ]


def test_callers_are_told_of_names_that_are_others() -> None:
    """A release that is major for them alone says so."""
    report = Report([], moved=["models.a.B is C at a place"])
    assert (report.bump, list(advice(report))) == (
        "major",
        ["look at a name that is another now: models.a.B is C at a place"],
    )


def test_operation_that_moved_is_compared_with_what_it_was(tmp_path: Path) -> None:
    """Zoom renames products: what is at home in another is not new, and what it takes now is reported."""
    old = facts_of(THINGS, tmp_path / "old")
    shorter = facts_of(changed(THINGS, (*BODY, "size"), ABSENT), tmp_path / "new")
    new = {attrs.evolve(subject, product="ours"): said for subject, said in shorter.items()}
    found = compare(old, new)
    moved = {each.subject.owner for each in found if each.fact == "product"}
    assert moved == {subject.owner for subject in old}
    assert [(each.subject.product, each.subject.place, each.what) for each in found if each.fact != "product"] == [
        ("ours", "body.size", "removed")
    ]


@pytest.mark.parametrize(
    ("here", "there"),
    [("/things/{thingId}", "/things/{id}"), ("/things/{thingId}", "/all/{thingId}")],
    ids=["an identifier is called otherwise", "the path is another"],
)
def test_operation_with_another_path_is_neither_gone_nor_new(tmp_path: Path, here: str, there: str) -> None:
    """Its name stays, and so do the arguments: nothing breaks for who calls it by these."""
    old = facts_of(THINGS, tmp_path / "old")
    moved = json.loads(json.dumps(THINGS).replace(f'"{here}"', f'"{there}"'))
    if "{id}" in there:
        moved = json.loads(json.dumps(moved).replace('"thingId"', '"id"'))
    found = compare(old, facts_of(moved, tmp_path / "new"))
    methods = [subject.owner.split()[0] for subject in old if subject.owner.endswith(here) and not subject.place]
    assert {describe(each) for each in found} == {f"moved from `{method} {here}`; its name stays" for method in methods}
    assert {each.effect for each in found} == {BREAKS_NOTHING}
    assert "no longer use it" not in as_markdown(Report(found))


def test_same_of_several_operations_is_said_once(tmp_path: Path) -> None:
    """Operations of which the same is said stand in a list."""
    subjects = [Subject("things", "endpoints", f"{method} /things", "sent", "body.a") for method in ("PUT", "POST")]
    page = as_markdown(Report([Change(each, "added", BREAKS_NOTHING) for each in subjects]))
    assert "- `body.a`: new\n  - `PUT /things`\n  - `POST /things`\n" in page


def test_title_has_the_month_and_the_page_the_dates() -> None:
    """A reader sees which of Zoom's documents were compared."""
    page = as_markdown(Report(changes_of("title", "Get", "Read"), dates=("2026-03", "2026-08")))
    assert page.startswith(
        "# What Zoom changed by August 2026\n\nFrom Zoom's documents of 2026-03 to those of 2026-08."
    )


def test_value_that_we_corrected_before_is_not_reported_as_gone(tmp_path: Path) -> None:
    """A report speaks of what callers had: Zoom's document as our overlays correct it."""
    (tmp_path / "old" / "overlays" / "things").mkdir(parents=True)
    (tmp_path / "old" / "overlays" / "things" / "faults.yaml").write_text(OVERLAY)
    facts_of(THINGS, tmp_path / "old" / "openapi")
    facts_of(changed(THINGS, (*BODY, "kind", "enum"), ["big", "tiny"]), tmp_path / "new" / "openapi")
    assert between(of_directory(tmp_path / "old"), of_directory(tmp_path / "new")).changes == []


OVERLAY = """\
overlay: 1.1.0
info: {title: 'Things', version: "1"}
extends: ../../openapi/things/endpoints.json
actions:
  - target: $.paths['/things/{thingId}'].patch.requestBody.content.*.schema.properties.kind.enum[?@=='small']
    description: 'Symptom: the value is refused. Evidence: a page says so.'
    update: tiny
"""


def test_state_that_there_is_not_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is neither a directory nor a revision is named."""
    assert main(["--root", str(tmp_path), "report", "gone", str(tmp_path)]) == 1
    assert "gone is neither a directory nor a revision" in capsys.readouterr().err
