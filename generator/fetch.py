"""Read Zoom's documents, from its site or from a directory of the same layout, and keep their facts in `openapi/`."""

import hashlib
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import attrs
import httpx
import stamina
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from generator import strict_json
from generator.distil import BrokenDocument, distil, operations
from generator.sources import PLACES, Source, load, save
from zoom_api_client.storage import files

SITE_TIMEOUT = 60.0  # seconds


@attrs.frozen
class Outcome:
    """The outcome of fetching one document: the source as it is to be remembered, and the fault if there was one."""

    source: Source
    fault: str = ""
    changed: bool = False


def fetch(
    openapi: Path, *, directory: Path | None = None, products: list[str] | None = None, partial: bool = False
) -> list[Outcome]:
    """Bring `openapi/` up to date, and return what became of each document.

    A document that is absent or broken is reported, and keeps its last good version. A directory that is `partial` has
    some of the documents, and the others are left alone.
    """
    list_file = openapi / "sources.toml"
    sources = load(list_file)
    unknown = set(products or []) - {source.product for source in sources}
    if unknown:
        raise ValueError(f"{list_file.name} has no product {', '.join(sorted(unknown))}: add a line for it")
    wanted = [source for source in sources if not products or source.product in products]
    if directory is not None and partial:
        wanted = [source for source in wanted if os.path.lexists(directory / source.below_site)]
        _refuse_without(directory, wanted, products or [])
    with (
        httpx.Client(timeout=SITE_TIMEOUT, follow_redirects=True) as site,
        Progress(console=Console(stderr=True)) as progress,
    ):
        bar = progress.add_task("reading", total=len(wanted))

        def one(source: Source) -> Outcome:
            try:
                return _refresh(source, *_read(source, directory, site), openapi)
            except (OSError, httpx.HTTPError, ValueError) as fault:
                known = source.absent and _is_absent(fault)
                said = str(fault) if isinstance(fault, ValueError) else f"{type(fault).__name__}: {fault}"
                return Outcome(source, fault="" if known else said)
            finally:
                progress.advance(bar)

        with ThreadPoolExecutor(max_workers=8) as pool:
            outcomes = list(pool.map(one, wanted))
    remembered = {(outcome.source.product, outcome.source.kind): outcome.source for outcome in outcomes}
    save(list_file, [remembered.get((source.product, source.kind), source) for source in sources])
    return outcomes


def _refuse_without(directory: Path, there: list[Source], products: list[str]) -> None:
    """Refuse a directory that lacks a product which was asked for, or has nothing at all: it may be another one."""
    lacking = sorted(set(products) - {source.product for source in there})
    if lacking or not there:
        place = f"{lacking[0] if lacking else 'meetings'}/{PLACES['endpoints']}"
        raise ValueError(f"{directory} has no document of {', '.join(lacking) or 'any product'}, as {place}")


def _read(source: Source, directory: Path | None, site: httpx.Client) -> tuple[bytes, str]:
    """Return a document and its date: that of the file at Zoom's, or of a directory that is called after one."""
    if directory is not None:
        return (directory / source.below_site).read_bytes(), dated(directory)
    answer = _download(source.url, site)
    said = answer.headers.get("last-modified", "")
    return answer.content, parsedate_to_datetime(said).date().isoformat() if said else ""


def dated(directory: Path) -> str:
    """Return the day or the month that a directory is called after, "" if it is not."""
    return directory.name if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", directory.name) else ""


def _is_absent(fault: Exception) -> bool:
    if isinstance(fault, httpx.HTTPStatusError):
        return fault.response.status_code in (404, 410)
    return isinstance(fault, FileNotFoundError)


def _may_pass(fault: Exception) -> bool:
    if isinstance(fault, httpx.HTTPStatusError):
        return fault.response.status_code == 429 or fault.response.status_code >= 500
    return isinstance(fault, httpx.TransportError)


@stamina.retry(on=_may_pass, attempts=4, timeout=120)
def _download(url: str, site: httpx.Client) -> httpx.Response:
    return site.get(url).raise_for_status()


def _refresh(source: Source, body: bytes, day: str, openapi: Path) -> Outcome:
    facts = _distil(body)
    _check_kind(source, facts)
    target = openapi / source.file
    content = dump(facts).encode()
    changed = not target.exists() or target.read_bytes() != content
    if changed:
        target.parent.mkdir(parents=True, exist_ok=True)
        files.replace(target, content)
    digest = hashlib.sha256(body).hexdigest()
    if digest != source.sha256:
        day = day or source.dated  # what comes without a date is not older than what was there
        source = attrs.evolve(source, sha256=digest, dated=day, read=datetime.now(UTC).date(), absent=False)
    return Outcome(source, changed=changed)


def _distil(body: bytes) -> dict[str, Any]:
    return distil(strict_json.loads(body))


def _check_kind(source: Source, facts: dict[str, Any]) -> None:
    expected = "webhooks" if source.kind == "webhooks" else "paths"
    if expected not in facts:
        raise BrokenDocument(((), f"has no `{expected}`, and a document of kind {source.kind} has"))


def dump(facts: Any) -> str:
    """Write facts as text: sorted and one fact a line, so that a diff of two versions is Zoom's change log."""
    return json.dumps(facts, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def report(outcomes: list[Outcome], openapi: Path) -> None:
    """Print, document by document, what is new and what is at fault."""
    console = Console(stderr=True)
    for outcome in outcomes:
        kept = (
            "its last good version stays" if (openapi / outcome.source.file).exists() else "there is no earlier version"
        )
        if outcome.fault:
            said = escape(f"{outcome.source.file}: {outcome.fault}; {kept}")
            console.print(said, style="red", highlight=False, soft_wrap=True)
        elif outcome.changed:
            facts = json.loads((openapi / outcome.source.file).read_text(encoding="utf-8"))
            console.print(
                f"{outcome.source.file}: changed, {sum(1 for _ in operations(facts))} operations", highlight=False
            )
    faults = sum(1 for outcome in outcomes if outcome.fault)
    console.print(
        f"{len(outcomes)} documents read, {sum(o.changed for o in outcomes)} changed, {faults} absent or broken"
    )
