"""Calls of any operation, with arguments made from its contract, over a transport that answers from the contract."""

import importlib
import json
from types import ModuleType
from typing import Any

import httpx

from generator import casing
from zoom_api_client import AsyncZoom, File, Zoom
from zoom_api_client.core import decoding
from zoom_api_client.core.operation import Operation
from zoom_api_client.testing import contract, examples
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.responder import Responder
from zoom_api_client.testing.sample import sample


class Wire(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport, blocking and asynchronous, that hands requests to a responder and remembers its last answer."""

    def __init__(self, seed: int = 0) -> None:
        self.responder = Responder(seed=seed)
        self.last: OutgoingAnswer

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._answer(request, request.read())

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self._answer(request, await request.aread())

    def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        incoming = IncomingRequest(request.method, str(request.url), dict(request.headers), body)
        self.last = self.responder.answer(incoming)
        return httpx.Response(self.last.status, headers=dict(self.last.headers), content=self.last.body)


def module_of(operation: Operation[Any]) -> ModuleType:
    """Return the module that calls an operation."""
    return importlib.import_module(operation.module)


def call_of(zoom: Zoom | AsyncZoom, operation: Operation[Any]) -> Any:
    """Return what calls an operation: an attribute of `zoom.api`."""
    return getattr(getattr(zoom.api, operation.product), operation.name)


def arguments(operation: Operation[Any], *, seed: int = 0, full: bool = True) -> dict[str, Any]:
    """Return the keyword arguments of a call."""
    declared = contract.operation(operation.product, operation.name)
    given: dict[str, Any] = {}
    taken = {"body"}
    ordered = [each for place in ("path", "query", "header") for each in _in_order(declared, place)]
    for parameter in ordered:
        name = casing.identifier(casing.snake(parameter["name"]) or parameter["name"], taken)
        taken.add(name)
        if full or parameter["required"]:
            schemas = declared.document.schemas
            given[name] = sample(parameter["schema"], seed=seed, name=parameter["name"], schemas=schemas)
    if declared.body and (full or declared.needs_body):
        given["body"] = _body(operation, declared, examples.make_body(declared, seed=seed, full=full))
    return given


def _in_order(declared: contract.Operation, place: str) -> list[dict[str, Any]]:
    parameters = declared.parameters(place)
    return (
        sorted(parameters, key=lambda each: declared.path.find("{" + each["name"] + "}"))
        if place == "path"
        else parameters
    )


def _body(operation: Operation[Any], declared: contract.Operation, value: Any) -> Any:
    for media_type, schema in declared.body.items():
        if media_type == "multipart/form-data":
            value = _with_files(declared, schema, value)
    hint = module_of(operation).request.__annotations__["body"]
    return decoding.decoder(decoding.resolve(hint, operation.models))(value)


def _with_files(declared: contract.Operation, schema: Any, value: Any) -> Any:
    schema = declared.document.resolve(schema)
    if isinstance(value, dict):
        return {name: _with_files(declared, schema["properties"][name], each) for name, each in value.items()}
    if isinstance(value, list):
        return [_with_files(declared, schema["items"], each) for each in value]
    return File(value.encode(), "a file.bin") if schema.get("format") == "binary" else value


def wire_value(answer: OutgoingAnswer) -> Any:
    """Return what an answer says: JSON, the bytes of a file, or None."""
    media_type = {name.lower(): text for name, text in answer.headers.items()}.get("content-type", "")
    return json.loads(answer.body) if "json" in media_type and answer.body else answer.body or None


def plain(result: Any) -> Any:
    """Return a typed result as JSON."""
    if isinstance(result, list):
        return [plain(each) for each in result]
    return result.to_dict() if hasattr(result, "to_dict") else result
