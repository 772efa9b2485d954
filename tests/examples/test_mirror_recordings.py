"""The mirror: everybody's recordings, once."""

from pathlib import Path

import pytest

from examples import mirror_recordings as program
from zoom_api_client import errors
from zoom_api_client.testing import MockZoom
from zoom_api_client.testing.simulator import Simulator

ACCOUNT = """
users:
  - email: jane@example.com
    meetings: [{id: "81111111111", topic: "Plan: A/B"}]
  - email: left@example.com
    status: inactive
    meetings: [{id: "82222222222", topic: Handover}]
"""
SINCE = ["--since", "2026-11-01"]


@pytest.fixture(autouse=True)
def _recorded(simulator: Simulator) -> None:
    """Two users, one of them deactivated, each with a recording of four files."""
    simulator.seed(ACCOUNT)
    for meeting in (81111111111, 82222222222):
        simulator.record(meeting, minutes=1)
    simulator.clock.advance(600)


def mirrored(pattern: str = "*.*") -> list[str]:
    """Return what is in the mirror."""
    return sorted(str(path.relative_to("mirror")) for path in Path("mirror").rglob(pattern) if path.is_file())


def test_recordings_of_the_deactivated_are_mirrored_too() -> None:
    """Zoom lists them apart; who left the company is who is mirrored for."""
    assert program.main(["mirror", *SINCE]) == 0
    assert len(mirrored()) == 8
    assert mirrored("*.mp4") == [
        "jane@example.com/Plan_ A_B 2026-11-20 11-59-00Z shared_screen_with_speaker_view.mp4",
        "left@example.com/Handover 2026-11-20 11-59-00Z shared_screen_with_speaker_view.mp4",
    ]


def test_second_night_fetches_what_is_new_alone(zoom: MockZoom, simulator: Simulator) -> None:
    """A mirror of terabytes is not copied each night."""
    program.main(["mirror", *SINCE])
    fetched = len(zoom.downloads.calls)
    assert program.main(["mirror", *SINCE]) == 0
    assert len(zoom.downloads.calls) == fetched
    simulator.start_meeting(81111111111)
    simulator.end_meeting(81111111111)
    simulator.record(81111111111, minutes=1)
    simulator.clock.advance(600)
    assert program.main(["mirror", *SINCE]) == 0
    assert len(mirrored()) == 12


def test_file_that_cannot_be_had_does_not_keep_the_others(
    simulator: Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that Zoom still processes is reported, and comes another night."""
    simulator.start_meeting(81111111111)
    simulator.end_meeting(81111111111)
    simulator.record(81111111111, minutes=1)
    assert program.main(["mirror", *SINCE]) == 1
    assert "still processing" in capsys.readouterr().err
    assert len(mirrored()) == 8
    simulator.clock.advance(600)
    assert program.main(["mirror", *SINCE]) == 0
    assert len(mirrored()) == 12


def test_user_who_cannot_be_listed_does_not_keep_the_others(zoom: MockZoom, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody is deleted while the mirror runs."""
    zoom.recordings.list.raises(errors.NotFound).times(1)
    assert program.main(["mirror", *SINCE]) == 1
    assert capsys.readouterr().err
    assert mirrored("*.mp4")
