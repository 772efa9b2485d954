"""Build the documentation site: the pages of docs/, the reference of all operations and events, and llms.txt.

`python -m generator site` writes pages in Markdown to build/docs, has Zensical make the site in build/site of them, and
lays the Markdown of each page beside its HTML.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from generator.site import contracts, drawings, markdown, pages, reality, reference

PAGES = Path("build") / "docs"
SITE = Path("build") / "site"


def build(root: Path) -> int:
    """Build the site anew, and return the number of its pages; a warning of Zensical's is a failure."""
    drawings.write(root)
    shutil.rmtree(root / PAGES, ignore_errors=True)
    products = contracts.read(root)
    written = pages.copy(root, root / PAGES, reference.names(products))
    written += _write([*reference.pages(products), (reality.PAGE, reality.page(root))], root / PAGES)
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    subprocess.run(command, cwd=root, check=True)
    markdown.lay_beside(written, root / PAGES, root / SITE)
    return len(written)


def _write(made: Iterable[tuple[str, str]], folder: Path) -> list[str]:
    written = []
    for name, text in made:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        written.append(name)
    return written
