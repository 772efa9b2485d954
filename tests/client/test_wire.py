"""Addresses, multipart bodies and redirects: what goes over the wire, without sending it."""

import io
from datetime import UTC, datetime
from enum import IntEnum
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from hypothesis import example, given, strategies as st

from tests.client.reading import read
from tests.client.shapes import Room, plan
from zoom_api_client import UNSET, File
from zoom_api_client.api.clips import download_clip, upload_clip_file
from zoom_api_client.api.meetings import get_meeting
from zoom_api_client.api.scim2 import get_user
from zoom_api_client.api.team_chat import send_chat_file
from zoom_api_client.core.operations import operations
from zoom_api_client.models.clips import UploadClipFileBody
from zoom_api_client.models.team_chat import SendChatFileBody
from zoom_api_client.transport import hosts, http, redirects, requests, responses
from zoom_api_client.transport.call_options import CallOptions

ADDRESSES = r"(https?|HTTPS)://(a@)?[A-Za-z0-9.]{1,8}(:[0-9]{1,4})?(/[A-Za-z0-9_.~%é -]{0,6}){0,4}(\?[ab=%/]{0,5})?"
PARTS = ("raw_scheme", "userinfo", "raw_host", "netloc", "port", "raw_path", "path", "query", "fragment")
ZOOM, REGION, STAND_IN = "https://api.zoom.us/v2", "https://api-eu.zoom.us/v2", "http://127.0.0.1:8080/v2"
CLIP = upload_clip_file.request(body=UploadClipFileBody(file=File(b"")))
CHAT = send_chat_file.request("me", body=SendChatFileBody(files=[File(b"")]))


@pytest.mark.parametrize(
    ("request_", "base_url", "address"),
    [
        (get_meeting.request(1), ZOOM, "https://api.zoom.us/v2/meetings/1"),
        (get_meeting.request(1), REGION, "https://api-eu.zoom.us/v2/meetings/1"),
        (get_meeting.request(1), STAND_IN, "http://127.0.0.1:8080/v2/meetings/1"),
        (CLIP, ZOOM, "https://fileapi.zoom.us/v2/clips/files"),
        (CLIP, REGION, "https://fileapi.zoom.us/v2/clips/files"),
        (CLIP, STAND_IN, "http://127.0.0.1:8080/v2/clips/files"),
        (CHAT, ZOOM, "https://file.zoom.us/v2/chat/users/me/messages/files"),
        (CHAT, STAND_IN, "http://127.0.0.1:8080/v2/chat/users/me/messages/files"),
        (get_user.request("1"), ZOOM, "https://api.zoom.us/scim2/Users/1"),
        (get_user.request("1"), REGION, "https://api-eu.zoom.us/scim2/Users/1"),
        (get_user.request("1"), STAND_IN, "http://127.0.0.1:8080/scim2/Users/1"),
        (get_user.request("1"), "http://127.0.0.1:8080", "http://127.0.0.1:8080/scim2/Users/1"),
    ],
)
def test_request_goes_to_the_host_that_serves_it(request_: Any, base_url: str, address: str) -> None:
    """Uploads have hosts of their own, SCIM lies beside /v2, and a stand-in for Zoom is all hosts in one."""
    assert requests.address(request_, base_url) == address


@given(st.from_regex(ADDRESSES, fullmatch=True))
@example("https://api.zoom.us/v2/meetings/85746065432")
@example("https://api.zoom.us/v2/Users/~a_B-c/")
@example("https://api.zoom.us/v2//a/../b/.")
@example("https://api.zoom.us/" + "a" * 70_000)
@example("https://999.0.0.1/a")
def test_address_is_parsed_as_httpx_does(url: str) -> None:
    """Most are parsed in part, for speed: what is sent, shown and compared must be the same."""
    parsed: list[Any] = []
    for parse in (http.parse_url, httpx.URL):
        try:
            parsed.append(parse(url))
        except httpx.InvalidURL as failure:
            parsed.append(str(failure))
    ours, its = parsed
    assert ours == its
    assert repr(ours) == repr(its)
    if isinstance(its, httpx.URL):
        assert [getattr(ours, part) for part in PARTS] == [getattr(its, part) for part in PARTS]


def test_address_is_parsed_by_an_httpx_that_keeps_it_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its parts are no public names of httpx's: without them all is parsed."""
    monkeypatch.setattr(httpx, "URL", lambda url: SimpleNamespace(url=url))
    assert http.parse_url("https://other.zoom.us/v2/meetings/1") == SimpleNamespace(
        url="https://other.zoom.us/v2/meetings/1"
    )


