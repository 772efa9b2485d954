"""Which answers are refusals, and how they are read in every shape."""

import sys
from types import ModuleType
from typing import Any

import pytest

from tests.client.failures import JSON, error
from tests.client.reading import read
from tests.client.shapes import Coded
from zoom_api_client import errors
from zoom_api_client.core.operation import Operation
from zoom_api_client.transport import responses


def test_failure_with_status_200_is_an_error() -> None:
    """Zoom says 200 and `Webinar plan is missing` in one breath; as a result it would be an empty meeting."""
    assert isinstance(error(200, b'{"code": 200, "message": "Webinar plan is missing."}'), errors.PlanRequired)
    assert isinstance(error(201, b'{"code": 3001, "message": "Not found."}'), errors.APIError)


@pytest.mark.parametrize(
    "content",
    [
        b'{"code": 0, "message": "Success"}',
        b'{"code": 200}',
        b'{"message": "a chat message"}',
        b'{"code": "ABC", "message": "a chat message"}',
        b'{"code": true, "message": "a chat message"}',
        b'{"code": 200, "message": {"text": "a chat message"}}',
        b'[{"code": 200, "message": "one of many"}]',
    ],
)
def test_answer_that_only_looks_like_a_failure_is_a_result(content: bytes) -> None:
    """Things have codes and messages of their own."""
    assert read(responses.Response(200, JSON, content)) is not None


def test_answer_that_declares_code_and_message_is_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operation whose answers have both fields would otherwise always fail."""
    package = ModuleType("zoom_api_client.models.made_up")
    monkeypatch.setattr(package, "Coded", Coded, raising=False)
    monkeypatch.setitem(sys.modules, package.__name__, package)
    operation = Operation[Any](module="x.made_up.y", operation_id="y", method="GET", path="/y", results={200: "Coded"})
    answer = responses.Response(200, JSON, b'{"code": 5, "message": "fine"}')
    assert read(answer, operation) == Coded(code=5, message="fine")
    with pytest.raises(errors.InvalidRequest):
        read(responses.Response(400, JSON, answer.content), operation)


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (
            b'{"code": 104, "message": "no scopes:["meeting:read"]."}',
            104,
            '{"code": 104, "message": "no scopes:["meeting:read"]."}',
        ),
        (b"<html><h1>Bad Request</h1></html>", None, "<html><h1>Bad Request</h1></html>"),
        (b"", None, ""),
        (b'{"error_message": "No.", "code": 300}', 300, "No."),
        (b'{"reason": "No.", "error": "invalid_request"}', None, "No."),
        (b'{"code": 300, "message": null}', 300, ""),
        (b'{"code": "x", "message": 5}', None, "5"),
        (b'{"code": "3001", "message": "No."}', 3001, "No."),
        (b'{"code": true, "message": "No."}', None, "No."),
        (b'["No."]', None, "['No.']"),
        (b"no \xff text", None, "no \ufffd text"),
    ],
)
def test_error_is_read_from_whatever_zoom_sends(content: bytes, code: int | None, message: str) -> None:
    """An answer that cannot be parsed must not hide the failure behind another one."""
    found = error(400, content)
    assert (found.code, found.message, found.content) == (code, message, content)
    assert str(found).startswith(f"meetings.get_meeting: {message or 'Zoom gave no reason'} [HTTP 400")


@pytest.mark.parametrize("media_type", ["", "application/octet-stream", "Application/JSON"])
def test_error_is_read_whatever_type_it_is_said_to_be_of(media_type: str) -> None:
    """A proxy between us and Zoom may say anything, and the code would be lost."""
    found = error(404, b'{"code": 3001, "message": "No."}', **{"content-type": media_type})
    assert (type(found), found.code, found.message) == (errors.NotFound, 3001, "No.")


def test_code_that_no_number_can_hold_does_not_hide_the_failure() -> None:
    """Python refuses to read a number of thousands of digits, and that `ValueError` would reach the caller."""
    assert error(400, b'{"code": ' + b"9" * 5000 + b', "message": "No."}').code is None


def test_missing_scope_is_found_in_broken_json() -> None:
    """It is this error whose quotes Zoom does not escape."""
    assert type(error(400, b'{"code":4711,"message":"does not contain scopes:["a:b", "c:d"]."}')) is errors.ScopeMissing


def test_answer_that_is_not_text_does_not_flood_the_log() -> None:
    """A failed download may carry anything, and a page of a proxy may be long."""
    assert error(400, b"\x00" * 50, **{"content-type": "image/png"}).message == "50 bytes that are not text"
    assert len(str(error(502, b"<html>" + b"x" * 100_000))) < 3000


SHAPES = [
    b'{"code": 3001, "message": "No."}',
    b'{"status": false, "errorCode": 3001, "errorMessage": "No.", "result": null}',
    b'{"status": false, "errorCode": "3001", "errorMessage": "No."}',
    b'{"code": 3001, "message": "No "quoted" words."}',
    b'{"status": false, "errorCode": 3001, "errorMessage": "No "quoted" words."}',
]


@pytest.mark.parametrize("content", SHAPES)
@pytest.mark.parametrize("status", [200, 201, 400, 404])
def test_refusal_is_read_in_every_shape_and_with_every_status(content: bytes, status: int) -> None:
    """Zoom has several gateways, and each refuses in a way of its own, some of them with success."""
    found = error(status, content)
    assert found.code == 3001
    assert "No" in found.message
    assert isinstance(found, errors.NotFound)


def test_refusal_of_the_authorization_server_is_none_of_a_meeting() -> None:
    """It has no number, and comes with 200 too."""
    found = error(200, b'{"error": "invalid_request", "reason": "No."}')
    assert (found.code, found.message) == (None, "No.")


@pytest.mark.parametrize(
    "content",
    [
        b'{"status": false, "errorCode": 0, "errorMessage": ""}',
        b'{"status": false, "topic": "off"}',
        b'{"error": "none", "reason": "a field of a thing", "id": 5}',
    ],
)
def test_thing_with_a_status_or_a_reason_is_a_result(content: bytes) -> None:
    """Things have these fields too."""
    assert read(responses.Response(200, JSON, content)) is not None


def test_half_an_answer_that_holds_a_code_is_not_a_refusal() -> None:
    """What is cut off is asked for again; a refusal is not."""
    with pytest.raises(errors.UnexpectedAnswer):
        read(responses.Response(200, JSON, b'{"id": 1, "message": "x", "code": 5, "topic": "cut o'))
