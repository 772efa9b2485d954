"""Whatever a handler does is a failed attempt: the worker lives on, in both worlds and with every inbox."""

import asyncio
import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.waiting import until, wait_until
from zoom_api_client.testing.events import SECRET_TOKEN, zoom_event
from zoom_api_client.triggers import HandlerRetry, Receiver
from zoom_api_client.triggers.inbox import Counts

BAD = zoom_event("meeting.started")
GOOD = zoom_event("meeting.ended")
ERRORS = [
    SystemExit(2),
    KeyboardInterrupt(),
    GeneratorExit(),
    StopIteration(),
    StopAsyncIteration(),
    asyncio.CancelledError(),
    BaseException("of no kind"),
    BaseExceptionGroup("two", [SystemExit(), ValueError()]),
]


class Unspeakable(Exception):
    """An error that cannot even be described."""

    def __str__(self) -> str:  # noqa: PLE0307
        sys.exit("no words")


@contextlib.contextmanager
def receiving(inbox: Any, attempts: int = 2, **options: Any) -> Iterator[Receiver]:
    """Make a receiver that tries an event again at once."""
    retry = HandlerRetry(attempts=attempts, first_wait=0.0)
    with contextlib.closing(Receiver(secret_token=SECRET_TOKEN, inbox=inbox, retry=retry, **options)) as receiver:
        yield receiver


def handler_of(error: BaseException, *, awaited: bool) -> Callable[[Any], Any]:
    """Return a handler that raises, blocking or awaited."""

    def fail(event: object) -> None:
        raise error

    async def fail_awaited(event: object) -> None:
        await asyncio.sleep(0)
        raise error

    return fail_awaited if awaited else fail


def send(receiver: Receiver, *events: Any) -> None:
    """Hand over deliveries, each of which is taken."""
    assert {receiver.handle(each.headers, each.body).status for each in events} == {200}


@pytest.mark.parametrize("awaited", [False, True], ids=["blocking", "awaited"])
@pytest.mark.parametrize(
    "error", [*ERRORS, Unspeakable(), ValueError("half a surrogate: \ud800")], ids=lambda e: type(e).__name__
)
def test_whatever_is_raised_is_a_failed_attempt(url: str, error: BaseException, awaited: bool) -> None:
    """It is tried again, becomes a dead letter that names it, and events after it are handled."""
    handled: list[object] = []
    with receiving(url) as receiver:
        receiver.watch_meetings("started")(handler_of(error, awaited=awaited))
        receiver.watch_meetings("ended")(handled.append)
        receiver.start()
        send(receiver, BAD)
        wait_until(lambda: receiver.inbox.counts() == Counts(waiting=0, running=0, dead=1))
        send(receiver, GOOD)
        wait_until(lambda: handled)
        (letter,) = receiver.inbox.dead()
        assert letter.attempts == 2
        kind = "SystemExit" if isinstance(error, BaseExceptionGroup) else type(error).__name__
        assert kind in letter.error or (
            awaited and isinstance(error, StopIteration)
        )  # asyncio makes a RuntimeError of it
        assert receiver.health().worker_alive is True


@pytest.mark.parametrize("awaited", [False, True], ids=["blocking", "awaited"])
def test_handler_that_never_returns_is_a_failed_attempt(url: str, awaited: bool) -> None:
    """The awaited one is cancelled, the thread of the blocking one is given up; others are handled meanwhile."""
    never, handled, cancelled = threading.Event(), list[object](), list[bool]()

    def hang(event: object) -> None:
        never.wait()

    async def hang_awaited(event: object) -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.append(True)
            raise

    with receiving(url, handler_timeout=0.1, concurrency=2) as receiver:
        receiver.watch_meetings("started")(hang_awaited if awaited else hang)
        receiver.watch_meetings("ended")(handled.append)
        receiver.start()
        send(receiver, BAD)
        wait_until(lambda: receiver.inbox.counts().dead == 1)
        send(receiver, GOOD)
        wait_until(lambda: handled)
        assert "did not return within 0.1 s" in receiver.inbox.dead()[0].error
        assert len(cancelled) == (2 if awaited else 0)
        never.set()


