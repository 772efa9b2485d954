"""`Zoom`: sends operations, and gives the named modules their place."""

# Derived from zoom_api_client/_async/client.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import cached_property, partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack

import attrs

from zoom_api_client.core.operation import Request
from zoom_api_client.core.unset import UNSET, Unset
from zoom_api_client.transport import http, requests, responses, results
from zoom_api_client.transport.answer import Answer
from zoom_api_client.transport.retry import Retry

if TYPE_CHECKING:
    from zoom_api_client._sync.api import Api
    from zoom_api_client._sync.delivery import Counted
    from zoom_api_client._sync.modules.chat import Chat
    from zoom_api_client._sync.modules.meetings import Meetings
    from zoom_api_client._sync.modules.phone import Phone
    from zoom_api_client._sync.modules.recordings import Recordings
    from zoom_api_client._sync.modules.webinars import Webinars
    from zoom_api_client._sync.pages import Pages
    from zoom_api_client.connection import Connection
    from zoom_api_client.core.conformance import Departure
    from zoom_api_client.quota import Guard
    from zoom_api_client.transport.bounds import Bounds
    from zoom_api_client.transport.sub_accounts import SubAccount
    from zoom_api_client.transport.throttle import Throttle

T = TypeVar("T")

DEFAULT_RETRY = Retry()
COUNTED = frozenset({"POST", "PATCH"})  # of these some count for a user's day


