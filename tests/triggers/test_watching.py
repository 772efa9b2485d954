"""Which handlers an event goes to: every event of Zoom's to its own trigger."""

import asyncio
import contextvars
import json
import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import attrs
import pytest
from bending import bends

from tests.triggers.conftest import Seen
from zoom_api_client import events
from zoom_api_client.core.event import Event
from zoom_api_client.core.event_groups import TRIGGERS
from zoom_api_client.testing import contract, examples
from zoom_api_client.triggers import Receiver

SIZES = {
    "watch_meetings": 61,
    "watch_webinars": 23,
    "watch_recordings": 18,
    "watch_phone_calls": 70,
    "watch_chat_channels": 26,
    "watch_chat_messages": 10,
    "watch_user_activity": 3,
}
every_trigger = pytest.mark.parametrize("trigger", TRIGGERS)


@attrs.define
class Seven:
    """A receiver with a handler for each of the seven triggers."""

    receiver: Receiver
    seen: dict[str, Seen]


@pytest.fixture(scope="module")
def seven() -> Iterator[Seven]:
    """A receiver that keeps apart what each trigger gets."""
    receiver = Receiver(secret_token="x", inbox="memory://")
    seen = {trigger: Seen() for trigger in TRIGGERS}
    for trigger, handler in seen.items():
        getattr(receiver, trigger)()(handler)
    yield Seven(receiver, seen)
    receiver.close()


def _expected(name: str) -> str | None:
    """Return the trigger of an event, by the words of the documents and not by our prefixes."""
    product, _, what = name.partition(".")
    if product == "chat_message" or (product == "team_chat" and "_message_" in what):
        return "watch_chat_messages"
    if product == "chat_channel" or (product == "team_chat" and what.split("_")[0] == "channel"):
        return "watch_chat_channels"
    if name in ("user.presence_status_updated", "user.signed_in", "user.signed_out"):
        return "watch_user_activity"
    plain = {"meeting": "meetings", "webinar": "webinars", "recording": "recordings", "phone": "phone_calls"}
    return f"watch_{plain[product]}" if product in plain else None


@pytest.mark.parametrize("name", list(events.registry()))
async def test_event_reaches_its_own_trigger_whatever_its_shape(name: str, seven: Seven) -> None:
    """Every event, each as the documents have it and bent out of shape: none is lost on the way, or goes astray."""
    content = examples.event(contract.event(name))
    for how, bent in [("as it is", content), *bends(content)]:
        body = {**bent, "event": name}
        await seven.receiver.dispatch(json.dumps(body).encode())
        reached = {trigger: handler.events.pop() for trigger, handler in seven.seen.items() if handler.events}
        assert list(reached) == [each for each in [_expected(name)] if each], how
        for event in reached.values():
            assert type(event) is events.registry()[name]
            assert event.to_dict() == body, how


@every_trigger
def test_family_has_as_many_events_as_in_the_list_of_modules(trigger: str) -> None:
    """Those of Quality of Service Subscription are called alike, and are another product's."""
    assert len(TRIGGERS[trigger].events) == SIZES[trigger]
    assert {_expected(name) for name in TRIGGERS[trigger].events} == {trigger}


@every_trigger
async def test_names_may_be_short_or_full(trigger: str, receiver: Receiver) -> None:
    """`started` and `meeting.started` are one."""
    for name in TRIGGERS[trigger].events:
        for spelt in (name, name.partition(".")[2]):
            seen = Seen()
            getattr(receiver, trigger)(spelt)(seen)
            await receiver.dispatch(json.dumps({"event": name}).encode())
            await receiver.dispatch(b'{"event": "another.one"}')
            assert seen.names == [name]


@every_trigger
@pytest.mark.parametrize("wrong", ["", "Started", "user.created", "meeting.", "no such thing"])
def test_unknown_name_is_refused_with_those_that_are_near(trigger: str, wrong: str, receiver: Receiver) -> None:
    """A slip would otherwise be a handler that is never called."""
    with pytest.raises(ValueError, match="is not an event of"):
        getattr(receiver, trigger)(wrong)
    assert receiver.watched == ()