def test_threads_that_are_given_up_are_bounded() -> None:
    """Forty events hang: no more threads than twice as many as handlers may run at once, and they end if they can."""
    never, done = threading.Event(), threading.Event()
    others = {*handler_threads()}  # of receivers of other tests
    with receiving("memory://", handler_timeout=0.02, concurrency=3) as receiver:
        receiver.watch_meetings("started")(lambda event: never.wait())
        receiver.watch_meetings("ended")(lambda event: done.set())
        receiver.start()
        send(receiver, *(zoom_event("meeting.started", seed=seed) for seed in range(40)))
        wait_until(lambda: receiver.inbox.counts().dead == 40)
        assert len({*handler_threads()} - others) == 6
        never.set()
        send(receiver, GOOD)
        assert done.wait(10)
        wait_until(lambda: len({*handler_threads()} - others) <= 3)
    wait_until(lambda: {*handler_threads()} <= others)


def handler_threads() -> list[threading.Thread]:
    """Return the threads of handlers."""
    return [each for each in threading.enumerate() if each.name == "zoom-api-client handler"]


def test_process_ends_though_a_handler_hangs() -> None:
    """A handler's thread does not keep the interpreter."""
    with receiving("memory://") as receiver:
        receiver.watch_meetings("started")(lambda event: threading.Event().wait(5))
        receiver.start()
        send(receiver, BAD)
        wait_until(handler_threads)
        assert all(each.daemon for each in handler_threads())


def test_handler_that_cancels_the_worker_does_not_end_it() -> None:
    """The worker begins anew, and until then deliveries are answered 503."""
    handled: list[object] = []
    with receiving("memory://") as receiver:

        @receiver.watch_meetings("started")
        async def cancel_all(event: object) -> None:
            for task in asyncio.all_tasks():
                task.cancel()

        receiver.watch_meetings("ended")(handled.append)
        receiver.start()
        send(receiver, BAD)
        wait_until(lambda: receiver.health().worker_alive is False)
        assert receiver.handle(GOOD.headers, GOOD.body).status == 503
        assert asyncio.run(receiver.answer(GOOD.headers, GOOD.body)).status == 503
        wait_until(lambda: receiver.health().worker_alive)
        wait_until(lambda: receiver.inbox.counts() == Counts(waiting=0, running=0, dead=1))  # after two attempts
        wait_until(lambda: receiver.health().worker_alive)
        send(receiver, GOOD)
        wait_until(lambda: handled)


def test_worker_that_hangs_in_a_blocked_loop_gets_a_successor(url: str) -> None:
    """A handler that is `async` and blocks forever takes its own event loop along, and nobody else's events."""
    never, handled = threading.Event(), list[object]()
    with receiving(url, attempts=10, handler_timeout=0.1) as receiver:  # others may be claimed together with it
        receiver._options |= {"lease": 0.3}

        @receiver.watch_meetings("started")
        async def block(event: object) -> None:
            never.wait()

        receiver.watch_meetings("ended")(handled.append)
        receiver.start()
        send(receiver, BAD)
        wait_until(lambda: receiver._background.is_alive is False)
        wait_until(lambda: receiver.handle(GOOD.headers, GOOD.body).status == 200)
        wait_until(lambda: handled)
        never.set()


async def exit_in_a_task(event: object) -> None:
    """Exit in a task of a group: asyncio raises it out of the event loop too."""

    async def leave() -> None:
        sys.exit(3)

    async with asyncio.TaskGroup() as group:
        group.create_task(leave())


