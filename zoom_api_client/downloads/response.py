"""Judge the answer to a request for a file by its status and headers. Pure: nothing is read or written here."""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from zoom_api_client.downloads.request import Wanted
from zoom_api_client.transport import instead_of_file, responses

Headers = Mapping[str, str]

_STALE = {401, 403, 404, 410}
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_NOTHING = re.compile(r"bytes \*/(\d+)")


class Stale(Exception):
    """The link is not good, or not any more: asking for the meeting again may give a better one."""


class DownloadRefused(Exception):
    """No other attempt would get the file."""


class FileChanged(Exception):
    """The file is not the one that a part has come of: begin from nothing."""


@attrs.frozen
class Body:
    """The bytes that an answer carries: where they begin, how long the whole is, and of which version they are."""

    offset: int
    total: int | None
    validator: str


def judge(wanted: Wanted, status: int, headers: Headers) -> Body | None:
    """Return what an answer brings; None if all has come before.

    Raises `Stale`, `FileChanged` or `DownloadRefused`; an `APIError` if another attempt may get more.
    """
    if status == 429 or status >= 500:
        raise responses.error(responses.Response(status, headers, b""), None)
    if status == 416:
        _check_nothing_more(wanted, headers)
        return None
    if status in _STALE:
        raise Stale(f"Zoom refuses the link with HTTP {status}")
    if status not in (200, 206):
        raise DownloadRefused(f"Zoom answers with HTTP {status}")
    _check_type(wanted, headers)
    body = _rest(wanted, headers) if status == 206 else _whole(headers)
    if wanted.size is not None and body.total not in (None, wanted.size):
        raise Stale(f"the file at the link has {body.total:,} bytes, the recording has {wanted.size:,}")
    total = wanted.size if body.total is None else body.total
    if total is None and "transfer-encoding" not in headers:
        raise DownloadRefused("the answer does not say how long it is: half of it could not be told from the whole")
    return attrs.evolve(body, total=total)


def check_beginning(piece: bytes) -> None:
    """Raise `Stale` if a file begins as a page of HTML does, whatever its type is said to be."""
    if instead_of_file.is_page(piece):
        raise Stale(_not_a_recording("a page of HTML"))


def check_content(content: bytes, extension: str) -> None:
    """Raise `Stale` if a file that has come is a page of HTML, or a refusal of Zoom's, whatever its type is said to be.

    Args:
        content: all of it, or its beginning: more than `LONGEST_REFUSAL` bytes.
        extension: of the file; of one that is JSON less is taken for a refusal.
    """
    check_beginning(content)
    if instead_of_file.is_refusal(content, extension):
        answer = responses.Response(200, {}, content)
        refusal = responses.error(answer, responses.decode(answer))
        raise Stale(f"{_not_a_recording('a refusal')} ({refusal.message})")


def _whole(headers: Headers) -> Body:
    length = headers.get("content-length", "")
    return Body(0, int(length) if length.isdecimal() else None, _validator(headers))


def _rest(wanted: Wanted, headers: Headers) -> Body:
    found = _RANGE.fullmatch(headers.get("content-range", ""))
    if not found or int(found[1]) != wanted.length:
        raise FileChanged(f"Zoom was asked for what follows {wanted.length:,} bytes and sends something else")
    total = None if found[3] == "*" else int(found[3])
    is_other = total is not None and total != wanted.total is not None
    if is_other or not _is_same_version(wanted, headers):
        raise FileChanged("the file has changed")
    return Body(wanted.length, total or wanted.total, wanted.validator)


def _is_same_version(wanted: Wanted, headers: Headers) -> bool:
    """Return whether a part is of the version that was asked for.

    It must say its `ETag`, which a server that ignores `If-Range` may not; it may leave out `Last-Modified`
    (RFC 9110, 15.3.7).
    """
    found = _validator(headers)
    return found == wanted.validator or (not found and not wanted.validator.startswith('"'))


def _check_nothing_more(wanted: Wanted, headers: Headers) -> None:
    found = _NOTHING.fullmatch(headers.get("content-range", ""))
    total = int(found[1]) if found else wanted.total
    known = {wanted.size, wanted.total, total} - {None}
    if not wanted.length:
        raise DownloadRefused("Zoom has no bytes of the file (HTTP 416)")
    if known != {wanted.length} or _validator(headers) not in ("", wanted.validator):
        raise FileChanged("what has come is not a part of the file")


def _validator(headers: Headers) -> str:
    """Return what tells a version from the next: an ETag that is strong, as `If-Range` takes it, or the time."""
    tag, time = headers.get("etag", ""), headers.get("last-modified", "")
    return tag if tag.startswith('"') and can_be_sent(tag) else time if can_be_sent(time) else ""


def can_be_sent(validator: str) -> bool:
    """Tell whether a validator can be sent back: HTTP allows bytes beyond ASCII in an ETag, and clients do not."""
    return validator.isascii() and validator.isprintable()


def _check_type(wanted: Wanted, headers: Headers) -> None:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        raise Stale(_not_a_recording("a page of HTML"))
    if (kind == "application/json" or kind.endswith("+json")) and wanted.extension != "json":
        raise Stale(_not_a_recording("JSON"))
    if headers.get("content-encoding", "identity") != "identity":
        raise DownloadRefused(f"the file comes encoded ({headers['content-encoding']}), which was not asked for")


def _not_a_recording(what: str) -> str:
    return f"Zoom sends {what} instead of the recording: it did not accept the token"