@pytest.mark.parametrize(
    ("trigger", "wrong", "said"),
    [
        ("watch_meetings", "strated", "did you mean 'started'"),
        ("watch_meetings", "webinar.started", r"watch_webinars\(\) and on\(\) can take it"),
        ("watch_chat_channels", "chat_message.sent", r"watch_chat_messages\(\)"),
        ("watch_user_activity", "user.created", r": on\(\) can take it"),
        ("on", "meeting.strated", "did you mean 'meeting.started'"),
        ("on", "started", "is not an event of Zoom's"),
    ],
)
def test_message_says_what_is_meant(trigger: str, wrong: str, said: str, receiver: Receiver) -> None:
    """The nearest names, or the trigger that has it."""
    with pytest.raises(ValueError, match=said):
        getattr(receiver, trigger)(wrong)


def test_trigger_without_its_parentheses_is_refused(receiver: Receiver) -> None:
    """`@receiver.watch_meetings` would take the handler for a name."""
    bare: Any = receiver.watch_meetings
    with pytest.raises(TypeError, match=r"@receiver.watch_meetings\(\)"):
        bare(print)


def test_generator_is_refused_as_a_handler(receiver: Receiver) -> None:
    """Its body would never run."""

    def generator(event: Event) -> Iterator[None]:
        yield

    for what in (generator, "text"):
        register: Any = receiver.on()
        with pytest.raises(TypeError, match="cannot handle events"):
            register(what)


async def test_events_of_tomorrow_go_to_those_who_take_all(receiver: Receiver, seen: Seen) -> None:
    """Zoom adds events faster than we publish."""
    everything = Seen()
    receiver.watch_meetings()(seen)
    receiver.on()(everything)
    for name in ("meeting.teleported", "unheard.of"):
        await receiver.dispatch(json.dumps({"event": name}).encode())
    assert [type(each) for each in seen.events] == [events.UnknownEvent]
    assert everything.names == ["meeting.teleported", "unheard.of"]


async def test_event_has_as_many_handlers_as_want_it(receiver: Receiver) -> None:
    """Each once, however it came to be one."""
    first, second = Seen(), Seen()
    receiver.watch_meetings("started")(receiver.watch_meetings()(first))
    receiver.on("meeting.started", "meeting.started")(second)
    await receiver.dispatch(b'{"event": "meeting.started"}')
    assert (first.names, second.names) == (["meeting.started"], ["meeting.started"])


def test_decorator_gives_the_function_back(receiver: Receiver) -> None:
    """It can be called and tested like any other."""

    def handler(event: events.Event) -> None: ...

    assert receiver.on()(handler) is handler


def test_watched_names_what_to_subscribe_to(receiver: Receiver, seen: Seen) -> None:
    """The family's own events, and what is named."""
    receiver.watch_user_activity()(seen)
    receiver.on("meeting.participant_qos", "user.signed_in")(seen)
    assert receiver.watched == (
        "meeting.participant_qos", "user.presence_status_updated", "user.signed_in", "user.signed_out"
    )  # fmt: skip
    receiver.on()(seen)
    assert len(receiver.watched) == 533


async def test_handlers_of_every_kind_are_called(receiver: Receiver) -> None:
    """Functions, coroutine functions, partials, objects, and functions that return a coroutine."""
    called: list[str] = []
    loop_thread = threading.get_ident()

    def blocking(event: Event, name: str = "blocking") -> None:
        assert threading.get_ident() != loop_thread
        called.append(name)

    async def awaited(event: Event, name: str = "awaited") -> None:
        assert threading.get_ident() == loop_thread
        await asyncio.sleep(0)
        called.append(name)

    class Awaited:
        async def __call__(self, event: Event) -> None:
            await awaited(event, "object")

    for handler in (
        blocking,
        awaited,
        partial(blocking, name="partial"),
        partial(awaited, name="awaited partial"),
        Awaited(),
        lambda event: _later(called),
    ):
        receiver.on("user.created")(handler)
    await receiver.dispatch(b'{"event": "user.created"}')
    assert sorted(called) == ["awaited", "awaited partial", "blocking", "later", "object", "partial"]


