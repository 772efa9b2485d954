"""The receiver as a Lambda function."""

from typing import Any

import pytest

from tests.triggers.apps import STARTED, invocation
from tests.triggers.conftest import Seen
from zoom_api_client.testing.events import SECRET_TOKEN
from zoom_api_client.triggers import Receiver


@pytest.mark.parametrize("encoded", [False, True], ids=["text", "base64"])
@pytest.mark.parametrize("version", [1, 2])
def test_lambda_takes_events_of_either_gateway(version: int, encoded: bool, seen: Seen) -> None:
    """A topic with an accent is bytes, however it is wrapped. A frozen function handles nothing: so it does before."""
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox="memory://")
    receiver.on()(seen)
    answer = receiver.aws_lambda(invocation(version, STARTED, encoded=encoded), None)
    assert (answer["statusCode"], answer["body"]) == (200, "")
    assert seen.events[0].to_dict() == STARTED.json
    assert receiver.aws_lambda(invocation(version, STARTED.forged(), encoded=encoded))["statusCode"] == 401
    assert receiver.inbox.counts().waiting == 0
    receiver.close()


def test_lambda_stores_in_an_inbox_that_outlives_it(receiver: Receiver, seen: Seen) -> None:
    """Others handle it."""
    lasting = Receiver(secret_token=SECRET_TOKEN, inbox=receiver.inbox)
    lasting.on()(seen)
    assert lasting.aws_lambda(invocation(2, STARTED, encoded=True))["statusCode"] == 200
    assert (receiver.inbox.counts().waiting, seen.events) == (1, [])


def test_lambda_answers_500_if_a_handler_failed(receiver: Receiver) -> None:
    """Zoom is the only one who can try again."""

    @receiver.on()
    async def fail(event: object) -> None:
        raise RuntimeError("no")

    assert receiver.aws_lambda(invocation(2, STARTED, encoded=False))["statusCode"] == 500


def test_lambda_answers_500_while_another_invocation_has_the_event(seen: Seen) -> None:
    """It may have been killed in the midst of it, and a 200 would be the end: Zoom repeats until the lease is over."""
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox="memory://")
    receiver.on()(seen)
    receiver.handle(STARTED.headers, STARTED.body)
    leased = receiver.inbox.claim(1, lease=900)
    assert receiver.aws_lambda(invocation(2, STARTED, encoded=False))["statusCode"] == 500
    assert seen.events == []
    receiver.inbox.release(leased)
    assert [receiver.aws_lambda(invocation(2, STARTED, encoded=False))["statusCode"] for _ in range(2)] == [200, 200]
    assert len(seen.events) == 1
    receiver.close()


@pytest.mark.parametrize(
    "event", [{}, {"body": None}, {"httpMethod": "GET"}, {"requestContext": {}}, {"requestContext": None}]
)
def test_lambda_refuses_what_is_not_a_request(receiver: Receiver, event: dict[str, Any]) -> None:
    """Schedules and tests of the AWS console call it too."""
    assert receiver.aws_lambda(event)["statusCode"] == 405


def test_lambda_body_that_is_not_base64_is_refused(receiver: Receiver) -> None:
    """It is somebody's guess."""
    event = {**invocation(2, STARTED, encoded=True), "body": "???"}
    assert receiver.aws_lambda(event)["statusCode"] == 401


@pytest.mark.parametrize(
    "event", [None, [], "text", {"requestContext": [1]}, {"requestContext": {"http": 1}}, {"headers": ["a"]}]
)
def test_what_is_not_a_request_is_answered_400(event: object) -> None:
    """A test of the console and a schedule send anything; a traceback would be repeated by AWS."""
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox="memory://")
    answer = receiver.aws_lambda(event)
    assert (answer["statusCode"], "not an HTTP request" in answer["body"]) == (400, True)
    receiver.close()
