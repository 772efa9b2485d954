"""Every operation and every event of the contract, with three seeds: what is made is valid, what is bent is refused."""

import json
from functools import cache
from typing import Any
from urllib.parse import quote

import httpx
import jsonschema_rs
import pytest
from attrs import evolve

from zoom_api_client.testing import ContractViolation, MockZoom, contract, examples, validator
from zoom_api_client.testing.contract import Document, Match, Operation, Schema
from zoom_api_client.testing.exchange import IncomingRequest
from zoom_api_client.testing.responder import Responder
from zoom_api_client.testing.violation import Violation

SEEDS = (0, 1, 2)
JSON = "application/json"
SCALARS = ("string", "integer", "number", "boolean")

each_product = pytest.mark.parametrize("product", contract.products())
each_seed = pytest.mark.parametrize("seed", SEEDS)


@cache
def registry(document: Document) -> jsonschema_rs.Registry:
    """Return the library's registry of a document."""
    return jsonschema_rs.Registry([(document.uri, document.raw)])


@cache
def direct(document: Document, *keys: str) -> jsonschema_rs.Draft202012Validator:
    """Compile the schema at a place of a document as it is, by the library alone."""
    pointer = "/".join(quote(key.replace("~", "~0").replace("/", "~1")) for key in keys)
    reference = {"$ref": f"{document.uri}#/{pointer}"}
    return jsonschema_rs.Draft202012Validator(reference, registry=registry(document), validate_formats=True)


def answer_schema(operation: Operation, media_type: str) -> jsonschema_rs.Draft202012Validator:
    """Compile the schema of the usual answer."""
    place = ("paths", operation.path, operation.method.lower(), "responses", str(operation.success))
    return direct(operation.document, *place, "content", media_type, "schema")


def judged(request: IncomingRequest) -> list[Violation]:
    """Return what the judge says of a request."""
    match = contract.find(request.method, request.host, request.path)
    assert match is not None, request.url
    content_type = request.header("content-type")
    return validator.check_request(match, request.query, request.headers, content_type, request.body)


@each_seed
@each_product
def test_every_answer_keeps_the_contract(product: str, seed: int) -> None:
    """An invalid sample would teach users to handle what Zoom never sends; full and minimal are both possible."""
    for operation in contract.operations(product).values():
        for full in (True, False):
            media_type, value = examples.make_answer(operation, seed=seed, full=full)
            if media_type.endswith("json"):
                answer_schema(operation, media_type).validate(value)
            assert validator.check_answer(operation, operation.success, value, media_type or JSON) == []


@each_seed
@each_product
def test_every_event_keeps_the_contract(product: str, seed: int) -> None:
    """The same for what Zoom posts to a receiver; each sample says which event it is."""
    for name, event in contract.events(product).items():
        for full in (True, False):
            value = examples.event(event, seed=seed, full=full)
            direct(event.document, "webhooks", name, "schema").validate(value)
            assert validator.check_event(name, value) == []
            assert value.get("event", name) == name


@each_seed
@each_product
def test_good_request_is_accepted_and_recognised(product: str, seed: int) -> None:
    """A judge that refuses what the document allows makes people switch it off."""
    for operation in contract.operations(product).values():
        for full in (True, False):
            request = examples.request(operation, seed=seed, full=full)
            match = contract.find(request.method, request.host, request.path)
            assert match is not None
            assert match.operation is operation
            assert judged(request) == []


@each_seed
@each_product
def test_bent_request_is_refused(product: str, seed: int) -> None:
    """Each operation gets wrong types, an unknown parameter, an unknown field and missing parts, where it has such."""
    for operation in contract.operations(product).values():
        request = examples.request(operation, seed=seed)
        for rule, bent in bends(operation, request):
            found = judged(bent)
            assert rule in {violation.rule for violation in found}, (rule, bent.url, bent.body, found)
            assert all(violation.message.startswith(f"{operation.name}: ") for violation in found)


