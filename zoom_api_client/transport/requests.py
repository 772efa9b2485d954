"""Turns a request into what goes over the wire: its URL, its headers, its query and its body. Nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

from zoom_api_client import errors
from zoom_api_client.core import checks, codec
from zoom_api_client.core.model import Model
from zoom_api_client.core.operation import Operation, Request
from zoom_api_client.core.redaction import redact_text
from zoom_api_client.core.unset import UNSET, File
from zoom_api_client.transport.hosts import is_zoom

_UNSENDABLE = re.compile(r"[#\x00-\x1f\x7f\ud800-\udfff]")
_HEADER_NAME = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)
_HEADER_VALUE = re.compile(r"(?:[!-~](?:[\t -~]*[!-~])?)?")
_FRAMING = frozenset(
    {"connection", "content-length", "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}
)
Part = tuple[str, tuple[str | None, Any, str | None]]
Target = Operation[Any] | tuple[str, str]
"""The target of a request: an operation, or a method and a path below the base URL, without the query."""


def operation_of(target: Target) -> Operation[Any] | None:
    """Return the operation that a request is for, if it is known."""
    return target if isinstance(target, Operation) else None


def describe_target(target: Target) -> str:
    """Describe what a request is for, in messages and logs."""
    return str(target) if isinstance(target, Operation) else redact_text(" ".join(target))


def address(request: Request[Any], base_url: str) -> str:
    """Return the URL of a request. Uploads go to Zoom's upload hosts, or to the stand-in that the client talks to."""
    server = request.operation.server
    if not server:
        return base_url + request.path
    if not is_zoom(server):
        raise errors.AddressRefused(
            f"{request.operation} is at {server}, which is not Zoom's: the token is not sent there"
        )
    if urlsplit(server).path.rstrip("/") != "/v2":  # SCIM lies beside /v2
        return base_url.removesuffix("/v2") + request.path
    return (server if is_zoom(base_url) else base_url) + request.path


def check_method(method: object) -> None:
    """Raise `ValueError` for what is not a method: text of a caller's own would be another line of the request."""
    if not (isinstance(method, str) and method.isascii() and method.isalpha()):
        raise ValueError(f"the method is {method!r}: give GET, POST, PATCH, PUT or DELETE")


def check_path(path: str) -> None:
    """Raise `AddressRefused` for a path that leads to another host, above the base URL, or to another operation.

    Some servers decode a path again, and some take a backslash for a slash: it is refused as any of them would see it.
    What stands behind a `#` is never sent.
    """
    place = path.partition("?")[0]
    if not path.startswith("/"):
        raise errors.AddressRefused(f"the path {place!r} must begin with a slash: a token goes to no other address")
    plain, decoded = "", place.partition("#")[0]
    while plain != decoded:
        plain, decoded = decoded, unquote(decoded)
    if "\\" in plain or not {".", ".."}.isdisjoint(plain.split("/")):
        raise errors.AddressRefused(
            f"the path {place!r} leads out of the account, or above the base URL: "
            "spell it without `.`, `..` and backslashes"
        )
    if _UNSENDABLE.search(path):
        raise errors.AddressRefused(
            f"the path {place!r} has a `#` or a character that no address has: "
            'percent-encode what is put into it, urllib.parse.quote(name, safe="")'
        )


def header_fields(given: Mapping[Any, Any]) -> dict[str, str]:
    """Return headers of a caller's, their names in lower case.

    Raises `ValueError` for what no header can carry, and for those by which HTTP tells where a request ends and the
    next begins: the HTTP library sets them, and a server that reads others would take a part of one for another.
    """
    fields = {}
    for name, text in given.items():
        if not (isinstance(name, str) and isinstance(text, str)):
            raise TypeError(f"the header {name!r} is a {type(text).__name__}: give names and values as text")
        if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(text):
            raise ValueError(f"the header {name!r} has characters that no header can carry: give one line of ASCII")
        if name.lower() in _FRAMING:
            raise ValueError(f"the header {name!r} is set by the HTTP library: leave it out")
        fields[name.lower()] = text
    return fields


