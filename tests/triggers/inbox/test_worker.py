"""The worker: bounded, patient, hard to kill, and clean when it ends."""

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Sequence

import pytest

from tests.triggers.inbox.deliveries import BODY, claimed, deliveries, delivery
from tests.waiting import until
from zoom_api_client.triggers.inbox import Counts, HandlerRetry, Inbox, InboxFailed, Task, Worker, current, open_inbox

AT_ONCE = HandlerRetry(attempts=3, first_wait=0.0)


@contextlib.asynccontextmanager
async def running(worker: Worker):  # type: ignore[no-untyped-def]
    """Run a worker, and stop it."""
    run = asyncio.create_task(worker.run())
    try:
        yield run
    finally:
        worker.stop()
        await run


def handler(do: Callable[[bytes], object] = lambda _: None) -> Callable[[bytes], Awaitable[None]]:
    """Return a dispatch that does something without waiting."""

    async def dispatch(body: bytes) -> None:
        do(body)

    return dispatch


def fails(_: bytes) -> None:
    """Fail, as handlers do."""
    raise ValueError("no such user")


async def test_every_event_is_handled_once(inbox: Inbox) -> None:
    """What lies there already, and what comes later, reaches the handler once, with its bytes."""
    bodies: list[bytes] = []
    inbox.put(deliveries(50))
    async with running(Worker(inbox, handler(bodies.append), concurrency=8)):
        await until(lambda: len(bodies) == 50)
        inbox.put(deliveries(50, "later"))
        await until(lambda: len(bodies) == 100)
        await until(lambda: inbox.counts() == Counts(0, 0, 0))
    assert set(bodies) == {BODY}
    assert len(bodies) == 100


async def test_a_worker_has_all_its_threads_before_it_works(inbox: Inbox) -> None:
    """From CPython 3.12 on an interpreter that ends starts none any more, and what was handled must be stored then."""
    hold = asyncio.Event()

    async def dispatch(_: bytes) -> None:
        hold.set()

    inbox.put(deliveries(1))
    async with running(Worker(inbox, dispatch)):
        await hold.wait()
        assert sum(each.name.startswith("zoom-inbox_") for each in threading.enumerate()) == 3


async def test_a_failing_handler_is_not_tried_for_ever(inbox: Inbox) -> None:
    """It is tried as often as the policy says, then lies among the dead letters; replayed it may succeed."""
    attempts: list[int] = []

    def fail_at_first(body: bytes) -> None:
        attempts.append(current().attempt)
        if len(attempts) <= 3:
            fails(body)

    inbox.put([delivery()])
    async with running(Worker(inbox, handler(fail_at_first), retry=AT_ONCE)):
        await until(lambda: inbox.counts().dead == 1)
        assert attempts == [1, 2, 3]
        assert [letter.error for letter in inbox.dead()] == ["ValueError: no such user"]
        inbox.replay("a")
        await until(lambda: len(attempts) == 4 and inbox.counts() == Counts(0, 0, 0))
    assert attempts[3] == 1


async def test_a_deadly_event_becomes_a_dead_letter(inbox: Inbox) -> None:
    """An event whose workers all died becomes a dead letter without being handled once more."""
    inbox.put([delivery()])
    for _ in range(3):
        claimed(inbox, lease=0.05)
    await asyncio.sleep(0.1)
    handled: list[bytes] = []
    async with running(Worker(inbox, handler(handled.append), retry=AT_ONCE, lease=0.2)):
        await until(lambda: inbox.counts().dead == 1)
    assert handled == []
    assert "died" in inbox.dead()[0].error


async def test_handlers_do_not_crowd(inbox: Inbox) -> None:
    """No more handlers run at a time than allowed, and that many do."""
    now, most = 0, 0

    async def dispatch(_: bytes) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        now -= 1

    inbox.put(deliveries(60))
    async with running(Worker(inbox, dispatch, concurrency=5)):
        await until(lambda: inbox.counts() == Counts(0, 0, 0))
    assert most == 5


