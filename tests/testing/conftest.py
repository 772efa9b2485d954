"""A client of the mock's."""

from collections.abc import Iterator

import pytest

from zoom_api_client import Zoom
from zoom_api_client.testing import MockZoom
from zoom_api_client.transport.retry import Retry

collect_ignore = ["stranger"]  # a project of its own, which test_stranger.py runs where it is a stranger


@pytest.fixture
def client(mock_zoom: MockZoom) -> Iterator[Zoom]:
    """A client that repeats nothing, so that each failure is seen."""
    with Zoom("any token", retry=Retry(attempts=1)) as zoom:
        yield zoom