def check_call(*, files: Any, **mappings: object) -> None:
    """Raise `TypeError` for arguments of `call()` that are not mappings, and for a path given as a file."""
    for name, given in {**mappings, "files": files}.items():
        checks.check_mapping(name, given or {})
    for name, value in (files or {}).items():
        for each in value if isinstance(value, list | tuple) else [value]:
            if not (isinstance(each, File | bytes) or hasattr(each, "read") or _holds_files(each)):
                raise TypeError(
                    f"the file {name!r} must be File.at(path), File(content, name), bytes or an open file, not "
                    f"{type(each).__name__}; what is not a file goes into data"
                )


def check_request(request: object) -> None:
    """Raise `TypeError` for what is not the request of an operation."""
    if not isinstance(request, Request):
        raise TypeError(f"give a request, as `.request(…)` of an operation returns it, not {type(request).__name__}")


def accept_header(operation: Operation[Any]) -> str:
    """Return what a request says it understands: SCIM has a media type of its own, a file may be of any."""
    if "bytes" in operation.results.values():
        return "*/*"
    return "application/scim+json, application/json" if operation.path.startswith("/scim2/") else "application/json"


def multipart(body: Any) -> list[Part]:
    """Return the parts of a multipart body: files as they are, values as text, objects as JSON."""
    return list(_parts("", body))


def _parts(prefix: str, body: Any) -> Iterator[Part]:
    fields: Mapping[str, Any] = body.__dict__ if isinstance(body, Model) else body
    for name, value in fields.items():
        several = isinstance(value, list | tuple)
        for index, each in enumerate(value if several else [] if value is UNSET or value is None else [value]):
            place = f"{prefix}{name}"
            if _holds_files(each):  # JSON cannot carry a file: its object is sent field by field, `items[0].file`
                yield from _parts(f"{place}[{index}]." if several else f"{place}.", each)
            else:
                yield place, _part(name, each)


def _holds_files(value: Any) -> bool:
    if isinstance(value, Model | Mapping):
        fields = value.__dict__ if isinstance(value, Model) else value
        return any(isinstance(each, File | bytes) or _holds_files(each) for each in fields.values())
    return isinstance(value, list | tuple) and any(
        isinstance(each, File | bytes) or _holds_files(each) for each in value
    )


def _part(name: str, value: Any) -> tuple[str | None, Any, str | None]:
    if isinstance(value, File):
        return value.name, _make_repeatable(value.content), value.media_type
    if isinstance(value, bytes) or hasattr(value, "read"):
        return name, _make_repeatable(value), "application/octet-stream"
    plain = codec.plain(value)
    if isinstance(plain, dict | list):
        return None, codec.dumps(plain), "application/json"
    text = str(plain).lower() if isinstance(plain, bool) else str(plain)
    return None, text.encode(), None


def _make_repeatable(content: Any) -> Any:
    """Return content that can be sent again, with a new token for example: what can be read but once is read now."""
    if isinstance(content, bytes) or (hasattr(content, "seekable") and content.seekable()):
        return content
    return content.read()


def query_text(given: Any) -> Any:
    """Return the values of a caller's own query as Zoom spells them: `true`, times in UTC."""
    if isinstance(given, Mapping):
        return [(name, text) for name, each in given.items() for text in _texts(each)]
    return given


def _texts(given: Any) -> Iterator[str]:
    if given is None or given is UNSET:
        return
    if isinstance(given, list | tuple | set | frozenset):
        for each in given:
            yield from _texts(each)
    elif isinstance(given, bool):
        yield str(given).lower()
    elif isinstance(given, str | int | float | date):
        yield str(codec.plain(given))
    else:
        raise TypeError(
            f"a value of the query must be text, a number, a date or a list of those, not {type(given).__name__}"
        )
