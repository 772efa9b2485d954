"""Deliveries of Zoom's for tests: any event, signed, with a payload that fits the contract."""

from __future__ import annotations

import json
import random
import time
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs

from zoom_api_client.core.secret import Secret
from zoom_api_client.core.suggestions import did_you_mean
from zoom_api_client.testing import contract, examples
from zoom_api_client.testing.validator import check_event
from zoom_api_client.triggers import signature

SECRET_TOKEN: Final = "secret-token-of-tests"
"""What deliveries are signed with, unless they are told otherwise."""

_MOST_NAMED: Final = 40


@attrs.frozen
class SignedEvent:
    """A request as Zoom sends it: POST it to your receiver, or hand both parts to `receiver.handle(headers, body)`."""

    body: bytes
    headers: Mapping[str, str]
    _secret: Secret = attrs.field(repr=False)

    @property
    def json(self) -> Any:
        """The event as JSON."""
        return json.loads(self.body)

    def signed_at(self, moment: float) -> SignedEvent:
        """Return the same delivery with a signature of another time: `time.time() - 7200` is too old to be taken."""
        return attrs.evolve(self, headers={**self.headers, **_signature(self.body, self._secret, moment)})

    def forged(self) -> SignedEvent:
        """Return it as somebody would send it who does not know the secret."""
        moment = float(self.headers["x-zm-request-timestamp"])
        return attrs.evolve(self, headers={**self.headers, **_signature(self.body, Secret("a guess"), moment)})

    def truncated(self) -> SignedEvent:
        """Return it without the second half of its body."""
        return attrs.evolve(self, body=self.body[: len(self.body) // 2])


def sign(
    body: bytes, secret_token: str = SECRET_TOKEN, *, at: float | None = None, request_id: str | None = None
) -> dict[str, str]:
    """Return the headers that Zoom sends along with a body.

    Args:
        body: the raw bytes.
        secret_token: what your receiver is given too.
        at: the time of the signature, seconds since 1970; now if not given.
        request_id: Zoom's name for the delivery, which its repeats share; a new one if not given.
    """
    return {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Zoom Marketplace/1.0a",
        signature.REQUEST_ID: request_id or str(uuid.uuid4()),
        **_signature(body, Secret(secret_token), time.time() if at is None else at),
    }


def zoom_event(
    name: str,
    /,
    *,
    secret_token: str = SECRET_TOKEN,
    at: float | None = None,
    seed: int = 0,
    full: bool = True,
    **fields: Any,
) -> SignedEvent:
    """Return a signed delivery of an event, made up from the contract: `zoom_event("meeting.started", topic="Sync")`.

    Args:
        name: of the event.
        secret_token: what your receiver is given too.
        at: when it happened and was sent, seconds since 1970; now if not given.
        seed: other seeds give other data.
        full: whether everything that is optional is there too.
        fields: of the payload's `object`, else of the payload, else of the event itself.

    Raises `ValueError` for an event or a field that Zoom does not have, and for a value that it would not send.
    """
    content = event(name, seed=seed, full=full, **fields)
    moment = time.time() if at is None else at
    if "event_ts" in content and "event_ts" not in fields and isinstance(content["event_ts"], int):
        content["event_ts"] = round(moment * 1000)
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return SignedEvent(body, sign(body, secret_token, at=moment), Secret(secret_token))


def event(name: str, /, *, seed: int = 0, full: bool = True, **fields: Any) -> dict[str, Any]:
    """Return the JSON of an event, made up from the contract; arguments as for `zoom_event`."""
    try:
        declared = contract.event(name)
    except KeyError:
        raise ValueError(f"Zoom has no event {name!r}{_hint(name, _names())}") from None
    content: dict[str, Any] = {**examples.event(declared, seed=seed, full=full), "event": name}
    for field, value in fields.items():
        _holder(name, declared, content, field)[field] = value
    if violations := check_event(name, content):
        raise ValueError("\n".join([f"Zoom would not send this {name}:", *map(str, violations)]))
    return content


def deliveries(names: Sequence[str], count: int, *, doubled: float = 0.0, seed: int = 0) -> list[SignedEvent]:
    """Return deliveries of these events in disorder, some of them twice: all that Zoom may do to a receiver.

    Args:
        names: of the events, which take turns.
        count: how many there are, without doubles.
        doubled: how many of them come a second time: 0.2 is every fifth.
        seed: other seeds give other data, doubles and another order.
    """
    dice = random.Random(seed)
    made = [zoom_event(names[each % len(names)], seed=seed + each) for each in range(count)]
    made += dice.sample(made, round(count * doubled))
    dice.shuffle(made)
    return made


def _signature(body: bytes, secret: Secret, moment: float) -> dict[str, str]:
    timestamp = str(int(moment))
    return {
        "x-zm-request-timestamp": timestamp,
        "x-zm-signature": "v0=" + signature.digest(secret, b":".join([b"v0", timestamp.encode(), body])),
    }


def _holder(name: str, declared: contract.Event, content: dict[str, Any], field: str) -> dict[str, Any]:
    """Return the object that a field belongs to: the innermost that declares it."""
    levels: list[tuple[dict[str, Any], dict[str, Any]]] = []
    schema: dict[str, Any] = declared.schema
    value: dict[str, Any] = content
    for inner in ("payload", "object", ""):
        schema = declared.document.resolve(schema)
        levels.insert(0, (value, schema.get("properties", {})))
        if not isinstance(value.get(inner), dict):
            break
        schema, value = schema["properties"][inner], value[inner]
    for holder, properties in levels:
        if field in properties:
            return holder
    known: list[str] = [each for _, properties in levels for each in properties]
    raise ValueError(f"{name} has no field {field!r}{_hint(field, known)}")


def _names() -> list[str]:
    return [name for product in contract.products() for name in contract.events(product)]


def _hint(name: str, known: Sequence[str]) -> str:
    return did_you_mean(name, known) or (f"; there are {', '.join(known)}" if len(known) <= _MOST_NAMED else "")
