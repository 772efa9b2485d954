"""Stubs are what a test says of an operation: what Zoom is to answer, and what it must have been asked.

    from zoom_api_client.testing import mock_zoom

    with mock_zoom() as mock:
        mock.meetings.create.raises(429).times(2).then(topic="Standup")
        Zoom("any token").meetings.create("me", topic="Standup")
        assert mock.meetings.create.call_count == 3

Nobody waits before a call is sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs

from zoom_api_client import errors
from zoom_api_client.testing import calls, error_answers, examples, misspelt, overrides, validator
from zoom_api_client.testing.calls import Call
from zoom_api_client.testing.contract import Match, Operation
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.pages import Pages
from zoom_api_client.testing.responder import Override, Responder
from zoom_api_client.testing.violation import ContractViolation

Reply = Callable[[Match, IncomingRequest], OutgoingAnswer]


@attrs.define
class Step:
    """One answer, for `times` calls, or if that is None until the next one is due."""

    reply: Reply
    times: int | None = None


@attrs.define
class Script:
    """The answers of an operation in their order; without a last word the contract answers again."""

    steps: list[Step] = attrs.field(factory=list)

    def next(self) -> Reply | None:
        """Return what answers the next call."""
        if not self.steps:
            return None
        step = self.steps[0]
        if step.times is None and len(self.steps) == 1:
            return step.reply
        step.times = (step.times or 1) - 1
        if not step.times:
            del self.steps[0]
        return step.reply


@attrs.define
class Book:
    """The scripts of all operations: the overrides of a responder. What no script answers, `otherwise` may."""

    responder: Responder
    otherwise: Override | None = None
    scripts: dict[str, Script] = attrs.field(factory=dict)

    def __call__(self, match: Match, request: IncomingRequest) -> OutgoingAnswer | None:
        return self.by_script(match, request) or (self.otherwise(match, request) if self.otherwise else None)

    def by_script(self, match: Match, request: IncomingRequest) -> OutgoingAnswer | None:
        """Return the answer that the test gave for this call."""
        script = self.scripts.get(str(match.operation))
        reply = script.next() if script else None
        return reply(match, request) if reply else None


class Verbs(misspelt.Fixed):
    """The answers that a test can give."""

    def __init__(self, book: Book, operations: Sequence[Operation]) -> None:
        self._book, self._operations = book, tuple(operations)

    def returns(self, body: Any = None, /, *, unchecked: bool = False, **fields: Any) -> Scripted:
        """Answer with the example of the contract and these fields; `UNSET` leaves a field out.

        Raises `ContractViolation` for what Zoom would never send.

        Args:
            body: fields whose names are not names in Python, a model, or the whole of an answer that is not an object.
            unchecked: answer it all the same.
            fields: by Zoom's names; objects are merged, a list's items are laid over items of the example.
        """
        if body is not None and fields:
            raise TypeError(f"give a body or fields, not both: {', '.join(fields)}")
        given = (fields or None) if body is None else body
        if given is not None and not unchecked:
            self._check(given)
        return self._say(lambda _: lambda match, request: self._book.responder.usual(match, request, given))

    def raises(self, status: int | type[errors.ZoomError], *, daily: bool = False, unchecked: bool = False) -> Scripted:
        """Refuse with an HTTP status, and the code that Zoom has for it; or so that the library raises an error.

        Args:
            status: 400 to 599, or the class of the error: `errors.NotFound`, `errors.ConnectionFailed`.
            daily: with 429, that the limit of the day is reached, not that of the second.
            unchecked: also with a status that Zoom's documents do not have for the operation.
        """
        if isinstance(status, int):
            return self._refuse(lambda each: error_answers.by_status(each, status, daily=daily, unchecked=unchecked))
        return self._refuse(lambda each: error_answers.by_class(each, status, daily=daily))

    def fails(self, code: int, *, status: int | None = None, unchecked: bool = False) -> Scripted:
        """Refuse with a code of Zoom's: 3001, for a meeting that does not exist.

        Args:
            code: one of those that the operation's docstring lists, or one that all operations have.
            status: the HTTP status, where the code has several.
            unchecked: also with a code that Zoom's documents do not have for the operation.
        """
        return self._refuse(lambda each: error_answers.by_code(each, code, status=status, unchecked=unchecked))

    def pages(self, items: int | Sequence[Any], *, unchecked: bool = False) -> Scripted:
        """Answer with a list in pages of the size that is asked for: of `items` items, or of the items given.

        Any operation that has `.all` has pages: by token, by number or by index.
        """
        seed = self._book.responder.seed
        return self._say(lambda each: Pages(each, items, seed=seed, unchecked=unchecked).answer)

    def drops_connection(self) -> Scripted:
        """Take the request, and give no answer."""
        return self._refuse(lambda each: OutgoingAnswer(0, operation=each))

    def _refuse(self, make: Callable[[Operation], OutgoingAnswer]) -> Scripted:
        def reply(operation: Operation) -> Reply:
            answer = make(operation)
            return lambda match, request: answer

        return self._say(reply)

    def _check(self, given: Any) -> None:
        for each in self._operations:
            media_type, example = examples.make_answer(each, items=max(overrides.longest(given), 2))
            answered = overrides.merge(example, given)
            found = validator.check_answer(each, each.success, answered, media_type, closed=True)
            if found:
                raise ContractViolation.by_test(found)

    def _say(self, reply: Callable[[Operation], Reply]) -> Scripted:
        steps = [Step(reply(each)) for each in self._operations]  # what cannot be answered changes nothing
        for operation, step in zip(self._operations, steps, strict=True):
            self._script(str(operation)).steps.append(step)
        return Scripted(self._book, self._operations, steps)

    def _script(self, operation: str) -> Script:
        raise NotImplementedError


class Then(Verbs):
    """The next answer of a stub; called, it is `returns`: `.raises(429).then(topic="Standup")`."""

    def __call__(self, body: Any = None, /, *, unchecked: bool = False, **fields: Any) -> Scripted:
        return self.returns(body, unchecked=unchecked, **fields)

    def _script(self, operation: str) -> Script:
        return self._book.scripts[operation]


@attrs.frozen
class Scripted:
    """An answer that was given: for every call from now on, unless more is said."""

    _book: Book
    _operations: tuple[Operation, ...]
    _steps: list[Step]

    def times(self, number: int) -> Scripted:
        """Give the answer to `number` calls; after those the one of `then`, or the contract's."""
        if number < 1:
            raise ValueError(f"an answer is given at least once, not {number} times")
        for step in self._steps:
            step.times = number
        return self

    @property
    def then(self) -> Then:
        """The next answer, after this one was given once, or as often as `times` says."""
        return Then(self._book, self._operations)


