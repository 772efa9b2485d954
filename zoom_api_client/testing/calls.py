"""Calls are the requests of the code under test, read by the contract: path, query and body by their names."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from zoom_api_client.core import codec, decoding, times
from zoom_api_client.core.redaction import redact_text, redact_value
from zoom_api_client.core.suggestions import did_you_mean
from zoom_api_client.core.unset import UNSET
from zoom_api_client.testing import contract, lookup, parsing, validator
from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.exchange import Exchange, IncomingRequest
from zoom_api_client.testing.messages import describe_value


class Call:
    """One request for an operation.

    Attributes:
        operation: the operation of the contract.
        request: the request as it came.
        answer: what it was answered with.
    """

    def __init__(self, exchange: Exchange, operation: Operation) -> None:
        self.operation, self.request, self.answer = operation, exchange.request, exchange.answer

    @cached_property
    def path(self) -> dict[str, Any]:
        """The path parameters by Zoom's names, decoded: `{"meetingId": 85746065432}`."""
        match = contract.find(self.request.method, self.request.host, self.request.path)
        texts = match.path.items() if match else ()
        return parsing.read_parameters(self.operation.parameters("path"), texts, self.operation.document)

    @cached_property
    def query(self) -> dict[str, Any]:
        """The query by Zoom's names, each value of its type."""
        return validator.parameters_of(self.operation, self.request.query)

    @cached_property
    def json(self) -> Any:
        """The body as JSON; None without one. The parts of a multipart body are its fields, a file is its name."""
        return content(self.request, self.operation)

    @cached_property
    def body(self) -> Any:
        """The body as the model of the operation: `call.body.start_time` is a datetime. None without one."""
        if self.json is None:
            return None
        called = lookup.library_operation(self.operation)
        hint = importlib.import_module(called.module).request.__annotations__.get("body")
        return decoding.decoder(decoding.resolve(hint, called.models))(self.json)

    def differences(self, expected: Mapping[str, Any]) -> Iterator[str]:
        """Say how the request differs from what was expected of its fields, in the body, the query or the path."""
        for name, value in expected.items():
            wire_name, sent = self._find(name)
            wanted = _plain(value)
            is_meant = isinstance(value, datetime) and self._local(value) == sent  # as the library sends it
            if wanted != sent and str(wanted) != str(sent) and not is_meant:  # an id may be a number or text
                yield f"{name} {_describe(sent, wire_name)}, not {_describe(wanted, wire_name).removeprefix('was ')}"

    def _local(self, moment: datetime) -> str | None:
        """Return an aware time as it stands beside the time zone that was sent."""
        zone = self.json.get("timezone") if isinstance(self.json, dict) else None
        local = times.local_to(zone, moment) if zone and moment.tzinfo else None
        return codec.time_text(local) if local else None

    def _find(self, name: str) -> tuple[str, Any]:
        fields = self.json if isinstance(self.json, dict) else {}
        places = (fields, self.query, self.path)
        for values in places:
            for each, value in values.items():
                if name in (each, _snake_case(each)):
                    return each, value
        return name, UNSET

    def __repr__(self) -> str:
        body = f" {redact_value('body', self.json)!r}" if self.json is not None else ""
        target = self.request.path + (f"?{self.request.url.partition('?')[2]}" if self.request.query else "")
        return f"{self.request.method} {redact_text(target)}{body}"


def check_names(operations: Sequence[Operation], expected: Mapping[str, Any]) -> None:
    """Raise `AssertionError` if a test expects what no operation has: it could never be true."""
    known = {spelled for each in operations for name in _names(each) for spelled in (name, _snake_case(name))}
    for name in expected:
        if name not in known:
            hint = did_you_mean(name, sorted(known))
            raise AssertionError(f"{' and '.join(map(str, operations))} has no {name!r}{hint}")


def _names(operation: Operation) -> Iterator[str]:
    yield from (each["name"] for place in ("path", "query") for each in operation.parameters(place))
    for schema in operation.body.values():
        resolved = operation.document.resolve(schema)
        for part in (resolved, *map(operation.document.resolve, resolved.get("anyOf", ()))):
            yield from part.get("properties", ())


def _snake_case(name: str) -> str:
    """Return a name as Python spells it: `userId` is user_id, `from` is from_."""
    snake = re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
    return f"{snake}_" if snake in ("from", "in", "class", "global", "import") else snake


def content(request: IncomingRequest, operation: Operation) -> Any:
    """Return a body as JSON; None without one. The parts of a multipart body are its fields, a file is its name."""
    if not request.body:
        return None
    content_type = request.header("content-type")
    if "json" in content_type:
        return json.loads(request.body)
    for media_type, schema in operation.body.items():
        parts = parsing.read_multipart(content_type, request.body) if media_type in content_type else None
        if parts:
            return parsing.read_parts(schema, parts, operation.document)
    return None


def _describe(value: Any, field: str) -> str:
    return "was not given" if value is UNSET else f"was {describe_value(value, field)}"


def _plain(value: Any) -> Any:
    return value if value is UNSET or isinstance(value, bytes) else codec.plain(value)
