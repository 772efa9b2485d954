"""Read the contracts: the operations and events of each product, with the schemas that they refer to."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from generator import metadata
from generator.build import PACKAGE
from generator.lock import Names
from generator.product import CONTRACTS
from generator.site.fields import Models


@attrs.frozen
class Operation:
    """One operation: `contract` is what its document says of it, `source` the module that has it.

    `parameters` has the names of its arguments by those of Zoom's parameters (`query from`).
    """

    product: str
    method: str
    path: str
    contract: dict[str, Any]
    models: Models
    parameters: Mapping[str, str]
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
    models: Models

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


def read(root: Path) -> list[Product]:
    """Return all products of a project, by name."""
    return [_product(path, root) for path in sorted((root / PACKAGE / CONTRACTS).glob("*.json"))]


def _product(path: Path, root: Path) -> Product:
    contract, product = json.loads(path.read_bytes()), path.stem
    names = Names.load(root / "openapi" / product.replace("_", "-") / "names.json")
    endpoints, events = contract["endpoints"], contract["events"]
    title = (endpoints if endpoints["paths"] else events)["info"]["title"]
    operations = _operations(product, endpoints, names, root / PACKAGE / "api" / product)
    return Product(product, title or product, list(operations), list(_events(product, events, names)))


def _operations(product: str, document: dict[str, Any], names: Names, folder: Path) -> Iterator[Operation]:
    models = Models(document["components"]["schemas"], names.fields)
    for path, methods in document["paths"].items():
        for method, each in methods.items():
            name = each["operationId"]
            parameters = names.parameters.get(name, {})
            yield Operation(product, method.upper(), path, each, models, parameters, folder / f"{name}.py")


def _events(product: str, document: dict[str, Any], names: Names) -> Iterator[Event]:
    for name, each in document.get("webhooks", {}).items():
        yield Event(product, name, each, Models(document["components"]["schemas"], names.event_fields))
