"""The judge of what is sent, by Zoom's own documents: path, host, encoding, and the names of queries and bodies."""

import json
from collections.abc import Iterable, Iterator, Mapping
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import attrs

from tests.referee.documents import ENCODED_TWICE, Declared, Index, items, properties
from zoom_api_client.core.operation import Operation
from zoom_api_client.testing.exchange import IncomingRequest


@attrs.frozen
class Fault:
    """One way in which a request, or what we say of an operation, is not as the document has it."""

    operation: str
    place: str
    says: str

    def __str__(self) -> str:
        return f"{self.operation} {self.place}: {self.says}"


def judge_request(index: Index, request: IncomingRequest) -> Iterator[Fault]:
    """Yield what is wrong with a request."""
    url = urlsplit(request.url)
    found = index.find(request.method, url.path)
    if found is None:
        yield Fault(f"{request.method} {url.path}", "path", "is not an operation")
        return
    declared, filled = found
    yield from _judge_address(declared, request.url)
    yield from _judge_encoding(declared, "path", filled)
    yield from _judge_query(declared, url.query)
    yield from _judge_body(declared, request)


def judge_facts(declared: Declared, ours: Operation[Any]) -> Iterator[Fault]:
    """Yield what we say otherwise of an operation than its document: its label, its scopes."""
    if declared.label != ours.rate_limit:
        yield Fault(str(declared), "label", f"is {ours.rate_limit or 'none'}, and {declared.label or 'none'} by Zoom")
    for kind, scopes in (("x-granular-scopes", ours.scopes), ("x-macro-scopes", ours.classic_scopes)):
        if set(scopes) != declared.scopes(kind):
            differing = ", ".join(sorted(set(scopes) ^ declared.scopes(kind)))
            yield Fault(str(declared), "scopes", f"differ in {differing}")


def _judge_address(declared: Declared, url: str) -> Iterator[Fault]:
    sent, wanted = urlsplit(url), urlsplit(declared.base)
    base = "/v2" if sent.path.startswith("/v2/") else ""
    if f"{sent.hostname}{base}" != f"{wanted.hostname}{wanted.path.rstrip('/')}":
        yield Fault(str(declared), "address", f"is at {sent.hostname}{base}, and at {declared.base} by Zoom")


def _judge_encoding(declared: Declared, place: str, texts: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    for name, text in texts:
        once = unquote(text)
        asked = declared.parameters(place).get(name, {}).get("description", "")
        if ENCODED_TWICE.search(asked) and (once.startswith("/") or "//" in once):
            yield Fault(str(declared), f"{place}.{name}", "is encoded once, and is to be twice")


def _judge_query(declared: Declared, query: str) -> Iterator[Fault]:
    known = declared.parameters("query")
    for name, _ in parse_qsl(query, keep_blank_values=True):
        if name not in known:
            yield Fault(str(declared), f"query.{name}", "is unknown")
    pairs = (each.partition("=")[::2] for each in query.split("&") if each)
    yield from _judge_encoding(declared, "query", [(unquote(name), text) for name, text in pairs])


def _judge_body(declared: Declared, request: IncomingRequest) -> Iterator[Fault]:
    sent, _, _ = request.header("content-type").partition(";")
    if not request.body:
        return
    schemas = {
        media_type.replace("undefined", "application/json"): each for media_type, each in declared.bodies().items()
    }
    if sent not in schemas and not (sent.endswith("+json") and "application/json" in schemas):
        yield Fault(str(declared), "body", f"is {sent or 'of no type'}, and {' or '.join(schemas) or 'none'} by Zoom")
    elif "multipart" in sent:
        known = properties(schemas[sent]) or {}
        for name in _parts(request):
            if name.partition("[")[0] not in known:
                yield Fault(str(declared), f"body.{name}", "is unknown")
    else:
        yield from _judge_value(declared, "body", json.loads(request.body), [next(iter(schemas.values()))])


def _judge_value(declared: Declared, place: str, value: Any, schemas: list[Mapping[str, Any]]) -> Iterator[Fault]:
    if isinstance(value, list):
        inner = [each for schema in schemas for each in items(schema)]
        for each in value:
            yield from _judge_value(declared, f"{place}[]", each, inner) if inner else ()
    known = [properties(schema) for schema in schemas]
    if not isinstance(value, dict) or not schemas or None in known:
        return
    for name, each in value.items():
        inner = [schema for one in known if one for schema in one.get(name, ())]
        if inner:
            yield from _judge_value(declared, f"{place}.{name}", each, inner)
        else:
            yield Fault(str(declared), f"{place}.{name}", "is unknown")


def _parts(request: IncomingRequest) -> Iterator[str]:
    head = f"Content-Type: {request.header('content-type')}\r\n\r\n".encode()
    for part in BytesParser(policy=HTTP).parsebytes(head + request.body).iter_parts():
        yield str(part.get_param("name", "", "content-disposition"))
