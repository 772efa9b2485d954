"""Keep what Zoom changed: a page and its twins in `docs/changes/`, and a paragraph in the changelog."""

import re
from datetime import UTC, datetime
from pathlib import Path

from generator.report import Report, as_html, as_json, as_markdown
from generator.report.figures import effects, fates

FOLDER = Path("docs") / "changes"
CHANGELOG = Path("CHANGELOG.md")


def write(root: Path, report: Report, day: str) -> Path:
    """Write a report into the project, and return its page; `day` is the date of the documents, "" for today."""
    name = _free(root / FOLDER, day or datetime.now(UTC).date().isoformat())
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for ending, text in (("json", as_json(report)), ("html", as_html(report)), ("md", as_markdown(report))):
        (root / FOLDER / f"{name}.{ending}").write_text(text, encoding="utf-8")
    _add(root / CHANGELOG, _paragraph(report, name))
    return FOLDER / f"{name}.md"


def _free(folder: Path, name: str) -> str:
    number, free = 1, name
    while (folder / f"{free}.md").exists():
        number += 1
        free = f"{name}-{number}"
    return free


def _paragraph(report: Report, name: str) -> str:
    new, gone, moved, _ = fates(report.of_documents())
    counts = f"{len(new)} new operations and events, {len(gone)} removed, {len(moved)} moved"
    place = f"[{name}](docs/changes/{name}.md)"
    return (
        f"Zoom's documents of {name}: {counts}; {effects(report.of_documents())}.\n"
        f"What changed, and what callers must do: {place}.\n"
    )


def _add(path: Path, paragraph: str) -> None:
    """Add a paragraph at the end of the changelog's newest section."""
    text = path.read_text(encoding="utf-8") if path.exists() else "# Changelog\n\n## Unreleased\n"
    sections = [found.start() for found in re.finditer(r"^## ", text, re.MULTILINE)]
    end = sections[1] if len(sections) > 1 else len(text)
    path.write_text(f"{text[:end].rstrip()}\n\n{paragraph}\n{text[end:]}".rstrip() + "\n", encoding="utf-8")