async def test_a_long_handler_runs_once(inbox: Inbox) -> None:
    """Its lease is extended, even while it blocks the event loop, and another worker waits in vain."""
    claimed_meanwhile: list[list[Task]] = []

    def block(_: bytes) -> None:
        claimed_meanwhile.append(inbox.claim(10, lease=60, wait=0.8))

    inbox.put([delivery()])
    async with running(Worker(inbox, handler(block), lease=0.5)):
        await until(lambda: inbox.counts() == Counts(0, 0, 0))
    assert claimed_meanwhile == [[]]


async def test_a_stop_lets_handlers_end(inbox: Inbox) -> None:
    """Running handlers get to their end, and nothing new is begun."""
    began, ended, go_on = [], [], asyncio.Event()

    async def dispatch(_: bytes) -> None:
        began.append(1)
        await go_on.wait()
        ended.append(1)

    inbox.put(deliveries(20))
    async with running(Worker(inbox, dispatch, concurrency=4)):
        await until(lambda: len(began) == 4)
        asyncio.get_running_loop().call_later(0.05, go_on.set)  # the stop comes first
    assert len(began) == len(ended)
    assert inbox.counts() == Counts(waiting=20 - len(ended), running=0, dead=0)


async def test_a_stop_does_not_wait_for_ever(inbox: Inbox) -> None:
    """After the grace the rest is cancelled and given back, as if it had not been tried."""
    cancelled: list[bool] = []

    async def dispatch(_: bytes) -> None:
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            cancelled.append(True)
            raise

    inbox.put(deliveries(3))
    worker = Worker(inbox, dispatch, grace=0.1)
    async with running(worker):
        await until(lambda: inbox.counts().running == 3)
        await asyncio.sleep(0.1)
    assert len(cancelled) == 3
    assert inbox.counts() == Counts(waiting=3, running=0, dead=0)
    assert {task.attempt for task in claimed(inbox)} == {1}


async def test_a_cancelled_worker_leaves_no_lease_behind(inbox: Inbox) -> None:
    """Cancelling it is the same as stopping it."""
    inbox.put([delivery()])
    worker = Worker(inbox, lambda _: asyncio.sleep(3600), grace=0.05)
    run = asyncio.create_task(worker.run())
    await until(lambda: inbox.counts().running == 1)
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert inbox.counts() == Counts(waiting=1, running=0, dead=0)


@pytest.mark.parametrize(
    "error", [asyncio.CancelledError(), BaseExceptionGroup("two", [asyncio.CancelledError(), ValueError()])]
)
async def test_a_handler_that_is_cancelled_from_within_has_failed(error: BaseException) -> None:
    """A cancellation that is not ours is a failure like others."""
    inbox = open_inbox("memory://")

    def cancel(_: bytes) -> None:
        raise error

    inbox.put([delivery()])
    async with running(Worker(inbox, handler(cancel), retry=HandlerRetry(attempts=1))):
        await until(lambda: inbox.counts().dead == 1)
    inbox.close()


def test_no_thread_is_left_behind() -> None:
    """A worker in a thread of its own handles, and is gone after the stop; it can be started again."""
    inbox = open_inbox("memory://")
    bodies: list[bytes] = []
    worker = Worker(inbox, handler(bodies.append))
    for turn in range(2):
        inbox.put([delivery(str(turn))])
        worker.start()
        end = time.monotonic() + 10
        while len(bodies) <= turn and time.monotonic() < end:
            time.sleep(0.01)
        worker.stop()
    assert len(bodies) == 2
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("zoom-inbox")]
    inbox.close()


async def test_a_blocking_handler_knows_its_event() -> None:
    """The key is known in the handler's thread, and nowhere else."""
    inbox = open_inbox("memory://")
    known: list[str] = []

    async def dispatch(_: bytes) -> None:
        await asyncio.to_thread(lambda: known.append(current().delivery.key))

    inbox.put(deliveries(20))
    async with running(Worker(inbox, dispatch)):
        await until(lambda: len(known) == 20)
    assert sorted(known) == sorted(each.key for each in deliveries(20))
    with pytest.raises(LookupError):
        current()
    inbox.close()


