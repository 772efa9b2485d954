"""Requests that nobody should send, forged, stale, truncated, oversized, malformed: none gets in, none crashes."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.triggers.apps import Connection, asked
from tests.triggers.conftest import NOW, Seen
from zoom_api_client import events
from zoom_api_client.testing.events import SECRET_TOKEN, SignedEvent, sign, zoom_event
from zoom_api_client.triggers import Receiver

MAX_BODY = 100_000
Request = tuple[Any, bytes]
Maker = Callable[[random.Random, SignedEvent], Request]


def forged(dice: random.Random, event: SignedEvent) -> Request:
    """Signed by somebody else."""
    return event.forged().headers, event.body


def stale(dice: random.Random, event: SignedEvent) -> Request:
    """Too old, or of the future."""
    offset = dice.choice([-1, 1]) * dice.randint(5_401, 10**9)
    return event.signed_at(max(0, NOW + offset)).headers, event.body


def truncated(dice: random.Random, event: SignedEvent) -> Request:
    """Cut off anywhere."""
    return event.headers, event.body[: dice.randrange(len(event.body))]


def oversized(dice: random.Random, event: SignedEvent) -> Request:
    """Signed even, but longer than is taken."""
    body = event.body + b" " * (MAX_BODY + dice.randint(1, 1000) - len(event.body))
    return sign(body, at=NOW), body


def changed(dice: random.Random, event: SignedEvent) -> Request:
    """One bit is another."""
    body, place = bytearray(event.body), dice.randrange(len(event.body))
    body[place] ^= 1 << dice.randrange(8)
    return event.headers, bytes(body)


def malformed(dice: random.Random, event: SignedEvent) -> Request:
    """Signed, but no JSON object."""
    body = dice.choice([b"", b"[]", b"null", b"5", b"\x00", dice.randbytes(50), b"[" * 5000, event.body[1:], b'"' * 9])
    return sign(body, at=NOW), body


def bent_headers(dice: random.Random, event: SignedEvent) -> Request:
    """Headers that are missing, doubled, or anything at all."""
    names = ["x-zm-signature", "x-zm-request-timestamp"]
    odd = [
        "",
        "v0=",
        "x" * 10_000,
        "é\ud800",
        "-1",
        "1e9",
        "9" * 4000,
        "\x00",
        dice.randbytes(9),
        5,
        None,
        ["a", "b"],
        [],
    ]
    name, value = dice.choice(names), dice.choice(odd)
    others = {key: text for key, text in event.headers.items() if key != name}
    shapes: list[Any] = [
        {**others, name: value},
        [*event.headers.items(), (name, "another")],
        [(key.encode(), text.encode()) for key, text in others.items()],
        others,
        [],
    ]
    return dice.choice(shapes), event.body


KINDS: tuple[Maker, ...] = (forged, stale, truncated, oversized, changed, malformed, bent_headers)


async def attack(count: int) -> None:
    """Send so many, by the framework-neutral way and by ASGI, and look at what got in."""
    seen, dice = Seen(), random.Random(5)
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox="memory://", max_body=MAX_BODY, now=lambda: NOW)
    receiver.on()(seen)
    receiver.start()
    names = list(events.registry())
    answers: dict[int, int] = {}
    for number in range(count):
        event = zoom_event(dice.choice(names), at=NOW, seed=number)
        assert len(event.body) < MAX_BODY
        headers, body = dice.choice(KINDS)(dice, event)
        answer = receiver.handle(headers, body) if number % 2 else await receiver.answer(headers, body)
        answers[answer.status] = answers.get(answer.status, 0) + 1
        assert answer.body == b""
    good = zoom_event("meeting.started", at=NOW)
    assert receiver.handle(good.headers, good.body).status == 200
    receiver.stop()
    counts = receiver.inbox.counts()
    assert (counts.waiting + counts.dead + len(seen.events)) == 1
    assert set(answers) == {400, 401, 413}
    receiver.close()


async def test_nothing_hostile_gets_in() -> None:
    """The short form."""
    await attack(500)


@pytest.mark.soak
async def test_nothing_hostile_gets_in_10_000_times() -> None:
    """This is the long form."""
    await attack(10_000)


async def test_nothing_hostile_gets_in_by_asgi(receiver: Receiver) -> None:
    """Headers and parts of a body come as servers hand them over."""
    dice = random.Random(7)
    for number in range(200):
        event = zoom_event("meeting.started", seed=number)
        headers, body = dice.choice([forged, truncated, changed])(dice, event)
        cut = dice.randrange(len(body) + 1)
        connection = Connection(body[:cut], body[cut:], headers=headers)
        assert await asked(receiver, connection) == 401
    assert receiver.inbox.counts().waiting == 0


def test_attacks_would_get_in_if_they_were_signed(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof that it is the signature that keeps them out."""
    event = zoom_event("meeting.started")
    monkeypatch.setattr("hmac.compare_digest", lambda one, other: True)
    assert receiver.handle(event.forged().headers, event.body).status == 200
    body = json.dumps({**event.json, "event": "changed"}).encode()
    assert receiver.handle({**event.forged().headers, "x-zm-request-id": "2"}, body).status == 200
    assert receiver.inbox.counts().waiting == 2
