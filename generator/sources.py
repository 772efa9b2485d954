"""`openapi/sources.toml`: which documents there are, where Zoom keeps them, and what was last read of each."""

import keyword
import re
import tomllib
from datetime import date
from pathlib import Path

import attrs

from zoom_api_client.storage import files

HEADER = """\
# Zoom's OpenAPI documents: one line each. A new product is a new line with product, kind and url; `fetch` and `update`
# add what they read (sha256, day of reading, date of the file). Without sha256 it was never read; it may be absent.

documents = [
"""


SITE = "https://developers.zoom.us/api-hub"
PLACES = {"endpoints": "methods/endpoints.json", "webhooks": "events/webhooks.json", "master": "ma/master.json"}
"""Where Zoom's site has the documents of a product, by kind."""

_PRODUCT = re.compile(r"(?=.{1,60}$)[a-z][a-z0-9]*(-[a-z0-9]+)*")


def refusal(product: str) -> str:
    """Return why no product may be called so, "" if one may: a package of Python is called after it."""
    if _PRODUCT.fullmatch(product) and not keyword.iskeyword(product):
        return ""
    return f"{product!r} is not a name for a product: it needs small letters, digits and dashes, as team-chat"


@attrs.frozen
class Source:
    """One document: `kind` is endpoints, webhooks or master (the sub-account variant).

    `dated` is the day or the month of the document, `read` that of reading it.
    """

    product: str
    kind: str
    url: str
    sha256: str = ""
    read: date | None = None
    dated: str = ""
    absent: bool = False

    @property
    def file(self) -> str:
        """The path of the distilled document below `openapi/`."""
        return f"{self.product}/{self.kind}.json"

    @property
    def below_site(self) -> str:
        """The part of the URL that a mirror of the site repeats: `<product>/methods/endpoints.json`."""
        return "/".join(self.url.split("/")[-3:])

    def line(self) -> str:
        """Return the line of `sources.toml` that stands for this document."""
        known = {key: f'"{getattr(self, key)}"' for key in ("product", "kind", "url", "sha256")}
        known |= {"read": str(self.read or ""), "dated": f'"{self.dated}"', "absent": "true" if self.absent else ""}
        return "    { " + ", ".join(f"{key} = {value}" for key, value in known.items() if value.strip('"')) + " },\n"


def load(path: Path) -> list[Source]:
    """Read the list; a malformed line is a `ValueError` that names it."""
    sources: list[Source] = []
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["documents"]:
        try:
            sources.append(Source(**row))
        except TypeError as error:
            raise ValueError(
                f"{path.name}: the line {row} needs product, kind and url, and takes nothing else"
            ) from error
        if reason := refusal(sources[-1].product):
            raise ValueError(f"{path.name}: {reason}")
    return sources


def save(path: Path, sources: list[Source]) -> None:
    """Write the list back; comments stay where they are, and new documents come last."""
    lines = (
        path.read_text(encoding="utf-8").splitlines(keepends=True)
        if path.exists()
        else [*HEADER.splitlines(True), "]\n"]
    )
    left = {(source.product, source.kind): source for source in sources}
    written: list[str] = []
    for line in lines:
        row = _row(line)
        if row is None:
            written.append(line)
        elif source := left.pop(row, None):
            written.append(source.line().rstrip("\n") + _comment(line))
    end = max(index for index, line in enumerate(written) if line.strip() == "]")
    written[end:end] = [source.line() for source in left.values()]
    files.replace(path, "".join(written).encode())


def _row(line: str) -> tuple[str, str] | None:
    """Return product and kind of a line that is a document's."""
    try:
        [row] = tomllib.loads(f"rows = [{line.partition('}')[0]}}}]")["rows"]
        return row["product"], row["kind"]
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError):
        return None


def _comment(line: str) -> str:
    comment = line.rpartition("}")[2].strip().lstrip(",").strip()
    return f"  {comment}\n" if comment else "\n"
