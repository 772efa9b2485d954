"""What the pure decision must never do."""

import random
from datetime import UTC, datetime, timedelta, timezone

import pytest

from zoom_api_client.quota.window import DAY, Admitted, AttemptRefused, Rule, State, Usage, Window, micros, moment

NOON = micros(datetime(2026, 3, 4, 12, tzinfo=UTC))
HOUR = DAY // 24
MIDNIGHT = NOON + 12 * HOUR


def full(rule: Rule, at: int = NOON) -> Usage:
    """Return the usage of somebody who has used everything at once."""
    usage = Usage()
    for _ in range(rule.limit):
        verdict = rule.admit(usage, at)
        assert isinstance(verdict, Admitted)
        usage = usage.add(verdict.stamp)
    return usage


@pytest.mark.parametrize("window", ["rolling", "utc-day"])
def test_the_101st_is_refused(window: Window) -> None:
    """After a hundred the next is refused, and told how many count."""
    rule = Rule(100, window)
    verdict = rule.admit(full(rule), NOON)
    assert isinstance(verdict, AttemptRefused)
    assert verdict.used == 100


def test_a_rolling_place_is_taken_for_24_hours() -> None:
    """A place is taken for 24 hours to the microsecond, and the refusal says until when."""
    rule = Rule(3, "rolling")
    usage = full(rule)
    assert rule.admit(usage, NOON + DAY - 1) == AttemptRefused(3, NOON + DAY, NOON + DAY - 1)
    assert rule.admit(usage, NOON + DAY) == Admitted(NOON + DAY, 3)


def test_a_utc_day_ends_at_midnight() -> None:
    """The day ends at 00:00 UTC, whenever it was used up."""
    rule = Rule(3, "utc-day")
    assert rule.admit(full(rule), MIDNIGHT - 1) == AttemptRefused(3, MIDNIGHT, MIDNIGHT - 1)
    assert rule.admit(full(rule), MIDNIGHT) == Admitted(MIDNIGHT, 1)


def test_the_first_moment_of_a_day_belongs_to_it() -> None:
    """A request at 00:00:00 counts for the day that begins then, one a microsecond before does not."""
    rule = Rule(3, "utc-day")
    assert rule.admit(full(rule, MIDNIGHT), MIDNIGHT + 9) == AttemptRefused(3, MIDNIGHT + DAY, MIDNIGHT + 9)
    assert rule.admit(Usage((MIDNIGHT - 1,)), MIDNIGHT) == Admitted(MIDNIGHT, 1)


def test_a_rolling_window_keeps_the_utc_day() -> None:
    """Whatever happens, no 24 hours and no UTC day hold more than the limit."""
    chance, rule, usage, now = random.Random(5), Rule(5, "rolling"), Usage(), NOON
    stamps: list[int] = []
    for _ in range(3000):
        now += chance.randrange(3 * HOUR)
        verdict = rule.admit(usage, now)
        if isinstance(verdict, Admitted):
            usage = usage.add(verdict.stamp)
            stamps.append(verdict.stamp)
        else:
            assert isinstance(rule.admit(usage, verdict.frees_at), Admitted)
            assert isinstance(rule.admit(usage, verdict.frees_at - 1), AttemptRefused)
    assert len(stamps) > 500
    assert all(later - first >= DAY for first, later in zip(stamps, stamps[5:], strict=False))
    days = [stamp // DAY for stamp in stamps]
    assert max(days.count(day) for day in set(days)) <= 5


@pytest.mark.parametrize("window", ["rolling", "utc-day"])
def test_a_clock_that_was_set_back_admits_no_more(window: Window) -> None:
    """Set back by a second, across midnight or by a week, it admits nobody and forgets nobody."""
    rule = Rule(3, window)
    usage = full(rule, MIDNIGHT + HOUR)
    for back in (1_000_000, 2 * HOUR, 7 * DAY):
        assert isinstance(rule.admit(usage, MIDNIGHT + HOUR - back), AttemptRefused)
        assert rule.state(usage, MIDNIGHT + HOUR - back).used == 3


def test_a_clock_that_was_set_back_frees_no_place_too_early() -> None:
    """A stamp is never before the one before it: when the clock is put right, its place is not free too early."""
    rule = Rule(3, "rolling")
    usage = Usage((NOON,))
    verdict = rule.admit(usage, NOON - 2 * HOUR)
    assert verdict == Admitted(NOON + 1, 2)


def test_a_clock_that_was_set_back_does_not_end_the_day_too_early() -> None:
    """Set back across midnight, the day that has begun goes on: it ends at its own midnight."""
    assert Rule(3, "utc-day").state(Usage((MIDNIGHT,)), MIDNIGHT - HOUR) == State(1, MIDNIGHT + DAY)


def test_two_requests_have_two_stamps() -> None:
    """A clock that stands still gives every request a stamp of its own, so that one is given back and not two."""
    usage = full(Rule(100, "rolling"))
    assert len(set(usage.stamps)) == 100
    assert len(usage.remove(NOON + 7).stamps) == 99


def test_old_stamps_are_not_kept_for_ever() -> None:
    """A new stamp drives out those of three days before."""
    usage = Usage()
    for hour in range(1000):
        usage = usage.add(NOON + hour * HOUR)
    assert len(usage.stamps) == 72


def test_a_lower_limit_is_not_free_too_early() -> None:
    """If the limit was lowered, so many places must come free that fewer than the limit are taken."""
    usage = Usage(tuple(NOON + index for index in range(10)))
    assert Rule(4, "rolling").admit(usage, NOON + 10) == AttemptRefused(10, NOON + 6 + DAY, NOON + 10)


def test_a_hold_is_heard_at_once_and_ends_in_time() -> None:
    """Held by Zoom, a user has nothing left however little was counted, until then and not a moment longer."""
    rule, usage = Rule(100, "rolling"), Usage((NOON,)).hold(MIDNIGHT).hold(NOON)
    assert rule.admit(usage, NOON + 1) == AttemptRefused(100, MIDNIGHT, NOON + 1)
    assert rule.admit(usage, MIDNIGHT) == Admitted(MIDNIGHT, 2)


def test_a_hold_does_not_hide_the_own_count() -> None:
    """Who is full beyond the end of a hold is told when the own place comes free."""
    rule = Rule(3, "rolling")
    assert rule.admit(full(rule).hold(MIDNIGHT), NOON + HOUR) == AttemptRefused(3, NOON + DAY, NOON + HOUR)


def test_the_state_tells_when_the_next_place_comes_free() -> None:
    """The state tells when the next place comes free: the oldest, or at midnight, or never if none is taken."""
    assert Rule(3, "rolling").state(Usage(), NOON) == State(0, None)
    assert Rule(3, "rolling").state(Usage((NOON, NOON + HOUR)), NOON + HOUR) == State(2, NOON + DAY)
    assert Rule(3, "utc-day").state(Usage((NOON,)), NOON + HOUR) == State(1, MIDNIGHT)


def test_times_keep_their_microseconds() -> None:
    """A time becomes a stamp and back without loss, in any zone; a naive one is refused."""
    given = datetime(2026, 3, 4, 12, 0, 0, 1, tzinfo=timezone(timedelta(hours=9)))
    assert moment(micros(given)) == given
    with pytest.raises(ValueError, match="aware"):
        micros(datetime(2026, 3, 4, 12))
