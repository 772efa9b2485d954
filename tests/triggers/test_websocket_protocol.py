"""Zoom's protocol over a WebSocket, without a socket."""

import json
from typing import Any

import pytest

from tests.triggers.websocket_server import BUILT, message
from zoom_api_client.triggers.websocket_protocol import (
    HEARTBEAT,
    Link,
    Silent,
    SubscriptionRefused,
    TokenRefused,
    backoff,
)


def test_heartbeat_is_due_every_30_seconds() -> None:
    """Zoom closes a connection that says nothing."""
    link = Link(100.0)
    assert (link.due(100.0), link.wait(100.0)) == (None, 30.0)
    link.receive(json.dumps(BUILT), 120.0)
    assert (link.due(129.9), link.due(130.0), link.due(130.1)) == (None, HEARTBEAT, None)
    assert link.wait(130.0) == 30.0
    assert json.loads(HEARTBEAT) == {"module": "heartbeat"}


def test_silence_of_45_seconds_ends_a_connection() -> None:
    """A connection that a router has forgotten looks open for hours."""
    link = Link(0.0)
    assert link.due(30.0) == HEARTBEAT
    assert link.wait(30.0) == 15.0
    link.receive('{"module":"heartbeat","success":true}', 31.0)
    assert link.due(75.9) == HEARTBEAT
    with pytest.raises(Silent):
        link.due(76.0)


def test_event_is_decoded_twice() -> None:
    """It is decoded once, should Zoom ever leave out the second time."""
    content = {"event": "meeting.started", "payload": {"topic": "Résumé"}}
    link = Link(0.0)
    for frame in (message(content), message(content).encode(), json.dumps({"module": "message", "content": content})):
        assert json.loads(link.receive(frame, 1.0) or b"") == content


def test_event_without_a_frame_is_an_event() -> None:
    """Zoom's newer pages show it as a webhook has it."""
    bare = json.dumps({"event": "meeting.started", "payload": {"topic": "Résumé"}})
    link = Link(0.0)
    assert link.receive(bare, 1.0) == bare.encode()
    assert link.receive(bare.encode(), 1.0) == bare.encode()
    assert link.is_built
    assert link.receive('{"event": 5}', 1.0) is None


@pytest.mark.parametrize("content", ["Invalid Token", "Token is invalid", "invalid token."])
@pytest.mark.parametrize("module", ["build_connection", "heartbeat", "message"])
def test_refused_token_is_told_from_other_refusals(module: str, content: str) -> None:
    """It needs another token; everything else needs patience."""
    with pytest.raises(TokenRefused):
        Link(0.0).receive(json.dumps({"module": module, "success": False, "content": content}), 1.0)
    other = json.dumps({"module": "build_connection", "success": False, "content": "no such subscription"})
    with pytest.raises(SubscriptionRefused, match="no such subscription"):
        Link(0.0).receive(other, 1.0)


ODD_CONTENT: list[Any] = [None, "", "x", "[]", 5, [], "\ud800", "{}"]


@pytest.mark.parametrize(
    "frame",
    ["", "x", "null", "[]", "5", b"\xff\xfe", '{"module":5}', '{"module":"news"}', "[" * 100_000]
    + [json.dumps({"module": "message", "content": each}) for each in ODD_CONTENT],
)
def test_odd_frame_is_passed_over(frame: str | bytes) -> None:
    """One of them must not cost the connection, and so the events after it."""
    assert Link(0.0).receive(frame, 1.0) is None


def test_waits_between_connections_grow_to_a_minute_and_are_never_none() -> None:
    """Two programs with one subscription throw each other out: not a thousand times a second."""
    assert [backoff(each, lambda: 1.0) for each in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert backoff(10**6, lambda: 0.0) == 30
    assert backoff(0, lambda: 0.0) == 0.5
