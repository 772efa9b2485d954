"""Stubs of what Zoom serves beside its API: a test can let downloads fail, and tokens be refused."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from zoom_api_client import errors
from zoom_api_client.testing import download_files, error_answers, misspelt, oauth
from zoom_api_client.testing.calls import Call
from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.stubs import Book, Script, Step


class _Failing(misspelt.Fixed):
    """What a test lets fail: a number of times, or from now on."""

    def __init__(self, book: Book, operation: Operation, is_request: Callable[[IncomingRequest], bool]) -> None:
        self._book, self._operation, self._is_request = book, operation, is_request

    @property
    def calls(self) -> list[Call]:
        """The requests so far, repeated ones too."""
        exchanges = self._book.responder.exchanges
        return [Call(each, self._operation) for each in exchanges if self._is_request(each.request)]

    def drops_connection(self, *, times: int | None = None) -> None:
        """Take the request, and give no answer."""
        self._answer(OutgoingAnswer(0), times)

    def _answer(self, answer: OutgoingAnswer, times: int | None) -> None:
        """Give an answer `times` times and the usual one after that, or always if `times` is None."""
        self._book.scripts[str(self._operation)] = Script([Step(lambda match, request: answer, times)])

    def __repr__(self) -> str:
        return f"<mock of {self._operation.product}: {len(self.calls)} calls>"


class MockDownloads(_Failing):
    """The files behind the `download_url`s of answers."""

    def __init__(self, book: Book) -> None:
        super().__init__(book, download_files.FILE, download_files.asks)

    def raises(self, status: int | type[errors.ZoomError], *, times: int | None = None) -> None:
        """Refuse files with an HTTP status, or so that the library raises a class of error, `times` times or always.

        A link that Zoom has dropped answers 404, an edge that fails 503.
        """
        if isinstance(status, int):
            answer = error_answers.by_status(self._operation, status, daily=False, unchecked=True)
        else:
            answer = error_answers.by_class(self._operation, status, daily=False)
        self._answer(attrs.evolve(answer, operation=None), times)


class MockTokens(_Failing):
    """The tokens that Zoom gives, and those that it takes."""

    def __init__(self, book: Book, expire: Callable[[], None]) -> None:
        super().__init__(book, oauth.TOKEN, oauth.asks)
        self._expire = expire

    def refuses(self, error: str = "invalid_client", *, reason: str = "", times: int | None = None) -> None:
        """Give no token, for an OAuth reason: `invalid_client`, `invalid_grant` …, `times` times or always."""
        body = {"reason": reason or "The mock refuses a token", "error": error}
        self._answer(OutgoingAnswer.json(400, body), times)

    def expire(self) -> None:
        """Refuse every access token so far, as expired: the next call needs a new one."""
        self._expire()
