"""What every test needs: the quota of the person who runs them is none of theirs."""

import pytest

from zoom_api_client import quota


@pytest.fixture(autouse=True)
def _a_day_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let meetings that a test creates count in its own memory, not in the user's file."""
    guard = quota.Guard("memory://")
    monkeypatch.setattr(quota, "default", lambda base_url="": guard)
