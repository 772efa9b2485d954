"""The requests of a client: operations, calls of any path, and lists."""

# Derived from zoom_api_client/_async/base_client.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from zoom_api_client.core.checks import check_text
from zoom_api_client.core.operation import Request
from zoom_api_client.core.unset import UNSET, Unset
from zoom_api_client.transport import http, requests, responses, results
from zoom_api_client.transport.answer import Answer

if TYPE_CHECKING:
    from zoom_api_client._sync.auth import ConnectionAuth
    from zoom_api_client._sync.connections import Connections
    from zoom_api_client._sync.delivery import Counted, Delivery
    from zoom_api_client._sync.pages import Pages
    from zoom_api_client.connection import Connection
    from zoom_api_client.core.conformance import Departure
    from zoom_api_client.quota import Guard
    from zoom_api_client.transport.bounds import Bounds
    from zoom_api_client.transport.call_options import CallOptions
    from zoom_api_client.transport.drift import Drift
    from zoom_api_client.transport.retry import Retry
    from zoom_api_client.transport.sub_accounts import SubAccount

T = TypeVar("T")

COUNTED = frozenset({"POST", "PATCH"})  # of these some count for a user's day


class BaseClient:
    """A client without the named modules: it sends operations, and calls any path.

    Attributes:
        connection: gets and renews tokens.
        bounds: how much of an answer and of a list is read.
    """

    connection: Connection
    bounds: Bounds
    _base_url: str
    _account: SubAccount | None
    _guard: Guard | Unset | None
    _options: CallOptions
    _connections: Connections
    _auth: ConnectionAuth
    _delivery: Delivery
    _drift: Drift

    def send(self, request: Request[T]) -> T:
        """Send the request of an operation, and return its typed result.

        Raises `APIError` if Zoom refuses, also with status 200, `ConnectionFailed` if it cannot be reached, and
        `ContractDrift` if the client is strict and the answer is not as Zoom's documents say.
        """
        return (self._send(request))[1]

    def send_raw(self, request: Request[T]) -> Answer[T]:
        """Send the request of an operation as `send` does, and return the whole answer."""
        answer, result = self._send(request)
        return Answer(answer.status, answer.headers, answer.content, result)

    def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = UNSET,
        headers: Mapping[str, str] | None = None,
        files: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> Any:
        """Call any path of Zoom's API, and return the decoded JSON (None for no content, bytes for a file).

        Where Zoom's documents have the path, what is neither JSON nor declared to be a file is `UnexpectedAnswer`;
        elsewhere other text and bytes are returned as they are.

        Args:
            method: GET, POST, PATCH, PUT or DELETE.
            path: below the base URL, percent-encoded where needed: `/users/me/settings`.
            params: the query; a list repeats its key.
            json: the body: a JSON value or a model.
            headers: added to the request.
            files: what is uploaded, by the names of Zoom's fields: `{"file": File.at("logo.png")}`.
            data: the other fields of an upload.
        """
        sent = self._build_call(method, path, params, json, headers, files, data)
        del path, params, json, headers, files, data  # may hold secrets, and tracebacks may show locals of frames
        return results.read(self._deliver(*sent), sent[1])

    def call_raw(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = UNSET,
        headers: Mapping[str, str] | None = None,
        files: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> Answer[Any]:
        """Call any path as `call()` does, and return the whole answer.

        What Zoom refuses is raised, as by `call()`, whose arguments these are.
        """
        sent = self._build_call(method, path, params, json, headers, files, data)
        del path, params, json, headers, files, data  # may hold secrets, and tracebacks may show locals of frames
        answer = self._deliver(*sent)
        return Answer(answer.status, answer.headers, answer.content, results.read(answer, sent[1]))

    def pages(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = UNSET,
        headers: Mapping[str, str] | None = None,
        items: str | None = None,
    ) -> Pages[Any, Any]:
        """Iterate over all items of any list of Zoom's, across its pages; `.pages()` gives the pages, as decoded JSON.

        The arguments are those of `call()`; what turns the page is added to the query, or to a body of JSON.

        Args:
            items: the field that holds the items; needed only where an answer has several lists.
        """
        from zoom_api_client._sync.pages import CalledPages

        if items is not None:
            check_text("items", items)
        call = {"method": method, "path": path, "params": params, "json": json, "headers": headers}
        return CalledPages(self, call, items)

    def drift_report(self) -> dict[Departure, int]:
        """Return how Zoom's answers left Zoom's documents so far, with the number of answers that did so.

        Every answer of a strict client is looked at, and of others the 2nd, 16th, 128th … of each operation. Departures
        that were seen before are in the types, and are not counted: the page `reality` of the documentation lists them
        with their evidence.
        """
        return self._drift.report()

    @property
    def retry(self) -> Retry:
        """The policy that says whether a request is sent again, and after how long."""
        return self._delivery.retry

    @property
    def auth(self) -> http.Auth:
        """The `auth` for an httpx client: adds the token to each request, and renews it once when Zoom says 401."""
        return self._auth

    @property
    def guard(self) -> Guard | None:
        """The guard that counts meetings before they are created; None if there is none."""
        if isinstance(self._guard, Unset):
            from zoom_api_client import quota  # most programs create no meetings

            self._guard = quota.default(self.base_url)
        return self._guard

    @property
    def base_url(self) -> str:
        """The address of the API, as far as it is known before the first token, which names the region's host."""
        return self._base_url or self.connection.known_base_url

    def _send(self, request: Request[T]) -> tuple[responses.Response, T]:
        requests.check_request(request)
        request = self._account.request(request) if self._account else request
        operation = request.operation
        outgoing = http.build_operation_request(request, self._base(), self._options)
        counted = self._count_for(operation.method, request.path, request.body)
        answer = self._deliver(outgoing, operation, counted)
        result: T = results.read(answer, operation)
        self._drift.see(operation, answer.status, result)
        return answer, result

    def _build_call(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None,
        json: Any,
        headers: Mapping[str, str] | None,
        files: Mapping[str, Any] | None,
        data: Mapping[str, Any] | None,
    ) -> tuple[Any, requests.Target, Counted | None]:
        requests.check_method(method)
        requests.check_path(path)
        requests.check_call(params=params, headers=headers, files=files, data=data)
        path = self._account.path(path) if self._account else path
        if (files or data) and json is not UNSET:
            raise ValueError("a request has one body: give json, or files and data")
        outgoing = http.build_request(
            method.upper(),
            self._base() + path,
            self._options,
            query=params or {},
            json=json,
            headers=headers,
            form={**(data or {}), **(files or {})} or None,
        )
        counted = self._count_for(outgoing.method, path, json)
        return outgoing, (outgoing.method, path.partition("?")[0]), counted

    def _count_for(self, method: str, path: str, body: Any) -> Counted | None:
        """Return for whom a request counts, None for nearly all of them."""
        if method not in COUNTED or self.guard is None:
            return None
        from zoom_api_client._sync.delivery import Counted
        from zoom_api_client._sync.host_lookup import find  # most programs create no meetings

        ours = self.connection.account
        question = self.guard.question(method, path, body, identity=ours, account=ours)
        if question is None:
            return None
        return Counted(self.guard, find(self.guard, question, partial(self.call, "GET")), question)

    def _deliver(self, outgoing: Any, target: requests.Target, counted: Counted | None) -> responses.Response:
        account = self._account.id if self._account else self.connection.account
        return self._delivery.deliver(outgoing, target, account, counted)

    def _base(self) -> str:
        if self._base_url:
            return self._base_url
        from zoom_api_client.transport.primitives import perform

        return perform(self.connection.base_url_steps(self._auth.settings))

    def _address(self, request: Request[Any]) -> str:
        request = self._account.request(request) if self._account else request
        return http.address(request, self._base())
