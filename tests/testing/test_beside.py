"""Files that do not come, and tokens that are refused: what a test can ask of the mock beside its operations."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from zoom_api_client import Zoom, errors
from zoom_api_client.connection import ServerToServer
from zoom_api_client.testing import MockZoom
from zoom_api_client.transport.retry import Retry

MEETING = 85746065432


@pytest.fixture
def client(mock_zoom: MockZoom) -> Iterator[Zoom]:
    """A client that gets its tokens from the mock, and repeats nothing."""
    with Zoom(ServerToServer("account", "client", "a secret"), retry=Retry(attempts=1)) as zoom:
        yield zoom


def test_downloads_are_among_the_calls(mock_zoom: MockZoom, client: Zoom, tmp_path: Path) -> None:
    """A test of what is downloaded sees what was asked for."""
    files = client.recordings.download(MEETING, to=tmp_path)
    assert len(mock_zoom.downloads.calls) == len(files) > 0
    assert repr(mock_zoom.calls[-1]).startswith("GET /rec/download/")
    assert mock_zoom.calls[-1].body is None


@pytest.mark.parametrize("how", [404, 503, errors.NotFound, errors.ServerError])
def test_download_can_be_made_to_fail(
    mock_zoom: MockZoom, client: Zoom, tmp_path: Path, how: int | type[errors.ZoomError]
) -> None:
    """Links die, and edges fail: what the code makes of it can be tested."""
    mock_zoom.downloads.raises(how)
    with pytest.raises(errors.DownloadError):
        client.recordings.download(MEETING, to=tmp_path)
    assert mock_zoom.downloads.calls


def test_download_fails_as_often_as_is_said(mock_zoom: MockZoom, tmp_path: Path) -> None:
    """A connection that breaks once is nothing to a client that tries again."""
    mock_zoom.downloads.drops_connection(times=1)
    with Zoom("any token") as zoom:
        assert zoom.recordings.download(MEETING, to=tmp_path)


def test_token_can_be_refused(mock_zoom: MockZoom, client: Zoom) -> None:
    """The secret of an app is wrong one day."""
    mock_zoom.tokens.refuses("invalid_client", times=1)
    with pytest.raises(errors.AuthorizationFailed, match="invalid_client"):
        client.meetings.get(MEETING)
    assert client.meetings.get(MEETING).id == MEETING
    assert len(mock_zoom.tokens.calls) == 2


def test_token_can_expire(mock_zoom: MockZoom, client: Zoom) -> None:
    """A client that can renew its token does; one that cannot says so."""
    client.meetings.get(MEETING)
    mock_zoom.tokens.expire()
    assert client.meetings.get(MEETING).id == MEETING
    assert len(mock_zoom.tokens.calls) == 2
    with Zoom("any token") as fixed, pytest.raises(errors.Unauthorized):
        fixed.meetings.get(MEETING)
