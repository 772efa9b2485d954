"""What answers mean, case by case: bytes of two versions never become one file, nor is half of one taken for all."""

import attrs
import pytest

from zoom_api_client.downloads.request import Wanted
from zoom_api_client.downloads.response import Body, DownloadRefused, FileChanged, Stale, judge

BEGUN = Wanted(length=40, total=100, validator='"1"')


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"content-range": "bytes 40-99/100", "etag": '"1"'}, Body(40, 100, '"1"')),
        ({"content-range": "bytes 40-59/100", "etag": '"1"'}, Body(40, 100, '"1"')),
        ({"content-range": "bytes 40-99/*", "etag": '"1"'}, Body(40, 100, '"1"')),
    ],
)
def test_rest_is_taken_where_it_is_the_rest(headers: dict[str, str], body: Body) -> None:
    """A server may send less than it was asked for."""
    assert judge(BEGUN, 206, headers) == body


@pytest.mark.parametrize(
    "headers",
    [
        {"content-range": "bytes 40-99/100", "etag": '"2"'},
        {"content-range": "bytes 40-99/100"},
        {"content-range": "bytes 40-99/101", "etag": '"1"'},
        {"content-range": "bytes 39-99/100", "etag": '"1"'},
        {"content-range": "bytes 0-99/100", "etag": '"1"'},
        {"content-range": "items 40-99/100", "etag": '"1"'},
        {"content-type": "multipart/byteranges; boundary=x", "etag": '"1"'},
    ],
)
def test_rest_of_something_else_is_not_taken(headers: dict[str, str]) -> None:
    """Another version or one that is not said, another length, another range, or several."""
    with pytest.raises(FileChanged):
        judge(BEGUN, 206, headers)


def test_time_of_a_version_need_not_be_said_again() -> None:
    """A part may leave it out where it was asked for with `If-Range`, other than an `ETag` (RFC 9110, 15.3.7)."""
    begun = attrs.evolve(BEGUN, validator="Wed, 04 Mar 2026 12:00:00 GMT")
    assert judge(begun, 206, {"content-range": "bytes 40-99/100"}) == Body(40, 100, begun.validator)
    with pytest.raises(FileChanged):
        judge(begun, 206, {"content-range": "bytes 40-99/100", "etag": '"2"'})


@pytest.mark.parametrize(
    ("headers", "is_whole"),
    [
        ({"content-range": "bytes */40"}, True),
        ({"content-range": "bytes */40", "etag": '"1"'}, True),
        ({}, True),
        ({"content-range": "bytes */40", "etag": '"2"'}, False),
        ({"content-range": "bytes */39"}, False),
        ({"content-range": "bytes */41"}, False),
    ],
)
def test_nothing_more_is_the_end_only_of_a_whole_file(headers: dict[str, str], is_whole: bool) -> None:
    """416 says that there is nothing behind these bytes, not that they are the file."""
    whole = attrs.evolve(BEGUN, total=40)
    if is_whole:
        assert judge(whole, 416, headers) is None
        assert judge(attrs.evolve(whole, size=40), 416, headers) is None
        with pytest.raises(FileChanged):
            judge(attrs.evolve(whole, size=41), 416, headers)
    else:
        with pytest.raises(FileChanged):
            judge(whole, 416, headers)
    with pytest.raises(FileChanged):  # of a longer file, whose end did not come
        judge(attrs.evolve(whole, total=100), 416, headers)
    with pytest.raises(DownloadRefused):
        judge(Wanted(), 416, headers)


@pytest.mark.parametrize("length", ["99", "101"])
def test_length_is_held_against_the_size_of_the_recording(length: str) -> None:
    """It is known before the first byte comes."""
    wanted = attrs.evolve(BEGUN, size=100)
    assert judge(wanted, 200, {"content-length": "100", "etag": '"3"'}) == Body(0, 100, '"3"')
    with pytest.raises(Stale):
        judge(wanted, 200, {"content-length": length})


@pytest.mark.parametrize(
    ("headers", "validator"),
    [
        ({"etag": '"1"', "last-modified": "Mon"}, '"1"'),
        ({"etag": 'W/"1"', "last-modified": "Mon"}, "Mon"),
        ({"etag": 'W/"1"'}, ""),
        ({"etag": '"\xe9"', "last-modified": "Mon"}, "Mon"),
        ({"etag": '"\xe9"', "last-modified": "\xe9"}, ""),
        ({"last-modified": "Mon"}, "Mon"),
        ({}, ""),
    ],
)
def test_version_is_what_if_range_takes(headers: dict[str, str], validator: str) -> None:
    """A weak ETag names two files that mean the same, not two that are the same (RFC 9110, 13.1.5).

    One beyond ASCII comes in, and could not be sent back.
    """
    assert judge(Wanted(), 200, {"content-length": "5", **headers}) == Body(0, 5, validator)
    assert Wanted(length=3, validator=validator).headers() == (
        {"range": "bytes=3-", "if-range": validator} if validator else {}
    )