class Zoom:
    """A client of Zoom. Close it, or enter it with `with`.

    Args:
        connection: one of `zoom_api_client.connection`, which gets and renews tokens; or an OAuth access token. Tokens
            go to Zoom's hosts (or to the host of `base_url`) and nowhere else.
        base_url: where Zoom's API is, if not where the connection says: a stand-in for tests, for example.
        timeout: seconds to wait for a connection and for each part of an answer.
        retry: when a request is sent again, and after how long; `Retry(attempts=1)` never repeats.
        guard: counts meetings before they are created, 100 a day and host. Unless one is given, all clients of this
            user of the machine share one, and those of a stand-in on loopback one in memory. None counts nothing.
        strict: raise `ContractDrift` for an answer that is not as Zoom's documents say; others only count it.
        throttle: keeps the account below Zoom's rate limits, which depend on its plan; may be shared by clients.
        bounds: how much of an answer and of a list is read: far more than Zoom sends.
        transport: a transport of httpx's, for tests and the like, which the caller closes; in event loops of asyncio's
            also `aiohttp`, by its name, which is faster and takes `pip install "zoom-api-client[aiohttp]"`.
        options: more of httpx's own: `proxy`, `http2`, `verify`, `trust_env`, `limits` (30 connections unless given),
            `mounts`, `event_hooks`. Timeout, transport, proxy, TLS and mounts serve the requests for tokens too, unless
            the connection has its own.
    """

    def __init__(
        self,
        connection: str | Connection,
        *,
        base_url: str | None = None,
        timeout: float = 30.0,
        retry: Retry = DEFAULT_RETRY,
        guard: Guard | Unset | None = UNSET,
        strict: bool = False,
        throttle: Throttle | None = None,
        bounds: Bounds | None = None,
        transport: http.Transport | None = None,
        **options: Unpack[http.Options],
    ) -> None:
        from zoom_api_client._sync.auth import ConnectionAuth  # loaded with the first client, as are the next
        from zoom_api_client._sync.connections import Connections
        from zoom_api_client._sync.delivery import Delivery
        from zoom_api_client.connection import Connection
        from zoom_api_client.transport import hosts, logging
        from zoom_api_client.transport.bounds import Bounds
        from zoom_api_client.transport.drift import Drift
        from zoom_api_client.transport.settings import Settings, refuse_unknown

        refuse_unknown(options, http.Options.__annotations__, type(self).__name__)
        if isinstance(connection, str):
            from zoom_api_client.connection.static import BareToken

            connection = BareToken(connection)
        if not isinstance(connection, Connection):
            raise TypeError(f"connection is a {type(connection).__name__}: give an access token, or a `Connection`")
        self._base_url, self._guard = hosts.parse_base_url(base_url), guard
        self._account: SubAccount | None = None
        self._owns_connections = True
        self._options, self.bounds = http.CallOptions.of(timeout), bounds or Bounds()
        settings = Settings(timeout, transport, options, retry)
        self._connections, self._drift = Connections(settings, self.bounds), Drift(strict=strict)
        self.connection = connection.for_client(settings, self._base_url)
        self._auth = ConnectionAuth(self.connection, settings)
        self._delivery = Delivery(self._connections, self._auth, retry, throttle)
        logging.begin()

    @classmethod
    def from_env(cls, **options: Any) -> Self:
        """Return a client for what the environment, or a `.env` file, says: see `connection.from_env`.

        Args:
            options: any keyword of the client.
        """
        from zoom_api_client.connection import from_env

        return cls(from_env(), **options)

    @cached_property
    def api(self) -> Api:
        """Every operation, by product and name: `api.users.list_users(…)`."""
        from zoom_api_client._sync.api import Api

        return Api(self)

    @cached_property
    def meetings(self) -> Meetings:
        """Meetings, and who registers for them."""
        from zoom_api_client._sync.modules.meetings import Meetings

        return Meetings(self)

    @cached_property
    def webinars(self) -> Webinars:
        """Webinars, their registrants and panelists."""
        from zoom_api_client._sync.modules.webinars import Webinars

        return Webinars(self)

    @cached_property
    def recordings(self) -> Recordings:
        """Cloud recordings of meetings and webinars."""
        from zoom_api_client._sync.modules.recordings import Recordings

        return Recordings(self)

    @cached_property
    def phone(self) -> Phone:
        """Phone numbers and calls."""
        from zoom_api_client._sync.modules.phone import Phone

        return Phone(self)

    @cached_property
    def chat(self) -> Chat:
        """Messages of Team Chat."""
        from zoom_api_client._sync.modules.chat import Chat

        return Chat(self)

    def for_account(self, account_id: str) -> Self:
        """Return a client that does the same for a sub-account, which takes a master account and `:master` scopes.

        It sends everything below `/accounts/{account_id}`; in a path that names an account already, `me` is this one.
        The connections stay this client's: closing it closes them for both, closing the other closes nothing.
        What Zoom does not have for sub-accounts is refused with `NotForSubAccounts` before anything is sent, except by
        `call()`, which knows nothing of the path it is given.

        Args:
            account_id: the id of the sub-account.
        """
        from zoom_api_client.transport.sub_accounts import SubAccount  # most programs need none

        other = self._sibling()
        other._account = SubAccount(account_id)
        return other

    def for_connection(self, connection: Connection) -> Self:
        """Return a client that does the same with the tokens of another connection: the way to serve many tenants.

        Connections to Zoom, options, guard and throttle are this client's, and shared: closing it closes them for both,
        closing the other closes nothing. It costs next to nothing, so make one for each request of a web application.

        Args:
            connection: of the other account, or of the other user.
        """
        from zoom_api_client._sync.auth import ConnectionAuth

        other = self._sibling()
        other._account = None
        other.connection = connection.for_client(self._auth.settings, self._base_url)
        other._auth = ConnectionAuth(other.connection, self._auth.settings)
        other._delivery = attrs.evolve(self._delivery, auth=other._auth)
        return other

    def with_options(
        self,
        *,
        timeout: float | Unset = UNSET,
        retry: Retry | Unset = UNSET,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, Any] | None = None,
        throttle: Throttle | Unset | None = UNSET,
        guard: Guard | Unset | None = UNSET,
    ) -> Self:
        """Return a client that does the same with other options: `zoom.with_options(timeout=5).meetings.get(…)`.

        What is not given stays as it is here. Connections, tokens and all that is counted are shared; closing it closes
        nothing.

        Args:
            timeout: as for the client, as are `retry`, `throttle` and `guard`.
            retry: see `timeout`.
            headers: added to each request; its own win, and Zoom's token goes along.
            query: added to each request, written as in `call()`.
            throttle: None for none.
            guard: None counts nothing.
        """
        other = self._sibling()
        other._options = self._options.change(timeout, headers, query)
        other._auth = self._auth if isinstance(retry, Unset) else self._auth.with_retry(retry)
        other._delivery = attrs.evolve(
            self._delivery,
            auth=other._auth,
            retry=self.retry if isinstance(retry, Unset) else retry,
            throttle=self._delivery.throttle if isinstance(throttle, Unset) else throttle,
        )
        if not isinstance(guard, Unset):
            other._guard = guard
        return other

    def _sibling(self) -> Self:
        other = copy(self)
        for name in vars(self):
            if isinstance(getattr(type(self), name, None), cached_property):
                del vars(other)[name]  # a named module that was used before sends for this client
        other._owns_connections = False
        return other

    def send(self, request: Request[T]) -> T:
        """Send the request of an operation, and return its typed result.

        Raises `APIError` if Zoom refuses, also with status 200, `ConnectionFailed` if it cannot be reached, and
        `ContractDrift` if the client is strict and the answer is not as Zoom's documents say.
        """
        return (self.send_raw(request)).result

    def send_raw(self, request: Request[T]) -> Answer[T]:
        """Send the request of an operation as `send` does, and return the whole answer."""
        request = self._account.request(request) if self._account else request
        operation = request.operation
        outgoing = http.build_operation_request(request, self._base(), self._options)
        counted = self._count_for(operation.method, request.path, request.body)
        answer = self._deliver(outgoing, operation, counted)
        result = results.read(operation, answer)
        self._drift.see(operation, answer.status, result)
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

        Args:
            method: GET, POST, PATCH, PUT or DELETE.
            path: below the base URL, percent-encoded where needed: `/users/me/settings`.
            params: the query; a list repeats its key.
            json: the body: a JSON value or a model.
            headers: added to the request.
            files: what is uploaded, by the names of Zoom's fields: `{"file": File.at("logo.png")}`.
            data: the other fields of an upload.
        """
        sent = self._outgoing_call(method, path, params, json, headers, files, data)
        del path, params, json, headers, files, data  # may hold secrets, and tracebacks may show locals of frames
        return results.value(self._deliver(*sent))

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
        sent = self._outgoing_call(method, path, params, json, headers, files, data)
        del path, params, json, headers, files, data  # may hold secrets, and tracebacks may show locals of frames
        answer = self._deliver(*sent)
        return Answer(answer.status, answer.headers, answer.content, results.value(answer))

    def _outgoing_call(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None,
        json: Any,
        headers: Mapping[str, str] | None,
        files: Mapping[str, Any] | None,
        data: Mapping[str, Any] | None,
    ) -> tuple[Any, requests.Target, Counted | None]:
        requests.check_path(path)
        path = self._account.path(path) if self._account else path
        if (files or data) and json is not UNSET:
            raise ValueError("a request has one body: give json, or files and data")
        outgoing = http.build_request(
            method.upper(),
            self._base() + path,
            self._options,
            params=requests.query_text(params or {}),
            json=json,
            headers=headers,
            parts=requests.multipart({**(data or {}), **(files or {})}) if files or data else None,
        )
        counted = self._count_for(outgoing.method, path, json)
        return outgoing, (outgoing.method, path.partition("?")[0]), counted

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

        call = {"method": method, "path": path, "params": params, "json": json, "headers": headers}
        return CalledPages(self, call, items)

    def drift_report(self) -> dict[Departure, int]:
        """Return how Zoom's answers left Zoom's documents so far, with the number of answers that did so.

        Every answer of a strict client is looked at, and of others the 2nd, 16th, 128th … of each operation.
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

    @property
    def base_url(self) -> str:
        """The address of the API, as far as it is known before the first token, which names the region's host."""
        return self._base_url or self.connection.known_base_url

    def _base(self) -> str:
        if self._base_url:
            return self._base_url
        from zoom_api_client.transport.primitives import perform

        return perform(self.connection.base_url_steps(self._auth.settings))

    def _address(self, request: Request[Any]) -> str:
        request = self._account.request(request) if self._account else request
        return http.address(request, self._base())

    def close(self) -> None:
        """Close the connections; those of a client that `for_account` or `with_options` made are not its own."""
        if self._owns_connections:
            self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        account = f", account={self._account.id!r}" if self._account else ""
        return f"{type(self).__name__}(base_url={self.base_url!r}{account})"
