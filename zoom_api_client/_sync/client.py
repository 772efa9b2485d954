"""`Zoom`: sends operations, and gives the named modules their place. Derived from the asynchronous client."""

# Derived from zoom_api_client/client.py by `python -m generator build`: do not edit.
from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from copy import copy
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack

from zoom_api_client import errors
from zoom_api_client.operation import Operation, Request
from zoom_api_client.transport import http, wire
from zoom_api_client.transport.retry import Attempt, Retry
from zoom_api_client.values import UNSET

if TYPE_CHECKING:
    from zoom_api_client._sync.modules.meetings import Meetings
    from zoom_api_client.connection import Connection
    from zoom_api_client.transport.accounts import SubAccount

T = TypeVar("T")

MAX_REDIRECTS = 5
DEFAULT_RETRY = Retry()

_log = logging.getLogger("zoom_api_client")


class Zoom:
    """A client of Zoom. Close it, or use it in a `with`.

    Args:
        connection: one of `zoom_api_client.connection`, which gets and renews tokens; or an OAuth access token. Tokens
            go to Zoom's hosts (or to the host of `base_url`) and nowhere else.
        base_url: where Zoom's API is, if not where the connection says: a stand-in for tests, for example.
        timeout: seconds to wait for a connection and for each part of an answer.
        retry: when a request is sent again, and after how long; `Retry(attempts=1)` never repeats.
        transport: a transport of httpx's, for tests and the like.
        options: more of httpx's own: `proxy`, `http2`, `verify`, `trust_env`, `limits`, `mounts`, `event_hooks`.
    """

    def __init__(
        self,
        connection: str | Connection,
        *,
        base_url: str | None = None,
        timeout: float = 30.0,
        retry: Retry = DEFAULT_RETRY,
        transport: http.BaseTransport | None = None,
        **options: Unpack[http.Options],
    ) -> None:
        if isinstance(connection, str):
            from zoom_api_client.connection.fixed import BareToken

            connection = BareToken(connection)
        self.connection, self._base_url = connection, (base_url or "").rstrip("/")
        self.retry = retry
        self._account: SubAccount | None = None
        given: Any = options
        self._http = http.Client(timeout=timeout, transport=transport, **given)

    @classmethod
    def from_env(cls) -> Self:
        """Return a client for what the environment, or a `.env` file, says: see `connection.from_env`."""
        from zoom_api_client.connection import from_env

        return cls(from_env())

    @cached_property
    def meetings(self) -> Meetings:
        """Meetings: create, read, list, delete."""
        from zoom_api_client._sync.modules.meetings import Meetings

        return Meetings(self)

    def for_account(self, account_id: str) -> Self:
        """Return a client that does the same for a sub-account, which takes a master account and `:master` scopes.

        It sends everything below `/accounts/{account_id}`; in a path that names an account already, `me` is this one.
        The connections stay this client's: closing it closes them for both, closing the other closes nothing.
        What Zoom does not have for sub-accounts is refused with `NotForSubAccounts` before anything is sent, except by
        `call()`, which knows nothing of the path it is given.

        Args:
            account_id: the id of the sub-account.
        """
        from zoom_api_client.transport.accounts import SubAccount  # most programs need none

        other = copy(self)
        for name in vars(self):
            if isinstance(getattr(type(self), name, None), cached_property):
                del vars(other)[name]  # a named module that was used before sends for this account
        other._account = SubAccount(account_id)
        return other

    def send(self, request: Request[T]) -> T:
        """Send the request of an operation, and return its typed result.

        Raises `APIError` if Zoom refuses, also with status 200, and `ConnectionFailed` if it cannot be reached.
        """
        request = self._account.request(request) if self._account else request
        operation = request.operation
        outgoing = http.outgoing(self._http, request, self._base())
        return wire.read(operation, self._deliver(outgoing, str(operation), operation))

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
        if not path.startswith("/"):
            raise ValueError(f"the path {path!r} must begin with a slash: a token is not sent to another address")
        path = self._account.path(path) if self._account else path
        what = f"{method.upper()} {path.partition('?')[0]}"
        outgoing = http.bare(
            self._http,
            method.upper(),
            self._base() + path,
            params=wire.query_text(params or {}),
            json=json,
            headers=dict(headers or {}),
        )
        del path, params, json, headers  # may hold secrets, and tracebacks may show the locals of their frames
        return wire.value(self._deliver(outgoing, what))

    def _deliver(self, outgoing: Any, what: str, operation: Operation[Any] | None = None) -> wire.Answer:
        number, waited = 0, 0.0
        while True:
            number += 1
            failure: errors.ZoomError | None
            try:
                answer = self._exchange(outgoing, what, operation)
            except errors.ConnectionFailed as failed:
                failure = failed
            else:
                failure = wire.passing(answer, operation)
                if failure is None:
                    return answer
            wait = self.retry.wait(Attempt(number, outgoing.method, failure, waited))
            if wait is None:
                raise failure
            _log.info("%s: attempt %d failed (%s); again in %.1f s", what, number, type(failure).__name__, wait)
            waited += wait
            time.sleep(wait)

    def _exchange(self, outgoing: Any, what: str, operation: Operation[Any] | None) -> wire.Answer:
        keeps = operation is not None and operation.keeps_authorization
        auth: Any = self.connection.auth
        with http.connection(what):
            for _ in range(MAX_REDIRECTS):
                answer = http.answer(self._http.send(outgoing, auth=auth))
                onwards = wire.redirect(str(outgoing.url), answer, outgoing.method, keeps_authorization=keeps)
                if onwards is None:
                    return answer
                auth = self.connection.auth if onwards[1] else None
                outgoing = http.resent(self._http, outgoing, onwards[0], authorized=onwards[1])
                del onwards  # may be a signed link
        raise errors.TooManyRedirects(f"{what}: Zoom sent the request on more than {MAX_REDIRECTS} times")

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
