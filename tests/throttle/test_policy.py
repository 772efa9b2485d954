"""The decision, row by row; and that no arrival pattern makes it let too much through."""

import random
from typing import Any

import attrs
import pytest

from zoom_api_client.transport.throttle.policy import Claim, Granted, ReservationRefused, claim, decide

MIDNIGHT = 20_000 * 86_400.0


def asked(**changed: Any) -> Claim:
    """Return a claim on 3 requests a second without a margin, by default."""
    figures: dict[str, Any] = {
        "requests": 3,
        "seconds": 1,
        "per_day": None,
        "share": 1.0,
        "margin": 0.0,
        "patience": 60.0,
    }
    return claim("account", ":light", ":day:light", **{**figures, **changed})


def decided(
    claim: Claim,
    reserved: list[float],
    now: float = 100.0,
    *,
    held: float = 0.0,
    day_held: float = 0.0,
    used: int = 0,
    epoch: float = MIDNIGHT,
) -> Granted | ReservationRefused:
    """Return the decision; the day is 20,000, `used` counts for every day."""
    return decide(claim, reserved, held_until=held, day_held_until=day_held, used=lambda _: used, now=now, epoch=epoch)


@pytest.mark.parametrize(
    ("reserved", "at"),
    [
        ([], 100.0),
        ([50.0, 60.0, 70.0], 100.0),
        ([99.9], 100.0 + 1 / 6 - 0.1),
        ([99.5, 99.6], 100.0),
        ([99.2, 99.4, 99.6], 100.2),
        ([99.0, 99.4, 99.8], 100.0),
        ([99.2, 99.4, 99.9], 100.2),
        ([100.2, 100.4, 100.6], 101.2),
        ([99.0, 99.2, 100.5, 100.7], 100.7 + 1 / 6),
    ],
)
def test_a_place_is_the_earliest_allowed(reserved: list[float], at: float) -> None:
    """The earliest moment that keeps the window and the distance."""
    verdict = decided(asked(), reserved)
    assert isinstance(verdict, Granted)
    assert verdict.at == pytest.approx(at)


@pytest.mark.parametrize(
    ("changed", "requests", "seconds", "per_day"),
    [
        ({}, 3, 1.0, None),
        ({"requests": 30, "share": 0.5, "per_day": 30_000}, 15, 1.0, 15_000),
        ({"requests": 5, "share": 0.5}, 2, 1.0, None),
        ({"requests": 5, "share": 0.75}, 3, 1.0, None),
        ({"requests": 1, "share": 0.5}, 1, 2.0, None),
        ({"requests": 10, "seconds": 60, "share": 0.05}, 1, 120.0, None),
        ({"requests": 30, "share": 0.01, "per_day": 10}, 1, 1 / 0.3, 1),
        ({"margin": 0.08}, 3, 1.08, None),
    ],
)
def test_a_share_is_not_rounded_up(changed: dict[str, Any], requests: int, seconds: float, per_day: int | None) -> None:
    """A share is never more than asked for; less than one request becomes one in a longer time."""
    made = asked(**changed)
    assert (made.requests, made.per_day) == (requests, per_day)
    assert made.seconds == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("claim", "state", "verdict"),
    [
        (asked(patience=0.0), {"reserved": [99.2, 99.4, 99.6]}, ReservationRefused(0.2, daily=False)),
        (asked(patience=0.0), {"reserved": [99.95]}, Granted(99.95 + 1 / 6, 20_000)),
        (asked(patience=0.3), {"reserved": [99.2, 99.4, 99.6]}, Granted(100.2, 20_000)),
        (asked(), {"reserved": [], "held": 130.0}, Granted(130.0, 20_000)),
        (asked(), {"reserved": [], "held": 170.0}, ReservationRefused(70.0, daily=False)),
        (asked(), {"reserved": [], "day_held": 130.0}, ReservationRefused(30.0, daily=True)),
        (asked(per_day=10), {"reserved": [], "used": 9}, Granted(100.0, 20_000)),
        (asked(per_day=10), {"reserved": [], "used": 10}, ReservationRefused(86_300.0, daily=True)),
        (asked(), {"reserved": [], "used": 10**9}, Granted(100.0, 20_000)),
        (asked(), {"reserved": [], "now": 86_399.5}, Granted(86_399.5, 20_000)),
        (asked(), {"reserved": [86_399.0] * 2 + [86_399.6], "now": 86_399.9}, Granted(86_400.0, 20_001)),
    ],
)
def test_every_limit_is_kept(claim: Claim, state: dict[str, Any], verdict: Granted | ReservationRefused) -> None:
    """Patience, holds, and the day's limit, which counts for the day on which a request goes."""
    made = decided(claim, **state)
    assert type(made) is type(verdict)
    assert attrs.astuple(made) == pytest.approx(attrs.astuple(verdict))


@pytest.mark.parametrize("seed", range(40))
def test_a_window_holds_no_more_than_the_table(seed: int) -> None:
    """No pattern of calls puts one request more than allowed within a second, also as a server sees it with jitter."""
    chance = random.Random(seed)
    requests, margin = chance.choice([1, 2, 4, 10, 30, 80]), 0.08
    made = asked(requests=requests, margin=margin, patience=chance.choice([0.0, 0.5, 1e9]))
    now, reserved = 0.0, list[float]()
    for _ in range(600):
        now += chance.choice([0.0, 0.0, 0.0, chance.expovariate(requests), chance.uniform(0, 3)])
        verdict = decided(made, reserved, now)
        if isinstance(verdict, Granted):
            reserved.append(verdict.at)
    arrived = sorted(at + chance.uniform(0, margin) for at in reserved)
    assert reserved == sorted(reserved)
    assert all(late - early >= 1.0 for early, late in zip(arrived, arrived[requests:], strict=False))


def test_the_allowed_rate_is_reached() -> None:
    """Steady demand gets all but the margin."""
    made, reserved = asked(requests=30, margin=0.08, patience=1e9), list[float]()
    for _ in range(3000):
        verdict = decided(made, reserved, 0.0)
        assert isinstance(verdict, Granted)
        reserved.append(verdict.at)
    assert sum(at < 60 for at in reserved) / (30 * 60) > 0.92
