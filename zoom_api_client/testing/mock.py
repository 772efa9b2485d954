"""`mock_zoom`: Zoom, for the tests of programs that call it, without an account and without a network."""

from __future__ import annotations

import warnings
from collections.abc import Collection
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self

from zoom_api_client.core import lazy
from zoom_api_client.testing import contract, download_files, lookup, misspelt, tracebacks
from zoom_api_client.testing.beside import MockDownloads, MockTokens
from zoom_api_client.testing.calls import Call
from zoom_api_client.testing.exchange import Exchange, IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.isolation import isolate
from zoom_api_client.testing.products import Products
from zoom_api_client.testing.responder import Override, Responder
from zoom_api_client.testing.respx_router import RespxRouter
from zoom_api_client.testing.stubs import Book, MockOperation
from zoom_api_client.testing.violation import ContractViolation, Violation

if TYPE_CHECKING:
    from zoom_api_client.testing.simulator import Simulator


class MockProduct(misspelt.Fixed):
    """The operations of a product, and the methods of the module of the same name, as attributes."""

    def __init__(self, book: Book, name: str) -> None:
        self._book, self._name = book, name

    def __getattr__(self, name: str) -> MockOperation:
        known = lookup.find(self._name)
        if moved := None if name in known else lookup.find_moved(self._name, name):
            warnings.warn(
                f"mock_zoom.{self._name}.{name} is now mock_zoom.{moved}: the old name goes with the next major one",
                DeprecationWarning,
                stacklevel=2,
            )
            return MockOperation(self._book, str(moved), (moved,))
        if name not in known:
            raise lazy.unknown(f"Zoom's {self._name}", name, known)
        return MockOperation(self._book, f"{self._name}.{name}", known[name])

    def __dir__(self) -> list[str]:
        return sorted(lookup.find(self._name))


class MockZoom(misspelt.Fixed, Products[MockProduct]):
    """Zoom's stand-in: from `with` to its end, everything that httpx would send to Zoom is answered from the contract.

        with mock_zoom() as zoom:
            zoom.meetings.create.returns(topic="Standup")

    Requests that leave the contract raise `ContractViolation` where they are made, and at the end of the `with` (of the
    test, as a fixture) if the code under test swallowed that. Requests for other hosts are refused. Nobody waits: what
    is sent again is so at once.

    Args:
        seed: other seeds give other data.
        scopes: those of the app; None for all that there are. What they do not cover is refused as Zoom does it.
        otherwise: answers what the test says nothing of, or leaves it to the contract with None.
        lenient: take what Zoom ignores, names that it does not know and null for "not set", and list it in `tolerated`.
        stateful: remember what is created, changed and deleted, as `mock_zoom.simulator` does.

    Attributes:
        downloads: the files behind `download_url`s, which can be made to fail: `mock_zoom.downloads.raises(404)`.
        tokens: access tokens, which can be refused: `mock_zoom.tokens.refuses("invalid_client")`, `.expire()`.
        violations: what left the contract so far, and was not told yet; clear it where a test wants it so.
    """

    _own = frozenset({"violations", "downloads", "tokens"})

    chat: MockProduct
    recordings: MockProduct
    webinars: MockProduct

    def __init__(
        self,
        *,
        seed: int = 0,
        scopes: Collection[str] | None = None,
        otherwise: Override | None = None,
        lenient: bool = False,
        stateful: bool = False,
    ) -> None:
        self.violations: list[Violation] = []
        self._responder = Responder(seed, scopes=scopes, lenient=lenient)
        self._simulator: Simulator | None = None
        if stateful:
            otherwise = self._remember(seed, otherwise)
        self._book = self._responder.overrides = Book(self._responder, otherwise)
        self._responder.beside = self._book.by_script
        self._stack = ExitStack()
        self.downloads = MockDownloads(self._book)
        self.tokens = MockTokens(self._book, self._expire)

    @property
    def scopes(self) -> Collection[str] | None:
        """The scopes of the app; None for all that there are."""
        return self._responder.scopes

    @scopes.setter
    def scopes(self, scopes: Collection[str] | None) -> None:
        self._responder.scopes = scopes

    @property
    def simulator(self) -> Simulator:
        """What a stateful mock remembers, its clock and its ids."""
        if self._simulator is None:
            raise LookupError("this mock forgets: mock_zoom(stateful=True) has a simulator")
        return self._simulator

    @property
    def exchanges(self) -> list[Exchange]:
        """Every request so far, those for tokens too, with the answer to it."""
        return self._responder.exchanges

    @property
    def calls(self) -> list[Call]:
        """The requests so far for operations and for files, repeated ones too."""
        return [
            Call(each, each.operation or download_files.FILE)
            for each in self.exchanges
            if each.operation or download_files.asks(each.request)
        ]

    @property
    def tolerated(self) -> list[Violation]:
        """What a lenient mock took although it left the contract, as Zoom takes it."""
        return self._responder.tolerated

    def operation(self, name: str) -> MockOperation:
        """Return an operation by its name (`phone.list_call_logs`), also where a method of a module has the same."""
        product, _, own = name.partition(".")
        known = contract.operations(product) if product in contract.products() else {}
        if own not in known:
            raise lazy.unknown(f"Zoom's {product}", own, known)
        return MockOperation(self._book, name, [known[own]])

    def check(self, error: BaseException | None = None) -> None:
        """Raise `ContractViolation` for the violations that were not raised yet; add them to `error`, if given."""
        told = tracebacks.find(error, ContractViolation)
        untold = ContractViolation(each for each in self.violations if not told or each not in told.violations)
        self.violations.clear()
        if failed := tracebacks.find(error, AssertionError):  # of the contract, of a host, of what was expected
            tracebacks.shorten(failed)
        if error is not None and untold.violations:
            error.add_note(f"Before that, the code left Zoom's contract:\n{untold}")
        elif untold.violations:
            raise untold

    def __enter__(self) -> Self:
        self._stack.enter_context(isolate())
        self._stack.enter_context(RespxRouter(self._answer))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        self.check(error)

    def _remember(self, seed: int, otherwise: Override | None) -> Override:
        from zoom_api_client.testing.simulator import Simulator  # only here: most tests have no use for it

        simulator = self._simulator = Simulator(seed=seed, open=True, consents=True, responder=self._responder)
        return lambda match, request: (otherwise and otherwise(match, request)) or simulator.override(match, request)

    def _expire(self) -> None:
        if self._simulator is None:
            self._responder.expire_tokens()
        else:
            self._simulator.authorization.tokens.expire()

    def _answer(self, request: IncomingRequest) -> OutgoingAnswer:
        answer = (self._simulator or self._responder).answer(request)
        self.violations += answer.violations
        if any(each.rule != "scope" for each in answer.violations):
            raise ContractViolation(answer.violations)
        return answer  # a missing scope is an error that code may handle

    def __repr__(self) -> str:
        return f"<mock of Zoom: {len(self.calls)} calls>"

    if not TYPE_CHECKING:  # a `__getattr__` that type checkers saw would make every misspelt name a product

        def __getattr__(self, name: str) -> MockProduct:
            if name not in lookup.places():
                raise lazy.unknown("the mock of Zoom", name, lookup.places())
            return MockProduct(self._book, name)

        def __dir__(self) -> list[str]:
            return sorted({*super().__dir__(), *lookup.places()})


mock_zoom = MockZoom
"""The same, as it reads in a `with`."""
