import asyncio

import pytest
import standups

from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client.testing import ContractViolation, MockZoom


def test_standups_are_created(mock_zoom: MockZoom) -> None:
    """Each day has its meeting, and each is short."""
    with Zoom("any token") as zoom:
        assert len(standups.schedule(zoom, days=3)) == 3
    assert mock_zoom.meetings.create.call_count == 3
    assert mock_zoom.meetings.create.calls[0].body.duration == 15


def test_meeting_that_is_gone_is_not_an_error(mock_zoom: MockZoom) -> None:
    """Who cancels what is gone already is not told of an error."""
    mock_zoom.meetings.delete.fails(3001)
    with Zoom("any token") as zoom:
        assert not standups.cancel(zoom, 85746065432)
    assert mock_zoom.meetings.delete.called_once_with(meeting_id=85746065432)


def test_all_pages_are_read(mock_zoom: MockZoom) -> None:
    """There are more meetings than fit on a page."""

    async def read() -> list[str]:
        async with AsyncZoom("any token") as zoom:
            return await standups.topics(zoom)

    mock_zoom.meetings.list.pages(650)
    assert len(asyncio.run(read())) == 650
    assert mock_zoom.meetings.list.call_count == 3


def test_mistake_is_caught(mock_zoom: MockZoom) -> None:
    """The mock judges what the wheel brought along."""
    with Zoom("any token") as zoom, pytest.raises(ContractViolation, match="did you mean 'topic'"):
        zoom.call("POST", "/users/me/meetings", json={"topik": "Standup"})
    mock_zoom.violations.clear()
