"""The responder answers like Zoom, from the contract alone: a request in, an answer out, nothing sent or read."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from itertools import count
from typing import Any

import attrs

from zoom_api_client.core import codec
from zoom_api_client.testing import (
    contract,
    download_files,
    echo,
    examples,
    lenience,
    oauth,
    overrides as given_fields,
    parsing,
    scopes,
    validator,
)
from zoom_api_client.testing.contract import Match, Operation
from zoom_api_client.testing.exchange import Exchange, IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.violation import Violation
from zoom_api_client.transport import hosts

Override = Callable[[Match, IncomingRequest], OutgoingAnswer | None]
Beside = Callable[[IncomingRequest], OutgoingAnswer | None]

_ITEMS = 2


def _one_by_one(_responder: object, _attribute: object, scopes: Collection[str] | None) -> None:
    if isinstance(scopes, str):  # whose letters are not scopes
        raise TypeError(f"scopes are given one by one: {scopes.split()}")


@attrs.define
class Responder:
    """Answers every operation of Zoom's, and refuses what leaves the contract.

    Attributes:
        seed: equal seeds give equal answers to equal requests.
        overrides: may answer a valid request instead of the contract; returns None if it does not.
        scopes: those that the app has; None for all.
        exchanges: the requests so far, with their answers.
        lenient: take what Zoom ignores (unknown names, null), and list it in `tolerated`, instead of refusing it.
        beside: does for tokens and files what `overrides` does for operations.
        authorize: answers in place of the authorization server; None for one that gives a token to every grant.
        files: answers requests for the files behind links.
        oldest_token: the number of the oldest access token that is taken; all earlier ones are expired.
        keeps: how many exchanges are kept at least; None for all.
    """

    seed: int = 0
    overrides: Override | None = None
    scopes: Collection[str] | None = attrs.field(default=None, validator=_one_by_one)
    exchanges: list[Exchange] = attrs.field(factory=list)
    lenient: bool = attrs.field(default=False, kw_only=True)
    beside: Override | None = attrs.field(default=None, kw_only=True)
    authorize: Beside | None = attrs.field(default=None, kw_only=True)
    files: Beside = attrs.field(default=download_files.answer, kw_only=True)
    oldest_token: int = attrs.field(default=0, init=False)
    keeps: int | None = attrs.field(default=None, kw_only=True)
    _tokens: Iterator[int] = attrs.field(factory=lambda: count(1), init=False, repr=False)
    _answered: Iterator[int] = attrs.field(factory=count, init=False, repr=False)

    @property
    def violations(self) -> list[Violation]:
        """Everything that left the contract so far."""
        return [violation for exchange in self.exchanges for violation in exchange.violations]

    @property
    def tolerated(self) -> list[Violation]:
        """Everything that a lenient one took although it left the contract, as Zoom takes it."""
        return [violation for exchange in self.exchanges for violation in exchange.tolerated]

    def answer(self, request: IncomingRequest) -> OutgoingAnswer:
        """Return the answer to a request, and remember both."""
        return self.record(request, self._answer(request))

    def record(self, request: IncomingRequest, answer: OutgoingAnswer) -> OutgoingAnswer:
        """Return an answer as it goes out, and remember it with its request."""
        answer = download_files.serve_at(request, answer)
        answer = attrs.evolve(answer, headers={**answer.headers, "x-zm-trackingid": self._tracking_id(request)})
        self.exchanges.append(Exchange(request, answer))
        if self.keeps is not None and len(self.exchanges) > 2 * self.keeps:
            del self.exchanges[: -self.keeps]
        return answer

    def usual(self, match: Match, request: IncomingRequest, given: Any = None) -> OutgoingAnswer:
        """Return the answer of the contract to a request that is in order, with what is given laid over it."""
        operation = match.operation
        seed = zlib.crc32(f"{self.seed} {sorted(match.path.items())}".encode())
        media_type, value = _example(operation, seed, max(given_fields.longest(given), _ITEMS))
        laid = value if given is None else given_fields.merge(value, given)
        value, fits = _fit(laid, match, request, media_type) if isinstance(laid, dict) else (laid, False)
        if given is not None:  # it was judged when it was given, and has the last word over what was asked for
            value, found = given_fields.last_word(value, laid, given), []
        else:
            found = [] if fits else validator.check_answer(operation, operation.success, value, media_type)
        headers = {"Content-Type": media_type} if media_type else {}
        if isinstance(value, bytes):
            headers["Content-Disposition"] = "attachment"
        return OutgoingAnswer(operation.success, headers, _encode(value, media_type), tuple(found), operation)

    def _answer(self, request: IncomingRequest) -> OutgoingAnswer:
        if request.url.startswith("http://") and hosts.is_zoom_host(request.host):
            return _unsafe(request)
        match = contract.find(request.method, request.host, request.path)
        if match is None:
            return self._answer_beside(request) or _unknown(request)
        if not _is_authorized(request):
            return _refuse_token(match.operation)
        if oauth.number(request.header("authorization")) < self.oldest_token:
            return oauth.expired(match.operation)
        found = lenience.find_faults(match, request, lenient=self.lenient)
        if found:
            return _refuse(match.operation, found)
        refused = None if self.scopes is None else scopes.find_refusal(match, self.scopes)
        answer = refused or (self.overrides and self.overrides(match, request)) or self.usual(match, request)
        tolerated = lenience.find_faults(match, request, lenient=False) if self.lenient else ()
        return attrs.evolve(answer, tolerated=tuple(tolerated))

    def expire_tokens(self) -> None:
        """Refuse from now on every access token but those that are given after this."""
        self.oldest_token = next(self._tokens)

    def _answer_beside(self, request: IncomingRequest) -> OutgoingAnswer | None:
        """Answer what Zoom serves beside its API."""
        usual = (self.authorize or self._authorize)(request) or self.files(request)
        asked = oauth.TOKEN if oauth.asks(request) else download_files.FILE if download_files.asks(request) else None
        if usual is None or usual.violations or asked is None or self.beside is None:
            return usual
        return self.beside(Match(asked, {}, {}), request) or usual

    def _authorize(self, request: IncomingRequest) -> OutgoingAnswer | None:
        return oauth.answer(request, numbers=self._tokens, scopes=self.scopes)

    def _tracking_id(self, request: IncomingRequest) -> str:
        told_apart = zlib.crc32(f"{self.seed} {request.method} {request.url}".encode())
        return f"WEB_{told_apart:08x}{next(self._answered):08x}"


@lru_cache(maxsize=1024)
def _example(operation: Operation, seed: int, items: int) -> tuple[str, Any]:
    return examples.make_answer(operation, seed=seed, items=items)


def _encode(value: Any, media_type: str) -> bytes:
    if isinstance(value, bytes):
        return value
    return codec.dumps(value) if media_type else b""


def _fit(value: dict[str, Any], match: Match, request: IncomingRequest, media_type: str) -> tuple[Any, bool]:
    """Return an answer that says what was asked for, and whether all of that fits the contract."""
    operation = match.operation
    query = validator.parameters_of(operation, request.query)
    is_json = operation.body and request.body and "json" in request.header("content-type")
    sent = parsing.read_json(request.body) if is_json else None
    fitted: Any = echo.fit(value, match, query, sent)
    misfits = validator.misfits(operation, operation.success, fitted, media_type)
    for path in misfits:
        fitted = echo.restore(fitted, value, path)
    return (fitted, not misfits) if isinstance(fitted, dict) else (value, False)


def _is_authorized(request: IncomingRequest) -> bool:
    scheme, _, token = request.header("authorization").partition(" ")
    return scheme.lower() == "bearer" and bool(token.strip())


def _refuse(operation: Operation, found: list[Violation]) -> OutgoingAnswer:
    errors = [{"field": each.field.partition(".")[2] or each.field, "message": each.message} for each in found]
    body = {"code": 300, "message": "Validation Failed.", "errors": errors}
    return OutgoingAnswer.json(400, body, violations=tuple(found), operation=operation)


def _refuse_token(operation: Operation) -> OutgoingAnswer:
    says = "must have Authorization: Bearer and an access token"
    found = Violation.of(str(operation), "authorization", "headers", says)
    return OutgoingAnswer.json(
        401, {"code": 124, "message": "Invalid access token."}, violations=(found,), operation=operation
    )


def _unsafe(request: IncomingRequest) -> OutgoingAnswer:
    found = Violation.of(request.method, "https", request.path, "must be sent with https: tokens are not for everybody")
    return OutgoingAnswer.json(400, {"code": 300, "message": found.message}, violations=(found,))


def _unknown(request: IncomingRequest) -> OutgoingAnswer:
    methods = contract.methods(request.path)
    says = f"has no {request.method}, only {', '.join(methods)}" if methods else "is not a path of Zoom's"
    if request.method in methods:
        says = f"is not served at {request.host}"
    elif "//" in request.path:
        says = "has an empty segment: what is filled into a path is percent-encoded, and never empty"
    found = Violation.of(request.method, "path", request.path, says)
    return OutgoingAnswer.json(
        404, {"code": 2300, "message": "This API endpoint is not recognized."}, violations=(found,)
    )
