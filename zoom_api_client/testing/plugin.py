"""The plugin that pytest finds by itself: the fixture `mock_zoom`. Nothing is loaded before a test asks for it."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from zoom_api_client.testing.mock import MockZoom


@pytest.fixture(name="mock_zoom")
def _mock_zoom() -> Generator[MockZoom]:
    """Zoom's stand-in: answers from its contract, and fails the test if the code under test leaves that."""
    from zoom_api_client.testing.mock import MockZoom

    with MockZoom() as zoom:
        yield zoom


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail the test itself, not what comes after it, if its code swallowed a violation."""
    zoom: MockZoom | None = getattr(item, "funcargs", {}).get("mock_zoom")
    try:
        result = yield
    except Exception as error:
        if zoom is not None:
            zoom.check(error)
        raise
    if zoom is not None:
        _check(zoom)
    return result


def _check(zoom: MockZoom) -> None:
    from zoom_api_client.testing.violation import ContractViolation

    try:
        zoom.check()
    except ContractViolation as violation:  # where it was raised, the traceback of this one does not say
        says = f"The code left Zoom's contract, and swallowed the error:\n{violation}"
        raise pytest.fail.Exception(says, pytrace=False) from None
