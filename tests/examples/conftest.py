"""A Zoom for the programs of examples/, whose app has the scopes that a program names, and no others."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from zoom_api_client.arguments import dates
from zoom_api_client.testing import MockZoom

SCOPE = re.compile(r"\b[a-z_]+:(?:read|write|update):[a-z_:]+\b")


@pytest.fixture
def zoom(
    mock_zoom: MockZoom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, request: pytest.FixtureRequest
) -> MockZoom:
    """A mock that refuses what the scopes of the module's `program` do not cover, an empty directory, and a day."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dates, "now", lambda: datetime(2026, 11, 20, 12, tzinfo=UTC))
    monkeypatch.setenv("ZOOM_ACCESS_TOKEN", "any token")
    mock_zoom.scopes = set(SCOPE.findall(request.module.program.__doc__))
    return mock_zoom
