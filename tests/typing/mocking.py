"""Tests with `mock_zoom` as users write them: type checkers must agree, and know a product that is misspelt."""

from pathlib import Path
from typing import Any

from zoom_api_client import UNSET
from zoom_api_client.testing import MockZoom, mock_zoom, record, replay


def test_answers(mock_zoom: MockZoom) -> None:
    """The fixture."""
    mock_zoom.meetings.create.raises(429).times(2).then(topic="Standup", agenda=UNSET)
    mock_zoom.meetings.get.fails(3001).then.returns({"topic": "x"}).then.drops_connection()
    mock_zoom.team_chat.send_chat_message.returns(unchecked=True, id=5)
    mock_zoom.recordings.list.pages(250)
    mock_zoom.scopes = {"meeting:write:meeting"}
    matched: bool = mock_zoom.meetings.create.called_once_with(topic="Standup")
    count: int = mock_zoom.meetings.create.call_count
    sent: dict[str, Any] = mock_zoom.meetings.create.calls[0].path
    print(matched, count, sent, mock_zoom.violations)
    mock_zoom.meeting  # type: ignore[attr-defined]  # pyright: ignore  # ty: ignore[missing-attribute]  # noqa: B018


def test_context_managers(path: Path) -> None:
    """The same without the fixture."""
    with mock_zoom(seed=7, scopes={"user:read:user"}) as zoom:
        zoom.users.get_user.returns(email="jane@example.com")
    with record(path) as cassette, replay(path, unchecked=True) as zoom:
        print(cassette.violations, zoom.calls)
