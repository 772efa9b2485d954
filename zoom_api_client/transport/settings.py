"""One configuration of HTTP: how a client reaches Zoom's API, and Zoom's authorization server for its tokens."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs

from zoom_api_client.core.suggestions import did_you_mean
from zoom_api_client.core.unset import UNSET
from zoom_api_client.transport import client_options, http
from zoom_api_client.transport.bounds import Bounds
from zoom_api_client.transport.lent import lend
from zoom_api_client.transport.retry import Retry

WAYS: Final = ("transport", "proxy", "verify", "trust_env")
"""The options that choose the way by which Zoom is reached."""

_ELSEWHERE: Final = {
    "headers": "give them with zoom.with_options(headers={…})",
    "params": "give them with zoom.with_options(query={…})",
    "cookies": "Zoom's API reads none; a header goes along with zoom.with_options(headers={…})",
    "auth": "the connection signs requests: Zoom(connection)",
    "follow_redirects": "where Zoom sends a request on, it is followed",
}


_POLICIES: Final = {
    "retry": ("wait", "a Retry, Retry(attempts=1) for one that never repeats"),
    "guard": ("question", 'a Guard, Guard("sqlite://") for example, or None'),
    "throttle": ("reserve", 'a Throttle, Throttle("business") for example, or None'),
    "bounds": ("meter", "Bounds, Bounds(pages=100) for example"),
}
"""The method that each policy of a client has, and how one is made."""


def refuse_unknown(given: Iterable[str], known: Iterable[str], owner: type) -> None:
    """Raise `TypeError` for an option that would be taken and dropped; it names the way, where there is one.

    Args:
        given: the names of the options.
        known: those that there are, besides the keywords that the owner's constructor names.
        owner: whose options they are.
    """
    allowed = list(known)
    for name in given:
        if name not in allowed:
            named = [*inspect.signature(owner).parameters, *allowed]
            advice = f": {_ELSEWHERE[name]}" if name in _ELSEWHERE else did_you_mean(name, named)
            raise TypeError(f"{owner.__name__} takes no option {name!r}{advice}")


def check_policies(**given: object) -> None:
    """Raise `TypeError` for what is not a policy, a URL for example: it would fail in the middle of the first call."""
    for name, policy in given.items():
        method, example = _POLICIES[name]
        is_left_out = policy is UNSET or (policy is None and name != "retry")
        if not is_left_out and not hasattr(policy, method):
            raise TypeError(f"{name} must be {example}, not {type(policy).__name__}")


@attrs.frozen
class Settings:
    """The settings by which Zoom is reached.

    Attributes:
        timeout: seconds to wait for a connection and for each part of an answer.
        transport: a transport of the caller's, who closes it; or `aiohttp`, by name.
        options: more options of httpx.
        retry: when a request for a token is sent again.
        bounds: how much of an answer is read.
    """

    timeout: float = 30.0
    transport: Any = None
    options: client_options.Options = attrs.field(factory=client_options.Options, repr=False)
    retry: Retry = attrs.field(factory=Retry)
    bounds: Bounds = attrs.field(factory=Bounds)

    def __attrs_post_init__(self) -> None:
        client_options.proxy(self.options)  # refuses what is not an address

    def for_tokens(self, own: Mapping[str, Any]) -> Settings:
        """Return the settings for tokens: the connection's own, or else those of the client that asks."""
        timeout = own.get("timeout", self.timeout)
        if any(name in own for name in WAYS):
            way: Any = {name: own[name] for name in WAYS[1:] if name in own}
            return Settings(timeout, own.get("transport"), way, self.retry, self.bounds)
        return attrs.evolve(self, timeout=timeout)

    def blocks(self) -> bool:
        """Return whether a thread can send by this way."""
        mounts = self.options.get("mounts") or {}
        ours = [each for each in (self.transport, *mounts.values()) if each not in (None, "aiohttp")]
        return all(isinstance(each, http.BaseTransport) for each in ours)

    def token_client(self) -> http.Client:
        """Return a client for one request for a token, which a thread sends."""
        way: Any = {name: each for name, each in self.options.items() if name in (*WAYS, "mounts")}
        transport = None if self.transport == "aiohttp" else self.transport
        return http.Client(
            **lend(transport, {**way, "verify": client_options.ssl_context(way), "timeout": self.timeout})
        )


DEFAULT: Final = Settings()
"""The settings of a connection that no client uses."""
