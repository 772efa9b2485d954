"""`openapi/sources.toml`: which documents there are, where Zoom keeps them, and what was last read of each."""

import tomllib
from datetime import date
from pathlib import Path

import attrs

from zoom_api_client.storage import files

HEADER = """\
# Zoom's OpenAPI documents: one line each. A new product is a new line with product, kind and url; the command
# `python -m generator fetch` adds what it read (sha256 of Zoom's file, and the day). Without sha256 it was never read.

documents = [
"""


@attrs.frozen
class Source:
    """One document: `kind` is endpoints, webhooks or master (the sub-account variant)."""

    product: str
    kind: str
    url: str
    sha256: str = ""
    read: date | None = None

    @property
    def file(self) -> str:
        """Where the distilled document lies below `openapi/`."""
        return f"{self.product}/{self.kind}.json"

    @property
    def below_site(self) -> str:
        """The part of the URL that a mirror of the site repeats: `<product>/methods/endpoints.json`."""
        return "/".join(self.url.split("/")[-3:])

    def line(self) -> str:
        """Return the line of `sources.toml` that stands for this document."""
        known = f', sha256 = "{self.sha256}", read = {self.read}' if self.sha256 else ""
        return f'    {{ product = "{self.product}", kind = "{self.kind}", url = "{self.url}"{known} }},\n'


def load(path: Path) -> list[Source]:
    """Read the list; a malformed line is a `ValueError` that names it."""
    sources = []
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["documents"]:
        try:
            sources.append(Source(**row))
        except TypeError as error:
            raise ValueError(
                f"{path.name}: the line {row} needs product, kind and url, and takes nothing else"
            ) from error
    return sources


def save(path: Path, sources: list[Source]) -> None:
    """Write the list back, in its own order."""
    files.replace(path, (HEADER + "".join(source.line() for source in sources) + "]\n").encode())
