from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from zoom_api_client.testing import EmbeddedZoom

TOKEN = {"Authorization": "Bearer a token"}


@pytest.fixture
def file() -> Iterator[dict[str, Any]]:
    """A recording file that an embedded Zoom has."""
    with EmbeddedZoom() as zoom:
        answer = httpx.get(f"{zoom.base_url}/meetings/85746065432/recordings", headers=TOKEN)
        yield answer.json()["recording_files"][0]
        assert zoom.violations == []


def test_file_is_where_the_answer_says_and_as_long(file: dict[str, Any]) -> None:
    """A link to the real Zoom would send the token of a test there."""
    answer = httpx.get(file["download_url"], headers=TOKEN)
    assert file["download_url"].startswith("http://127.0.0.1:")
    assert (answer.status_code, len(answer.content)) == (200, file["file_size"])


def test_rest_of_a_file_is_the_rest_of_that_file(file: dict[str, Any]) -> None:
    """Who goes on with a download must get the bytes that are missing, and no others."""
    whole = httpx.get(file["download_url"], headers=TOKEN)
    asked = {"Range": "bytes=1000-", "If-Range": whole.headers["etag"]}
    rest = httpx.get(file["download_url"], headers=TOKEN | asked)
    assert (rest.status_code, rest.content) == (206, whole.content[1000:])
    assert rest.headers["content-range"] == f"bytes 1000-{file['file_size'] - 1}/{file['file_size']}"


def test_rest_of_another_version_is_refused(file: dict[str, Any]) -> None:
    """Halves of two files make no file."""
    answer = httpx.get(file["download_url"], headers=TOKEN | {"Range": "bytes=1000-", "If-Range": '"another"'})
    assert (answer.status_code, len(answer.content)) == (200, file["file_size"])


def test_nothing_follows_the_end(file: dict[str, Any]) -> None:
    """A whole file that is asked for again is answered 416, with its length."""
    answer = httpx.get(file["download_url"], headers=TOKEN | {"Range": f"bytes={file['file_size']}-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{file['file_size']}")


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer expired-since-monday"}], ids=["none", "expired"])
def test_bad_token_gets_a_page_and_status_200(file: dict[str, Any], headers: dict[str, str]) -> None:
    """Zoom refuses this way: who looks at the status alone saves a page of HTML as the recording."""
    answer = httpx.get(file["download_url"], headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.content.startswith(b"<!DOCTYPE html>")
