"""The options of an HTTP client: proxies, certificates, connections. What is wrong is said before a request."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypedDict
from urllib.request import getproxies

from zoom_api_client.transport.http import URL, InvalidURL, Limits, Proxy, create_ssl_context

LIMITS = Limits(max_connections=30, max_keepalive_connections=20)
"""Zoom allows an account tens of requests a second, and httpx takes the longer for each the more connections it has."""


_ADVICE = {
    "handle_request": ', or AsyncZoom for "aiohttp"',
    "handle_async_request": ', or "aiohttp"',
}


class Options(TypedDict, total=False):
    """Options that are passed on to httpx's client as they are: see httpx for the meaning of each."""

    proxy: Proxy | URL | str | None
    http2: bool
    verify: ssl.SSLContext | str | bool
    trust_env: bool
    limits: Limits
    mounts: Mapping[str, Any]
    event_hooks: Mapping[str, list[Callable[..., Any]]]


def most_connections(options: Options) -> int | None:
    """Return how many requests may be under way, each on a connection of its own; None for any number.

    The others wait for a place outside httpx, whose own queue is slow: it looks through all connections for all that
    wait. Measured, 500 at once: up to 4 times.
    """
    return None if options.get("http2") else options.get("limits", LIMITS).max_connections


def has_own_transport(transport: object, options: Options) -> bool:
    """Return whether a client sends by httpx's own transport or by ours, which tell when they begin to."""
    return transport in (None, "aiohttp") and not options.get("mounts")


def proxy(options: Options) -> Proxy | None:
    """Return the proxy of a client, its credentials apart."""
    given = options.get("proxy")
    return None if given is None else _parse_proxy("proxy", given)


def check(options: Options, transport: object, method: str = "") -> None:
    """Refuse transports, proxies and certificates that are none, and what needs a library that is not there.

    Args:
        options: of the client.
        transport: the caller's, None for httpx's own.
        method: the name of the method that a transport must have.
    """
    if transport is not None and not hasattr(transport, method):
        raise TypeError(f"transport is {transport!r}: give one of httpx's that has {method}()" + _ADVICE[method])
    proxies = [proxy(options)] if options.get("proxy") is not None else []
    if transport is None:
        proxies += [_parse_proxy(f"{name}_proxy of the environment", url) for name, url in _environment(options)]
    if any(each and each.url.scheme.startswith("socks") for each in proxies) and find_spec("socksio") is None:
        raise ImportError('a SOCKS proxy needs a library: pip install "httpx[socks]"')
    if options.get("http2") and find_spec("h2") is None:
        raise ImportError('http2=True needs a library: pip install "httpx[http2]"')
    verify = options.get("verify", True)
    if not isinstance(verify, ssl.SSLContext | str | bool):
        raise TypeError(f"verify is {verify!r}: give True, False, the path of a file of certificates, or an SSLContext")
    if isinstance(verify, str):
        ssl_context(options)


def _environment(options: Options) -> list[tuple[str, str]]:
    """Return the proxies of the environment, by their schemes, if they are used."""
    found = getproxies() if options.get("trust_env", True) and options.get("proxy") is None else {}
    return [(name, found[name]) for name in ("http", "https", "all") if found.get(name)]


def without_environment(options: Options) -> Mapping[str, Any]:
    """Return the mounts by which this machine is reached past the proxies of the environment.

    Tokens may go to a stand-in over plain HTTP because they stay on this machine, and a proxy would read them.
    """
    own = {f"all://{host}": None for host in ("127.0.0.1", "localhost", "[::1]")} if _environment(options) else {}
    return {**own, **(options.get("mounts") or {})}


def _parse_proxy(name: str, given: Proxy | URL | str) -> Proxy:
    """Return a proxy. What is none is not quoted: it may have a password."""
    try:
        if isinstance(given, Proxy):
            return given
        plain = isinstance(given, str) and "://" not in given and name != "proxy"
        return Proxy(f"http://{given}" if plain else given)
    except (ValueError, TypeError, AttributeError, InvalidURL):
        pass
    raise ValueError(f"{name} is not the address of a proxy: give http://host:port, https://… or socks5://…")


def without_proxy(options: Options) -> Options:
    """Return the options of a client whose transport knows the proxy itself."""
    return {name: each for name, each in options.items() if name != "proxy"}  # type: ignore[return-value]


def ssl_context(options: Options) -> ssl.SSLContext:
    """Return the TLS that httpx would use: one in a process for each configuration (25 ms, 0.8 MB)."""
    verify, trust_env = options.get("verify", True), options.get("trust_env", True)
    if isinstance(verify, ssl.SSLContext):
        return verify
    named = tuple(os.environ.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR")) if trust_env else ()
    return _ssl_context(verify, trust_env, bool(options.get("http2")), named)


@cache
def _ssl_context(verify: str | bool, trust_env: bool, http2: bool, named: tuple[str | None, ...]) -> ssl.SSLContext:
    try:
        context = _read(verify) if isinstance(verify, str) else create_ssl_context(verify=verify, trust_env=trust_env)
    except OSError as failure:
        place = f"verify={verify!r}" if isinstance(verify, str) else "SSL_CERT_FILE or SSL_CERT_DIR of the environment"
        raise ValueError(f"no certificates could be read from {place} ({failure})") from None
    context.set_alpn_protocols(["http/1.1", "h2"] if http2 else ["http/1.1"])
    # httpcore sets them for each connection, and OpenSSL would free what another thread is reading.
    vars(context)["set_alpn_protocols"] = lambda protocols: None
    return context


def _read(place: str) -> ssl.SSLContext:
    """Return TLS that trusts a file of certificates, or a directory of them."""
    if Path(place).is_dir():
        return ssl.create_default_context(capath=place)
    return ssl.create_default_context(cafile=place)
