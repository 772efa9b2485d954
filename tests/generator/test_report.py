"""A report says what changed and for whom, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.__main__ import main
from generator.distil import distil
from generator.fetch import dump
from generator.report import (
    BREAKS_CALLERS,
    BREAKS_NOTHING,
    BREAKS_READERS,
    Report,
    as_json,
    as_markdown,
    compare,
    facts,
)
from generator.report.facts import Facts
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
        ((*POST, "x-extensions"), {"x-granular-scopes": ["a:b"]}, [("POST /things", "", "scopes", BREAKS_CALLERS)]),
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
def test_change_is_told_with_whom_it_breaks(tmp_path: Path, place: Any, value: Any, told: list[Any]) -> None:
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
    assert "- 1 breaks callers\n" in page
    said = "- `PATCH /things/{thingId}`, `body.kind`: values now without `small` and with `huge`"
    assert f"## Breaks callers\n\n### things\n\n{said}\n" in page
    [row] = json.loads(as_json(Report(compare(old, new))))
    assert (row["subject"]["place"], row["fact"], row["new"]) == ("body.kind", "values", ["big", "huge"])


def test_state_that_there_is_not_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is neither a directory nor a revision is named."""
    assert main(["--root", str(tmp_path), "report", "gone", str(tmp_path)]) == 1
    assert "gone is neither a directory nor a revision" in capsys.readouterr().err
