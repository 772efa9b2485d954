"""Put changed documents through the generator, each as a product of its own, and say what came of each."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from unittest import mock

import attrs

from generator import build, strict_json
from generator.distil import BrokenDocument, distil
from generator.faults import Fault, Place
from generator.fetch import dump
from tests.generator.conftest import ROOT, Project
from tests.generator.mutations import BUILT, EITHER, REFUSED, Mutation

RIGHT, CLEAR = "built right", "refused clearly"
WRONG, UNCLEAR, CRASH = "wrong in silence", "refused unclearly", "a crash"
NEEDLESS, LET_PASS = "refused needlessly", "let pass"
GOOD = {RIGHT, CLEAR}
_CLAIMS = build._claims


@attrs.frozen
class Outcome:
    """What came of a change, and what shows it."""

    name: str
    verdict: str
    evidence: str = ""


def put_through(mutations: Sequence[Mutation], folder: Path) -> list[Outcome]:
    """Build all of them at once, and judge each."""
    project = Project(folder / "project")
    (folder / "raw").mkdir()
    refused: dict[str, str] = {}
    for number, each in enumerate(mutations):
        product = f"m{number:04}"
        body = each.body.replace(b"thing.made", product.encode() + b".made").replace(
            b"thing.gone", product.encode() + b".gone"
        )
        refused |= _publish(project, product, attrs.evolve(each, body=body), folder / "raw")
    with (
        ProcessPoolExecutor(2) as pool,
        mock.patch.object(build, "ProcessPoolExecutor", return_value=pool),
        mock.patch.object(build, "_claims", _claims_of_events),
    ):
        outcome = build.attempt(project.layout)
    faults: dict[str, list[Fault]] = {}
    for fault in outcome.faults:
        faults.setdefault(fault.document.partition("/")[0], []).append(fault)
    wrong = _judge(folder)
    return [_verdict(f"m{n:04}", each, refused, faults, wrong, project) for n, each in enumerate(mutations)]


def _claims_of_events(built: build.Built) -> Iterator[tuple[str, str, str, Place]]:
    """Let all products have the same operations, as they are changes to one document."""
    return (claim for claim in _CLAIMS(built) if claim[0] == "webhooks")


def _publish(project: Project, product: str, mutation: Mutation, raw: Path) -> dict[str, str]:
    place = project.layout.openapi / product / f"{mutation.kind}.json"
    place.parent.mkdir(parents=True)
    (raw / f"{product}.json").write_bytes(mutation.body)
    if mutation.distilled:
        place.write_bytes(mutation.body)
        return {}
    try:
        place.write_text(dump(distil(strict_json.loads(mutation.body))), encoding="utf-8")
    except BrokenDocument as fault:
        return {product: f"{fault}" if all(at or "it" in str(fault) for at, _ in fault.misfits) else f"? {fault}"}
    except ValueError as fault:
        return {product: f"{fault}" if str(fault).startswith("it ") else f"! {type(fault).__name__} {fault}"}
    except Exception as error:
        return {product: f"! {type(error).__name__} {error}"}
    return {}


def _judge(folder: Path) -> dict[str, list[str]]:
    """Judge the code in a package whose other parts are the real one's."""
    package, real, made = (
        folder / "judged/zoom_api_client",
        ROOT / "zoom_api_client",
        folder / "project/zoom_api_client",
    )
    (package / "testing").mkdir(parents=True)
    for part in real.iterdir():
        if part.name not in ("testing", "__pycache__"):
            (package / part.name).symlink_to(made / part.name if part.name in build.PARTS else part)
    for part in (real / "testing").iterdir():
        if part.name not in ("contracts", "__pycache__"):
            (package / "testing" / part.name).symlink_to(part)
    (package / "testing" / "contracts").symlink_to(made / build.CONTRACTS)
    command = [sys.executable, "-m", "tests.generator.oracle", str(folder)]
    path = os.pathsep.join([str(package.parent), str(ROOT)])
    done = subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def _verdict(
    product: str,
    mutation: Mutation,
    refused: dict[str, str],
    faults: dict[str, list[Fault]],
    wrong: dict[str, list[str]],
    project: Project,
) -> Outcome:
    if product in refused or product in faults:
        told = [refused[product]] if product in refused else [str(fault) for fault in faults[product]]
        told_at = all(fault.place for fault in faults.get(product, []))
        text = "; ".join(told)
        if text.startswith("!") or "the generator fails" in text:
            return Outcome(mutation.name, CRASH, text)
        if not told_at or text.startswith("?"):
            return Outcome(mutation.name, UNCLEAR, text)
        return Outcome(mutation.name, NEEDLESS if mutation.expected == BUILT else CLEAR, text)
    if mutation.expected == REFUSED:
        return Outcome(mutation.name, LET_PASS)
    reasons = list(wrong.get(product, []))
    if mutation.shows and mutation.shows not in _code(project, product):
        reasons.append(f"{mutation.shows} is not in the code")
    return Outcome(mutation.name, WRONG if reasons else RIGHT, "; ".join(reasons))


def _code(project: Project, product: str) -> str:
    files = [path for part in build.PARTS for path in (project.layout.package / part / product).glob("*.py")]
    names = " ".join(path.stem for path in files)
    return names + "".join(path.read_text(encoding="utf-8") for path in sorted(files))


__all__ = ["BUILT", "EITHER", "GOOD", "REFUSED", "Outcome", "put_through"]
