"""Notes of meetings: what was said and what was summed up, in one file for each."""

from pathlib import Path

import pytest

from examples import meeting_notes as program
from zoom_api_client import errors
from zoom_api_client.testing import MockZoom
from zoom_api_client.testing.simulator import Simulator

TRANSCRIPT = """\
WEBVTT

1
00:00:01.000 --> 00:00:03.000
Jane Doe: Good morning.

2
00:00:03.000 --> 00:00:05.000
Jane Doe: Shall we?

3
00:00:05.000 --> 00:00:06.000
Yes: at 10:30.

4
00:00:06.000 --> 00:00:07.000
[laughter]
"""
SUMMARY = {
    "summary_overview": "We planned.",
    "summary_details": [{"label": "Dates", "summary": "May."}],
    "next_steps": ["Jane: book the room"],
    "edited_summary": {"summary_overview": "We planned May.", "next_steps": []},
}


ACCOUNT = """
users:
  - email: jane@example.com
    meetings: [{id: "81111111111", topic: Review}]
"""


@pytest.fixture(autouse=True)
def _account(zoom: MockZoom, simulator: Simulator) -> None:
    """A meeting with a summary, which AI Companion writes and nobody can create, and another that was recorded."""
    simulator.seed(ACCOUNT)
    simulator.record(81111111111)
    simulator.clock.advance(600)
    summed_up = {"meeting_uuid": "a==", "meeting_topic": "Plan", "meeting_start_time": "2026-11-02T10:00:00Z"}
    zoom.meetings.list_accounts_meeting_or_webinar_summaries.returns(summaries=[summed_up], next_page_token="")
    zoom.meetings.get_meeting_or_webinar_summary.returns(**SUMMARY).then.raises(errors.NotFound)


def test_each_meeting_has_its_file(zoom: MockZoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was not recorded, and one that was not summed up, is not left out."""
    monkeypatch.setattr(program, "paragraphs", lambda text: [f"{len(text)} letters"])
    assert program.main(["notes", "--since", "2026-11-01"]) == 0
    plan, review = sorted(Path("notes").glob("*.md"))
    assert plan.name == "Plan 2026-11-02 10-00.md"
    text = plan.read_text(encoding="utf-8")
    assert "We planned May." in text
    assert "### Dates\n\nMay." in text
    assert "- Jane: book the room" in text
    assert "Transcript" not in text
    assert review.name == "Review 2026-11-20 11-00.md"
    assert "## Transcript\n\n24000 letters" in review.read_text(encoding="utf-8")
    assert len(zoom.downloads.calls) == 1  # of the transcript alone


def test_lines_of_a_speaker_are_one_paragraph() -> None:
    """A transcript has a cue for every few seconds; a colon within what is said is not a name."""
    said = list(program.paragraphs(TRANSCRIPT))
    assert said == ["**Jane Doe:** Good morning. Shall we?", "**Yes:** at 10:30.", "[laughter]"]
