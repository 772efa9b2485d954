"""Lends a client the caller's transport, which the client does not close: whoever opens, closes."""

from __future__ import annotations

from typing import Any

from zoom_api_client.transport import client_options, http


class Lent(http.BaseTransport, http.AsyncBaseTransport):
    """A transport of the caller's, which may be shared by clients: none of them opens or closes it."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport

    def handle_request(self, request: http.HTTPRequest) -> http.HTTPResponse:
        response: http.HTTPResponse = self._transport.handle_request(request)
        return response

    def handle_async_request(self, request: http.HTTPRequest) -> Any:
        return self._transport.handle_async_request(request)


def lend(transport: Any, options: Any) -> dict[str, Any]:
    """Return the keywords of an httpx client that closes neither the transport nor those of `mounts`.

    Where the transport is httpx's own, it reaches this machine past the proxies of the environment.
    """
    keywords = {**options, "transport": transport and Lent(transport)}
    mounts = options.get("mounts") if transport else client_options.without_environment(options)
    if mounts:
        keywords["mounts"] = {pattern: each and Lent(each) for pattern, each in mounts.items()}
    return keywords
