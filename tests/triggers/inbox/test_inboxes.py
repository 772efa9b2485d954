"""Every kind of inbox keeps the same promises."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from tests.triggers.inbox.deliveries import BODY, claimed, deliveries, delivery
from zoom_api_client.triggers.inbox import Counts, Delivery, Inbox, Task, open_inbox


def keys(tasks: list[Task]) -> list[str]:
    """Return the keys of tasks."""
    return [task.delivery.key for task in tasks]


def test_an_event_does_not_change_on_its_way(inbox: Inbox) -> None:
    """Body, key, time and source come out as they went in, byte by byte."""
    sent = Delivery("ключ/1", BODY, 1_780_000_000.25, "websocket")
    assert inbox.put([sent]) == [True]
    (task,) = claimed(inbox)
    assert (task.delivery, task.attempt) == (sent, 1)


def test_a_double_is_not_handled_again(inbox: Inbox) -> None:
    """A key is known within one call, while it waits, while it runs, when it is dead and when it is done."""
    assert inbox.put([delivery(), delivery(), delivery("b")]) == [True, False, True]
    assert inbox.put([delivery()]) == [False]
    tasks = claimed(inbox)
    assert keys(tasks) == ["a", "b"]
    assert inbox.put([delivery()]) == [False]
    inbox.bury(tasks[0], error="x")
    inbox.complete(tasks[1:])
    assert inbox.put([delivery(), delivery("b"), delivery("c")]) == [False, False, True]


def test_doubles_among_many_are_told_apart(inbox: Inbox) -> None:
    """By key or by mark, next to each other or hundreds of deliveries apart; all that is new is handled once."""
    marked = [Delivery(f"k{each}", BODY, 1.0, mark=f"m{each // 2 % 100}") for each in range(300)]
    are_new = [each % 2 == 0 and each < 200 for each in range(300)]
    assert inbox.put(marked) == are_new
    assert inbox.put([*deliveries(300, "x"), *deliveries(300, "x")]) == [True] * 300 + [False] * 300
    tasks = inbox.claim(500, lease=60)
    assert len(keys(tasks)) == len(set(keys(tasks))) == 400
    inbox.complete(tasks)
    assert inbox.counts() == Counts(0, 0, 0)
    assert inbox.put([*marked, *deliveries(300, "x")]) == [False] * 600


def test_a_task_is_leased_to_one(url: str, inbox: Inbox) -> None:
    """What is leased is given to nobody else."""
    other = inbox if url == "memory://" else open_inbox(url)
    inbox.put(deliveries(5))
    first, second = claimed(inbox, 2), claimed(other, 10)
    assert sorted(keys(first) + keys(second)) == [f"k{each}" for each in range(5)]
    assert other.claim(10, lease=60) == []
    if other is not inbox:
        other.close()


def test_the_task_of_a_killed_worker_is_not_lost(url: str, inbox: Inbox) -> None:
    """A lease that ends is given to the next who asks, on an idle queue, and the attempt counts."""
    other = inbox if url == "memory://" else open_inbox(url)
    inbox.put([delivery()])
    claimed(inbox, lease=0.3)
    (task,) = claimed(other, lease=0.3)
    assert (task.delivery.key, task.attempt) == ("a", 2)
    if other is not inbox:
        other.close()


def test_an_extended_lease_does_not_end(inbox: Inbox) -> None:
    """A task is not given away when the lease ends that it had before it was extended."""
    inbox.put([delivery()])
    inbox.extend(claimed(inbox, lease=0.2), lease=60)
    assert inbox.claim(10, lease=60, wait=0.3) == []


def test_a_worker_without_a_lease_does_not_decide(inbox: Inbox) -> None:
    """Who lost the lease cannot move the task that another one runs, but what it handled is handled."""
    inbox.put([delivery()])
    (late,) = claimed(inbox, lease=0.1)
    time.sleep(0.15)
    (task,) = claimed(inbox, lease=0.1)
    inbox.bury(task, error="dead")
    inbox.retry(late, seconds=0, error="late")
    inbox.release([late])
    inbox.extend([late], lease=5)
    assert inbox.counts() == Counts(waiting=0, running=0, dead=1)


def test_a_handled_task_does_not_come_back(inbox: Inbox) -> None:
    """Done is done, also twice, and nothing is left."""
    inbox.put(deliveries(3))
    tasks = claimed(inbox, lease=0.2)
    inbox.complete(tasks)
    inbox.complete(tasks)
    assert claimed(inbox, within=0.3) == []
    assert inbox.counts() == Counts(0, 0, 0)


def test_a_failed_task_is_tried_again(inbox: Inbox) -> None:
    """It comes back after its time, not before, with the next attempt."""
    inbox.put([delivery()])
    (task,) = claimed(inbox)
    inbox.retry(task, seconds=0.4, error="first")
    assert inbox.counts() == Counts(waiting=1, running=0, dead=0)
    assert inbox.claim(10, lease=60, wait=0.1) == []
    (task,) = claimed(inbox)
    assert (task.delivery, task.attempt) == (delivery(), 2)
    inbox.retry(task, seconds=0, error="second")
    assert claimed(inbox)[0].attempt == 3


def test_a_released_attempt_does_not_count(inbox: Inbox) -> None:
    """What a worker gives back when it stops is tried at once, for the first time."""
    inbox.put(deliveries(3))
    inbox.release(claimed(inbox))
    tasks = claimed(inbox)
    assert sorted(keys(tasks)) == ["k0", "k1", "k2"]
    assert {task.attempt for task in tasks} == {1}


def test_a_dead_letter_is_listed(inbox: Inbox) -> None:
    """It is listed with its error, the first death first, and no worker gets it."""
    inbox.put(deliveries(3))
    for number, task in enumerate(claimed(inbox)):
        inbox.bury(task, error=f"ValueError: {number} ✗")
        time.sleep(0.005)
    assert inbox.claim(10, lease=1) == []
    letters = inbox.dead()
    assert [letter.error for letter in letters] == ["ValueError: 0 ✗", "ValueError: 1 ✗", "ValueError: 2 ✗"]
    assert letters[0].delivery == delivery("k0")
    assert letters[0].attempts == 1
    assert abs(letters[0].died_at - time.time()) < 60
    assert len(inbox.dead(2)) == 2
    assert inbox.counts() == Counts(waiting=0, running=0, dead=3)


def test_a_dead_letter_can_be_replayed(inbox: Inbox) -> None:
    """One by its key, then the rest; each has all its attempts again."""
    inbox.put(deliveries(700))
    for task in claimed(inbox, 700):
        inbox.bury(task, error="x")
    assert (inbox.replay("unknown"), inbox.replay("k650"), inbox.replay("k650")) == (0, 1, 0)
    (task,) = claimed(inbox)
    assert (task.delivery, task.attempt) == (delivery("k650"), 1)
    assert inbox.replay() == 699
    assert len(claimed(inbox, 1000)) == 699
    assert inbox.dead() == []


def test_a_dead_letter_can_be_purged(inbox: Inbox) -> None:
    """One by its key, then the rest; no worker gets them, what waits stays, and a repeat of theirs is known."""
    inbox.put(deliveries(700))
    for task in claimed(inbox, 700):
        inbox.bury(task, error="x")
    inbox.put([delivery("waiting")])
    assert (inbox.purge("unknown"), inbox.purge("k650"), inbox.purge("k650")) == (0, 1, 0)
    assert inbox.purge() == 699
    assert inbox.counts() == Counts(waiting=1, running=0, dead=0)
    assert inbox.put([delivery("k650"), delivery("k3")]) == [False, False]


def test_a_waiting_worker_is_woken_by_a_delivery(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claim that waits is woken by a delivery, and does not look for it in vain now and then."""
    monkeypatch.setattr("zoom_api_client.triggers.inbox.sqlite._POLL", 60.0)
    with ThreadPoolExecutor(1) as pool:
        claim = pool.submit(inbox.claim, 10, lease=60, wait=30)
        time.sleep(0.1)
        inbox.put([delivery()])
        assert keys(claim.result(timeout=10)) == ["a"]


