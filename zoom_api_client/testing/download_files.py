"""The files behind the `download_url`s of answers: each as long as the `file_size` beside it says.

A token that begins with `expired`, or none, gets what Zoom sends then: a page of HTML with status 200.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import attrs

from zoom_api_client.testing.contract import Document, Operation
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.transport import hosts

FILE = Operation(
    "downloads",
    "GET",
    "/rec/download/{file}",
    Document("zoom:/downloads", {}),
    {"operationId": "file", "parameters": [], "responses": {"200": {}, "404": {}}, "x-zoom": {}},
)
"""The file as an operation, for what lists calls and lets them fail."""

_HERE = b"https://zoom.us/rec/download/"
_PATH = re.compile(r"/rec/download/([0-9a-f]{12}([0-9a-f]{6}))")
_LINK = re.compile(r"/rec/download/([0-9a-f]{18}|[A-Za-z0-9_-]{40,})")  # the longer ones are a simulator's
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{0,18})")
_ACCEPTED = re.compile(r"(?i)bearer +(?!expired).+")
_TEXT = b"A recording that nobody made. "
SIGN_IN = OutgoingAnswer(
    200, {"Content-Type": "text/html; charset=utf-8"}, b"<!DOCTYPE html>\n<title>Sign in</title>\n"
)
"""What Zoom sends to those who may not have a file."""


def asks(request: IncomingRequest) -> bool:
    """Return whether a request is for a file."""
    return request.method == "GET" and _LINK.fullmatch(request.path) is not None


def answer(request: IncomingRequest) -> OutgoingAnswer | None:
    """Return a file or the rest of one, None to what asks for none."""
    found = _PATH.fullmatch(request.path)
    if not found or request.method != "GET":
        return None
    if not is_signed_in(request):
        return SIGN_IN
    return part(request, make(int(found[2], 16)), f'"{found[1]}"')


def is_signed_in(request: IncomingRequest) -> bool:
    """Return whether a request has a token that says nothing of being expired."""
    return _ACCEPTED.fullmatch(request.header("authorization")) is not None


def make(size: int) -> bytes:
    """Return a file of `size` bytes."""
    return (_TEXT * (size // len(_TEXT) + 1))[:size]


def part(request: IncomingRequest, content: bytes, tag: str, media_type: str = "video/mp4") -> OutgoingAnswer:
    """Return a file, or the range of it that is asked for, if it is still the one of that tag."""
    headers = {"Content-Type": media_type, "ETag": tag, "Accept-Ranges": "bytes"}
    asked = _RANGE.fullmatch(request.header("range"))
    if not asked or request.header("if-range") not in ("", tag):
        return OutgoingAnswer(200, headers, content)
    start, size = int(asked[1]), len(content)
    end = min(int(asked[2] or size), size - 1)
    if start > end:
        return OutgoingAnswer(416, {**headers, "Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return OutgoingAnswer(206, headers, content[start : end + 1])


def serve_at(request: IncomingRequest, answer: OutgoingAnswer) -> OutgoingAnswer:
    """Return an answer whose files are where it was asked for, if that is a stand-in for Zoom."""
    if hosts.is_zoom_host(request.host) or _HERE not in answer.body:
        return answer
    here = f"{urlsplit(request.url).scheme}://{request.host}/rec/download/"
    return attrs.evolve(answer, body=answer.body.replace(_HERE, here.encode()))
