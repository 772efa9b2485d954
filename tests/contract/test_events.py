"""Every event, as Zoom's documents have it and bent out of shape."""

import json

import attrs
import pytest
from bending import bends

from tests.totals import BEYOND, EVENTS
from zoom_api_client import events
from zoom_api_client.testing import contract, examples
from zoom_api_client.testing.validator import check_event

every_event = pytest.mark.parametrize("name", list(events.registry()))


def test_there_are_as_many_events_as_zoom_sends() -> None:
    """Those of the documents and those beyond them: an event that the registry had not would arrive untyped."""
    declared = {name for product in contract.products() for name in contract.events(product)}
    assert set(events.registry()) == declared
    assert len(declared) == EVENTS + BEYOND


@every_event
@pytest.mark.parametrize("full", [True, False], ids=["full", "minimal"])
def test_an_event_is_typed_and_comes_back_whole(name: str, full: bool) -> None:
    """A delivery becomes the class of its name, and nothing in it changes."""
    body = {**examples.event(contract.event(name), full=full), "event": name}
    assert check_event(name, body) == []
    event = events.parse(json.dumps(body).encode())
    assert type(event) is events.registry()[name]
    assert event.to_dict() == body


@every_event
def test_an_event_bent_out_of_shape_is_kept_whole(name: str) -> None:
    """Zoom's own examples leave their schemas in one case out of six: nothing of that may be lost."""
    for how, bent in bends(examples.event(contract.event(name))):
        body = {**bent, "event": name}
        event = events.parse(json.dumps(body))
        assert type(event) is events.registry()[name]
        for field in attrs.fields(type(event)):  # type: ignore[arg-type]
            getattr(event, field.name)
        assert event.to_dict() == body, how


def test_an_event_of_tomorrow_is_unknown_and_whole() -> None:
    """A name that no document has is no reason to drop what Zoom says."""
    body = {"event": "meeting.teleported", "event_ts": 1, "payload": {"to": "Mars"}, "odd": [None]}
    event = events.parse(body)
    assert isinstance(event, events.UnknownEvent)
    assert event.to_dict() == body
    assert event.additional_properties["odd"] == [None]


@pytest.mark.parametrize("body", [b"", b"not json", b"[1]", b'"text"', b"null"])
def test_what_is_not_an_event_says_so(body: bytes) -> None:
    """A body that cannot be an event is refused with a reason, not with an error of the JSON library."""
    with pytest.raises(ValueError, match="must be"):
        events.parse(body)
