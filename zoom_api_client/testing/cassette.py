"""`record()` keeps what an account really answers, redacted; `replay()` answers with it in tests."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import attrs
import httpx

from zoom_api_client import errors
from zoom_api_client.core import codec
from zoom_api_client.storage import files
from zoom_api_client.testing import contract, examples, redaction, validator
from zoom_api_client.testing.contract import Match, Operation
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.mock import MockZoom
from zoom_api_client.testing.pseudonyms import Pseudonyms
from zoom_api_client.testing.violation import ContractViolation, Violation
from zoom_api_client.transport import hosts

_KEPT_HEADERS = frozenset({"content-type", "retry-after", "x-ratelimit-category", "x-ratelimit-type"})


@attrs.frozen
class Take:
    """One request and its answer as a cassette keeps them: `url` is the path with its query, `answer` JSON."""

    operation: str
    method: str
    url: str
    sent: Any = attrs.field(repr=False)
    status: int
    headers: dict[str, str] = attrs.field(repr=False)
    answer: Any = attrs.field(repr=False)


@attrs.define
class Cassette:
    """Recorded exchanges in their order; `violations` are the requests' and answers' departures from the contract."""

    takes: list[Take] = attrs.field(factory=list)
    violations: list[Violation] = attrs.field(factory=list)

    @classmethod
    def load(cls, path: str | Path) -> Cassette:
        """Read a file that `save` wrote. Raises `StoreFailed` for any other."""
        try:
            return cls([Take(**each) for each in json.loads(Path(path).read_text(encoding="utf-8"))["takes"]])
        except FileNotFoundError as failure:
            raise errors.StoreFailed(f"there is no cassette {path}: record() it first") from failure
        except (OSError, ValueError, KeyError, TypeError) as failure:
            raise errors.StoreFailed(f"{path} is not a cassette that can be read: record() it anew") from failure

    def save(self, path: str | Path) -> None:
        """Write what was recorded, as JSON that a `git diff` shows well.

        Raises `StoreFailed` if it cannot be written. The file is as it was then, and the takes are kept here.
        """
        takes = {"takes": [attrs.asdict(each) for each in self.takes]}
        with _translate_errors(path):
            files.replace(Path(path), (json.dumps(takes, indent=2, ensure_ascii=False) + "\n").encode())


@contextmanager
def record(path: str | Path) -> Iterator[Cassette]:
    """Let requests go to Zoom, and keep what is said, from `with` to its end, in a file for `replay`.

    Identifiers, e-mail addresses, links, names, texts, tokens and passcodes are kept as pseudonyms: equal ones for
    equal values, so that a meeting that was created is the one that is read. Requests for tokens, and files, are not
    kept. What leaves the contract is in the cassette's `violations`: Zoom may have changed.

    Raises `StoreFailed` if the file cannot be written: before anything is sent, where that can be seen. On a disk that
    is full at the end, the cassette still has what was recorded, and its `save` takes another path.
    """
    _check_place(Path(path))
    recorder = _Recorder()
    sync, awaited = httpx.HTTPTransport.handle_request, httpx.AsyncHTTPTransport.handle_async_request

    def handle(self: Any, request: httpx.Request) -> httpx.Response:
        response = sync(self, request)
        content = response.read()
        response.close()
        return recorder.keep(request, response, content)

    async def handle_async(self: Any, request: httpx.Request) -> httpx.Response:
        response = await awaited(self, request)
        content = await response.aread()
        await response.aclose()
        return recorder.keep(request, response, content)

    with (
        patch.object(httpx.HTTPTransport, "handle_request", handle),
        patch.object(httpx.AsyncHTTPTransport, "handle_async_request", handle_async),
    ):
        try:
            yield recorder.cassette
        finally:
            recorder.cassette.save(path)


@contextmanager
def replay(path: str | Path, *, unchecked: bool = False) -> Iterator[MockZoom]:
    """Answer requests with what `record` kept, each operation's answers in their order; nothing is sent.

    A request that is equal to a recorded one gets its answer, another one the next answer of its operation. What was
    not recorded raises `ContractViolation`, and so does an answer that is not in the contract, or not any more.
    Requests are checked as by `mock_zoom`.

    Args:
        path: the file.
        unchecked: answer also what leaves the contract.
    """
    player = _Player(Cassette.load(path).takes, str(path))
    found = [violation for take in player.takes for violation in player.judge(take)]
    if found and not unchecked:
        raise ContractViolation.by_test(found)
    with MockZoom(otherwise=player.answer) as zoom:
        yield zoom


@attrs.define
class _Recorder:
    cassette: Cassette = attrs.field(factory=Cassette)
    pseudonyms: Pseudonyms = attrs.field(factory=Pseudonyms)

    def keep(self, request: httpx.Request, response: httpx.Response, content: bytes) -> httpx.Response:
        """Keep what is for an operation of Zoom's, and return the response once more: it was read."""
        incoming = IncomingRequest(request.method, str(request.url), dict(request.headers), request.content)
        match = contract.find(incoming.method, incoming.host, incoming.path)
        if match is not None and hosts.is_zoom_host(incoming.host):
            self._keep(match, incoming, response, content)
        headers = [
            (name, text)
            for name, text in response.headers.items()
            if name not in ("content-encoding", "content-length")
        ]
        return httpx.Response(response.status_code, headers=headers, content=content, extensions=response.extensions)

    def _keep(self, match: Match, request: IncomingRequest, response: httpx.Response, content: bytes) -> None:
        operation, status = match.operation, response.status_code
        media_type = response.headers.get("content-type", "").partition(";")[0]
        said = json.loads(content) if content and "json" in media_type else None
        self.cassette.violations += validator.check_request(
            match, request.query, dict(request.headers), request.header("content-type"), request.body
        )
        if status < 300 and said is not None:
            self.cassette.violations += validator.check_answer(operation, status, said, media_type)
        headers = {name: text for name, text in response.headers.items() if name in _KEPT_HEADERS}
        self.cassette.takes.append(
            Take(
                str(operation),
                operation.method,
                redaction.redact_target(match, request, self.pseudonyms),
                redaction.redact_body(operation, request, self.pseudonyms),
                status,
                headers,
                redaction.redact_answer(operation, status, said, self.pseudonyms),
            )
        )


