"""The clock of a simulator: set, moved on, and what is due meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from zoom_api_client.testing.simulator import Clock

START = datetime(2026, 3, 31, 9, tzinfo=UTC)


def frozen() -> tuple[Clock, list[tuple[str, datetime]]]:
    """Return a clock that stands still, and the list of what it did and when."""
    clock, done = Clock(), list[tuple[str, datetime]]()
    clock.do = lambda task, *_ids: done.append((task, clock.now()))
    clock.set(START, frozen=True)
    return clock, done


def test_it_runs_on_from_where_it_was_set() -> None:
    """A clock that is set and not frozen must not stand still: tokens would never expire."""
    real = [START]
    clock = Clock(lambda: real[0])
    clock.set(START + timedelta(days=30))
    real[0] += timedelta(minutes=5)
    assert clock.now() == START + timedelta(days=30, minutes=5)


def test_what_is_due_is_done_in_its_order_and_at_its_time() -> None:
    """A retry after 5 minutes and one after 20 must not both happen at the time that the clock is set to."""
    clock, done = frozen()
    clock.schedule(START + timedelta(minutes=20), "second")
    clock.schedule(START + timedelta(minutes=5), "first")
    clock.advance(timedelta(hours=1))
    assert done == [("first", START + timedelta(minutes=5)), ("second", START + timedelta(minutes=20))]
    assert clock.now() == START + timedelta(hours=1)


def test_what_becomes_due_while_others_are_done_is_done_too() -> None:
    """A task may schedule the next one: setting the clock far on must do all of them."""
    clock, done = frozen()

    def again(task: str, turn: str) -> None:
        done.append((turn, clock.now()))
        if len(done) < 3:
            clock.schedule(clock.now() + timedelta(minutes=5), task, f"{turn}+")

    clock.do = again
    clock.schedule(START + timedelta(minutes=5), "again", "1")
    clock.advance(3600)
    assert done == [(turn, START + timedelta(minutes=5 * len(turn))) for turn in ("1", "1+", "1++")]


def test_what_is_not_due_waits() -> None:
    """Nothing may happen before its time, and nothing twice."""
    clock, done = frozen()
    clock.schedule(START + timedelta(minutes=5), "late")
    clock.run_due()
    assert done == []
    clock.advance(300)
    clock.run_due()
    assert done == [("late", START + timedelta(minutes=5))]


def test_a_time_without_zone_is_refused() -> None:
    """Nobody knows which moment it is; the message says what to give."""
    with pytest.raises(ValueError, match="2026-03-31T09:00:00Z"):
        Clock().set(datetime(2026, 3, 31, 9))
