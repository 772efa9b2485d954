"""The tables are Zoom's."""

import pytest

from zoom_api_client.transport.throttle.limits import FAMILIES, LABELS, PLANS, allowance, find_plan

SHARED = "heavy+resource-intensive"


@pytest.mark.parametrize(
    ("family", "plan", "light", "medium", "heavy", "resource", "per_day"),
    [
        ("", "pro", 30, 20, 10, 10, 30_000),
        ("", "business+", 80, 60, 40, 20, 60_000),
        ("phone", "pro", 20, 10, 5, 5, 15_000),
        ("phone", "business+", 40, 20, 10, 10, 30_000),
        ("contact_center", "pro", 20, 10, 5, 5, 15_000),
        ("contact_center", "business+", 40, 20, 10, 10, 30_000),
    ],
)
def test_every_figure_of_the_table_is_zooms(
    family: str, plan: str, light: int, medium: int, heavy: int, resource: int, per_day: int
) -> None:
    """Every figure, and that Heavy and Resource-intensive share the day."""
    rows = [allowance(plan, label, family) for label in LABELS]
    assert [row.requests for row in rows] == [light, medium, heavy, resource]
    assert [row.seconds for row in rows] == [1, 1, 1, 60]
    assert [row.per_day for row in rows] == [None, None, per_day, per_day]
    assert [row.day for row in rows] == ["light", "medium", SHARED, SHARED]


@pytest.mark.parametrize(
    ("label", "requests", "seconds", "per_day"),
    [("light", 4, 1, 6000), ("medium", 2, 1, 2000), ("heavy", 1, 1, 1000), ("resource-intensive", 10, 60, 30_000)],
)
def test_free_has_days_of_its_own(label: str, requests: int, seconds: int, per_day: int) -> None:
    """Each label has a daily limit of its own on Free."""
    row = allowance("free", label)
    assert (row.requests, row.seconds, row.per_day, row.day) == (requests, seconds, per_day, label)


def test_every_combination_has_a_row() -> None:
    """Every plan, label and family has figures."""
    assert all(allowance(plan, label, family).requests for plan in PLANS for label in LABELS for family in FAMILIES)


@pytest.mark.parametrize("name", ["Business", "education", "enterprise", "partner", "business+"])
def test_zooms_names_of_plans_are_known(name: str) -> None:
    """The names of Zoom's plans are taken as they are."""
    assert find_plan(name) == "business+"


def test_a_misspelt_plan_is_refused() -> None:
    """A plan that is none is refused, and the known ones are named."""
    with pytest.raises(ValueError, match="free, pro, business"):
        find_plan("proo")
