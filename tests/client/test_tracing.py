"""Who watches with OpenTelemetry sees calls, their attempts, and what httpx says of those."""

import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest
from opentelemetry import trace
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


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """What the client itself told a program that has set up OpenTelemetry."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", lambda *args: provider.get_tracer(*args))
    yield exporter
    provider.shutdown()


async def test_call_is_one_span_with_its_attempts_beneath(world: World, spans: InMemorySpanExporter) -> None:
    """It is named after the operation; neither tells a query, a header or a body."""
    replies = iter([Reply(503), Reply(body=b"{}")])
    with Loopback(lambda _: next(replies)) as served:
        zoom = world.at(served.base_url, retry=Retry(first_wait=0.0))
        await world.of(zoom.meetings.get(1, occurrence_id="SECRET"))
        await world.close(zoom)
    first, second, call = spans.get_finished_spans()
    assert [each.name for each in (first, second, call)] == ["GET", "GET", "meetings.get_meeting"]
    assert call.context is not None
    assert [each.parent.span_id for each in (first, second) if each.parent] == [call.context.span_id] * 2
    assert {each.kind for each in (first, second, call)} == {trace.SpanKind.CLIENT}
    assert dict(call.attributes or {}) == {
        "http.request.method": "GET",
        "server.address": "127.0.0.1",
        "server.port": int(served.origin.rpartition(":")[2]),
        "url.full": f"{served.base_url}/meetings/1",
        "url.template": "/meetings/{meetingId}",
        "http.response.status_code": 200,
    }
    assert [seen(each) for each in (first, second)] == [("GET", 503), ("GET", 200)]
    assert [(each.attributes or {}).get("error.type") for each in (first, second)] == ["503", None]
    assert (second.attributes or {})["http.request.resend_count"] == 1
    assert "SECRET" not in "".join(each.to_json() for each in (first, second, call))


async def test_span_of_a_failed_call_names_the_error(world: World, spans: InMemorySpanExporter) -> None:
    """The name says enough: a message may quote what was sent."""
    zoom = world.at("http://127.0.0.1:1/v2", retry=Retry(attempts=1))
    with pytest.raises(errors.ConnectionFailed):
        await world.of(zoom.call("GET", "/users/me?code=SECRET"))
    await world.close(zoom)
    attempt, call = spans.get_finished_spans()
    for each in (attempt, call):
        assert (each.attributes or {})["error.type"] == "ConnectionFailed"
        assert not each.status.is_ok
        assert not each.events
    assert "SECRET" not in attempt.to_json() + call.to_json()


@pytest.mark.parametrize(("status", "kinds"), [(404, ["404", "404"]), (500, ["500", "500"]), (200, [None, "APIError"])])
async def test_span_of_a_refused_call_names_the_status_or_the_error(
    world: World, spans: InMemorySpanExporter, status: int, kinds: list[str | None]
) -> None:
    """The status, by OpenTelemetry's conventions; of a refusal that came as a success the class of the error."""
    refusal = {"code": 300, "message": "no"}
    zoom = world.zoom(lambda _: httpx.Response(status, json=refusal), retry=Retry(attempts=1))
    with pytest.raises(errors.APIError):
        await world.of(zoom.call("GET", "/users/me"))
    await world.close(zoom)
    attempt, call = spans.get_finished_spans()
    assert [(each.attributes or {}).get("error.type") for each in (attempt, call)] == kinds
    assert not call.status.is_ok


def test_opentelemetry_is_not_loaded_by_the_client() -> None:
    """Nobody reads the spans of a program that has not loaded it, although it may be installed."""
    script = """if True:
        import sys, httpx
        from zoom_api_client import Zoom
        Zoom("t", transport=httpx.MockTransport(lambda _: httpx.Response(200, json={}))).call("GET", "/users/me")
        assert not [name for name in sys.modules if name.startswith("opentelemetry")]
    """
    subprocess.run([sys.executable, "-c", script], check=True)
