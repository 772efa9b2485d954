"""Copy the pages that people write: those of docs/, and some that lie beside it.

Links to other files lead to the repository, and names of operations and events to their pages of the reference.
"""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, normpath, relpath

REPOSITORY = "https://github.com/zoom-api-client/zoom-api-client/blob/main"
FROM_THE_ROOT = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md", "SECURITY.md": "security.md"}
CHANGES = "changes/index.md"
MADE = (
    "docs/reference/index.md",
    "docs/reality.md",
    "docs/llms.txt",
    f"docs/{CHANGES}",
    *(f"docs/{name}" for name in FROM_THE_ROOT.values()),
)

_LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)(#[^)]*)?\)")
_FENCE = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!\[)`(\w+(?:\.\w+)+)(\([^`]*\))?`")


def copy(root: Path, folder: Path, linked: Mapping[str, str]) -> list[str]:
    """Copy the pages into a folder, and return their names; `linked` has the page of what may be named in code.

    `FileNotFoundError` tells of a link to nothing.
    """
    shutil.copytree(root / "docs", folder, dirs_exist_ok=True)
    names = sorted(str(each.relative_to(root / "docs")) for each in root.glob("docs/**/*.*"))
    places = {f"docs/{name}": name for name in names}
    places |= {made: made.removeprefix("docs/") for made in MADE} | FROM_THE_ROOT
    written = {source: name for source, name in places.items() if name.endswith(".md") and source not in MADE}
    for source, name in written.items():
        text = with_links((root / source).read_text(encoding="utf-8"), source, root, places)
        (folder / name).write_text(with_reference(text, name, linked), encoding="utf-8")
    (folder / CHANGES).write_text(list_changes(folder / CHANGES), encoding="utf-8")
    return [*written.values(), CHANGES]


def list_changes(page: Path) -> str:
    """Return the page that lists the reports beside it, the newest first."""
    reports = sorted((each.stem for each in page.parent.glob("*.md") if each != page), reverse=True)
    return "\n".join(["# What Zoom changed", "", *(f"- [{name}]({name}.md)" for name in reports), ""])


def with_links(text: str, source: str, root: Path, places: Mapping[str, str]) -> str:
    """Return a page of the repository with its relative links as they are on the site."""

    def link(found: re.Match[str]) -> str:
        target, anchor = normpath(f"{dirname(source)}/{found[1]}".lstrip("/")), found[2] or ""
        if target in places:
            return f"]({relpath(places[target], dirname(places[source]) or '.')}{anchor})"
        if not (root / target).exists():
            raise FileNotFoundError(f"{source} links to {found[1]}, which is not there")
        return f"]({REPOSITORY}/{target}{anchor})"

    return _LINK.sub(link, text)


def with_reference(text: str, name: str, linked: Mapping[str, str]) -> str:
    """Return a page in which each operation and event that stands as code leads to its page."""

    def link(found: re.Match[str]) -> str:
        if (page := linked.get(found[1])) is None:
            return found[0]
        return f"[{found[0]}]({relpath(page, dirname(name) or '.')})"

    parts = _FENCE.split(text)  # every other part is a block of code
    return "".join(part if row % 2 else _CODE.sub(link, part) for row, part in enumerate(parts))
