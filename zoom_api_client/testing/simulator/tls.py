"""A certificate authority of the simulator's own, which is made anew at each start and signs for any name asked."""

from __future__ import annotations

import ssl
from functools import lru_cache
from pathlib import Path

from zoom_api_client.storage.extras import require_extra
from zoom_api_client.transport import hosts

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Authority:
    """Signs for Zoom's hosts and for this machine, and for nobody else."""

    def __init__(self) -> None:
        with require_extra("testing", "HTTPS of the simulator"):
            import trustme
        self._authority = trustme.CA(organization_name="Simulated Zoom, for tests")
        self._context_of = lru_cache(maxsize=256)(self._make_context)

    def write(self, file: Path) -> None:
        """Write the certificate that clients are to trust."""
        self._authority.cert_pem.write_to_path(str(file))

    def context(self) -> ssl.SSLContext:
        """Return what a server listens with: it shows each client the certificate of the name that it asks for."""
        context = self._context_of("")
        context.sni_callback = self._choose
        return context

    def _choose(self, connection: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> int | None:
        if name and not hosts.is_zoom_host(name) and name not in _LOOPBACK:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        connection.context = self._context_of(name.lower() if name and name not in _LOOPBACK else "")
        return None

    def _make_context(self, name: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        leaf = self._authority.issue_cert(*((name,) if name else _LOOPBACK))
        leaf.configure_cert(context)
        return context
