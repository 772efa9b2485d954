"""The policy, the words of an error, the leases' clock, and handing on."""

import threading

import pytest

from tests.triggers.inbox.deliveries import claimed, deliveries, delivery
from zoom_api_client.triggers.inbox import Counts, Delivery, Forward, HandlerRetry, InboxFailed, open_inbox
from zoom_api_client.triggers.inbox.error_text import LONGEST, describe
from zoom_api_client.triggers.inbox.leases import Leases


@pytest.mark.parametrize(
    ("attempt", "vary", "seconds"),
    [(1, 0.5, 5), (2, 0.5, 15), (3, 0.0, 22.5), (3, 1.0, 67.5), (9, 0.5, 3600), (10, 0.5, None), (11, 0.5, None)],
)
def test_waits_grow_and_end(attempt: int, vary: float, seconds: float | None) -> None:
    """Five seconds, tripled, varied by half, an hour at most, and none after the tenth attempt."""
    assert HandlerRetry(vary=lambda: vary).wait(attempt) == seconds


def test_many_attempts_do_not_overflow() -> None:
    """A policy of very many attempts stays at its longest wait."""
    assert HandlerRetry(attempts=100_000, vary=lambda: 0.5).wait(99_999) == 3600


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ValueError("no\nsuch   user"), "ValueError: no such user"),
        (KeyError("x"), "KeyError: 'x'"),
        (TimeoutError(), "TimeoutError"),
        (
            OSError("GET https://zoom.us/rec?access_token=abc.def&x=1"),
            "OSError: GET https://zoom.us/rec?access_token=…&x=1",
        ),
        (OSError("Authorization: Bearer abc.def failed"), "OSError: Authorization: Bearer … failed"),
        (OSError("{'download_token': 'abc', 'pwd': \"def\"}"), "OSError: {'download_token': '…', 'pwd': \"…\"}"),
        (OSError("/j/1?pwd=Abc.1&zak=qq"), "OSError: /j/1?pwd=…&zak=…"),
        (OSError("refused eyJhbGciOiJIUzI1.eyJzdWIi.c2ln"), "OSError: refused …"),
        (ExceptionGroup("two", [ValueError("a"), OSError("token=b")]), "ValueError: a; OSError: token=…"),
    ],
)
def test_a_dead_letter_tells_no_secret(error: Exception, text: str) -> None:
    """The words of an error stay, in one line; tokens and passcodes in them do not."""
    assert describe(error) == text


@pytest.mark.parametrize("word", ["x", "token", "token ", "-pwd="])
def test_a_long_error_is_cut(word: str) -> None:
    """Words are cut, and a megabyte of them is no work."""
    assert len(describe(ValueError("x" * 500 + word * 1_000_000))) == LONGEST


def test_a_lease_is_extended_only_when_a_third_is_over() -> None:
    """A lease is extended once a third of it is over, not before, and then again."""
    inbox, extended, moments = open_inbox("memory://"), list[int](), [0.0, 2.9, 3.0, 4.0, 5.0, 5.9, 6.0, 20.0]
    inbox.put(deliveries(3))
    inbox.extend = lambda tasks, *, lease: extended.append(len(tasks))  # type: ignore[method-assign]
    leases = Leases(inbox, 9.0, 600.0, now=lambda: moments.pop(0))
    tasks = claimed(inbox, 3)
    leases.add(tasks[:2], 0.0)
    leases.add(tasks[2:], 2.0)
    for _ in range(7):
        leases.extend()
    leases.remove(tasks)
    leases.extend()
    assert extended == [2, 1, 2]
    assert len(leases) == 0
    inbox.close()


def test_every_event_is_published_in_order() -> None:
    """Each is handed to the function, in order, and a worker finds nothing."""
    published: list[Delivery] = []
    inbox = Forward(published.append)
    assert inbox.put(deliveries(3)) == [True] * 3
    assert published == deliveries(3)
    assert inbox.claim(1, lease=1) == []
    assert inbox.counts() == Counts(0, 0, 0)


def test_a_broker_that_is_away_loses_no_event() -> None:
    """Its error is the inbox's, so that Zoom repeats; the broker's words, which may hold an address, are not in it."""

    def publish(_: Delivery) -> None:
        raise OSError("amqp://user:hunter2@broker")

    with pytest.raises(InboxFailed, match="OSError") as raised:
        Forward(publish).put([delivery()])
    assert "hunter2" not in str(raised.value)


def test_a_worker_does_not_wait_on_a_closed_forward() -> None:
    """Closing it wakes who waits."""
    inbox = Forward(lambda _: None)
    waiting = threading.Thread(target=lambda: inbox.claim(1, lease=1, wait=60))
    waiting.start()
    inbox.close()
    waiting.join(10)
    assert not waiting.is_alive()
