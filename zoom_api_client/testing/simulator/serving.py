"""Serves a simulator on loopback, or where it is told to: by HTTP, with TLS too, and through a proxy."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
from anyio.from_thread import start_blocking_portal

from zoom_api_client.storage.extras import require_extra
from zoom_api_client.testing.simulator.asgi import App, app
from zoom_api_client.testing.simulator.proxy import Address, Proxy
from zoom_api_client.testing.simulator.simulator import Simulator
from zoom_api_client.testing.simulator.tls import Authority

with require_extra("testing", "a simulator that is served"):
    import uvicorn
    from uvicorn.protocols.http.h11_impl import H11Protocol

_KEEP_ALIVE = 60  # seconds
_ABORT_AFTER = 1  # seconds for answers under way, when serving ends


@attrs.frozen
class Ports:
    """What to serve, and at which ports; 0 is one of the system's choice, None serves it not.

    Attributes:
        host: the address to listen at; others than loopback let other machines in.
        ca_file: where to write the certificate to trust; in a temporary directory if it is not said.
    """

    plain: int = 0
    tls: int | None = None
    proxy: int | None = None
    host: str = "127.0.0.1"
    ca_file: Path | None = None


@attrs.frozen
class Addresses:
    """Where a simulator is served.

    Attributes:
        base_url: takes the place of https://api.zoom.us/v2, and of the upload hosts'.
        tls_url: the same with TLS; "" without.
        proxy_url: for `HTTPS_PROXY`; "" without.
        ca_file: for `SSL_CERT_FILE`, `REQUESTS_CA_BUNDLE`, `NODE_EXTRA_CA_CERTS`; None without TLS.
    """

    base_url: str
    tls_url: str = ""
    proxy_url: str = ""
    ca_file: Path | None = None


@contextmanager
def serve_in_thread(simulator: Simulator, ports: Ports | None = None) -> Iterator[Addresses]:
    """Serve from a thread, from `with` to its end."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(serve(simulator, ports)) as addresses:
        yield addresses


@asynccontextmanager
async def serve(simulator: Simulator, ports: Ports | None = None) -> AsyncIterator[Addresses]:
    """Serve in this event loop, from `async with` to its end. Raises `OSError` for a port that is taken."""
    ports, asgi = ports or Ports(), app(simulator)
    is_secure = ports.tls is not None or ports.proxy is not None
    authority = Authority() if is_secure else None  # before anything listens: it may need what is not installed
    async with AsyncExitStack() as stack:
        plain = secure = await stack.enter_async_context(_listen(asgi, ports.host, ports.plain))
        served = Addresses(f"http://{_name(plain)}/v2")
        if authority:
            ca_file = ports.ca_file or Path(stack.enter_context(TemporaryDirectory(prefix="zoom-"))) / "ca.pem"
            authority.write(ca_file)
            secure = await stack.enter_async_context(_listen(asgi, ports.host, ports.tls or 0, authority.context()))
            served = attrs.evolve(served, tls_url=f"https://{_name(secure)}/v2", ca_file=ca_file)
        if ports.proxy is not None:
            proxy = await stack.enter_async_context(_listen_as(Proxy(plain, secure), ports.host, ports.proxy))
            served = attrs.evolve(served, proxy_url=f"http://{_name(proxy)}")
        yield served


@asynccontextmanager
async def _listen(asgi: App, host: str, port: int, context: ssl.SSLContext | None = None) -> AsyncIterator[Address]:
    config = uvicorn.Config(
        asgi,
        http=_Protocol,
        ws="websockets-sansio" if find_spec("websockets") else "none",  # "auto" loads, before 0.50, what is deprecated
        lifespan="off" if context else "on",  # one of them lets the clock tick
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=_KEEP_ALIVE,
    )
    config.load()
    config.ssl = context
    server = _Server(config)
    listener = _bind(host, port)
    serving = asyncio.create_task(server.serve([listener]))
    try:
        yield listener.getsockname()[:2]  # who connects before uvicorn is ready waits in the backlog
    finally:
        await _end(server, serving)


async def _end(server: uvicorn.Server, serving: asyncio.Task[None]) -> None:
    """End a server; who waits for a late answer then loses the connection. Uvicorn would log each as a fault."""
    server.should_exit = True
    await asyncio.wait([serving], timeout=_ABORT_AFTER)
    for each in tuple(server.server_state.tasks):
        each.cancel()
    await serving


@asynccontextmanager
async def _listen_as(proxy: Proxy, host: str, port: int) -> AsyncIterator[Address]:
    listener = _bind(host, port)
    server = await asyncio.start_server(proxy.handle, sock=listener)
    try:
        yield listener.getsockname()[:2]
    finally:
        server.close()
        proxy.close()


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=2048)


def _name(address: Address) -> str:
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to whoever serves: there are two servers here."""
        yield


class _Protocol(H11Protocol):
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Hand the connection to the app, which may have to drop it."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}