async def stop_the_loop(event: object) -> None:
    """Stop the event loop, and fail when it goes on."""
    asyncio.get_running_loop().stop()
    await asyncio.sleep(0)
    raise ValueError


@pytest.mark.parametrize("handler", [exit_in_a_task, stop_the_loop])
def test_handler_that_stops_the_event_loop_has_failed(url: str, handler: Callable[[Any], Any]) -> None:
    """It becomes a dead letter like any other, what is handled meanwhile goes on, and no delivery is refused."""
    handled: list[object] = []
    with receiving(url) as receiver:

        async def handle_slowly(event: object) -> None:
            await asyncio.sleep(0.1)
            handled.append(event)

        receiver.watch_meetings("started")(handler)
        receiver.watch_meetings("ended")(handle_slowly)
        receiver.start()
        for each in (GOOD, BAD):
            assert receiver.handle(each.headers, each.body).status == 200
        wait_until(lambda: receiver.inbox.counts() == Counts(waiting=0, running=0, dead=1))
        assert receiver.health().worker_alive
        assert len(handled) == 1


async def test_handlers_of_a_mounted_app_misbehave_too(url: str) -> None:
    """The same holds on the event loop of an application."""
    handled: list[object] = []
    with receiving(url) as receiver:
        receiver.watch_meetings("started")(handler_of(SystemExit(1), awaited=True))
        receiver.watch_meetings("ended")(handled.append)
        receiver.start_here()
        for each in (BAD, GOOD):
            assert (await receiver.answer(each.headers, each.body)).status == 200
        async with asyncio.timeout(10):
            while receiver.inbox.counts().dead != 1 or not handled:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await receiver.stop_here()


async def exit_at_once() -> None:
    """Exit."""
    sys.exit(3)


async def exit_among_others(event: object) -> None:
    """Exit in one of several tasks that are waited for together."""
    await asyncio.gather(exit_at_once(), asyncio.sleep(0))


async def exit_in_time(event: object) -> None:
    """Exit in a task that has a limit."""
    await asyncio.wait_for(exit_at_once(), 3)


async def exit_unawaited(event: object) -> None:
    """Exit in a task that nobody waits for, and fail."""
    task = asyncio.create_task(exit_at_once())
    await asyncio.sleep(0.01)
    raise ValueError from task.exception()


@pytest.mark.parametrize("handler", [exit_in_a_task, exit_among_others, exit_in_time, exit_unawaited])
@pytest.mark.parametrize("has_factory", [False, True])
def test_task_of_a_handler_does_not_end_the_application(
    url: str, handler: Callable[[Any], Any], has_factory: bool
) -> None:
    """The event loop is the application's, which may make tasks in its own way; its own `sys.exit()` still ends it."""
    made: list[object] = []
    own: list[asyncio.Task[None]] = []

    def make(loop: asyncio.AbstractEventLoop, coroutine: Any, **options: Any) -> Any:
        made.append(coroutine)
        return asyncio.Task(coroutine, loop=loop, **options)

    async def application() -> None:
        if has_factory:
            asyncio.get_running_loop().set_task_factory(make)
        with receiving(url) as receiver:
            receiver.watch_meetings("started")(handler)
            receiver.start_here()
            assert (await receiver.answer(BAD.headers, BAD.body)).status == 200
            await until(lambda: receiver.inbox.counts().dead == 1)
            await receiver.stop_here()
        own.append(asyncio.create_task(exit_at_once()))
        await own[0]

    with pytest.raises(SystemExit):
        asyncio.run(application())
    assert isinstance(own[0].exception(), SystemExit)
    assert bool(made) is has_factory


def test_a_retry_of_calls_is_refused_at_once() -> None:
    """It would fail in the worker, forever."""
    import zoom_api_client

    with pytest.raises(TypeError, match="HandlerRetry"):
        Receiver(secret_token=SECRET_TOKEN, inbox="memory://", retry=zoom_api_client.Retry())  # type: ignore[arg-type]
