"""Parsing a delivery: what it takes, and that it loads no more than it needs."""

import json
import subprocess
import sys
from types import MappingProxyType
from typing import Any

import pytest

from tests.totals import BEYOND, EVENTS
from zoom_api_client import UNSET, events
from zoom_api_client.events.meetings import MeetingStarted

BODY: dict[str, Any] = {
    "event": "meeting.started",
    "event_ts": 1767225600123,
    "payload": {"account_id": "acctEXAMPLE01", "object": {"id": "98765432101", "topic": "Résumé review", "new": [1]}},
    "brand_new": True,
}
TEXT = json.dumps(BODY, ensure_ascii=False)


@pytest.mark.parametrize(
    "body",
    [
        TEXT,
        TEXT.encode(),
        bytearray(TEXT.encode()),
        BODY,
        MappingProxyType(BODY),
        b" \n" + json.dumps(BODY).encode() + b"\n",
    ],
    ids=["text", "bytes", "bytearray", "dict", "mapping", "space around it"],
)
def test_delivery_may_come_as_any_kind_of_body(body: Any) -> None:
    """Frameworks hand over bytes, text or what they have decoded themselves."""
    event = events.parse(body)
    assert type(event) is MeetingStarted
    assert event.payload.object.topic == "Résumé review"
    assert event.to_dict() == BODY
    assert dict(event.additional_properties) == {"brand_new": True}


def test_dict_of_the_caller_is_copied() -> None:
    """A framework's parsed body must not change under its hands."""
    body = json.loads(TEXT)
    event = events.parse(body)
    assert isinstance(event, MeetingStarted)
    event.payload.account_id = "other"
    event.payload.object.additional_properties["new"].append(2)
    event.additional_properties["brand_new"] = False
    assert event.to_dict() != BODY
    assert body == BODY


@pytest.mark.parametrize("name", [None, 5, ["meeting.started"], {}, "", "Meeting.Started", UNSET], ids=repr)
def test_event_without_a_name_is_unknown_and_kept(name: Any) -> None:
    """Whatever stands in `event`, the delivery is not lost."""
    body = {"payload": {"a": 1}} if name is UNSET else {"event": name, "payload": {"a": 1}}
    event = events.parse(body)
    assert type(event) is events.UnknownEvent
    assert event.to_dict() == body
    assert (event.event, event.event_ts, event.payload) == (name, UNSET, {"a": 1})


@pytest.mark.parametrize(
    "body",
    [b"[" * 100_000, b'{"a":' * 100_000, b"\xff\xfe", b"{'event': 'x'}"],
    ids=["lists", "objects", "bytes", "python"],
)
def test_body_that_is_not_json_is_refused_in_our_words(body: bytes) -> None:
    """Anybody can post to a receiver: no body may end in another error than the one that it expects."""
    with pytest.raises(ValueError, match="the body of an event must be JSON"):
        events.parse(body)


def test_registry_is_a_mapping_that_cannot_be_changed() -> None:
    """It is shared by everyone in the process."""
    registry = events.registry()
    assert registry["meeting.started"] is MeetingStarted
    assert registry is events.registry()
    assert ("meeting.started" in registry, "meeting.teleported" in registry) == (True, False)
    assert registry.get("meeting.teleported") is None
    with pytest.raises(KeyError):
        registry["meeting.teleported"]
    with pytest.raises(TypeError):
        registry["meeting.started"] = events.Event  # type: ignore[index]  # what is refused
    assert repr(registry) == f"<registry of {EVENTS + BEYOND} events>"


@pytest.mark.parametrize("name", [" meeting.started", "meeting.started ", "meeting.started."])
def test_slip_in_a_name_does_not_make_an_event_unknown(name: str) -> None:
    """Zoom's documents have names with a space or a dot at the end; what came is kept as it came."""
    event = events.parse({"event": name})
    assert type(event) is MeetingStarted
    assert event.to_dict() == {"event": name}


def test_parsing_one_event_loads_one_product() -> None:
    """So many classes for one delivery would take longer than Zoom waits for the answer."""
    script = """if True:
        import sys
        from zoom_api_client import events
        assert len(events.registry()) > 500 and "phone.callee_ringing" in events.registry()
        assert not [name for name in sys.modules if name.startswith("zoom_api_client.events.")]
        events.parse({"event": "meeting.teleported"})
        assert not [name for name in sys.modules if name.startswith("zoom_api_client.events.")]
        events.parse({"event": "meeting.started", "payload": {"object": {}}})
        products = {name.split(".")[2] for name in sys.modules if name.startswith("zoom_api_client.events.")}
        assert products == {"meetings"}, products
        files = [name for name in sys.modules if name.startswith("zoom_api_client.events.meetings.")]
        assert len(files) < 8, files
        assert "httpx" not in sys.modules
    """
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
