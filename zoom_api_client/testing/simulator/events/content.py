"""The content of events: what is known of what happened, laid over an example of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import attrs

from zoom_api_client.core import codec
from zoom_api_client.testing import contract, echo, examples, validator
from zoom_api_client.testing.contract import Event
from zoom_api_client.testing.simulator.shapes import Shape


@attrs.frozen
class Happened:
    """Something that happened: the name of the event, fields by Zoom's names, the account, and when it was.

    The fields are those of the event's `object`. What only its `payload` has room for, as `old_object`, or only the
    event itself, as `download_token`, goes there.
    """

    name: str
    about: Mapping[str, Any] = attrs.field(repr=False)
    account: str
    moment: datetime


def write(happened: Happened, seed: int = 0) -> bytes:
    """Return the body of an event as it is sent. Raises `LookupError` for an event that Zoom does not have."""
    declared = contract.event(happened.name)
    example, shape = _example(declared, seed), Shape(declared.document, declared.schema)
    laid = shape.take(_lay(happened, shape), example)
    for path in validator.event_misfits(happened.name, laid):
        laid = echo.restore(laid, example, path)
    return codec.dumps(laid)


def _lay(happened: Happened, shape: Shape) -> dict[str, Any]:
    """Put each field where the event has room for it."""
    payload = (shape.fields or {}).get("payload", shape)
    top = {name: each for name, each in happened.about.items() if name in (shape.fields or {})}
    milliseconds = round(happened.moment.timestamp() * 1000)
    known = {"account_id": happened.account, "time_stamp": milliseconds, **happened.about}
    outer = {name: each for name, each in known.items() if name in (payload.fields or {}) and name != "object"}
    inner = {name: each for name, each in happened.about.items() if name not in outer or name in _object(payload)}
    return {**top, "event": happened.name, "event_ts": milliseconds, "payload": {**outer, "object": inner}}


def _object(payload: Shape) -> Mapping[str, Shape]:
    found = (payload.fields or {}).get("object")
    return (found.fields or {}) if found else {}


@cache
def _example(declared: Event, seed: int) -> dict[str, Any]:
    """Return an example with as little as the event may have: what is made up is no news."""
    least = examples.event(declared, seed=seed, full=False)
    return {"event": declared.name, **least, "payload": least.get("payload", {})}