async def test_busy_threads_do_not_stop_the_worker() -> None:
    """Handlers that fill every thread of the event loop do not keep outcomes from being stored."""
    inbox = open_inbox("memory://")
    free = threading.Event()

    async def dispatch(body: bytes) -> None:
        if current().delivery.key != "quick":
            await asyncio.to_thread(free.wait, 20)

    inbox.put(deliveries(40))
    async with running(Worker(inbox, dispatch, concurrency=60)):
        await until(lambda: inbox.counts().running == 40)
        inbox.put([delivery("quick")])
        await until(lambda: inbox.counts() == Counts(waiting=0, running=40, dead=0))
        free.set()
        await until(lambda: inbox.counts() == Counts(0, 0, 0))
    inbox.close()


class Failing:
    """An inbox of which every method fails until it is told to work."""

    def __init__(self, inbox: Inbox, broken: set[str]) -> None:
        self._inbox, self.broken = inbox, broken

    def __getattr__(self, name: str) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            if name in self.broken:
                raise InboxFailed("the disk is full")
            return getattr(self._inbox, name)(*args, **options)

        return call


@pytest.mark.parametrize("broken", ["claim", "complete", "extend"])
async def test_a_broken_inbox_does_not_end_the_worker(
    broken: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It goes on when the inbox works again, and a handled event is not handled once more."""
    monkeypatch.setattr("zoom_api_client.triggers.inbox.worker._UNREACHABLE", 0.05)
    memory = open_inbox("memory://")
    inbox, calls = Failing(memory, {broken}), list[bytes]()

    async def dispatch(body: bytes) -> None:
        calls.append(body)
        await asyncio.sleep(0.2)

    memory.put([delivery()])
    with caplog.at_level(logging.WARNING, "zoom_api_client.triggers"):
        async with running(Worker(inbox, dispatch, lease=0.3)):  # type: ignore[arg-type]
            await until(lambda: bool(caplog.records))
            inbox.broken.clear()
            await until(lambda: memory.counts() == Counts(0, 0, 0))
    assert len(calls) == 1
    memory.close()


async def test_outcomes_are_stored_together() -> None:
    """What ends together is stored together: a transaction for each would take the receiver's turns."""
    memory = open_inbox("memory://")
    sizes: list[int] = []

    class Counting(Failing):
        def complete(self, tasks: Sequence[Task]) -> None:
            sizes.append(len(tasks))
            memory.complete(tasks)

    memory.put(deliveries(320))
    async with running(Worker(Counting(memory, set()), handler(), concurrency=32)):  # type: ignore[arg-type]
        await until(lambda: memory.counts() == Counts(0, 0, 0))
    assert sum(sizes) == 320
    assert len([size for size in sizes if size]) <= 32  # ten, if nothing comes between
    memory.close()


async def test_a_log_tells_neither_body_nor_words(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the body nor the words of an error are logged."""
    inbox = open_inbox("memory://")
    inbox.put([delivery()])
    with caplog.at_level(logging.DEBUG):
        async with running(Worker(inbox, handler(fails), retry=AT_ONCE)):
            await until(lambda: inbox.counts().dead == 1)
    assert "ValueError" in caplog.text
    assert f'File "{__file__}", line' in caplog.text  # whose handler it was, and where
    assert not [word for word in ("Résumé", "no such user") if word in caplog.text]
    inbox.close()


@pytest.mark.parametrize("options", [{"concurrency": 0}, {"lease": 0.0}])
def test_figures_that_make_no_sense_are_refused(options: dict[str, float]) -> None:
    """Figures that make no sense are refused at once."""
    with contextlib.closing(open_inbox("memory://")) as inbox, pytest.raises(ValueError, match="at least 1"):
        Worker(inbox, handler(), **options)  # type: ignore[arg-type]
