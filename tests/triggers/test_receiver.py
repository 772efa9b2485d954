"""What the receiver answers, and what it stores before it does."""

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.triggers.conftest import NOW, Seen
from tests.waiting import wait_until
from zoom_api_client.testing.events import SECRET_TOKEN, sign, zoom_event
from zoom_api_client.triggers import Receiver, Reply
from zoom_api_client.triggers.inbox import Delivery, Inbox, InboxFailed

EMPTY = {"content-type": "text/plain", "content-length": "0"}
STARTED = zoom_event("meeting.started", topic="Standup")


class Broken:
    """An inbox whose disk is full."""

    def __getattr__(self, name: str) -> Any:
        if not hasattr(Inbox, name):
            raise AttributeError(name)

        def fail(*args: object, **kwargs: object) -> None:
            if name != "close":
                raise InboxFailed("the disk is full")

        return fail


def challenge(token: object) -> bytes:
    """Return the body with which Zoom asks whether we know the secret."""
    return json.dumps({"event": "endpoint.url_validation", "payload": {"plainToken": token}, "event_ts": 1}).encode()


def waiting(receiver: Receiver) -> int:
    """Return how many events wait."""
    return receiver.inbox.counts().waiting


async def test_event_is_stored_before_zoom_has_its_200(receiver: Receiver) -> None:
    """After a 200 Zoom forgets the event."""
    assert receiver.handle(STARTED.headers, STARTED.body) == Reply(200, EMPTY)
    assert waiting(receiver) == 1
    another = zoom_event("meeting.ended")
    assert (await receiver.answer(another.headers, another.body)).status == 200
    assert waiting(receiver) == 2


async def test_double_is_answered_like_the_first_and_stored_once(receiver: Receiver) -> None:
    """Zoom repeats what it believes to be lost; a repeat has the same id, and perhaps a new timestamp."""
    later = STARTED.signed_at(float(STARTED.headers["x-zm-request-timestamp"]) + 60)
    for each in (STARTED, STARTED, later):
        assert receiver.handle(each.headers, each.body).status == 200
        assert (await receiver.answer(each.headers, each.body)).status == 200
    assert waiting(receiver) == 1


def test_double_without_an_id_is_known_by_event_time_and_object(receiver: Receiver) -> None:
    """Where Zoom gives no id, what it says must do."""
    for event in (STARTED.json, STARTED.json, {**STARTED.json, "event_ts": 5}, {**STARTED.json, "event": "x"}):
        body = json.dumps(event).encode()
        headers = {name: text for name, text in sign(body).items() if name != "x-zm-request-id"}
        assert receiver.handle(headers, body).status == 200
    assert waiting(receiver) == 3


def test_id_of_any_length_fits_into_an_inbox(receiver: Receiver) -> None:
    """It is a header, and so may be anything."""
    for identifier in ("x" * 100_000, "é" * 300, "\ud800", " "):
        body = json.dumps({"event": "x", "of": identifier}).encode()
        assert receiver.handle(sign(body, request_id=identifier), body).status == 200
    assert waiting(receiver) == 4


async def test_answer_is_503_if_the_event_could_not_be_stored(caplog: pytest.LogCaptureFixture) -> None:
    """Zoom repeats after a 5xx, and after nothing else."""
    inbox: Any = Broken()
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox=inbox)
    assert receiver.handle(STARTED.headers, STARTED.body).status == 503
    assert (await receiver.answer(STARTED.headers, STARTED.body)).status == 503
    assert "the disk is full" in caplog.text
    receiver.close()


def test_url_validation_is_answered_and_not_stored(receiver: Receiver) -> None:
    """Without the right answer Zoom takes no address, and after six wrong ones it switches the subscription off."""
    secret, body = "sk_demo_9Qb7ZtVn2LwXyA5cR0hE", challenge("plainTokenEXAMPLE0123456789")
    with Receiver(secret_token=[SECRET_TOKEN, secret], inbox="memory://") as rotating:
        answer = rotating.handle(sign(body, secret), body)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert json.loads(answer.body) == {
        "plainToken": "plainTokenEXAMPLE0123456789",
        "encryptedToken": "151a56496a0c778a33efc77e84a26d0d032fde7c17de4b8a75bc49fdd3f04256",
    }
    assert receiver.handle(sign(body, secret), body).status == 401
    assert waiting(receiver) == 0


