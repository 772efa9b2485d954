"""What a repr shows, and what it must never show: reprs end up in logs and in tracebacks."""

from typing import Any

import pytest

from tests.client.shapes import Room, plan, read
from zoom_api_client import UNSET, File, events
from zoom_api_client.core.operation import Operation
from zoom_api_client.models.meetings import Meeting

HIDDEN = "5ecr3t"
SECRET_FIELDS = (
    "start_url password passcode pwd pass_code h323_password h323_passcode pstn_password encrypted_password "
    "access_token refresh_token download_token download_access_token recording_play_passcode client_secret "
    "secret_token token zak host_key dynamic_host_key authorization plainToken encryptedToken callback_token "
    "pin_code pin sip_password private_key stream_key leader_pin passcode_for_personal_meeting_id".split()
)


def test_repr_reads_like_a_call() -> None:
    """What was sent is shown under Python's names, what was not is left out."""
    made = plan(from_="2026-03-01T10:00:00Z", room=Room(id=1), note=None, rooms=[], seats=UNSET)
    assert repr(made) == "Plan(topic='Move', note=None, from_='2026-03-01T10:00:00Z', room=Room(id=1), rooms=[])"


@pytest.mark.parametrize("name", SECRET_FIELDS)
@pytest.mark.parametrize("place", [lambda it: it, lambda it: {"deep": it}, lambda it: {"deep": [{"list": [it]}]}])
def test_secret_is_not_shown_wherever_it_stands(name: str, place: Any) -> None:
    """A passcode inside an unknown object is as secret as one in a declared field."""
    assert HIDDEN not in repr(read(**place({name: HIDDEN})))
    assert HIDDEN not in repr(read(**place({name: [HIDDEN]})))


@pytest.mark.parametrize("name", ["start_url", "password", "h323_password", "pstn_password", "encrypted_password"])
def test_secret_of_a_meeting_is_not_shown(name: str) -> None:
    """`start_url` makes whoever has it the host."""
    made = Meeting.from_dict({"id": 1, name: HIDDEN})
    assert repr(made) == f"Meeting(id=1, {name}='…')"
    assert made.to_dict()[name] == HIDDEN


def test_secret_that_is_a_number_is_not_shown() -> None:
    """Zoom sends text for numbers and numbers for text: a passcode of digits may come as either."""
    assert "987654" not in repr(read(password=987654))


@pytest.mark.parametrize("value", ["", None, True])
def test_it_can_be_seen_that_there_is_no_secret(value: Any) -> None:
    """An empty passcode and a switch of that name (`"password": true`) hide nothing."""
    assert f"password={value!r}" in repr(read(password=value))


@pytest.mark.parametrize("parameter", ["pwd", "tk", "zak", "access_token", "token"])
@pytest.mark.parametrize("field", ["join_url", "brand_new"])
def test_credential_in_a_link_is_not_shown(field: str, parameter: str) -> None:
    """The link of a meeting carries its passcode."""
    shown = repr(read(**{field: f"https://us02web.zoom.us/j/93847566001?a=1&{parameter}={HIDDEN}.1&b=2"}))
    assert HIDDEN not in shown
    assert f"https://us02web.zoom.us/j/93847566001?a=1&{parameter}=…&b=2" in shown


def test_extra_fields_show_no_secret_either() -> None:
    """The view of the unknown fields has a repr of its own."""
    made = read(token=HIDDEN, link=f"https://zoom.us/j/1?pwd={HIDDEN}", more={"zak": HIDDEN, "n": 1})
    assert HIDDEN not in repr(made.additional_properties)


def test_download_token_of_an_event_is_not_shown() -> None:
    """With it anyone can fetch the recording for a day."""
    body = {
        "event": "recording.completed",
        "event_ts": 1,
        "payload": {"object": {"password": HIDDEN}},
        "download_token": HIDDEN,
    }
    event = events.parse(body)
    assert HIDDEN not in repr(event)
    assert event.to_dict() == body


def test_content_of_a_file_and_body_of_a_request_are_not_shown() -> None:
    """A log line needs neither ten megabytes nor a passcode."""
    operation = Operation[None](module="a.b.c", operation_id="x", method="POST", path="/x", results={204: None})
    assert HIDDEN not in repr(File(HIDDEN.encode()))
    assert HIDDEN not in repr(operation.request(body=plan(note=HIDDEN)))
