"""A clock for tests."""

from datetime import UTC, datetime, timedelta

from zoom_api_client.quota.window import micros


class Clock:
    """Stands at a moment, at first noon of some day, until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 4, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def micros(self) -> int:
        """Return the moment as stores have it."""
        return micros(self.moment)

    def move(self, **by: float) -> None:
        """Go forward or, with a negative figure, back: `move(hours=1)`."""
        self.moment += timedelta(**by)
