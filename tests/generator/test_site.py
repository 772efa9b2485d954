"""The documentation site: its reference has everything, its links lead somewhere, its drawings show the code."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from generator.site import contracts, drawings, fields, markdown, pages, reality, reference
from tests.totals import BEYOND, EVENTS, MASTER_ONLY, OPERATIONS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def products() -> list[contracts.Product]:
    """The contracts, as the site reads them."""
    return contracts.read(ROOT)


@pytest.fixture(scope="module")
def written(products: list[contracts.Product]) -> dict[str, str]:
    """The reference: its pages by name."""
    return dict(reference.pages(products))


def test_every_operation_and_event_has_a_page(written: dict[str, str], products: list[contracts.Product]) -> None:
    """What is not in the reference is not found."""
    named = reference.names(products)
    assert set(named.values()) <= written.keys()
    assert sum(name.startswith("zoom.api.") for name in named) == OPERATIONS + MASTER_ONLY
    assert sum(not name.startswith("zoom.") for name in named) == EVENTS + BEYOND


def test_page_of_an_operation_has_its_facts(written: dict[str, str]) -> None:
    """Who reads it needs no other page to make the call."""
    page = written["reference/meetings/create_meeting.md"]
    for fact in (
        "[Reference](../index.md) · [meetings](index.md)\n\n# create_meeting\n\nCreate a meeting for a user.",
        "zoom.api.meetings.create_meeting(\n    user_id: str,\n    *,\n    body: CreateMeetingBody = …,\n)",
        "| scopes, one of | `meeting:write:meeting`, `meeting:write:meeting:admin` |",
        "| `user_id` | path | `str` |",
        "| `settings.waiting_room` | `bool` |",
        "| `recurrence.type` | `int` | **required**; 1 daily, 2 weekly, 3 monthly; one of `1`, `2`, `3` |",
        "## Answer 201: `CreateMeetingResponse`",
        "| 404 | `1001` |",
        "https://developers.zoom.us/docs/api/meetings/#tag/meetings/POST/users/{userId}/meetings",
    ):
        assert fact in page
    assert "`.all(…)`, turned by `next_page_token`" in written["reference/users/list_users.md"]
    assert "`.save(path, …)`" in written["reference/phone/download_phone_recording.md"]
    instead = "[`zoom.api.iq.delete_activity_from_deal`](../iq/delete_activity_from_deal.md)"
    assert instead in written["reference/iq/delete_activity_from_deal_deprecated.md"]


def test_page_of_an_event_has_its_facts(written: dict[str, str]) -> None:
    """A handler is written from it: the class, the triggers, the fields."""
    page = written["reference/meetings/events/meeting.started.md"]
    assert "from zoom_api_client.events.meetings import MeetingStarted" in page
    assert '`@receiver.on("meeting.started")`, `@receiver.watch_meetings()`' in page
    assert "| `payload.object.topic` | `str` |" in page


def test_fields_are_named_as_in_python_and_have_an_end() -> None:
    """Who copies a field from the page must get it; a folder has folders, and without an end there is no page."""
    inner = {"type": "array", "items": {"$ref": "#/Folder"}}
    folder = {"properties": {"maxDepth": {"type": "integer", "maximum": 9}, "inner": inner}, "required": ["maxDepth"]}
    models = fields.Models({"Folder": folder}, {"Folder": {"maxDepth": "max_depth"}})
    assert models.rows({"type": "array", "items": {"$ref": "#/Folder"}}) == [
        fields.Row("[].max_depth", "int", True, "At most 9; `maxDepth` in JSON"),
        fields.Row("[].inner", "list[Folder]", False, ""),
    ]


def test_links_of_a_page_lead_to_pages_and_to_the_repository() -> None:
    """A page lies elsewhere on the site than in the repository."""
    places = {"docs/guide/a.md": "guide/a.md", "SECURITY.md": "security.md"}

    def linked(text: str) -> str:
        return pages.with_links(text, "docs/guide/a.md", ROOT, places)

    assert linked("[s](../../SECURITY.md#what-counts)") == "[s](../security.md#what-counts)"
    assert linked("[n](../../noxfile.py)") == f"[n]({pages.REPOSITORY}/noxfile.py)"
    assert linked("[z](https://zoom.us) [here](#top)") == "[z](https://zoom.us) [here](#top)"
    with pytest.raises(FileNotFoundError, match=r"gone\.md, which is not there"):
        linked("[g](gone.md)")


def test_names_in_code_lead_to_the_reference() -> None:
    """A reader comes from the page of a method to all of its fields; programs stay as they are."""
    known = {"zoom.meetings.get": "reference/meetings/get_meeting.md"}
    text = "`zoom.meetings.get(id)` and `zoom.meetings`\n```python\n`zoom.meetings.get`\n```\n"
    said = pages.with_reference(text, "actions/meetings.md", known)
    assert said == text.replace(
        "`zoom.meetings.get(id)`", "[`zoom.meetings.get(id)`](../reference/meetings/get_meeting.md)"
    )


def test_markdown_of_a_page_lies_beside_its_html_and_links_to_markdown(tmp_path: Path) -> None:
    """A program that reads the site follows its links without HTML."""
    source, site = tmp_path / "docs", tmp_path / "site"
    (source / "apps").mkdir(parents=True)
    (source / "index.md").write_text("# Home\n[apps](apps/index.md)\n")
    (source / "apps" / "index.md").write_text("# Apps\n")
    (source / "apps" / "oauth.md").write_text("# OAuth\n[all](index.md) [home](../index.md#top) ![drawn](../a.svg)\n")
    for place in ("", "apps", "apps/oauth"):
        (site / place).mkdir(parents=True, exist_ok=True)
    markdown.lay_beside(["index.md", "apps/index.md", "apps/oauth.md"], source, site)
    assert (
        site / "apps/oauth/index.md"
    ).read_text() == "# OAuth\n[all](../index.md) [home](../../index.md#top) ![drawn](../../a.svg)\n"
    assert "- [OAuth](apps/oauth/index.md)\n" in (site / "llms.txt").read_text()


def test_every_known_departure_is_listed_with_its_evidence() -> None:
    """Who sees one can look up whether it is known, and from where."""
    page = reality.page(ROOT)
    for overlay in ROOT.glob("overlays/*/reality*.yaml"):
        assert f"\n## {overlay.parent.name}\n" in page
        for action in YAML(typ="safe").load(overlay.read_text(encoding="utf-8"))["actions"]:
            [row] = [
                each
                for each in page.splitlines()
                if each.startswith(f"| `{action['target']}` |".replace("||", "\\|\\|"))
            ]
            assert "vidence" in row


def test_every_page_is_in_the_navigation() -> None:
    """A page that no menu leads to is read by nobody."""
    settings = YAML(typ="safe").load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    named = {page for group in settings["nav"] for each in group.values() for page in each}
    there = {str(each.relative_to(ROOT / "docs")) for each in (ROOT / "docs").rglob("*.md")}
    reports = {each for each in there if each.startswith("changes/")}  # their own page lists them
    made = {each.removeprefix("docs/") for each in pages.MADE if each.endswith(".md")}
    assert named == there - reports | made


def test_reports_are_listed_newest_first(tmp_path: Path) -> None:
    """Every update adds one, and nobody writes it into a menu."""
    for name in ("2026-08", "2026-11"):
        (tmp_path / f"{name}.md").touch()
    (tmp_path / "index.md").touch()
    assert pages.list_changes(tmp_path / "index.md").endswith("\n- [2026-11](2026-11.md)\n- [2026-08](2026-08.md)\n")


def test_drawings_are_those_of_the_code() -> None:
    """Each step in the drawing of the pipeline is a module, which the one that takes it imports."""
    for name, drawing in drawings.drawings().items():
        assert (ROOT / drawings.FOLDER / name).read_text(encoding="utf-8") == drawing, "python -m generator site"
    for module, steps in (drawings.DISTIL, drawings.CONTRACT, drawings.EMIT):
        assert set(steps) <= _imported(module)
        assert all((ROOT / "generator" / f"{step}.py").is_file() for step in steps)


def test_keys_of_redis_in_the_drawing_are_those_of_the_code() -> None:
    """Who gives a user of Redis its rights reads them there."""
    code = "".join(path.read_text() for path in (ROOT / "zoom_api_client").rglob("redis.py"))
    for key in drawings.KEYS:
        assert f'f"{key}' in code.replace("{{{name or 'inbox'}}}", "{inbox}")


def _imported(module: str) -> set[str]:
    """Return the modules of the generator that one imports, and those that these import."""
    found, left = {module}, [module]
    while left:
        source = (ROOT / "generator" / f"{left.pop()}.py").read_text(encoding="utf-8")
        named = re.findall(r"^from generator(?:\.(\w+))? import (.+)$", source, re.MULTILINE)
        names = {each for part, rest in named for each in ([part] if part else re.findall(r"\w+", rest))}
        new = {each for each in names - found if (ROOT / "generator" / f"{each}.py").is_file()}
        found, left = found | new, [*left, *new]
    return found
