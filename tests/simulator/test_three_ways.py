"""Steering: what is done to a simulator holds in a stateful mock, in one that is served, and over HTTP alike."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import attrs
import httpx
import pytest

from zoom_api_client import Retry, Zoom, errors
from zoom_api_client.connection import ServerToServer
from zoom_api_client.core import codec
from zoom_api_client.testing import MockZoom
from zoom_api_client.testing.simulator import App, Simulator, controls, serve_in_thread
from zoom_api_client.testing.violation import ContractViolation

MEETING = 85746065432
FIXTURE = f"meetings: [{{id: {MEETING}, topic: Standup}}]"
NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
ONCE = Retry(attempts=1)


@attrs.frozen
class Way:
    """A simulator, where it is steered over HTTP (if it is), and a client of it that repeats nothing."""

    simulator: Simulator
    zoom: Zoom
    address: str = ""


@pytest.fixture(params=["mock", "served", "http"])
def way(request: pytest.FixtureRequest) -> Iterator[Way]:
    """Each of the three, with a meeting in it; the client has its tokens from the simulator."""
    tokens = ServerToServer("account", "mine", "secret", store="memory://")
    if request.param == "mock":
        with MockZoom(stateful=True) as mock, Zoom(tokens, retry=ONCE, timeout=2) as zoom:
            mock.simulator.seed(FIXTURE)
            yield Way(mock.simulator, zoom)
            mock.violations.clear()
        return
    simulator = Simulator(open=True)
    simulator.seed(FIXTURE)
    with (
        serve_in_thread(simulator) as served,
        Zoom(tokens, base_url=served.base_url, retry=ONCE, timeout=2) as zoom,
    ):
        address = served.base_url.removesuffix("/v2") if request.param == "http" else ""
        yield Way(simulator, zoom, address)


class Step(NamedTuple):
    """One piece of steering: in Python, over HTTP, and whether it took effect."""

    control: str
    body: Any
    in_python: Callable[[Simulator], object]
    took: Callable[[Way], bool]


def topic(way: Way) -> str:
    """Return the topic of the meeting."""
    return str(way.zoom.meetings.get(MEETING).topic)


def fails(error: type[errors.ZoomError], **what: Any) -> Callable[[Way], bool]:
    """Return a check that the next call fails by an error with these attributes, and the one after it does not."""

    def took(way: Way) -> bool:
        with pytest.raises(error) as caught:
            topic(way)
        return all(getattr(caught.value, name) == value for name, value in what.items()) and topic(way) == "Standup"

    return took


def fault(took: Callable[[Way], bool], on: str = "meetings.get_meeting", **what: Any) -> Step:
    """Return the step that switches a fault on."""
    return Step("POST faults", {"on": on, **what}, lambda zoom: zoom.faults.add(on, **what), took)


def lists(number: int) -> Callable[[Way], bool]:
    """Return a check that so many users are listed."""
    return lambda way: len(list(way.zoom.api.users.list_users.all(page_size=40))) == number


def refuses_tokens(way: Way) -> bool:
    """Return whether no token is given from now on."""
    way.simulator.authorization.tokens.expire()
    with pytest.raises(errors.AuthorizationFailed):
        topic(way)
    return True


def renews(way: Way) -> bool:
    """Return whether the token at hand was refused, and another asked for."""
    asked = len(token_requests(way))
    return topic(way) == "Standup" and len(token_requests(way)) == asked + 1


def token_requests(way: Way) -> list[str]:
    """Return the requests for tokens."""
    return [each.request.path for each in way.simulator.exchanges if each.request.path == "/oauth/token"]


def is_told(event: str) -> Callable[[Way], bool]:
    """Return a check that an event waits for whoever subscribed, or was delivered."""
    return lambda way: event in [each.event for each in way.simulator.events.deliveries]


def misses_file(way: Way) -> bool:
    """Return whether a recording cannot be downloaded."""
    way.simulator.record(MEETING, minutes=1)
    way.simulator.clock.advance(timedelta(minutes=30))
    with TemporaryDirectory() as folder, pytest.raises(errors.DownloadError):
        way.zoom.recordings.download(MEETING, to=folder)
    return True


TABLE = [
    fault(fails(errors.ServerError, status=503), raises=503, times=1),
    fault(fails(errors.RateLimited, daily=True), raises=429, daily=True, times=1),
    fault(fails(errors.NotFound, code=3001), fails=3001, times=1),
    fault(fails(errors.UnexpectedAnswer), sends_html=True, times=1),
    fault(fails(errors.ConnectionFailed), drops_connection=True, times=1),
    fault(fails(errors.ConnectionFailed), truncates=True, times=1),
    fault(fails(errors.ConnectionFailed), delays=3, times=1),
    fault(fails(errors.ServerError, status=502), on="GET /v2/meetings/*", raises=502, times=1),
    fault(lambda way: topic(way) == "Retro", returns={"topic": "Retro"}),
    fault(lists(95), on="users.list_users", pages=95),
    fault(refuses_tokens, on="oauth.token", fails="invalid_client"),
    fault(misses_file, on="downloads.file", raises=404),
    Step("DELETE faults", None, lambda zoom: zoom.faults.clear(), lambda way: topic(way) == "Standup"),
    Step(
        "PUT clock",
        {"now": NOON.isoformat(), "frozen": True},
        lambda zoom: zoom.clock.set(NOON, frozen=True),
        lambda way: way.zoom.meetings.create("me", topic="Now").created_at == NOON,
    ),
    Step("POST seed", "users: [{email: jane@example.com}]",
         lambda zoom: zoom.seed("users: [{email: jane@example.com}]"), lists(2)),
    Step("DELETE state", None, lambda zoom: zoom.reset(), lambda way: not list(way.zoom.meetings.list("me"))),
    Step("DELETE requests", None, lambda zoom: zoom.exchanges.clear(), lambda way: not way.simulator.exchanges),
    Step("POST apps", {"client_id": "mine", "client_secret": "another"},
         lambda zoom: zoom.authorization.apps.register(App("mine", "another")), refuses_tokens),
    Step("POST events", {"event": "meeting.started"},
         lambda zoom: zoom.events.emit("meeting.started", {}, zoom.state.owner.account), is_told("meeting.started")),
    Step("POST do/start_meeting", {"meeting_id": MEETING},
         lambda zoom: zoom.start_meeting(MEETING), is_told("meeting.started")),
]  # fmt: skip


def steer(way: Way, step: Step) -> None:
    """Do a step in the manner of the way."""
    if not way.address:
        step.in_python(way.simulator)
        return
    method, name = step.control.split()
    content = step.body.encode() if isinstance(step.body, str) else codec.dumps(step.body)
    httpx.request(method, f"{way.address}/_simulator/{name}", content=content).raise_for_status()


@pytest.mark.parametrize("step", [pytest.param(each, id=f"{each.control} {each.body}") for each in TABLE])
def test_a_step_takes_effect_whichever_way_it_is_done(way: Way, step: Step) -> None:
    """What is switched on and silently ignored lets a test pass that should not."""
    way.simulator.events.subscribe(events=["meeting.*"])
    assert topic(way) == "Standup"
    steer(way, step)
    assert step.took(way)


def test_state_goes_from_one_to_another(way: Way) -> None:
    """A dump of one way is loaded by the others."""
    other = Simulator()
    other.seed(f"meetings: [{{id: {MEETING}, topic: Elsewhere}}]")
    dumped = other.dump()
    steer(way, Step("PUT state", dumped, lambda zoom: zoom.load(dumped), lambda way: True))
    assert topic(way) == "Elsewhere"
    assert way.simulator.dump()["rows"] == dumped["rows"]


def test_tokens_expire_and_end_whichever_way_it_is_done(way: Way) -> None:
    """A client renews a token that expired, and one of an app that was removed."""
    about = {"client_id": "mine"}
    expire = Step("DELETE tokens", None, lambda zoom: zoom.authorization.tokens.expire(), renews)
    remove = Step("POST deauthorizations", about, lambda zoom: zoom.deauthorize(**about), renews)
    topic(way)
    for step in (expire, remove):
        steer(way, step)
        assert step.took(way)


def test_token_of_unknown_origin_expires_too(way: Way) -> None:
    """An open simulator takes any token, until it is told that all have expired."""
    with Zoom("any token", base_url=way.zoom.base_url, retry=ONCE) as fixed:
        assert fixed.meetings.get(MEETING).topic == "Standup"
        steer(way, Step("DELETE tokens", None, lambda zoom: zoom.authorization.tokens.expire(), renews))
        with pytest.raises(errors.Unauthorized):
            fixed.meetings.get(MEETING)


def test_violations_and_requests_are_kept(way: Way) -> None:
    """What left the contract is read where it is steered."""
    with suppress(errors.ZoomError, ContractViolation):
        way.zoom.call("POST", "/users/me/meetings", json={"tipic": "Sync"})
    assert [each.field for each in way.simulator.violations] == ["body.tipic"]
    assert way.simulator.exchanges[-1].request.method == "POST"


def test_every_control_that_changes_something_is_tried() -> None:
    """A new control has to hold in all three ways as well."""
    with pytest.raises(controls.NotThere) as caught:
        controls.act(Simulator(), "GET", "all", {}, b"")
    every = str(caught.value).rpartition("there are ")[2].split(", ")
    changing = {each for each in every if not each.startswith("GET ")}
    elsewhere = {"PUT state", "DELETE tokens", "POST deauthorizations"}
    of_events = {"POST subscriptions", "PUT subscriptions", "DELETE subscriptions"}
    tried = {each.control.partition("/")[0] for each in TABLE}
    assert changing - of_events - elsewhere <= tried
