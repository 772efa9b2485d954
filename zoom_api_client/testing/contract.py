"""The contract: the operations and events of Zoom's documents by product, and the operation that a request means.

The generator writes one file for each product; it is read when it is first asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any, TypedDict, TypeVar
from urllib.parse import unquote, urlsplit

import attrs

from zoom_api_client.core import resources
from zoom_api_client.core.event import name as event_name
from zoom_api_client.testing.routes import Routes, segments
from zoom_api_client.transport import hosts

Schema = dict[str, Any]
T = TypeVar("T")

DEFAULT_SERVER = hosts.COMMERCIAL.base_url

_PLACE = re.compile(r"\{([^}]+)\}")


@attrs.frozen(eq=False)
class Document:
    """An OpenAPI document whose schemas refer to each other; `uri` tells it from the others."""

    uri: str
    raw: dict[str, Any] = attrs.field(repr=False)

    @property
    def schemas(self) -> dict[str, Schema]:
        """The named schemas of the document."""
        schemas: dict[str, Schema] = self.raw.get("components", {}).get("schemas", {})
        return schemas

    def resolve(self, schema: Schema) -> Schema:
        """Return the schema itself where it is only a reference to one."""
        while "$ref" in schema:
            schema = self.schemas[schema["$ref"].rpartition("/")[2]]
        return schema


@attrs.frozen(eq=False)
class Operation:
    """One operation of the contract."""

    product: str
    method: str
    path: str
    document: Document = attrs.field(repr=False)
    facts: dict[str, Any] = attrs.field(repr=False)

    @property
    def name(self) -> str:
        """Our name of the operation, unique within its product."""
        return str(self.facts["operationId"])

    @property
    def server(self) -> str:
        """The base URL that the path is appended to."""
        servers = self.facts.get("servers") or [{"url": DEFAULT_SERVER}]
        return str(servers[0]["url"])

    def parameters(self, place: str) -> list[dict[str, Any]]:
        """Return the parameters in `path`, `query` or `header`."""
        return [parameter for parameter in self.facts["parameters"] if parameter["in"] == place]

    @property
    def body(self) -> dict[str, Schema]:
        """The schema of the body by media type; empty where the operation takes no body."""
        return _schemas(self.facts.get("requestBody", {}))

    @property
    def needs_body(self) -> bool:
        """True if a request without a body is refused."""
        return bool(self.facts.get("requestBody", {}).get("required"))

    @cached_property
    def answers(self) -> dict[int, dict[str, Schema]]:
        """The schema of the answer by status and media type; a status without a body has none."""
        return {int(status): _schemas(answer) for status, answer in self.facts["responses"].items()}

    @cached_property
    def success(self) -> int:
        """The status of the usual answer: one with a body if there is a choice, else 204 rather than an empty 200.

        An empty 200 beside a 204 is how Zoom documents a failure: the webinar plan is missing.
        """
        good = [status for status in self.answers if status < 300]
        return min(good, key=lambda status: (0, status) if self.answers[status] else (1, -status))

    def __str__(self) -> str:
        return f"{self.product}.{self.name}"


@attrs.frozen(eq=False)
class Event:
    """One event of the contract."""

    product: str
    name: str
    document: Document = attrs.field(repr=False)
    schema: Schema = attrs.field(repr=False)


@attrs.frozen
class Match:
    """The operation that a request means, with its path parameters by Zoom's names, decoded.

    `once` has them decoded only once, as a server does that knows nothing of identifiers that are encoded twice.
    """

    operation: Operation
    path: Mapping[str, str]
    once: Mapping[str, str]
    account_id: str = ""


@cache
def products() -> tuple[str, ...]:
    """Return the products that have a contract."""
    here = files("zoom_api_client.testing") / "contracts"
    return tuple(sorted(file.name.removesuffix(".json") for file in here.iterdir() if file.name.endswith(".json")))


@cache
def operations(product: str) -> Mapping[str, Operation]:
    """Return the operations of a product by their names."""
    document = Document(f"zoom:/{product}/endpoints", _load(_Endpoints, product)["endpoints"])
    found = (
        Operation(product, method.upper(), path, document, facts)
        for path, methods in document.raw["paths"].items()
        for method, facts in methods.items()
    )
    return {operation.name: operation for operation in found}


@cache
def events(product: str) -> Mapping[str, Event]:
    """Return the events of a product by the names that Zoom sends."""
    document = Document(f"zoom:/{product}/events", _load(_Events, product)["events"])
    webhooks: dict[str, Any] = document.raw.get("webhooks", {})
    return {name: Event(product, name, document, webhook["schema"]) for name, webhook in webhooks.items()}


def operation(product: str, name: str) -> Operation:
    """Return one operation; raises `KeyError`."""
    return operations(product)[name]


def event(name: str) -> Event:
    """Return the event of that name, or of another that it may come by; raises `KeyError`."""
    return _all_events()[event_name(name)]


def find(method: str, host: str, path: str) -> Match | None:
    """Return what a request means, or None. `path` is still percent-encoded.

    At Zoom's own hosts an upload must go to its upload host, and the base (`/v2`) must be there. Any other host stands
    for all of Zoom's at once. A path under `/accounts/{accountId}` that is none of its own means the same without that
    prefix: so Zoom takes calls for a sub-account.
    """
    base, rest = _base(path)
    for found, filled in _find(method, rest):
        if _is_served(found, host, base):
            return _match(found, filled)
    if rest[0] == "accounts" and len(rest) > 2:
        for found, filled in _find(method, rest[2:]):
            if _is_served(found, host, base):
                return attrs.evolve(_match(found, filled), account_id=unquote(rest[1]))
    return None


def methods(path: str) -> list[str]:
    """Return the methods that Zoom has for a path."""
    rest = _base(path)[1]
    return _routes(unquote(rest[0])).methods(rest)


def _schemas(holder: dict[str, Any]) -> dict[str, Schema]:
    return {media_type: media.get("schema", {}) for media_type, media in holder.get("content", {}).items()}


class _Endpoints(TypedDict):
    endpoints: dict[str, Any]


class _Events(TypedDict):
    events: dict[str, Any]


class _Place(TypedDict):
    method: str
    path: str
    module: str


def _load(part: type[T], product: str) -> T:
    return resources.load_as(part, "zoom_api_client.testing", f"contracts/{product}.json")


@cache
def _all_events() -> Mapping[str, Event]:
    return {name: each for product in products() for name, each in events(product).items()}


def _find(method: str, path: list[str]) -> Iterator[tuple[Operation, tuple[str, ...]]]:
    for (product, name), filled in _routes(unquote(path[0])).find(method.upper(), path):
        yield operation(product, name), filled


@lru_cache(maxsize=128)  # there are 60 such segments, and whatever else a request may name
def _routes(first: str) -> Routes[tuple[str, str]]:
    """Return the routes of the paths that begin with a segment: all would take 10 ms, and none begins with a place."""
    routes: Routes[tuple[str, str]] = Routes()
    for row in _index():
        if row["path"].startswith(f"/{first}"):
            product, name = row["module"].split(".")[-2:]
            routes.add(row["method"], row["path"], (product, name))
    return routes


@cache
def _index() -> list[_Place]:
    """Read the index of all operations, so that a call reads only the contract of its own product."""
    return resources.load_as(list[_Place], "zoom_api_client.api", "operations.json")


def _base(path: str) -> tuple[str, list[str]]:
    parts = segments(path)
    return ("/v2", parts[1:]) if parts[0] == "v2" and len(parts) > 1 else ("", parts)


def _is_served(found: Operation, host: str, base: str) -> bool:
    if not hosts.is_zoom_host(host):
        return True
    host = host.partition(":")[0].lower()
    server = urlsplit(found.server)
    same_kind = host == server.hostname if {host, server.hostname} & set(hosts.UPLOAD_HOSTS) else True
    return same_kind and server.path.rstrip("/") == base


def _match(found: Operation, filled: tuple[str, ...]) -> Match:
    once = dict(zip(_PLACE.findall(found.path), map(unquote, filled), strict=True))
    twice = {parameter["name"] for parameter in found.parameters("path") if parameter.get("x-encode-twice")}
    # A UUID is base64, in which there is no percent sign.
    return Match(found, {name: unquote(value) if name in twice else value for name, value in once.items()}, once)