class MockOperation(Verbs):
    """An operation of the mock, or a method of a named module: `mock_zoom.meetings.create`."""

    def __init__(self, book: Book, name: str, operations: Sequence[Operation]) -> None:
        super().__init__(book, operations)
        self._name = name

    @property
    def calls(self) -> list[Call]:
        """The requests so far, repeated ones too."""
        done = self._book.responder.exchanges
        return [Call(each, each.operation) for each in done if each.operation in self._operations]

    @property
    def call_count(self) -> int:
        """The number of requests."""
        return len(self.calls)

    @property
    def called(self) -> bool:
        """True if there was a request."""
        return bool(self.calls)

    def called_once_with(self, **fields: Any) -> bool:
        """Return True if there was one request, and it had these fields; raise `AssertionError` otherwise.

        Args:
            fields: of the body, the query or the path, by Zoom's names or Python's; fields not named may be anything.
        """
        calls.check_names(self._operations, fields)
        done = self.calls
        if len(done) != 1:
            listed = "".join(f"\n  {call!r}" for call in done)
            raise AssertionError(f"{self._name} was called {len(done)} times, not once{listed and ':'}{listed}")
        differences = "; ".join(done[0].differences(fields))
        if differences:
            raise AssertionError(f"{self._name} was called, but {differences}\n  {done[0]!r}")
        return True

    def _script(self, operation: str) -> Script:
        self._book.scripts[operation] = Script()
        return self._book.scripts[operation]

    def __repr__(self) -> str:
        return f"<mock of {self._name}: {self.call_count} calls>"
