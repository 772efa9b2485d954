"""`Zoom`: sends operations, and gives the named modules their place. Derived from the asynchronous client."""

# Derived from zoom_api_client/_async/client.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import cached_property, partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack

from zoom_api_client.core.operation import Request
from zoom_api_client.core.unset import UNSET, Unset
from zoom_api_client.transport import http, responses
from zoom_api_client.transport.retry import Retry

if TYPE_CHECKING:
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
    """A client of Zoom. Close it, or use it in a `with`.

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
        transport: a transport of httpx's, for tests and the like.
        options: more of httpx's own: `proxy`, `http2`, `verify`, `trust_env`, `limits` (30 connections unless given),
            `mounts`, `event_hooks`.
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
        transport: http.BaseTransport | None = None,
        **options: Unpack[http.Options],
    ) -> None:
        from zoom_api_client._sync.delivery import Delivery
        from zoom_api_client.connection import Connection
        from zoom_api_client.transport import hosts  # loaded with the first client, as are the next
        from zoom_api_client.transport.bounds import Bounds
        from zoom_api_client.transport.drift import Drift

        if isinstance(connection, str):
            from zoom_api_client.connection.static import BareToken

            connection = BareToken(connection)
        if not isinstance(connection, Connection):
            raise TypeError(f"connection is a {type(connection).__name__}: give an access token, or a `Connection`")
        self.connection, self._base_url = connection, hosts.checked_base_url(base_url)
        self.retry, self._guard = retry, guard
        self._account: SubAccount | None = None
        given: Any = {"limits": http.LIMITS, **options}
        self._http = http.Client(timeout=timeout, transport=transport, **given)
        self.bounds = bounds or Bounds()
        http.bound(self._http, self.bounds)
        self._drift = Drift(strict=strict)
        self._delivery = Delivery(self._http, connection, retry, throttle, http.places(self._http, options))

    @classmethod
    def from_env(cls) -> Self:
        """Return a client for what the environment, or a `.env` file, says: see `connection.from_env`."""
        from zoom_api_client.connection import from_env

        return cls(from_env())

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

        other = copy(self)
        for name in vars(self):
            if isinstance(getattr(type(self), name, None), cached_property):
                del vars(other)[name]  # a named module that was used before sends for this account
        other._account = SubAccount(account_id)
        return other

    def send(self, request: Request[T]) -> T:
        """Send the request of an operation, and return its typed result.

        Raises `APIError` if Zoom refuses, also with status 200, `ConnectionFailed` if it cannot be reached, and
        `ContractDrift` if the client is strict and the answer is not as Zoom's documents say.
        """
        request = self._account.request(request) if self._account else request
        operation = request.operation
        outgoing = http.outgoing(self._http, request, self._base())
        counted = self._counted(operation.method, request.path, request.body)
        answer = self._deliver(outgoing, operation, counted)
        result = responses.read(operation, answer)
        self._drift.see(operation, answer.status, result)
        return result

    def call(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = UNSET,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Call any path of Zoom's API, and return the decoded JSON (None for no content, bytes for a file).

        Args:
            method: GET, POST, PATCH, PUT or DELETE.
            path: below the base URL, percent-encoded where needed: `/users/me/settings`.
            params: the query; a list repeats its key.
            json: the body: a JSON value or a model.
            headers: added to the request.
        """
        responses.check_path(path)
        path = self._account.path(path) if self._account else path
        outgoing = http.bare(
            self._http,
            method.upper(),
            self._base() + path,
            params=responses.query_text(params or {}),
            json=json,
            headers=dict(headers or {}),
        )
        target = outgoing.method, path.partition("?")[0]
        counted = self._counted(outgoing.method, path, json)
        del path, params, json, headers  # may hold secrets, and tracebacks may show the locals of their frames
        return responses.value(self._deliver(outgoing, target, counted))

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
    def guard(self) -> Guard | None:
        """What counts meetings before they are created; None if nothing does."""
        if isinstance(self._guard, Unset):
            from zoom_api_client import quota  # most programs create no meetings

            self._guard = quota.default(self.base_url)
        return self._guard

    def _counted(self, method: str, path: str, body: Any) -> Counted | None:
        """Return for whom a request counts, None for nearly all of them."""
        if method not in COUNTED or self.guard is None:
            return None
        from zoom_api_client._sync.delivery import Counted

        ours, lookup = self.connection.account, partial(self.call, "GET")
        user = self.guard.who(method, path, body, lookup=lookup, identity=ours, account=ours)
        return Counted(self.guard, user) if user else None

    def _deliver(self, outgoing: Any, target: responses.Target, counted: Counted | None) -> responses.Answer:
        account = self._account.id if self._account else self.connection.account
        return self._delivery.deliver(outgoing, target, account, counted)

    @property
    def base_url(self) -> str:
        """Where the API is, as far as it is known before the first token: that names the region's host."""
        return self._base_url or self.connection.known_base_url

    def _base(self) -> str:
        return self._base_url or self.connection.base_url()

    def close(self) -> None:
        """Close the connections; those of a client that `for_account` made are not its own."""
        if not self._account:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        account = f", account={self._account.id!r}" if self._account else ""
        return f"{type(self).__name__}(base_url={self.base_url!r}{account})"
