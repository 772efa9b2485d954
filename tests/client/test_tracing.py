"""Who watches httpx with OpenTelemetry watches this client too."""

from collections.abc import Iterator

import pytest
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from tests.client.loopback import Loopback, Reply, Sent
from tests.client.worlds import World
from zoom_api_client import Retry, errors


@pytest.fixture
def exporter() -> Iterator[InMemorySpanExporter]:
    """What OpenTelemetry saw of httpx."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    HTTPXClientInstrumentor().instrument(tracer_provider=provider)
    yield exporter
    HTTPXClientInstrumentor().uninstrument()
    provider.shutdown()


def seen(span: ReadableSpan) -> tuple[object, object]:
    """Return the method and the status of a span, under their old names or their new ones."""
    said = span.attributes or {}
    method = said.get("http.request.method", said.get("http.method"))
    return method, said.get("http.response.status_code", said.get("http.status_code"))


async def test_attempts_are_seen_in_traces(world: World, exporter: InMemorySpanExporter) -> None:
    """Each attempt is a span of its own, with its status, and carries the trace on to Zoom."""
    replies = iter([Reply(503), Reply(body=b"{}")])
    with Loopback(lambda _: next(replies)) as served:
        zoom = world.at(served.base_url, retry=Retry(first_wait=0.0))
        await world.of(zoom.call("GET", "/users/me"))
        await world.close(zoom)
    spans = exporter.get_finished_spans()
    assert [seen(each) for each in spans] == [("GET", 503), ("GET", 200)]
    assert all("traceparent" in sent.headers for sent in served.seen)


async def test_a_trace_does_not_tell_the_token(world: World, exporter: InMemorySpanExporter) -> None:
    """Traces are read by many: the token is not in them, also where Zoom refuses."""

    def refused(sent: Sent) -> Reply:
        return Reply(404, body=b'{"code": 1001, "message": "User does not exist."}')

    with Loopback(refused) as served:
        zoom = world.at(served.base_url)
        with pytest.raises(errors.NotFound):
            await world.of(zoom.call("GET", "/users/nobody"))
        await world.close(zoom)
    (span,) = exporter.get_finished_spans()
    assert seen(span) == ("GET", 404)
    assert "a token" not in span.to_json()
