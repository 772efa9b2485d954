"""Read the contracts: the operations and events of each product, with the schemas that they refer to."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from generator import metadata
from generator.product import CONTRACTS

Schemas = dict[str, dict[str, Any]]


@attrs.frozen
class Operation:
    """One operation: `contract` is what its document says of it, `source` the module that has it."""

    product: str
    method: str
    path: str
    contract: dict[str, Any]
    schemas: Schemas
    source: Path

    @property
    def name(self) -> str:
        """Its name within the product."""
        name: str = self.contract["operationId"]
        return name

    @property
    def zoom(self) -> dict[str, Any]:
        """Facts about it that OpenAPI has no place for."""
        zoom: dict[str, Any] = self.contract["x-zoom"]
        return zoom

    @property
    def heading(self) -> str:
        """The heading under which Zoom lists it."""
        heading: str = (self.contract.get("tags") or [self.product])[0]
        return heading

    @property
    def page(self) -> str:
        """The address of its page at Zoom."""
        return metadata.page(self.product.replace("_", "-"), self.method, self.path, self.contract)


@attrs.frozen
class Event:
    """One event, by Zoom's name of it."""

    product: str
    name: str
    contract: dict[str, Any]
    schemas: Schemas

    @property
    def model(self) -> str:
        """The name of its class."""
        name: str = self.contract["schema"]["$ref"].rpartition("/")[2]
        return name


@attrs.frozen
class Product:
    """The contract of one product."""

    name: str
    title: str
    operations: list[Operation]
    events: list[Event]


def read(package: Path) -> list[Product]:
    """Return all products, by name."""
    return [_product(path, package) for path in sorted((package / CONTRACTS).glob("*.json"))]


def _product(path: Path, package: Path) -> Product:
    contract = json.loads(path.read_bytes())
    endpoints, events = contract["endpoints"], contract["events"]
    title = (endpoints if endpoints["paths"] else events)["info"]["title"]
    return Product(
        path.stem,
        title or path.stem,
        list(_operations(path.stem, endpoints, package)),
        list(_events(path.stem, events)),
    )


def _operations(product: str, document: dict[str, Any], package: Path) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, each in methods.items():
            source = package / "api" / product / f"{each['operationId']}.py"
            yield Operation(product, method.upper(), path, each, document["components"]["schemas"], source)


def _events(product: str, document: dict[str, Any]) -> Iterator[Event]:
    for name, each in document.get("webhooks", {}).items():
        yield Event(product, name, each, document["components"]["schemas"])
