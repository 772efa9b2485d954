"""What is said of operations that Zoom has deprecated."""

import warnings
from pathlib import Path

import httpx
import pytest

from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.api.meetings import (
    list_meetings,
)
from zoom_api_client.api.phone import get_accounts_call_logs


def test_deprecation_is_reported_once_and_names_the_successor() -> None:
    """A warning for each of a thousand calls would be turned off; one without a way out would be ignored."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        get_accounts_call_logs.request()
        get_accounts_call_logs.request()
    assert [str(each.message) for each in caught] == [
        "Zoom has deprecated phone.get_accounts_call_logs (GET /phone/call_logs); use GET /phone/call_history"
    ]
    assert caught[0].category is DeprecationWarning


@pytest.mark.parametrize("how", ["request", "blocking", "awaited"])
async def test_deprecation_points_at_the_line_of_the_caller(how: str) -> None:
    """Python shows such a warning only for the user's own code: one that points into ours is never seen."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        if how == "request":
            get_accounts_call_logs.request()
        elif how == "blocking":
            with Zoom("a token", transport=httpx.MockTransport(lambda _: httpx.Response(200, json={}))) as zoom:
                zoom.api.phone.get_accounts_call_logs()
        else:
            transport = httpx.MockTransport(lambda _: httpx.Response(200, json={}))
            async with AsyncZoom("a token", transport=transport) as async_zoom:
                await async_zoom.api.phone.get_accounts_call_logs()
    assert [Path(each.filename).name for each in caught] == [Path(__file__).name]


def test_operations_that_are_not_deprecated_do_not_warn() -> None:
    """Warnings are errors in these tests: this would raise."""
    list_meetings.request("me")
