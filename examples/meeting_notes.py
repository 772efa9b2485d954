"""Write a Markdown file for each meeting of the last week: its summary, the next steps and what was said.

    python examples/meeting_notes.py notes --since 2026-11-02

Meetings of the account that have a summary of AI Companion's, a transcript of their recording, or both. A file that is
there is written anew, since summaries are edited and transcripts come later.

Scopes of the app (server-to-server): meeting:read:list_summaries:admin, meeting:read:summary:admin,
user:read:list_users:admin, cloud_recording:read:list_user_recordings:admin,
cloud_recording:read:list_recording_files:admin.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from zoom_api_client import Zoom, errors
from zoom_api_client.downloads import file_name


def main(arguments: Sequence[str] | None = None) -> int:
    """Write what the command line says, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the files go")
    a_week_ago = datetime.now(UTC) - timedelta(days=7)
    parser.add_argument("--since", type=datetime.fromisoformat, default=a_week_ago, help="the first day (a week ago)")
    given = parser.parse_args(arguments)
    given.folder.mkdir(parents=True, exist_ok=True)
    with Zoom.from_env() as zoom:
        for uuid, (topic, start) in meetings(zoom, given.since.astimezone(UTC)).items():
            text = "\n\n".join([f"# {topic}", f"{start:%Y-%m-%d %H:%M} UTC", *summary(zoom, uuid), *said(zoom, uuid)])
            path = given.folder / file_name(topic, f"{start:%Y-%m-%d %H-%M}", extension="md")
            path.write_text(text + "\n", encoding="utf-8")
            print(path)
    return 0


def meetings(zoom: Zoom, since: datetime) -> dict[str, tuple[str, datetime]]:
    """Return topic and start of the meetings that have a summary or were recorded, by the UUID of each."""
    found: dict[str, tuple[str, datetime]] = {}
    for each in zoom.api.meetings.list_accounts_meeting_or_webinar_summaries.all(from_=since, to=datetime.now(UTC)):
        if each.meeting_uuid and each.meeting_start_time:
            found[each.meeting_uuid] = each.meeting_topic or "Meeting", each.meeting_start_time
    for user in zoom.api.users.list_users.all():
        for meeting in zoom.recordings.list(user.id or user.email, from_=since):
            found[meeting.uuid] = meeting.topic, meeting.start_time
    return found


def summary(zoom: Zoom, uuid: str) -> Iterator[str]:
    """Yield the paragraphs of a summary, if there is one, as its host edited it."""
    try:
        found = zoom.api.meetings.get_meeting_or_webinar_summary(uuid)
    except errors.NotFound:
        return
    edited = found.edited_summary or None
    yield f"## Summary\n\n{(edited and edited.summary_overview) or found.summary_overview or ''}"
    for part in found.summary_details or ():
        yield f"### {part.label or ''}\n\n{part.summary or ''}"
    if steps := (edited and edited.next_steps) or found.next_steps:
        yield "## Next steps\n\n" + "\n".join(f"- {step}" for step in steps)


def said(zoom: Zoom, uuid: str) -> Iterator[str]:
    """Yield the paragraphs of a transcript, if there is one."""
    try:
        files = zoom.recordings.for_meeting(uuid).recording_files or ()
    except errors.NotFound:
        return
    with TemporaryDirectory() as scratch:
        for file in files:
            if file.file_type == "TRANSCRIPT" and file.status == "completed":
                path = zoom.recordings.download(file, to=scratch)
                yield "\n\n".join(["## Transcript", *paragraphs(path.read_text(encoding="utf-8"))])


def paragraphs(transcript: str) -> Iterator[str]:
    """Yield what each speaker said in a row, of a WebVTT file whose cues are `Jane Doe: Good morning.`"""
    cues = re.findall(r"-->.*\n(?:(.{1,80}?): )?(.+)", transcript)
    for speaker, group in groupby(cues, key=itemgetter(0)):
        words = " ".join(text for _, text in group)
        yield f"**{speaker}:** {words}" if speaker else words


if __name__ == "__main__":
    sys.exit(main())
