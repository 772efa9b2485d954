"""Several at once: no more than are wanted, in order, and all before a failure is reported."""

import asyncio
from functools import partial
from threading import Barrier, Lock

import pytest

from zoom_api_client._async import primitives as awaited
from zoom_api_client.downloads.progress import Stopped, Sum
from zoom_api_client.transport.primitives import gather


async def test_no_more_tasks_run_than_are_wanted() -> None:
    """Each has a connection of its own."""
    running = most = 0

    async def work(number: int) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return number

    works = [partial(work, number) for number in range(9)]
    assert await awaited.gather(works, 3, lambda: None) == list(range(9))
    assert most == 3


def test_no_more_threads_run_than_are_wanted() -> None:
    """The same for threads, which meet three at a time."""
    running = most = 0
    lock, met = Lock(), Barrier(3)

    def work(number: int) -> int:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        met.wait(5)
        with lock:
            running -= 1
        return number

    works = [partial(work, number) for number in range(9)]
    assert gather(works, 3, lambda: None) == list(range(9))
    assert most == 3


async def test_all_are_done_before_a_failure_is_reported() -> None:
    """What could be had is there, and every failure is named; who waits in vain is stopped."""
    done: list[int] = []
    stopped: list[bool] = []

    def work(number: int) -> None:
        if number in (1, 3):
            raise ValueError(f"failure {number}")
        done.append(number)

    async def awork(number: int) -> None:
        await asyncio.sleep(0.01 * number)
        work(number)

    with pytest.raises(ValueError, match="failure 1") as caught:
        gather([partial(work, number) for number in range(5)], 2, lambda: stopped.append(True))
    assert sorted(done) == [0, 2, 4]
    assert caught.value.__notes__ == ["failure 3"]
    assert stopped == [True]
    with pytest.raises(ValueError, match="failure 1") as caught:
        await awaited.gather([partial(awork, number) for number in range(5)], 5, lambda: None)
    assert sorted(done) == [0, 0, 2, 2, 4, 4]
    assert caught.value.__notes__ == ["failure 3"]


def test_stopped_downloads_end_at_their_next_piece() -> None:
    """A thread cannot be cancelled: it must ask."""
    told: list[int] = []
    whole = Sum(lambda done, total: told.append(done), [10, 10])
    whole.of(0)(5, 10)
    whole.stop()
    with pytest.raises(Stopped):
        whole.of(1)(5, 10)
    assert told == [5]
