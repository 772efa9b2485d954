"""Prism, a judge that we did not write: it serves Zoom's documents, and says what in a message leaves them."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.violation import Violation

SERVER = Path(__file__).with_name("prisms.cjs")


@contextmanager
def prisms(installed: Path, documents: Iterable[Path], upstream: str = "") -> Iterator[dict[str, str]]:
    """Serve documents, and give the address of each product's; in front of `upstream`, or as mock servers."""
    command = ["node", str(SERVER), str(installed.resolve()), upstream, *map(str, documents)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            served = [json.loads(process.stdout.readline()) for _ in command[4:]]
            yield {product(Path(each["document"])): each["url"] for each in served}
        finally:
            process.terminate()


def product(document: Path) -> str:
    """Return our name of the product that a document of Zoom's is about."""
    return document.parents[1].name.replace("-", "_")


def said(operation: Operation, response: httpx.Response) -> Iterator[Violation]:
    """Yield what Prism says is wrong with a request and the answer to it."""
    if response.headers.get("content-type") == "application/problem+json":
        yield Violation.of(str(operation), "prism", "request", response.text)
    for each in json.loads(response.headers.get("sl-violations", "[]")):
        place = ".".join(each.get("location", ["request"]))
        yield Violation.of(str(operation), str(each.get("code", "prism")), place, each["message"])
