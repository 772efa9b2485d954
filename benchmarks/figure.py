"""The report of a benchmark: a figure, and the budget it is held against."""

import attrs

from benchmarks.rounds import Ratio, Spread


@attrs.frozen
class Figure:
    """One row of the report. Without a budget it is there for comparison."""

    what: str
    figure: str
    budget: str = ""
    within: bool | None = None


def ratio(what: str, taken: Ratio, at_most: float | None = None) -> Figure:
    """Report how many times as long as something else a thing takes."""
    shown = f"{taken.best:.2f} × ({taken.least:.2f} to {taken.most:.2f})"
    return Figure(what, shown) if at_most is None else Figure(what, shown, f"≤ {at_most} ×", taken.best <= at_most)


def seconds(what: str, spread: Spread, at_most: float | None = None, *, note: str = "") -> Figure:
    """Report the least time, in the unit that suits it: other work on the machine only adds to a time."""
    unit, factor = next((unit, factor) for unit, factor in _UNITS if spread.least * factor >= 1 or unit == "µs")
    least, median, most = (f"{float(f'{each * factor:.3g}'):,g}" for each in (spread.least, spread.median, spread.most))
    shown = f"{least} {unit}" + ("" if least == most else f" ({median} to {most})") + (note and f", {note}")
    if at_most is None:
        return Figure(what, shown)
    limit = f"≤ {at_most:g} s" if at_most >= 1 else f"≤ {at_most * 1000:g} ms"
    return Figure(what, shown, limit, spread.least <= at_most)


def count(what: str, number: float, at_most: float | None = None, *, note: str = "") -> Figure:
    """Report a number of things."""
    shown = f"{number:,.10g}" + (note and f", {note}")
    if at_most is None:
        return Figure(what, shown)
    return Figure(what, shown, f"≤ {at_most:,}" if at_most else "0", number <= at_most)


_UNITS = (("s", 1.0), ("ms", 1e3), ("µs", 1e6))
