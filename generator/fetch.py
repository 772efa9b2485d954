"""Read Zoom's documents, from its site or from a directory of the same layout, and keep their facts in `openapi/`."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import httpx
import stamina
from rich.console import Console
from rich.progress import Progress

from generator import strict_json
from generator.distil import BrokenDocument, distil, operations
from generator.sources import Source, load, save
from zoom_api_client.storage import files

SITE_TIMEOUT = 60.0


@attrs.frozen
class Outcome:
    """The outcome of fetching one document: the source as it is to be remembered, and the fault if there was one."""

    source: Source
    fault: str = ""
    changed: bool = False


def fetch(openapi: Path, *, directory: Path | None = None, products: list[str] | None = None) -> list[Outcome]:
    """Bring `openapi/` up to date, and return what became of each document.

    A document that is absent or broken is reported, and keeps its last good version.
    """
    list_file = openapi / "sources.toml"
    sources = load(list_file)
    unknown = set(products or []) - {source.product for source in sources}
    if unknown:
        raise SystemExit(f"{list_file.name} has no product {', '.join(sorted(unknown))}: add a line for it")
    wanted = [source for source in sources if not products or source.product in products]
    with (
        httpx.Client(timeout=SITE_TIMEOUT, follow_redirects=True) as site,
        Progress(console=Console(stderr=True)) as progress,
    ):
        bar = progress.add_task("reading", total=len(wanted))

        def one(source: Source) -> Outcome:
            try:
                return _refresh(source, _read(source, directory, site), openapi)
            except (OSError, httpx.HTTPError, ValueError) as fault:
                return Outcome(source, fault=f"{type(fault).__name__}: {fault}")
            finally:
                progress.advance(bar)

        with ThreadPoolExecutor(max_workers=8) as pool:
            outcomes = list(pool.map(one, wanted))
    remembered = {(outcome.source.product, outcome.source.kind): outcome.source for outcome in outcomes}
    save(list_file, [remembered.get((source.product, source.kind), source) for source in sources])
    return outcomes


def _read(source: Source, directory: Path | None, site: httpx.Client) -> bytes:
    if directory is not None:
        return (directory / source.below_site).read_bytes()
    return _download(source.url, site)


def _may_pass(fault: Exception) -> bool:
    if isinstance(fault, httpx.HTTPStatusError):
        return fault.response.status_code == 429 or fault.response.status_code >= 500
    return isinstance(fault, httpx.TransportError)


@stamina.retry(on=_may_pass, attempts=4, timeout=120)
def _download(url: str, site: httpx.Client) -> bytes:
    return site.get(url).raise_for_status().content


def _refresh(source: Source, body: bytes, openapi: Path) -> Outcome:
    facts = _distilled(body)
    _check_kind(source, facts)
    target = openapi / source.file
    content = dump(facts).encode()
    changed = not target.exists() or target.read_bytes() != content
    if changed:
        target.parent.mkdir(parents=True, exist_ok=True)
        files.replace(target, content)
    digest = hashlib.sha256(body).hexdigest()
    if digest != source.sha256:
        source = attrs.evolve(source, sha256=digest, read=datetime.now(UTC).date())
    return Outcome(source, changed=changed)


def _distilled(body: bytes) -> dict[str, Any]:
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
            console.print(f"[red]{outcome.source.file}[/]: {outcome.fault}; {kept}", highlight=False)
        elif outcome.changed:
            facts = json.loads((openapi / outcome.source.file).read_text(encoding="utf-8"))
            console.print(
                f"{outcome.source.file}: changed, {sum(1 for _ in operations(facts))} operations", highlight=False
            )
    faults = sum(1 for outcome in outcomes if outcome.fault)
    console.print(
        f"{len(outcomes)} documents read, {sum(o.changed for o in outcomes)} changed, {faults} absent or broken"
    )
