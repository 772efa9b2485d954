"""OpenTelemetry spans, by its conventions for HTTP, if the program uses OpenTelemetry. It is never loaded from here.

Nobody reads the spans of a program that has not loaded OpenTelemetry, so without it a call costs one look into
`sys.modules`. https://opentelemetry.io/docs/specs/semconv/http/http-spans/
"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from zoom_api_client._version import __version__
from zoom_api_client.transport import requests

if TYPE_CHECKING:
    from zoom_api_client.transport.http import HTTPRequest

NONE: AbstractContextManager[Any] = nullcontext()


def span(target: requests.Target, outgoing: HTTPRequest, attempt: int = 0) -> AbstractContextManager[Any]:
    """Return a span to be entered, which gives None without OpenTelemetry: of a call, or of one of its attempts."""
    start = getattr(sys.modules.get("opentelemetry.trace"), "get_tracer", None)
    if start is None:
        return NONE
    from opentelemetry.trace import SpanKind

    operation = requests.operation_of(target)
    spans: AbstractContextManager[Any] = start("zoom_api_client", __version__).start_as_current_span(
        outgoing.method if attempt or operation is None else str(operation),
        kind=SpanKind.CLIENT,
        attributes=_attributes(operation, outgoing, attempt),
        record_exception=False,  # see `end`
        set_status_on_exception=False,
    )
    return spans


def end(span: Any, status: int | None, error: BaseException | None) -> None:
    """Put on a span how it ended: with an HTTP status, or with an error, whose name is enough."""
    if span is None:
        return
    from opentelemetry.trace import StatusCode

    if status is not None:
        span.set_attribute("http.response.status_code", status)
    kind = str(status) if (status or 0) >= 400 else type(error).__name__ if error is not None else None
    if kind is not None:
        span.set_attribute("error.type", kind)
        span.set_status(StatusCode.ERROR)


def _attributes(operation: Any, outgoing: HTTPRequest, attempt: int) -> dict[str, Any]:
    url = outgoing.url
    port = url.port or (443 if url.scheme == "https" else 80)
    path = url.raw_path.decode().partition("?")[0]  # signed links and passcodes stand in the query
    known = {"url.template": operation.path} if operation else {}
    resent = {"http.request.resend_count": attempt - 1} if attempt > 1 else {}
    return {
        "http.request.method": outgoing.method,
        "server.address": url.host,
        "server.port": port,
        "url.full": f"{url.scheme}://{url.netloc.decode()}{path}",
        **known,
        **resent,
    }
