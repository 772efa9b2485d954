"""Compare the output of a build with its input: nothing is lost, and no public name changes by itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

from generator.contract import Contract
from generator.distil import operations
from generator.faults import BuildFault, Fault, pointer, refuse_if
from generator.lock import Names, by_place
from generator.normalise import by_number
from generator.operation_views import OperationView
from zoom_api_client.transport.hosts import COMMERCIAL, GOVERNMENT

LONGEST_FILE_NAME = 80  # characters


def verify(contract: Contract, written: list[OperationView], package: Path, locked: Names) -> None:
    """Raise `BuildFault` if the code of a product is not its contract, whole and under its old names."""
    faults = [
        *_find_lost_operations(contract, written),
        *_find_lost_events(contract, package),
        *_find_renamed(contract.names, locked),
        *_long_names(package),
        *_unreadable(package),
    ]
    refuse_if([*_foreign_servers(contract), *(Fault(contract.product, "", reason) for reason in faults)])


def _find_lost_operations(contract: Contract, written: list[OperationView]) -> Iterator[str]:
    views = {(view.method, view.path): view for view in written}
    for method, path, operation in operations(contract.sources["endpoints"]):
        view = views.pop((method.upper(), path), None)
        if view is None:
            yield f"{method.upper()} {path} is lost"
            continue
        arguments = {"path": view.path_arguments, "query": view.query_arguments, "header": view.header_arguments}
        kept = {(where, each.wire) for where, group in arguments.items() for each in group}
        for _, name in sorted({(each["in"], each["name"]) for each in operation["parameters"]} - kept):
            yield f"{view.name} lost its parameter {name}"
        statuses = {int(status) for status in by_number(operation["responses"]) if status.startswith("2")}
        for status in sorted(statuses - view.facts["results"].keys()):
            yield f"{view.name} lost its answer {status}"
        if not statuses:
            yield f"{view.name} has no answer of success: say in an overlay what it is"
        if "requestBody" in operation and view.body is None:
            yield f"{view.name} lost its body: say in an overlay what its content is"
    for method, path in views:
        yield f"{method} {path} is in no document"


def _foreign_servers(contract: Contract) -> Iterator[Fault]:
    """Tell where a document would have tokens sent to hosts that are not Zoom's."""
    everywhere = [server["url"] for server in contract.sources["endpoints"].get("servers", [])[:1]]
    places = [("/servers/0/url", each) for each in everywhere]
    for method, path, operation in operations(contract.endpoints):
        own = [server["url"] for server in operation.get("servers", []) if server["url"] not in everywhere]
        places += [(pointer(("paths", path, method)), each) for each in own]
    for place, url in places:
        if not (COMMERCIAL.owns(url) or GOVERNMENT.owns(url)):
            reason = f"names the server {url}, which is not Zoom's: tokens would be sent there"
            yield Fault(f"{contract.product}/endpoints.json", place, reason)


def _find_lost_events(contract: Contract, package: Path) -> Iterator[str]:
    sources = {event for _, event, _ in operations(contract.sources["webhooks"])}
    schemas = contract.events["components"]["schemas"]
    written = "".join(path.read_text(encoding="utf-8") for path in (package / "events" / contract.package).glob("*.py"))
    for event in sorted(sources):
        name = contract.events["webhooks"].get(event, {}).get("schema", {}).get("$ref", "").rpartition("/")[2]
        if name not in schemas or f"class {name}(Event)" not in written:
            yield f"the event {event} is lost"


def _find_renamed(names: Names, locked: Names) -> Iterator[str]:
    advice = "put the name back, or ask for the change in names.json"
    for key, name in locked.operations.items():
        if names.operations.get(key, name) != name:
            yield f"{key} was {name} and became {names.operations[key]}: {advice}"
    for now, before, split in (
        (names.models, locked.models, locked.split),
        (names.event_models, locked.event_models, locked.event_split),
    ):
        at = by_place(now)
        for name, old_places in before.items():
            others = {at[place]: place for place in old_places if place in at and at[place] not in split.get(place, [])}
            if others and name not in others:
                yield f"the model {name} is gone though its place is still there: {advice}"


def _long_names(package: Path) -> Iterator[str]:
    for path in package.rglob("*"):
        if len(path.name) > LONGEST_FILE_NAME:
            yield f"{path.name} is longer than {LONGEST_FILE_NAME} characters"


def _unreadable(package: Path) -> Iterator[str]:
    for path in package.rglob("*.py"):
        try:
            ast.parse(path.read_bytes())
        except (SyntaxError, ValueError) as error:
            yield f"{path.relative_to(package)} is not Python: {error}"


__all__ = ["BuildFault", "verify"]
