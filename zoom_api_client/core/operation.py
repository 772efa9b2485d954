"""An operation of Zoom's as a value, and the request that is made of it: pure, without a connection to send it on."""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

import attrs

from zoom_api_client.core import codec, decoding, parameters, resources, times, validation
from zoom_api_client.core.paging import Paging
from zoom_api_client.core.protocols import is_model
from zoom_api_client.core.unset import UNSET, Unset

T = TypeVar("T")

_ACCOUNT = "/accounts/{accountId}"
_PLACE = re.compile(r"\{([^}]+)\}")
_warned: set[str] = set()


def _tuple(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


def _paging(value: Paging | Mapping[str, Any] | None) -> Paging | None:
    return value if value is None or isinstance(value, Paging) else Paging(**value)


def _by_status(results: Mapping[Any, str | None]) -> dict[int, str | None]:
    return {int(status): result for status, result in results.items()}


@attrs.frozen(kw_only=True)
class Operation(Generic[T]):
    """The facts of one operation of Zoom's. `T` is the type of its result.

    Attributes:
        module: the module behind it, by its whole name: `zoom_api_client.api.meetings.create_meeting`.
        operation_id: Zoom's name of it.
        method: the method of HTTP.
        path: below the base URL, with the names of its parameters in braces: `/users/{userId}/meetings`.
        results: the type of the answer for each status of success: a type of the product's models, `bytes` for a file,
            None for no content.
        rate_limit: `light`, `medium`, `heavy` or `resource-intensive`; "" where Zoom's documents have none.
        scopes: the granular scopes, one of which an app needs.
        classic_scopes: the same for apps made before March 2024.
        media_type: of the body.
        server: the base URL where it is not the client's own.
        twice: the parameters in which UUIDs are percent-encoded twice.
        joined: the parameters of the query whose values are joined by commas.
        keeps_authorization: whether the token goes along to where Zoom sends the request on.
        deprecated: whether Zoom's documents say so.
        successor: what to use instead of a deprecated one.
        master: whether only Zoom's documents for master accounts have it.
        module_method: the method of a named module that it stands behind: `meetings.create`.
        paged: how its list is read page by page, None where it has none.
    """

    module: str
    operation_id: str
    method: str
    path: str
    results: Mapping[int, str | None] = attrs.field(converter=_by_status)
    rate_limit: str = ""
    scopes: tuple[str, ...] = attrs.field(default=(), converter=_tuple)
    classic_scopes: tuple[str, ...] = attrs.field(default=(), converter=_tuple)
    media_type: str = "application/json"
    server: str = ""
    twice: tuple[str, ...] = attrs.field(default=(), converter=_tuple)
    joined: tuple[str, ...] = attrs.field(default=(), converter=_tuple)
    keeps_authorization: bool = False
    deprecated: bool = False
    successor: str = ""
    master: bool = False
    module_method: str = ""
    paged: Paging | None = attrs.field(default=None, converter=_paging)

    @property
    def product(self) -> str:
        """The package of the product: `meetings`, `team_chat`."""
        return _names(self.module).product

    @property
    def name(self) -> str:
        """The name within the product: `create_meeting`."""
        return _names(self.module).name

    @property
    def models(self) -> str:
        """The package of the models of the operation."""
        return _names(self.module).models

    @property
    def sub_account(self) -> bool:
        """True if a master account can call it for one of its sub-accounts: `zoom.for_account(…)`."""
        return str(self) in _index("sub_accounts")

    @property
    def requires(self) -> tuple[str, ...]:
        """The requirements of an account besides scopes: the lowest plan (`Pro plan`), and licences by name."""
        return tuple(_index("requires").get(str(self), ()))

    def of_sub_account(self) -> Operation[T] | None:
        """Return it as it is for a sub-account, with another path and other scopes; None if Zoom does not have that."""
        if not self.sub_account:
            return None
        own = self.path.startswith(_ACCOUNT)
        scopes = _index("sub_accounts")[str(self)]
        return attrs.evolve(
            self,
            path=self.path if own else _ACCOUNT + self.path,
            scopes=scopes.get("granular", ()),
            classic_scopes=scopes.get("classic", ()),
        )

    def __str__(self) -> str:
        return _names(self.module).whole

    def request(
        self,
        path: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, Any] | None = None,
        body: Any = UNSET,
    ) -> Request[T]:
        """Return the request with these values, keyed by Zoom's own names.

        Raises `ValueError` or `TypeError` that says which value Zoom would refuse, and why.
        """
        if self.deprecated:
            self._warn()
        if body is not UNSET:
            validation.check_body(str(self), body)
            body = times.settle(body, Any if is_model(type(body)) else times.parameter_hint(self, "body"))
        given = path or {}
        parameters.check_choices(self, {**given, **(query or {})}, _index("choices").get(str(self), {}))
        return self._kind(
            operation=self,
            path=_PLACE.sub(lambda place: self._segment(place[1], given.get(place[1])), self.path),
            query=tuple(parameters.pairs(self, query or {}, self.joined, self.twice)),
            headers={
                name: parameters.text(self, name, value)
                for name, value in (headers or {}).items()
                if value is not UNSET
            },
            body=body,
        )

    def decode(self, status: int, content: Any) -> T:
        """Return the typed result of an answer with this status and this decoded JSON, as if Zoom had answered that.

        Nothing is refused: what does not fit the declared type stays as it is. A status that Zoom's document does not
        have is read as the first that it has. The JSON is copied.
        """
        return self.adopt(status, codec.copy(content))

    def adopt(self, status: int, content: Any) -> T:
        """Do the same with JSON that belongs to nobody else: it becomes the result."""
        result: Any = content
        hint = self.result_type(status)
        if hint is not None and content is not None:
            result = _decoder(hint, self.models)(content)
        typed: T = result
        return typed

    def result_type(self, status: int) -> str | None:
        """Return the type of an answer with this status: of one that Zoom does not declare, the first."""
        return self.results[status] if status in self.results else next(iter(self.results.values()), None)

    def _segment(self, name: str, value: Any) -> str:
        return parameters.segment(self, name, value, twice=name in self.twice)

    @property
    def _kind(self) -> type[Request[T]]:
        return Request

    def _warn(self) -> None:
        if str(self) not in _warned:
            _warned.add(str(self))
            instead = f"; use {self.successor}" if self.successor else ""
            warnings.warn(
                f"Zoom has deprecated {self} ({self.method} {self.path}){instead}",
                DeprecationWarning,
                stacklevel=_callers_level(),
            )


