"""Name the place in Zoom's document of what the generator cannot turn into code."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from generator.contract import Contract
from generator.distil import operations
from generator.faults import BuildFault, Fault, Place, pointer
from generator.names import places_of_events
from generator.parse import ParserFault

_OPERATION = re.compile(r"parsing ([A-Z]+) (\S+) within")
_MODEL = re.compile(r"/components/schemas/(\w+)|model named? \"?(\w+)")


@contextmanager
def placing(contract: Contract, place: Place | None = None) -> Iterator[None]:
    """Turn faults of the parser into faults of the document, and with a place a `ValueError` into one there."""
    try:
        yield
    except ParserFault as fault:
        raise BuildFault(*(_placed(contract, reason) for reason in fault.reasons)) from fault
    except ValueError as error:
        if place is None:
            raise
        raise BuildFault(Fault(f"{contract.product}/endpoints.json", pointer(place), str(error))) from error


def _placed(contract: Contract, reason: str) -> Fault:
    if found := _OPERATION.search(reason):
        return Fault(f"{contract.product}/endpoints.json", pointer(("paths", found[2], found[1].lower())), reason)
    named = [name for names in _MODEL.findall(reason) for name in names if name]
    kind, place = next((each for name in named for each in _places(contract, name)), ("endpoints", ()))
    return Fault(f"{contract.product}/{kind}.json", pointer(place), reason)


def _places(contract: Contract, model: str) -> Iterator[tuple[str, Place]]:
    """Yield the operations and events that a model is of: it is called after them, as `get_thing.200`."""
    of_names = {each["operationId"]: (path, method) for method, path, each in operations(contract.endpoints)}
    for place in contract.names.models.get(model, []):
        if at := of_names.get(place.partition(".")[0]):
            yield "endpoints", ("paths", *at)
    of_events = {place: event for event, place in places_of_events(contract.events["webhooks"]).items()}
    for place in contract.names.event_models.get(model, []):
        if event := of_events.get(re.split(r"[.\[(]", place)[0]):
            yield "webhooks", ("webhooks", event)