async def _later(called: list[str]) -> None:
    called.append("later")


async def test_blocking_handler_sees_the_context(receiver: Receiver) -> None:
    """What the worker says of a delivery is a context variable."""
    variable: contextvars.ContextVar[int] = contextvars.ContextVar("a test's")
    got: list[int] = []
    receiver.on()(lambda event: got.append(variable.get()))
    variable.set(5)
    await receiver.dispatch(b"{}")
    assert got == [5]


async def test_failing_handler_keeps_no_other_from_its_event(receiver: Receiver, seen: Seen) -> None:
    """The event counts as failed: it is handled again."""

    def fail(event: Event) -> None:
        raise RuntimeError("no")

    receiver.on()(fail)
    receiver.on()(seen)
    with pytest.raises(RuntimeError, match="no"):
        await receiver.dispatch(b"{}")
    receiver.watch_meetings()(fail)
    assert len(seen.events) == 1


async def test_handler_that_succeeded_is_not_called_again_because_another_failed(receiver: Receiver) -> None:
    """Its mail would go out as often as the other one's database is down."""
    seen, failures = Seen(), [RuntimeError("first"), RuntimeError("second")]

    def fail_twice(event: Event) -> None:
        if failures:
            raise failures.pop(0)

    receiver.on()(seen)
    receiver.on()(fail_twice)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            await receiver.dispatch(b'{"event": "a"}')
    await receiver.dispatch(b'{"event": "a"}')
    assert len(seen.events) == 1
    await receiver.dispatch(b'{"event": "a"}')
    assert len(seen.events) == 2


async def test_several_failures_are_all_reported(receiver: Receiver) -> None:
    """The log would otherwise show one, and hide the other."""
    for text in ("one", "two"):

        async def fail(event: Event, text: str = text) -> None:
            raise RuntimeError(text)

        receiver.on()(fail)
    with pytest.raises(ExceptionGroup) as caught:
        await receiver.dispatch(b'{"event": "a"}')
    assert [str(each) for each in caught.value.exceptions] == ["one", "two"]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (1767225600123, 1767225600.123),
        ("1767225600123", 1767225600.123),
        (1767225600123.0, 1767225600.123),
        ("2026-01-01T00:00:00Z", 1767225600),
        ("2026-01-01T01:00:00+01:00", 1767225600),
        ("2026-01-01T00:00:00", 1767225600),
        *[(odd, None) for odd in ("soon", "", "²", None, [], {}, 10**30)],
    ],
    ids=repr,
)
def test_time_of_an_event_is_read_whatever_its_form(said: Any, seconds: float | None) -> None:
    """Milliseconds, but text in some documents; an odd one is kept, and no error."""
    body = {"event": "meeting.started", "event_ts": said}
    event = events.parse(body)
    moment = event.occurred_at
    assert (moment and moment.timestamp()) == seconds
    assert moment is None or moment.utcoffset() is not None
    assert event.to_dict() == body


def test_deauthorization_has_its_time_one_level_deeper() -> None:
    """The newer form has it at the top."""
    for body in ({"payload": {"event_ts": 1767225600123}}, {"event_ts": 1767225600123, "payload": {"event_ts": 1}}):
        moment = events.parse({"event": "app_deauthorized", **body}).occurred_at
        assert moment is not None
        assert moment.timestamp() == 1767225600.123
    assert events.parse({"event": "app_deauthorized", "payload": 5}).occurred_at is None


def test_download_token_lies_beside_the_payload() -> None:
    """It opens the files of the event, and is not shown."""
    event = events.parse({"event": "recording.completed", "download_token": "abc.def", "payload": {"object": {}}})
    token: Any = getattr(event, "download_token")  # noqa: B009
    assert token == "abc.def"
    assert "abc.def" not in repr(event)
