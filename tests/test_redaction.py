"""One table of samples, sent through every place where the library shows something."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from zoom_api_client import Retry, Zoom, errors
from zoom_api_client.core.redaction import is_secret, quote_text, redact_text, redact_url
from zoom_api_client.core.secret import Secret
from zoom_api_client.models.meetings import Meeting
from zoom_api_client.testing import mock_zoom, record
from zoom_api_client.testing.messages import describe_value
from zoom_api_client.transport import logging as library_logs
from zoom_api_client.triggers.inbox.error_text import describe

HIDDEN = "5ecr3t"

TEXTS = [
    f"Authorization: Bearer {HIDDEN}.abc",
    f"authorization={HIDDEN}",
    f"Cookie: _zm_ssid={HIDDEN}; a={HIDDEN}",
    f"[(b'Set-Cookie', b'_zm_ssid={HIDDEN}; Path=/')]",
    f"Basic QWxhZGRpbjpvcGVuc2VzYW1l{HIDDEN}",
    f"refused eyJhbGciOiJIUzI1.eyJzdWIi.{HIDDEN}",
    f'{{"host_key": "{HIDDEN}", "n": 1}}',
    f'{{\\"passcode\\": \\"{HIDDEN} of two words\\"}}',
    f"{{'zak': '{HIDDEN}', 'topic': 'x'}}",
    f'{{"password": "a \\" b {HIDDEN}',
    f"h323_password={HIDDEN}&grant_type=x",
    f"ZOOM_CLIENT_SECRET={HIDDEN}",
    f"refresh_token={HIDDEN}",
    f"the passcode: {HIDDEN}",
    f"pin={HIDDEN}",
    f"https://zoom.us/j/93847566001?pwd={HIDDEN}.1",
    f"https://zoom.us/s/93847566001?uname=x&zak={HIDDEN}",
    f"https://zoom.us/w/93847566001?tk={HIDDEN}",
    f"https://zoom.us/rec/download/{HIDDEN}",
    f"https://zoom.us/rec/archive/download/{HIDDEN}?a=1",
    f"https://zoom.us/rec/webhook_download/download/{HIDDEN}",
    f"https://zoom.us/rec/play/{HIDDEN}",
    f"https://zoom.us/rec/share/{HIDDEN}",
    f"https://ssrweb.zoom.us/cmr/x.mp4?response=x&Policy={HIDDEN}&Signature={HIDDEN}&Key-Pair-Id={HIDDEN}",
    f"https://s3.example.com/x?X-Amz-Credential={HIDDEN}&X-Amz-Signature={HIDDEN}",
    f"https://app.example.com/back?code={HIDDEN}&state=x",
    f"http://user:{HIDDEN}@proxy.example.com:3128",
    f"redis://:{HIDDEN}@redis.example.com/0",
]


def model_repr(text: str) -> str:
    """Return the repr of a model that has the text in fields known and unknown."""
    return repr(Meeting.from_dict({"topic": text, "more": {"deep": [text]}}))


def api_error(text: str) -> str:
    """Return an error that quotes the text, as a traceback shows it."""
    body = {"code": 300, "message": text, "errors": [{"field": "topic", "message": text}]}
    transport = httpx.MockTransport(lambda _: httpx.Response(400, json=body))
    with Zoom("a token", transport=transport) as zoom, pytest.raises(errors.APIError) as raised:
        zoom.call("GET", "/users/me")
    return f"{raised.value} {raised.value!r} {raised.value.errors}"


def connection_error(text: str) -> str:
    """Return the error of a connection that failed with the text."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ProxyError(text, request=request)

    zoom = Zoom("a token", transport=httpx.MockTransport(fail), retry=Retry(attempts=1))
    with zoom, pytest.raises(errors.ConnectionFailed) as raised:
        zoom.call("DELETE", "/users/me")
    return str(raised.value)


def dead_letter(text: str) -> str:
    """Return what is kept of a handler's error."""
    return describe(OSError(text))


def mock_message(text: str) -> str:
    """Return how the mock quotes a value that it refuses."""
    return describe_value(text, "body.topic")


def library_log(name: str) -> Callable[[str], str]:
    """Return what writes to a logger of the HTTP libraries, and reads what was logged."""

    def log(text: str) -> str:
        library_logs.hide_secrets()
        lines: list[str] = []
        handler = logging.Handler()
        handler.emit = lambda entry: lines.append(entry.getMessage())  # type: ignore[method-assign]
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        try:
            logger.error("HTTP Request: %s", text)
        finally:
            logger.removeHandler(handler)
        return lines[0]

    return log