@attrs.define
class _Player:
    takes: list[Take]
    source: str

    def answer(self, match: Match, request: IncomingRequest) -> OutgoingAnswer:
        """Return the recorded answer to a request, once."""
        mine = [take for take in self.takes if take.operation == str(match.operation)]
        if not mine:
            found = Violation.of(
                str(match.operation), "recorded", "answer", f"is not in {self.source}, or not so often"
            )
            return OutgoingAnswer(404, violations=(found,), operation=match.operation)
        take = next((each for each in mine if each.url == _target(request)), mine[0])
        self.takes.remove(take)
        return OutgoingAnswer(take.status, take.headers, _body(match.operation, take), operation=match.operation)

    def judge(self, take: Take) -> list[Violation]:
        """Return how a recorded answer leaves the contract of today."""
        product, _, name = take.operation.partition(".")
        operation = contract.operations(product).get(name)
        if operation is None:
            return [Violation.of(take.operation, "path", "operation", "is not in the contract any more")]
        if take.status >= 300 or take.answer is None:
            return []
        return validator.check_answer(operation, take.status, take.answer, _media_type(take))


def _check_place(path: Path) -> None:
    """Raise `StoreFailed` if no file can be written there."""
    beside = path.with_suffix(".new")
    with _translate_errors(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        files.create(beside).close()
        beside.unlink()


@contextmanager
def _translate_errors(path: str | Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        reason = failure.strerror or type(failure).__name__
        raise errors.StoreFailed(
            f"the cassette {path} cannot be written ({reason}): save() it in a place that has room"
        ) from failure


def _target(request: IncomingRequest) -> str:
    parts = urlsplit(request.url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _body(operation: Operation, take: Take) -> bytes:
    if take.answer is not None:
        return codec.dumps(take.answer)
    value = examples.make_answer(operation)[1] if "json" not in _media_type(take) else None
    return value if isinstance(value, bytes) and take.status < 300 else b""


def _media_type(take: Take) -> str:
    return take.headers.get("content-type", "application/json").partition(";")[0]
