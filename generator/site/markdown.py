"""Lay the Markdown of each page beside its HTML, and list the pages in llms.txt."""

import re
from collections.abc import Iterable
from pathlib import Path
from posixpath import dirname, normpath, relpath

from generator.site.reference import FOLDER

_LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)(#[^)]*)?\)")
_HEAD = """\
# zoom-api-client

> The Zoom client for Python: every operation and webhook event of Zoom's products, typed, blocking and asynchronous.

Each page of the site has its Markdown beside it, at its address with `index.md`. The reference has a page for each
operation (`{folder}/<product>/<operation>/index.md`) and event (`{folder}/<product>/events/<event>/index.md`).
"""


def lay_beside(names: Iterable[str], pages: Path, site: Path) -> None:
    """Write `index.md` beside each `index.html`, and `llms.txt` at the root of the site."""
    listed = [_HEAD.format(folder=FOLDER)]
    for name in names:
        text = (pages / name).read_text(encoding="utf-8")
        (site / place(name)).write_text(_with_links(text, name), encoding="utf-8")
        if name.count("/") < 2 or name.endswith("index.md"):
            listed.append(f"- [{title(text)}]({place(name)})")
    (site / "llms.txt").write_text("\n".join([*listed, ""]), encoding="utf-8")


def place(name: str) -> str:
    """Return where the Markdown of a page lies on the site: `start.md` is at `start/index.md`."""
    return name if name == "index.md" or name.endswith("/index.md") else f"{name.removesuffix('.md')}/index.md"


def title(text: str) -> str:
    """Return the title of a page."""
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    return found[1] if found else "Untitled"


def _with_links(text: str, name: str) -> str:
    def link(found: re.Match[str]) -> str:
        target = normpath(f"{dirname(name)}/{found[1]}".lstrip("/"))
        target = place(target) if target.endswith(".md") else target
        return f"]({relpath(target, dirname(place(name)) or '.')}{found[2] or ''})"

    return _LINK.sub(link, text)