EXITS: dict[str, Callable[[str], str]] = {
    "text": redact_text,
    "repr": model_repr,
    "api error": api_error,
    "connection error": connection_error,
    "dead letter": dead_letter,
    "mock": mock_message,
    **{
        name: library_log(name)
        for name in ("httpx", "httpx2", "httpcore.http11", "httpcore2.http11", "httpcore.proxy", "httpcore2.http2")
    },
}


@pytest.mark.parametrize("show", EXITS.values(), ids=EXITS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_exit_masks_every_secret(show: Callable[[str], str], text: str) -> None:
    """What one place masks, all places mask: there is one list."""
    assert HIDDEN not in show(text)


@pytest.mark.parametrize(
    "text",
    [
        "GET /oauth/token: Zoom could not be reached (ConnectError: no)",
        "https://api.zoom.us/v2/users?next_page_token=abc&page_size=30",
        "Invalid access token, does not contain scopes:[meeting:read:meeting]",
        "Basic authentication is off, and so is bearer authentication",
        '{"password": null, "recording_password": true, "passcode": ""}',
        "shipping: x, mapping=y, user@example.com, https://zoom.us/j/93847566001",
        "meeting.password_requirement",
    ],
)
def test_what_is_not_a_secret_stays(text: str) -> None:
    """A message with holes in it helps nobody."""
    assert redact_text(text) == text


@pytest.mark.parametrize("text", TEXTS)
def test_masking_twice_changes_nothing(text: str) -> None:
    """A text may pass several exits on its way: an error that is logged, for example."""
    assert redact_text(redact_text(text)) == redact_text(text)


def test_a_long_text_is_masked_in_linear_time() -> None:
    """A megabyte of what looks like the beginning of a secret must not stop a worker."""
    for word in ("token", "x", "-pwd=", "://", "/rec/", "cookie", "'"):
        assert len(redact_text(word * 20_000)) <= 20_000 * len(word) + 20_000


@pytest.mark.parametrize("name", ["host_key", "hostKey", "zak", "pwd", "leader_pin", "Set-Cookie", "AUTHORIZATION"])
def test_names_of_secrets_are_known_in_every_spelling(name: str) -> None:
    """Zoom writes names in three ways, and headers in a fourth."""
    assert is_secret(name)


@pytest.mark.parametrize("name", ["next_page_token", "nextPageToken", "shipping", "topic", "minimum_password_length"])
def test_names_of_other_fields_are_not_secret(name: str) -> None:
    """A page token opens nothing, and paging cannot be followed without it."""
    assert not is_secret(name)


def test_secrets_that_were_sent_are_masked_wherever_they_are_quoted() -> None:
    """Zoom may quote what it was sent, in words of its own."""
    assert quote_text(f"no {HIDDEN} here", Secret(HIDDEN), None, "") == "no … here"


def test_address_of_a_file_is_shown_without_its_word() -> None:
    """Whoever knows the word can fetch the recording."""
    shown = redact_url(f"https://a:{HIDDEN}@zoom.us/rec/download/{HIDDEN}/{'x' * 30}?access_token={HIDDEN}")
    assert shown == "https://zoom.us/rec/download/…/…"
    assert redact_url(f"https://[::1/{HIDDEN}") == "…"


def test_call_of_the_mock_shows_no_secret() -> None:
    """A failed assertion prints the calls."""
    with mock_zoom() as mock, Zoom("a token") as zoom:
        zoom.meetings.create("me", topic="x", password=HIDDEN[:8])
        assert HIDDEN not in repr(mock.calls)


def test_cassette_holds_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cassettes are committed: numbers are secrets there as texts are."""
    user: dict[str, Any] = {"id": "x", "host_key": 424242, "message": f"https://zoom.us/j/1?pwd={HIDDEN}"}

    def answer(self: object, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=user)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", answer)
    with record(tmp_path / "x.json"), Zoom("a token") as zoom:
        zoom.call("GET", "/users/me")
    kept = (tmp_path / "x.json").read_text()
    assert HIDDEN not in kept
    assert "424242" not in kept
    assert len(str(json.loads(kept)["takes"][0]["answer"]["host_key"])) == 6