def _masked(query: Iterable[tuple[str, str]]) -> str:
    """Return the repr of a query without secrets: the PIN of a session is one."""
    from zoom_api_client.core.redaction import redact_value  # loaded with the first repr

    return repr(tuple((name, redact_value(name, text)) for name, text in query))


@attrs.frozen(kw_only=True)
class Request(Generic[T]):
    """A request that is ready to be sent: the path is percent-encoded, the body is a model or a JSON value."""

    operation: Operation[T] = attrs.field(repr=str)
    path: str
    query: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=_masked)
    headers: Mapping[str, str] = attrs.field(factory=dict)
    body: Any = attrs.field(default=UNSET, repr=False)

    @property
    def json(self) -> Any:
        """The JSON value of the body, or `UNSET`."""
        return self.body if self.body is UNSET else codec.plain(self.body)


def _callers_level() -> int:
    """Return how far up the code lies that called us: a warning that points into ours would not be shown."""
    frame, level = sys._getframe(1), 1
    while frame.f_back and frame.f_globals.get("__name__", "").startswith("zoom_api_client."):
        frame, level = frame.f_back, level + 1
    return level


class _Names(NamedTuple):
    product: str
    name: str
    models: str
    whole: str


@cache
def _names(module: str) -> _Names:
    """Return what an operation is called, from the name of its module: each call asks several times."""
    product, name = module.split(".")[-2:]
    return _Names(product, name, f"zoom_api_client.models.{product}", f"{product}.{name}")


@cache
def _decoder(hint: str, models: str) -> decoding.Decoder:
    return decoding.decoder(decoding.resolve(hint, models))


@cache
def _index(name: str) -> dict[str, Any]:
    """Return what is known of operations beyond their own modules, by product and name."""
    index: dict[str, Any] = resources.load("zoom_api_client.api", f"{name}.json")
    return index


__all__ = ["UNSET", "Operation", "Paging", "Request", "Unset"]
