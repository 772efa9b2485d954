"""A respx router that takes the requests of httpx before they leave: Zoom's are answered, all others refused."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import attrs
import httpx

from zoom_api_client.storage.extras import require_extra
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.transport import hosts

with require_extra("testing", "zoom_api_client.testing"):
    import respx


class RespxRouter(respx.MockRouter):
    """A respx router that needs no routes for Zoom. All other routes work as usual."""

    def __init__(self, answer: Callable[[IncomingRequest], OutgoingAnswer]) -> None:
        super().__init__(assert_all_called=False)
        self._answer = answer

    def start(self) -> None:
        super().start()
        assert self.Mocker  # of two nested routers the inner one answers
        self.Mocker.routers.sort(key=lambda router: router is not self)

    def handler(self, request: httpx.Request) -> httpx.Response:
        if not hosts.is_zoom_host(request.url.host):
            raise _pass_on(request)
        headers = dict(request.headers.items())  # `dict(request.headers)` would look each of them up
        answer = self._answer(IncomingRequest(request.method, str(request.url), headers, request.content))
        if answer.delay > _patience(request):
            raise httpx.ReadTimeout(f"the mock answers after {answer.delay} seconds", request=request)
        if not answer.status:
            raise httpx.RemoteProtocolError("the mock dropped the connection", request=request)
        if int(answer.headers.get("Content-Length", 0)) > len(answer.body):
            return httpx.Response(answer.status, headers=dict(answer.headers), stream=_Cut(answer.body))
        return httpx.Response(answer.status, headers=dict(answer.headers), content=answer.body)

    async def async_handler(self, request: httpx.Request) -> httpx.Response:
        return self.handler(request)


@attrs.frozen
class _Cut(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body whose end does not come."""

    body: bytes

    def __iter__(self) -> Iterator[bytes]:
        yield self.body
        raise httpx.RemoteProtocolError("the mock cut the answer off")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for each in self:
            yield each


def _patience(request: httpx.Request) -> float:
    """Return for how many seconds the client waits for an answer: a longer delay is a timeout, at once."""
    wait = request.extensions.get("timeout", {}).get("read")
    return float("inf") if wait is None else float(wait)


def _pass_on(request: httpx.Request) -> respx.models.AllMockedAssertionError:
    """Return what lets respx ask its other routers, and fails the test if none of them knows the host."""
    url = request.url.copy_with(query=None, fragment=None, userinfo=b"")
    return respx.models.AllMockedAssertionError(
        f"{request.url.host} is not a host of Zoom's, so {request.method} {url} was not sent: let respx answer it, "
        "with its fixture respx_mock for example"
    )
