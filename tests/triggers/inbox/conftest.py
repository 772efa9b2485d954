"""Inboxes of every kind, each as good as new."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from zoom_api_client.triggers.inbox import Inbox, open_inbox


@pytest.fixture(params=["memory", "sqlite", "redis"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an inbox of each kind."""
    if request.param == "redis":
        address: str = request.getfixturevalue("clean_redis")
        return address
    return "memory://" if request.param == "memory" else f"sqlite://{tmp_path}/inbox.db"


@pytest.fixture
def inbox(url: str) -> Iterator[Inbox]:
    """An empty inbox of each kind."""
    opened = open_inbox(url)
    yield opened
    opened.close()
