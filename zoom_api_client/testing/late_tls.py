"""TLS that is made when a connection first needs it: a mock makes none, and to read the certificates takes 25 ms."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from zoom_api_client.transport.http import create_ssl_context


def make_late(verify: bool, trust_env: bool) -> ssl.SSLContext:
    """Return the TLS of httpx, late if it is the usual one."""
    return LateContext.trusting(trust_env) if verify else create_ssl_context(verify=False)


class LateContext(ssl.SSLContext):
    """The usual TLS. A client that is made beside a mock and called after it connects with it like any other."""

    _trust_env: bool
    _protocols: tuple[str, ...] = ()

    @classmethod
    def trusting(cls, environment: bool) -> LateContext:
        """Return one that trusts `SSL_CERT_FILE` and `SSL_CERT_DIR` of the environment, or not."""
        late = cls(ssl.PROTOCOL_TLS_CLIENT)
        late._trust_env = environment
        return late

    def set_alpn_protocols(self, alpn_protocols: Iterable[str]) -> None:
        self._protocols = tuple(alpn_protocols)

    def wrap_socket(self, *args: Any, **options: Any) -> ssl.SSLSocket:
        return self._usual.wrap_socket(*args, **options)

    def wrap_bio(self, *args: Any, **options: Any) -> ssl.SSLObject:
        return self._usual.wrap_bio(*args, **options)

    @cached_property
    def _usual(self) -> ssl.SSLContext:
        made = create_ssl_context(trust_env=self._trust_env)
        made.set_alpn_protocols(self._protocols)
        return made