@pytest.mark.parametrize("token", [None, "", 5, [], "v0:1767225600:{}", "\ud800"], ids=repr)
def test_odd_challenge_is_refused(receiver: Receiver, token: object) -> None:
    """We do not sign what would be a delivery's signature."""
    body = challenge(token)
    assert receiver.handle(sign(body), body).status == 400
    body = b'{"event":"endpoint.url_validation","payload":[]}'
    assert receiver.handle(sign(body), body).status == 400


def test_bad_signature_is_told_nothing(receiver: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    """Forged, stale, without headers: one answer, and it is empty."""
    stale = STARTED.signed_at(float(STARTED.headers["x-zm-request-timestamp"]) - 5500)
    for headers, body in [
        (STARTED.forged().headers, STARTED.body),
        (stale.headers, STARTED.body),
        (STARTED.headers, STARTED.truncated().body),
        ({}, STARTED.body),
    ]:
        assert receiver.handle(headers, body) == Reply(401, EMPTY)
    assert waiting(receiver) == 0
    assert SECRET_TOKEN not in caplog.text


@pytest.mark.parametrize(("offset", "status"), [(-300, 200), (-301, 401), (300, 200), (301, 401)])
def test_delivery_of_the_last_five_minutes_is_taken(offset: int, status: int) -> None:
    """Zoom signs its repeats anew, even that after 85 minutes; what is older is a replay."""
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox="memory://", now=lambda: NOW)
    delivery = STARTED.signed_at(NOW + offset)
    assert receiver.handle(delivery.headers, delivery.body).status == status
    receiver.close()


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "OPTIONS", "post", ""])
async def test_nothing_but_post_is_taken(receiver: Receiver, method: str) -> None:
    """Scanners come with everything."""
    assert receiver.handle(STARTED.headers, STARTED.body, method=method).status == 405
    assert (await receiver.answer(STARTED.headers, STARTED.body, method=method)).headers["allow"] == "POST"


def test_body_over_the_limit_is_refused_before_it_is_looked_at() -> None:
    """Somebody else's gigabyte is not hashed."""
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox="memory://", max_body=len(STARTED.body))
    assert receiver.handle(STARTED.headers, STARTED.body).status == 200
    longer = STARTED.body + b" "
    assert receiver.handle(sign(longer), longer).status == 413
    receiver.close()


@pytest.mark.parametrize("body", [b"", b"null", b"[1]", b'"x"', b"{", b"\xff", b"[" * 100_000, b'{"a":' * 100_000])
def test_signed_rubbish_is_refused(receiver: Receiver, body: bytes) -> None:
    """What is not a JSON object can never be handled: a repeat would not make it better."""
    assert receiver.handle(sign(body), body).status == 400
    assert waiting(receiver) == 0


@pytest.mark.parametrize("body", [b"{}", b'{"event": null}', b'{"event": "meeting.teleported"}', b'{"a": 1e999}',
                                  b'{"payload": NaN}', b'{"payload": "\\ud800"}', b'{"event_ts":' + b"9" * 500 + b"}",
                                  b'{"payload":' + b"[" * 250 + b"]" * 250 + b"}"])  # fmt: skip
def test_odd_event_is_stored_all_the_same(receiver: Receiver, body: bytes) -> None:
    """It is Zoom's, and what cannot be handled today can be looked at."""
    headers = sign(body)
    del headers["x-zm-request-id"]
    assert receiver.handle(headers, body).status == 200
    assert waiting(receiver) == 1


@pytest.mark.parametrize("secret", ["", " ", [], [""], ["good", ""]], ids=repr)
def test_receiver_with_an_empty_secret_cannot_be_made(secret: Any) -> None:
    """It would take events of everybody."""
    with pytest.raises(ValueError, match="secret_token is empty"):
        Receiver(secret_token=secret, inbox="memory://")