@pytest.mark.parametrize(
    ("request_", "accepted"),
    [
        (get_meeting.request(1), "application/json"),
        (get_user.request("1"), "application/scim+json, application/json"),
        (download_clip.request("1"), "*/*"),
    ],
)
def test_header_of_what_is_understood_is_the_operations_own(request_: Any, accepted: str) -> None:
    """Also where a caller's own headers say something else of all that the client sends."""
    options = CallOptions.of(30.0).change(UNSET, {"accept": "text/html"}, None)
    assert http.build_operation_request(request_, ZOOM, options).headers["accept"] == accepted


def test_no_operation_is_sent_to_a_host_that_is_not_zooms() -> None:
    """The token goes to these hosts."""
    servers = {each.server for each in operations()} - {""}
    assert servers == {"https://api.zoom.us", "https://fileapi.zoom.us/v2", "https://file.zoom.us/v2"}
    assert all(hosts.is_zoom(server) for server in servers)


@pytest.mark.parametrize(
    ("url", "zooms"),
    [
        ("https://api.zoom.us/v2", True),
        ("https://zoom.us/oauth", True),
        ("https://US02WEB.ZOOM.US/x", True),
        ("https://file.zoom.us:443/x", True),
        ("http://api.zoom.us/v2", False),
        ("https://evilzoom.us/", False),
        ("https://zoom.us.evil.example/", False),
        ("https://zoom.us@evil.example/", False),
        ("https://evil.example/?https://api.zoom.us", False),
        ("https://evil.example/#.zoom.us", False),
        ("//api.zoom.us/v2", False),
        ("", False),
    ],
)
def test_only_zooms_own_hosts_over_https_are_zooms(url: str, zooms: bool) -> None:
    """Each address that looks like Zoom's and is not would be given a token."""
    assert hosts.is_zoom(url) is zooms


@pytest.mark.parametrize(
    ("operation", "accepted"),
    [
        ("meetings.get_meeting", "application/json"),
        ("scim2.get_user", "application/scim+json, application/json"),
        ("phone.download_phone_recording", "*/*"),
    ],
)
def test_request_says_what_it_understands(operation: str, accepted: str) -> None:
    """SCIM servers insist on their media type, and no recording is JSON."""
    assert requests.accept_header(next(each for each in operations() if str(each) == operation)) == accepted


class Size(IntEnum):
    """A number by name."""

    BIG = 3


@pytest.mark.parametrize(
    ("field", "value", "content", "media_type"),
    [
        ("topic", "Ausflug ü", "Ausflug ü".encode(), None),
        ("seats", 5, b"5", None),
        ("share", 0.5, b"0.5", None),
        ("open", True, b"true", None),
        ("kind", Size.BIG, b"3", None),
        ("start_time", datetime(2026, 3, 1, tzinfo=UTC), b"2026-03-01T00:00:00Z", None),
        ("from", "2026-03-01T00:00:00Z", b"2026-03-01T00:00:00Z", None),
        ("room", Room(id=1), b'{"id":1}', "application/json"),
        ("settings", {"at": datetime(2026, 3, 1)}, b'{"at":"2026-03-01T00:00:00"}', "application/json"),
    ],
)
def test_multipart_sends_values_as_text_and_objects_as_json(
    field: str, value: Any, content: bytes, media_type: str | None
) -> None:
    """`True` and `{'id': 1}` are Python's spellings; Zoom reads JSON's. Neither is a file: it has no name."""
    body = plan(**{"from_" if field == "from" else field: value, "day": UNSET})
    assert dict(requests.multipart(body))[field] == (None, content, media_type)
    assert len(requests.multipart(body)) == (1 if field == "topic" else 2)


def test_list_in_a_multipart_repeats_its_part() -> None:
    """There are no arrays in forms: each value is a part of the same name, in order."""
    parts = requests.multipart(plan(tags=["a", "b"], rooms=[Room(id=1), {"id": 2}], photos=[]))[1:]
    assert [(name, content) for name, (_, content, _) in parts] == [
        ("rooms", b'{"id":1}'),
        ("rooms", b'{"id":2}'),
        ("tags", b"a"),
        ("tags", b"b"),
    ]


def test_multipart_sends_files_with_name_and_type() -> None:
    """Zoom tells by the file's name and type what it is."""
    opened = io.BytesIO(b"open")
    body = plan(map=File(b"png", "map.png", "image/png"), photos=[File(opened, "a.jpg"), b"raw"])
    assert requests.multipart(body)[1:] == [
        ("map", ("map.png", b"png", "image/png")),
        ("photos", ("a.jpg", opened, "application/octet-stream")),
        ("photos", ("photos", b"raw", "application/octet-stream")),
    ]


def test_object_with_a_file_in_it_is_sent_field_by_field() -> None:
    """JSON cannot carry a file: as JSON it would be lost, or end in an error."""
    body = plan(settings={"items": [{"file": File(b"1", "1.txt"), "note": "x"}], "plain": {"a": 1}})
    names = [(name, part[1]) for name, part in requests.multipart(body)]
    assert ("settings.items[0].file", b"1") in names
    assert ("settings.items[0].note", b"x") in names
    assert ("settings.plain", b'{"a":1}') in names


