"""`Zoom`: a client of Zoom, and the siblings made from it."""

# Derived from zoom_api_client/_async/client.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, Unpack

import attrs

from zoom_api_client._sync.named_modules import NamedModules
from zoom_api_client.core.unset import UNSET, Unset
from zoom_api_client.transport import client_options, http
from zoom_api_client.transport.retry import Retry

if TYPE_CHECKING:
    from zoom_api_client._sync.api import Api
    from zoom_api_client.connection import Connection
    from zoom_api_client.quota import Guard
    from zoom_api_client.transport.bounds import Bounds
    from zoom_api_client.transport.throttle import Throttle

DEFAULT_RETRY = Retry()


class Zoom(NamedModules):
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
        transport: an httpx transport, for tests and the like, which the caller closes; in asyncio event loops
            also `aiohttp`, by its name, which is faster and takes `pip install "zoom-api-client[aiohttp]"`.
        options: more options of httpx: `proxy`, `http2`, `verify`, `trust_env`, `limits` (30 connections unless given),
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
        **options: Unpack[client_options.Options],
    ) -> None:
        from zoom_api_client._sync.auth import ConnectionAuth  # loaded with the first client, as are the next
        from zoom_api_client._sync.connections import Connections
        from zoom_api_client._sync.delivery import Delivery
        from zoom_api_client.connection import Connection
        from zoom_api_client.core.secret import Secret
        from zoom_api_client.transport import hosts, logging
        from zoom_api_client.transport.bounds import Bounds
        from zoom_api_client.transport.call_options import CallOptions
        from zoom_api_client.transport.drift import Drift
        from zoom_api_client.transport.settings import Settings, check_policies, refuse_unknown

        given: Any = Secret(connection) if isinstance(connection, str) else connection
        del connection  # may be a token, which would be seen among the locals of a traceback
        refuse_unknown(options, client_options.Options.__annotations__, type(self))
        check_policies(retry=retry, guard=guard, throttle=throttle, bounds=bounds)
        if isinstance(given, Secret):
            from zoom_api_client.connection.static import BareToken

            given = BareToken(given)
        if not isinstance(given, Connection):
            raise TypeError(f"connection is a {type(given).__name__}: give an access token, or a `Connection`")
        self._base_url, self._guard = hosts.parse_base_url(base_url), guard
        self._account = None
        self._owns_connections = True
        self._options, self.bounds = CallOptions.of(timeout), bounds or Bounds()
        settings = Settings(timeout, transport, options, retry, self.bounds)
        self._connections, self._drift = Connections(settings, self.bounds), Drift(strict=strict)
        self.connection = given.for_client(settings, self._base_url)
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
        from zoom_api_client.connection import Connection

        given: Any = connection
        del connection  # may be a token, which would be seen among the locals of a traceback
        if not isinstance(given, Connection):
            kind = type(given).__name__
            del given
            raise TypeError(f"connection is a {kind}: give a `Connection`; BareToken(…) is one of an access token")
        other = self._sibling()
        other._account = None
        other.connection = given.for_client(self._auth.settings, self._base_url)
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
        from zoom_api_client.transport.settings import check_policies

        check_policies(retry=retry, guard=guard, throttle=throttle)
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
        if "connection" not in vars(self):  # a traceback may show a client that could not be made
            return f"<{type(self).__name__} without a connection>"
        account = f", account={self._account.id!r}" if self._account else ""
        return f"{type(self).__name__}(base_url={self.base_url!r}{account})"