def test_threads_do_not_disturb_each_other(inbox: Inbox) -> None:
    """Eight threads put the same 400 deliveries while four take them: each is new once and handled once."""
    all_put = Event()

    def handle(_: int) -> list[str]:
        taken: list[str] = []
        while not all_put.is_set() or inbox.counts().waiting:
            tasks = inbox.claim(7, lease=60, wait=0.05)
            inbox.complete(tasks)
            taken += keys(tasks)
        return taken

    with ThreadPoolExecutor(12) as pool:
        handling = [pool.submit(handle, each) for each in range(4)]
        putting = [pool.submit(inbox.put, deliveries(400)) for _ in range(8)]
        new = sum(sum(each.result()) for each in putting)
        all_put.set()
        assert new == 400
        assert sorted(key for each in handling for key in each.result()) == sorted(f"k{each}" for each in range(400))


def test_empty_lists_are_allowed(inbox: Inbox) -> None:
    """Empty lists are allowed everywhere."""
    inbox.complete([])
    inbox.release([])
    inbox.extend([], lease=1)
    assert inbox.put([]) == []


@pytest.mark.parametrize("url", ["", "inbox.db", "postgres://x", "sqlite://host/path", "memory://x"])
def test_a_wrong_address_is_refused(url: str) -> None:
    """It is refused, and the right ones are named."""
    with pytest.raises(ValueError, match=r"memory://|three slashes"):
        open_inbox(url)
