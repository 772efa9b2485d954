"""The mirror: everybody's recordings, once."""

from pathlib import Path
from typing import Any

import pytest

from examples import mirror_recordings as program
from zoom_api_client import errors
from zoom_api_client.testing import MockZoom

FILE = {"id": "1", "file_type": "MP4", "file_extension": "MP4", "file_path": "", "status": "completed"}
FILE |= {"download_url": "https://zoom.us/rec/download/0123456789ab000400", "recording_type": "gallery_view"}


def user(email: str) -> dict[str, Any]:
    """Return a list of one user."""
    return {"users": [{"id": email.partition("@")[0], "email": email}], "next_page_token": ""}


def meeting(topic: str, **file: Any) -> dict[str, Any]:
    """Return a list of one recorded meeting."""
    files = [{**FILE, "file_size": 1024, **file}]
    return {
        "meetings": [{"topic": topic, "start_time": "2026-11-02T10:00:00Z", "recording_files": files}],
        "next_page_token": "",
    }


@pytest.fixture
def account(zoom: MockZoom) -> MockZoom:
    """Two users, one of them deactivated, each with a recording in each part of the range."""
    zoom.users.list_users.returns(**user("jane@example.com")).then.returns(**user("left@example.com"))
    zoom.recordings.list.returns(**meeting("Plan: A/B"))
    return zoom


def test_recordings_of_the_deactivated_are_mirrored_too(account: MockZoom) -> None:
    """Zoom lists them apart; who left the company is who is mirrored for."""
    assert program.main(["mirror", "--since", "2026-11-01"]) == 0
    assert [call.query["status"] for call in account.users.list_users.calls] == ["active", "inactive"]
    found = sorted(str(path) for path in Path("mirror").rglob("*") if path.is_file())
    names = [f"mirror/{who}@example.com/Plan_ A_B 2026-11-02 10-00-00Z gallery_view.mp4" for who in ("jane", "left")]
    assert found == names


def test_second_night_fetches_nothing_again(account: MockZoom) -> None:
    """A mirror of terabytes is not copied each night."""
    program.main(["mirror", "--since", "2026-11-01"])
    fetched = len(account.downloads.calls)
    account.users.list_users.returns(**user("jane@example.com")).then.returns(**user("left@example.com"))
    assert program.main(["mirror", "--since", "2026-11-01"]) == 0
    assert len(account.downloads.calls) == fetched == 2


def test_file_that_cannot_be_had_does_not_keep_the_others(
    account: MockZoom, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that Zoom still processes is told, and comes another night."""
    processing = meeting("Live", status="processing")
    account.recordings.list.returns(**processing).then.returns(**meeting("Plan"))
    assert program.main(["mirror", "--since", "2026-11-01"]) == 1
    assert "still processing" in capsys.readouterr().err
    assert len(list(Path("mirror").rglob("*.mp4"))) == 1


def test_user_who_cannot_be_listed_does_not_keep_the_others(
    account: MockZoom, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody is deleted while the mirror runs."""
    account.recordings.list.raises(errors.NotFound).then.returns(**meeting("Plan"))
    assert program.main(["mirror", "--since", "2026-11-01"]) == 1
    assert capsys.readouterr().err
    assert len(list(Path("mirror").rglob("*.mp4"))) == 1
