"""A fault: what goes wrong, or is answered otherwise, and for which requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import attrs

from zoom_api_client.core.operations import operations
from zoom_api_client.core.suggestions import did_you_mean
from zoom_api_client.core.unset import UNSET
from zoom_api_client.testing import download_files, error_answers, lookup, oauth
from zoom_api_client.testing.contract import Match, Operation
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.pages import Pages

Usual = Callable[[Match, IncomingRequest, Any], OutgoingAnswer]

_HTML = b"<!DOCTYPE html>\n<title>A proxy</title>\n<h1>The service is not available</h1>\n"
_ANSWERS = ("raises", "fails", "returns", "pages", "sends_html", "drops_connection")
_BESIDE = {str(each): each for each in (oauth.TOKEN, download_files.FILE)}


def _is_error(_fault: object, _attribute: object, status: int | None) -> None:
    if status is not None and not 400 <= status < 600:
        raise ValueError(f"{status} is not the status of an error: raises takes 400 to 599")


def _is_positive(_fault: object, attribute: attrs.Attribute[Any], value: float | None) -> None:
    if value is not None and not value > 0:
        raise ValueError(f"{attribute.name} is more than 0, and not {value}")


@attrs.define(kw_only=True)
class Fault:
    """One fault, by the names that `mock_zoom` has for the same.

    It has one answer of its own (`raises`, `fails`, `returns`, `pages`, `sends_html`, `drops_connection`), which is
    given instead of the usual one: nothing happens then. Or it has none, and the usual answer comes late or cut.

    Attributes:
        on: an operation (`meetings.create_meeting`, `phone.*`), `oauth.token`, `downloads.file`, or a path
            (`/v2/users/*`, `POST /v2/users/*`); `*` is everything.
        raises: an HTTP status, with the code that is usual then.
        daily: with 429, that the limit of the day is reached.
        fails: a code of Zoom's; for tokens an error of OAuth's, such as `invalid_client`.
        returns: fields that are laid over the contract's example, or a whole answer; whatever the contract says.
        pages: a list in pages: how many items it has, or the items.
        sends_html: a page of HTML with the status 200, as proxies send them.
        drops_connection: no answer at all.
        truncates: half of the body, of which the whole length was announced.
        delays: seconds before the answer.
        times: how many requests it is for; None for all.
    """

    on: str
    raises: int | None = attrs.field(default=None, validator=_is_error)
    daily: bool = False
    fails: int | str | None = None
    returns: Any = UNSET
    pages: int | list[Any] | None = None
    sends_html: bool = False
    drops_connection: bool = False
    truncates: bool = False
    delays: float | None = attrs.field(default=None, validator=_is_positive)
    times: int | None = attrs.field(default=None, validator=_is_positive)
    has_answer: bool = attrs.field(init=False, repr=False)
    _names: frozenset[str] = attrs.field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._names = _find_names(self.on)
        answers = [name for name in _ANSWERS if getattr(self, name) not in (None, False, UNSET)]
        answers += ["returns"] if self.returns is None else []
        if len(answers) > 1:
            raise ValueError(f"a fault has one answer, and not {' and '.join(answers)}")
        if not (answers or self.truncates or self.delays):
            raise ValueError(f"a fault says what goes wrong: {', '.join(_ANSWERS)}, truncates or delays")
        if self.pages is not None:
            self._check_pages()
        if not isinstance(self.fails, int | None) and "oauth" not in self.on:
            raise ValueError(f"{self.fails!r} is not a Zoom error code, such as 3001; only tokens have errors by name")
        self.has_answer = bool(answers)

    def describe(self) -> dict[str, Any]:
        """Return what was said of it, as JSON."""
        return attrs.asdict(self, filter=lambda field, value: field.init and value != field.default)

    def fits(self, match: Match | None, request: IncomingRequest) -> bool:
        """Return whether a request is one of those that it is on."""
        if match is not None and str(match.operation) in self._names:
            return True
        return any(fnmatchcase(each, self.on) for each in (request.path, f"{request.method} {request.path}"))

    def answer(self, match: Match | None, request: IncomingRequest, usual: Usual, seed: int) -> OutgoingAnswer:
        """Return its own answer."""
        if self.drops_connection:
            return OutgoingAnswer(0, operation=match.operation if match else None)
        if self.sends_html:
            return OutgoingAnswer(200, {"Content-Type": "text/html; charset=utf-8"}, _HTML)
        if match is None or match.operation is oauth.TOKEN:
            return self._refuse_beside()
        if self.pages is not None:
            return Pages(match.operation, self.pages, seed=seed, unchecked=True).answer(match, request)
        if self.returns is None:
            return OutgoingAnswer.json(match.operation.success, None, operation=match.operation)
        if self.returns is not UNSET:
            return usual(match, request, self.returns)
        return self._refuse(match.operation)

    def damage(self, answer: OutgoingAnswer) -> OutgoingAnswer:
        """Return an answer as it arrives: late, or cut."""
        if self.truncates and answer.status:
            headers = {**answer.headers, "Content-Length": str(len(answer.body))}
            answer = attrs.evolve(answer, headers=headers, body=answer.body[: len(answer.body) // 2])
        return attrs.evolve(answer, delay=answer.delay + (self.delays or 0))

    def _check_pages(self) -> None:
        every = {str(each): each for each in operations(master=True)}
        without = [name for name in sorted(self._names) if name in _BESIDE or every[name].paged is None]
        if without or not self._names:
            raise ValueError(f"{(without or [self.on])[0]} has no pages: give an operation that lists, or use returns")

    def _refuse(self, operation: Operation) -> OutgoingAnswer:
        if self.raises is not None:
            return error_answers.by_status(operation, self.raises, daily=self.daily, unchecked=True)
        return error_answers.by_code(operation, int(self.fails or 0), status=None, unchecked=True)

    def _refuse_beside(self) -> OutgoingAnswer:
        """Refuse a token, or what is not an operation."""
        error = self.fails if isinstance(self.fails, str) else "server_error"
        return OutgoingAnswer.json(self.raises or 400, {"reason": "The simulator was told to fail", "error": error})


@cache
def _find_names(on: str) -> frozenset[str]:
    """Return the operations that a pattern means; none for a path. Raises `ValueError` for a name that is none."""
    if "/" in on:
        return frozenset()
    place, _, name = on.partition(".")
    methods: Mapping[str, tuple[Operation, ...]] = lookup.find(place) if place in lookup.places() else {}
    known = [*_BESIDE, *map(str, operations(master=True))]
    names = map(str, methods[name]) if name in methods else (each for each in known if fnmatchcase(each, on))
    if found := frozenset(names):
        return found
    raise ValueError(f"{on!r} is not an operation, nor a path{did_you_mean(on, known)}")
