"""Several at once: no more than are wanted, in order, and all before a failure is told."""

import asyncio
from functools import partial
from threading import Barrier, Lock

import pytest

from zoom_api_client.downloads.together import atogether, together


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
    assert await atogether(works, 3, lambda: None) == list(range(9))
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
    assert together(works, 3, lambda: None) == list(range(9))
    assert most == 3


def test_all_are_done_before_a_failure_is_told() -> None:
    """What could be had is there, and every failure is named."""
    done = []

    def work(number: int) -> None:
        if number in (1, 3):
            raise ValueError(f"failure {number}")
        done.append(number)

    with pytest.raises(ValueError, match="failure 1") as caught:
        together([partial(work, number) for number in range(5)], 2, lambda: None)
    assert sorted(done) == [0, 2, 4]
    assert caught.value.__notes__ == ["failure 3"]