async def test_receiver_without_a_secret_takes_no_request() -> None:
    """It is for WebSocket delivery: a request must not get in because somebody forgot the secret."""
    receiver = Receiver(secret_token=None, inbox="memory://")
    with pytest.raises(ValueError, match="no secret_token"):
        receiver.handle(STARTED.headers, STARTED.body)
    with pytest.raises(ValueError, match="no secret_token"):
        await receiver.answer(sign(STARTED.body, "x"), STARTED.body)
    receiver.close()


def test_answers_do_not_wait_for_a_handler_that_blocks(receiver: Receiver) -> None:
    """Neither a blocking handler nor an `async` one that blocks its loop keeps Zoom waiting."""
    release, begun = threading.Event(), threading.Barrier(3)

    @receiver.watch_meetings("started")
    def block(event: object) -> None:
        begun.wait(10)
        release.wait(10)

    @receiver.watch_meetings("ended")
    async def block_the_loop(event: object) -> None:
        begun.wait(10)
        release.wait(10)

    receiver.start()
    for blocking in (zoom_event("meeting.started"), zoom_event("meeting.ended")):
        assert receiver.handle(blocking.headers, blocking.body).status == 200
    begun.wait(10)
    for _ in range(20):
        another = zoom_event("user.created")
        assert receiver.handle(another.headers, another.body).status == 200
    assert not release.is_set()
    release.set()
    receiver.stop()


async def test_events_that_arrive_together_are_stored_together(receiver: Receiver) -> None:
    """A transaction for each would be the receiver's limit."""
    batches: list[int] = []
    put = receiver.inbox.put

    def counting(deliveries: list[Delivery]) -> list[bool]:
        batches.append(len(deliveries))
        return put(deliveries)

    receiver.inbox.put = counting  # type: ignore[method-assign, assignment]
    made = [zoom_event("meeting.started", seed=seed) for seed in range(100)]
    answers = await asyncio.gather(*(receiver.answer(each.headers, each.body) for each in made))
    assert {each.status for each in answers} == {200}
    assert sum(batches) == 100
    assert len(batches) < 5


async def test_request_that_goes_away_takes_nobody_along(receiver: Receiver) -> None:
    """A client that hangs up cancels its own request only."""
    made = [zoom_event("meeting.started", seed=seed) for seed in range(3)]
    tasks = [asyncio.create_task(receiver.answer(each.headers, each.body)) for each in made]
    await asyncio.sleep(0)
    tasks[0].cancel()
    assert [each.status for each in await asyncio.gather(*tasks[1:])] == [200, 200]
    assert waiting(receiver) == 3


def test_handler_gets_what_was_sent(receiver: Receiver, seen: Seen) -> None:
    """The bytes of the request become the typed event."""
    receiver.watch_meetings("started")(seen)
    receiver.handle(STARTED.headers, STARTED.body)
    receiver.start()
    wait_until(lambda: bool(seen.events))
    assert seen.events[0].to_dict() == STARTED.json
    assert seen.events[0].occurred_at is not None
    assert seen.events[0].occurred_at.timestamp() * 1000 == pytest.approx(STARTED.json["event_ts"])


@pytest.mark.parametrize("url", ["redi://host", "", "sqlite://relative.db", "redis://", "memory://x"])
def test_inbox_that_cannot_be_is_refused_at_once(url: str) -> None:
    """It would answer 503 to every event, as if its disk were full."""
    with pytest.raises(ValueError, match="inbox"):
        Receiver(secret_token=SECRET_TOKEN, inbox=url)


def test_what_is_not_an_inbox_is_refused_at_once() -> None:
    """So is a secret that is not text."""
    number: Any = 5
    with pytest.raises(TypeError, match="inbox is a int: give the URL of an inbox"):
        Receiver(secret_token=SECRET_TOKEN, inbox=number)
    with pytest.raises(ValueError, match="secret_token is empty, or not text"):
        Receiver(secret_token=number, inbox="memory://")


def test_inbox_is_opened_when_it_is_needed(tmp_path: Path) -> None:
    """A function of AWS Lambda may need none: only the form of the URL is looked at."""
    Receiver(secret_token=SECRET_TOKEN, inbox=f"sqlite://{tmp_path}/inbox.db")
    Receiver(secret_token=SECRET_TOKEN, inbox="redis://127.0.0.1:9/0")
    assert list(tmp_path.iterdir()) == []