@each_seed
@each_product
def test_bent_request_fails_under_the_mock(product: str, seed: int) -> None:
    """The same where users meet it: the call itself fails, and says which operation it was."""
    with MockZoom(seed=seed) as zoom, httpx.Client() as client:
        for operation in contract.operations(product).values():
            request = examples.request(operation, seed=seed)
            for rule, bent in {rule: (rule, bent) for rule, bent in bends(operation, request)}.values():
                with pytest.raises(ContractViolation, match=f"^{operation.name}: ") as caught:
                    client.request(bent.method, bent.url, headers=dict(bent.headers), content=bent.body or None)
                assert rule in {violation.rule for violation in caught.value.violations}
        zoom.violations.clear()


def test_bends_reach_the_operations() -> None:
    """The test above must not pass because nothing was bent."""
    counts: dict[str, int] = {}
    for product in contract.products():
        for operation in contract.operations(product).values():
            for rule in {rule for rule, _ in bends(operation, examples.request(operation))}:
                counts[rule] = counts.get(rule, 0) + 1
    everything = sum(len(contract.operations(product)) for product in contract.products())
    assert counts["unknown"] == everything
    assert counts["type"] > everything / 2
    assert counts["required"] > everything / 5


def bends(operation: Operation, request: IncomingRequest) -> list[tuple[str, IncomingRequest]]:
    """Return the request bent in every way that its operation allows, each with the rule that it breaks."""
    joint = "&" if "?" in request.url else "?"
    bent = [("unknown", evolve(request, url=f"{request.url}{joint}no_such_parameter=1"))]
    for parameter in operation.parameters("query"):
        name, kind = parameter["name"], parameter["schema"].get("type")
        others = [part for part in request.url.partition("?")[2].split("&") if not part.startswith(f"{name}=")]
        bare = request.url.partition("?")[0]
        if kind in ("integer", "number", "boolean"):
            bent.append(("type", evolve(request, url=f"{bare}?{'&'.join([*others, f'{name}=soon'])}")))
        if parameter.get("required"):
            bent.append(("required", evolve(request, url=f"{bare}?{'&'.join(others)}")))
    if operation.needs_body:
        bent.append(("required", evolve(request, body=b"")))
    return bent + (bent_bodies(operation, request) if JSON in operation.body else [])


def bent_bodies(operation: Operation, request: IncomingRequest) -> list[tuple[str, IncomingRequest]]:
    """Return the request with its JSON bent, field by field."""
    schema, value = operation.document.resolve(operation.body[JSON]), json.loads(request.body)
    if not schema.get("properties"):
        return []

    def sent(body: Any) -> IncomingRequest:
        return evolve(request, body=json.dumps(body).encode())

    bent = [("unknown", sent({**value, "no_such_field": 1}))]
    bent += [("required", sent({k: v for k, v in value.items() if k != name})) for name in schema.get("required", ())]
    return bent + [
        (rule, sent({**value, name: wrong}))
        for name, part in schema["properties"].items()
        for rule, wrong in wrong_values(operation.document.resolve(part))
    ]


def wrong_values(schema: Schema) -> list[tuple[str, Any]]:
    """Return values that a schema surely refuses."""
    if schema.get("type") in SCALARS:
        return [("type", {"not": "this"})]
    return [("type", "no object")] if schema.get("type") in ("object", "array") else []


def test_every_answer_of_the_responder_keeps_the_contract() -> None:
    """Echoing a request into an answer must never break what was valid before."""
    responder = Responder()
    for product in contract.products():
        for operation in contract.operations(product).values():
            answer = responder.answer(examples.request(operation, seed=5))
            assert (answer.status, answer.violations) == (operation.success, ()), str(operation)
            if answer.body and "json" in answer.headers["Content-Type"]:
                answer_schema(operation, answer.headers["Content-Type"]).validate(json.loads(answer.body))


def test_match_has_the_parameters_that_the_contract_declares() -> None:
    """A path parameter that the template does not have, or the other way round, would never be judged."""
    for product in contract.products():
        for operation in contract.operations(product).values():
            request = examples.request(operation)
            match = contract.find(request.method, request.host, request.path)
            assert isinstance(match, Match)
            assert match.path.keys() == {each["name"] for each in operation.parameters("path")}, str(operation)
