"""`nox -s referee`: what is sent and what is answered is judged by Zoom's own documents.

A judge of ours asks for method, path, host, encoding, names, labels and scopes of all that is sent; it needs the
documents alone. Prism, if it is there, judges requests and answers by the documents' schemas.
"""

import argparse
import asyncio
import logging
import sys
import warnings
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from tests.contract.calling import arguments, call_of
from tests.referee import raw, recorded
from tests.referee.excuses import EXCUSES, Excuse
from tests.referee.judge import Judge
from tests.referee.prism import prisms, product
from zoom_api_client import Zoom, errors
from zoom_api_client.cli.tour import world
from zoom_api_client.cli.tour.__main__ import all_actions
from zoom_api_client.core.operations import operations
from zoom_api_client.testing.exchange import Exchange
from zoom_api_client.testing.server import EmbeddedZoom
from zoom_api_client.transport.retry import Retry


@attrs.frozen
class Verdict:
    """What was judged, and what Prism said."""

    what: str
    faults: Sequence[str]
    excused: Counter[Excuse]

    def show(self) -> None:
        """Print the figures."""
        print(f"{self.what}: {len(self.faults)} violations, {self.excused.total()} excused")
        for fault in self.faults:
            print(f"    {fault}")
        reasons = Counter(excuse.reason for excuse in self.excused.elements())
        for reason, count in reasons.most_common():
            print(f"    {count:4} × {reason}")


def main() -> int:
    """Judge both, print the figures, and return the exit status: 1 also for an excuse that nothing needs any more."""
    parser = argparse.ArgumentParser(prog="python -m tests.referee", description=__doc__.splitlines()[0])
    parser.add_argument("documents", type=Path, help="the folder of Zoom's documents: `api-hub`, and folders by date")
    parser.add_argument("--prism", type=Path, help="where npm has installed @stoplight/prism-cli")
    parser.add_argument("products", nargs="*", help="whose answers are judged; all by default")
    given = parser.parse_args()
    documents = find_newest(given.documents)
    is_right = judge_raw(documents)
    if given.prism is None:
        return int(not is_right)
    chosen = [each for each in documents if not given.products or product(each) in given.products]
    verdicts = [
        judge_requests(given.prism, documents),
        judge_answers(given.prism, chosen),
        judge_recorded(given.prism, documents, "A round of every resource", recorded.by_rounds()),
        judge_recorded(given.prism, documents, "A day of a user", recorded.by_day()),
    ]
    for each in verdicts:
        each.show()
    needed = {excuse for each in verdicts for excuse in each.excused}
    idle = [excuse for excuse in EXCUSES if excuse not in needed and not given.products]
    for excuse in idle:
        print(f"nothing needs this excuse: {excuse.rule} at {excuse.place}, {excuse.reason}")
    return int(not is_right or any(each.faults for each in verdicts) or bool(idle))


def find_newest(folder: Path) -> list[Path]:
    """Return the newest document of each product, the oldest first."""
    newest: dict[str, Path] = {}
    for collection in (folder / "api-hub", *sorted(folder.glob("20*"))):
        for path in sorted(collection.glob("*/methods/endpoints.json")):
            newest.pop(path.parts[-3], None)
            newest[path.parts[-3]] = path
    return list(newest.values())


def judge_raw(documents: Sequence[Path]) -> bool:
    """Let our own judge say what it finds, and return whether that is nothing."""
    verdict = raw.judge(documents, operations())
    planted = len(raw.planted.REQUESTS) + len(raw.planted.FACTS)
    found = f"{len(verdict.faults)} faults, {len(verdict.excused)} places excused, {planted} faults planted"
    print(f"{verdict.requests} requests by the documents themselves: {found}")
    for fault in verdict.faults:
        print(f"    {fault}")
    return not verdict.faults


def judge_requests(installed: Path, documents: Sequence[Path]) -> Verdict:
    """Run the demo against Prism instead of the embedded Zoom."""
    with (
        TemporaryDirectory() as files,
        prisms(installed, documents) as served,
        Judge(prisms=served, own=True) as judge,
    ):
        with EmbeddedZoom(judge) as zoom:
            ran = world.run_blocking(zoom, all_actions, Path(files, "blocking"))
        with EmbeddedZoom(judge) as zoom:
            ran += asyncio.run(world.run_awaited(zoom, all_actions, Path(files, "awaited")))
        judged = sum(each.operation is not None for each in judge.exchanges)
        what = f"The demo against Prism: {len(ran) // 2} actions, blocking and awaited, {judged} requests"
        kept = [each for each in ran if each.action.expects is not errors.NotFound]  # Prism has what was deleted
        return Verdict(what, [fault for each in kept for fault in each.faults], judge.excused)


def judge_answers(installed: Path, documents: Sequence[Path]) -> Verdict:
    """Call every operation of some products at the embedded Zoom, through Prism."""
    with ExitStack() as stack:
        embedded = stack.enter_context(EmbeddedZoom())
        served = stack.enter_context(prisms(installed, documents, embedded.base_url))
        judge = stack.enter_context(Judge(prisms=served, own=False))
        zoom = stack.enter_context(EmbeddedZoom(judge))
        client = stack.enter_context(Zoom("a token", base_url=zoom.base_url, retry=Retry(attempts=1)))
        called = [each for each in operations() if each.product in served]
        for operation in called:
            with suppress(errors.APIError):  # Prism has said why
                call_of(client, operation)(**arguments(operation))
        seen = {str(exchange.operation) for exchange in judge.exchanges}
        faults = [f"{each} was not judged" for each in called if str(each) not in seen]
        faults += map(str, (*judge.violations, *embedded.violations))
        what = f"The embedded Zoom behind Prism: {len(called)} operations of {len(served)} products"
        return Verdict(what, faults, judge.excused)


def judge_recorded(installed: Path, documents: Sequence[Path], what: str, exchanges: Sequence[Exchange]) -> Verdict:
    """Judge what the simulator was asked and answered."""
    with recorded.judged(installed, documents, exchanges) as judge:
        found = Counter(map(str, judge.violations))
        faults = [f"{count} x {fault}" for fault, count in found.items()]
        return Verdict(f"{what}: {len(judge.exchanges)} requests to the simulator", faults, judge.excused)


if __name__ == "__main__":
    logging.getLogger("zoom_api_client").addHandler(logging.NullHandler())
    warnings.filterwarnings("ignore", "Zoom has deprecated", DeprecationWarning)
    sys.exit(main())