def test_multipart_of_a_dict_is_that_of_the_model() -> None:
    """Bodies can be dicts too."""
    assert requests.multipart({"id": 1, "name": "Attic"}) == requests.multipart(Room(id=1, name="Attic"))


def test_null_in_a_multipart_is_not_the_word_none() -> None:
    """A note that is null must not be stored as `None`."""
    assert b"None" not in [part[1] for _, part in requests.multipart(plan(note=None))]


def answer(status: int = 302, **headers: str) -> responses.Response:
    """Return an answer with these headers."""
    return responses.Response(status, headers, b"")


@pytest.mark.parametrize(
    ("request_url", "location", "kept"),
    [
        (ZOOM, "https://file.zoom.us/v2/x", True),
        (ZOOM, "https://us02web.zoom.us/x", True),
        (ZOOM, "https://api.zoom.us/v2/elsewhere", True),
        (ZOOM, "/v2/elsewhere", True),
        (ZOOM, "elsewhere?a=1", True),
        (ZOOM, "//file.zoom.us/v2/x", True),
        (ZOOM, "//evil.example/x", False),
        (ZOOM, "http://file.zoom.us/v2/x", False),
        (ZOOM, "https://bucket.s3.amazonaws.com/x", False),
        (ZOOM, "https://zoom.us.evil.example/x", False),
        (STAND_IN, "http://127.0.0.1:8080/v2/x", True),
        (STAND_IN, "/v2/x", True),
        (STAND_IN, "http://127.0.0.1:9090/v2/x", False),
        (STAND_IN, "https://127.0.0.1:8080/v2/x", False),
        (STAND_IN, "http://127.0.0.1:8080.evil.example/x", False),
    ],
)
def test_credentials_go_along_within_zoom_or_one_origin_only(request_url: str, location: str, kept: bool) -> None:
    """Zoom's upload hosts send on to each other and want the token; whoever else gets it can act as the user."""
    onwards = redirects.find_target(request_url, answer(location=location), "GET", keeps_authorization=False)
    assert onwards is not None
    assert (urljoin(request_url, onwards[0]), onwards[1]) == (urljoin(request_url, location), kept)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_upload_is_sent_on_and_other_writes_are_not(status: int) -> None:
    """A write that is repeated elsewhere by accident writes twice; uploads must be sent on: Zoom says so."""
    there = answer(status, location="https://file.zoom.us/x")
    assert redirects.find_target(ZOOM, there, "POST", keeps_authorization=True) == ("https://file.zoom.us/x", True)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert redirects.find_target(ZOOM, there, method, keeps_authorization=False) is None


@pytest.mark.parametrize(
    "given", [answer(200, location="https://zoom.us/x"), answer(304, location="https://zoom.us/x"), answer(302)]
)
def test_what_sends_nowhere_is_not_a_redirect(given: responses.Response) -> None:
    """A 201 has a Location too: that of what was created."""
    assert redirects.find_target(ZOOM, given, "GET", keeps_authorization=False) is None


@pytest.mark.parametrize("content_type", ["image/png", "application/octet-stream", "audio/mpeg", "application/zip"])
def test_file_is_not_taken_for_text(content_type: str) -> None:
    """`json.loads` of a recording, or its decoding as UTF-8, would destroy it."""
    content = bytes(range(256))
    assert read(responses.Response(200, {"content-type": content_type}, content)) == content


def test_download_of_a_json_file_is_given_as_it_is() -> None:
    """An operation that answers with a file answers with bytes, whatever its media type."""
    download = next(each for each in operations() if str(each) == "phone.download_phone_recording")
    for content_type in ("application/json", "text/plain; charset=utf-8"):
        assert read(responses.Response(200, {"content-type": content_type}, b'{"a": 1}'), download) == b'{"a": 1}'


@pytest.mark.parametrize(
    ("headers", "content", "value"),
    [
        ({"content-type": "application/json; charset=utf-8"}, b'{"id": 73786976294838206464}', {"id": 2**66}),
        ({"content-type": "application/scim+json"}, b'{"id": "1"}', {"id": "1"}),
        ({}, b"[1]", [1]),
        ({"content-type": "application/json"}, b"", None),
        ({"content-type": "text/plain"}, b"plain", "plain"),
        ({"content-type": "text/vtt; charset=utf-8"}, b"WEBVTT \xff", "WEBVTT \ufffd"),
    ],
)
def test_answer_is_decoded_by_what_it_says_it_is(headers: dict[str, str], content: bytes, value: Any) -> None:
    """Files and texts are given as they are; an empty body is None."""
    found = read(responses.Response(200, headers, content))
    assert found == value
    assert str(found) == str(value)  # 2.0**66 is equal to 2**66
