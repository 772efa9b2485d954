"""`nox -s referee`: Prism judges the demo's requests and the embedded Zoom's answers, by Zoom's own documents."""

import argparse
import asyncio
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.contract.calling import arguments, module_of
from tests.referee.excuses import Excuse
from tests.referee.judge import Judge
from tests.referee.prism import prisms, product
from zoom_api_client import Zoom, errors
from zoom_api_client.operation import operations
from zoom_api_client.testing.demo import world
from zoom_api_client.testing.demo.__main__ import everything
from zoom_api_client.testing.server import EmbeddedZoom
from zoom_api_client.transport.retry import Retry

PRODUCTS = ("meetings", "phone", "team_chat", "users")


def main() -> int:
    """Run both, print the figures, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.referee", description=__doc__)
    parser.add_argument("prism", type=Path, help="where npm has installed @stoplight/prism-cli")
    parser.add_argument("documents", type=Path, help="the folder of Zoom's documents, `api-hub`")
    parser.add_argument("products", nargs="*", default=PRODUCTS, help="whose answers are judged")
    given = parser.parse_args()
    documents = sorted(given.documents.glob("*/methods/endpoints.json"))
    faults = [*judge_requests(given.prism, documents)]
    chosen = [each for each in documents if product(each) in given.products]
    faults += judge_answers(given.prism, chosen)
    return int(bool(faults))


def judge_requests(installed: Path, documents: list[Path]) -> list[str]:
    """Run the demo against Prism instead of the embedded Zoom, and return what was wrong."""
    with (
        TemporaryDirectory() as files,
        prisms(installed, documents) as served,
        judging(Judge(prisms=served, own=True)) as judge,
    ):
        with EmbeddedZoom(judge) as zoom:
            ran = world.blocking(zoom, everything, Path(files, "blocking"))
        with EmbeddedZoom(judge) as zoom:
            ran += asyncio.run(world.awaited(zoom, everything, Path(files, "awaited")))
        faults = [fault for each in ran for fault in each.faults]
        title = f"The demo against Prism: {len(ran)} actions, blocking and awaited, {len(judge.exchanges)} requests"
        show(title, faults, judge.excused)
    return faults


def judge_answers(installed: Path, documents: list[Path]) -> list[str]:
    """Call every operation of some products, through Prism, at the embedded Zoom, and return what was wrong."""
    with ExitStack() as stack:
        embedded = stack.enter_context(EmbeddedZoom())
        served = stack.enter_context(prisms(installed, documents, embedded.base_url))
        judge = stack.enter_context(judging(Judge(prisms=served, own=False)))
        zoom = stack.enter_context(EmbeddedZoom(judge))
        client = stack.enter_context(Zoom("a token", base_url=zoom.base_url, retry=Retry(attempts=1)))
        for operation in operations():
            if operation.product in served:
                with suppress(errors.APIError):  # Prism has said why
                    module_of(operation).sync(client=client, **arguments(operation))
        found = [*judge.violations, *embedded.violations]
    title = f"The embedded Zoom behind Prism: {len(judge.exchanges)} operations of {', '.join(served)}"
    show(title, [str(each) for each in found], judge.excused)
    return [str(each) for each in found]


@contextmanager
def judging(judge: Judge) -> Iterator[Judge]:
    """Close the judge's connections in the end."""
    with judge.client:
        yield judge


def show(title: str, faults: list[str], excused: Counter[Excuse]) -> None:
    """Print the figures of a run."""
    print(f"{title}: {len(faults)} violations, {excused.total()} excused")
    for fault in faults:
        print(f"    {fault}")
    for excuse, count in excused.most_common():
        print(f"    {count:4} × {excuse.reason}")


if __name__ == "__main__":
    warnings.filterwarnings("ignore", "Zoom has deprecated", DeprecationWarning)
    sys.exit(main())
