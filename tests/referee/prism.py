"""Prism, a judge that we did not write: it serves Zoom's documents, and says what in a message leaves them."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import httpx

from zoom_api_client.testing import contract
from zoom_api_client.testing.exchange import Exchange, IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.responder import Responder
from zoom_api_client.testing.violation import Violation

SERVER = Path(__file__).with_name("prisms.cjs")
OURS = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding"}


@contextmanager
def prisms(installed: Path, documents: Iterable[Path], upstream: str = "") -> Iterator[dict[str, str]]:
    """Serve documents, and give the address of each product's; in front of `upstream`, or as mock servers."""
    command = ["node", str(SERVER), str(installed), upstream, *map(str, documents)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            served = [json.loads(process.stdout.readline()) for _ in command[4:]]
            yield {product_of(Path(each["document"])): each["url"] for each in served}
        finally:
            process.terminate()


def product_of(document: Path) -> str:
    """Return our name of the product that a document of Zoom's is about."""
    return document.parents[1].name.replace("-", "_")


@attrs.define
class Judge(Responder):
    """Lets Prism answer, the one whose document has the operation, and remembers what it finds wrong."""

    prisms: dict[str, str] = attrs.field(kw_only=True)
    client: httpx.Client = attrs.field(factory=lambda: httpx.Client(timeout=60, trust_env=False))

    def answer(self, request: IncomingRequest) -> OutgoingAnswer:
        """Return Prism's answer; what is no operation of Zoom's, the embedded Zoom answers."""
        match = contract.find(request.method, request.host, request.path)
        if match is None:
            return super().answer(request)
        parts = urlsplit(request.url)
        url = self.prisms[match.operation.product] + parts.path.removeprefix("/v2") + f"?{parts.query}"
        headers = {name: value for name, value in request.headers.items() if name.lower() not in OURS}
        response = self.client.request(request.method, url, headers=headers, content=request.body)
        found = tuple(violations(match.operation, response))
        kept = {name: value for name, value in response.headers.items() if name in ("content-type", "retry-after")}
        answer = OutgoingAnswer(response.status_code, kept, response.content, found, match.operation)
        self.exchanges.append(Exchange(request, answer))
        return answer


def violations(operation: contract.Operation, response: httpx.Response) -> Iterator[Violation]:
    """Yield what Prism says is wrong with a request and the answer to it."""
    if response.headers.get("content-type") == "application/problem+json":
        yield Violation.of(str(operation), "prism", "request", response.text)
    said = response.headers.get("sl-violations", "[]")
    if not said.startswith("["):
        yield Violation.of(str(operation), "prism", "answer", said[:1000])
        return
    for each in json.loads(said):
        place = ".".join(each.get("location", ["request"]))
        yield Violation.of(str(operation), each.get("code", "prism"), place, each["message"])
