"""Write who attended a meeting or webinar, when and for how long, as CSV and as a plot; rejoins are one person.

    python examples/attendance_report.py 85746065432 --csv attendance.csv --plot attendance.png

A number stands for the latest time that the meeting took place; for an earlier one give the UUID of that instance. Zoom
keeps its reports for twelve months. The plot needs matplotlib.

Scopes of the app (server-to-server): report:read:list_meeting_participants:admin, and for webinars
report:read:list_webinar_participants:admin.
"""

import argparse
import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from zoom_api_client import Attendee, Zoom, attendance


def main(arguments: Sequence[str] | None = None) -> int:
    """Report what the command line says, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("meeting", help="number or UUID of the meeting or webinar")
    parser.add_argument("--webinar", action="store_true", help="it is a webinar")
    parser.add_argument("--csv", type=Path, help="the table's file, instead of standard output")
    parser.add_argument("--plot", type=Path, help="the picture's file: PNG, SVG or PDF")
    given = parser.parse_args(arguments)
    with Zoom.from_env() as zoom:
        people = attended(zoom, given.meeting, webinar=given.webinar)
    if given.csv:
        with given.csv.open("w", newline="", encoding="utf-8") as file:
            write(people, file)
    else:
        write(people, sys.stdout)
    if given.plot:
        plot(people, given.plot)
    return 0


def attended(zoom: Zoom, meeting: str, *, webinar: bool) -> list[Attendee]:
    """Return who was there."""
    if webinar:
        return attendance(zoom.api.meetings.get_webinar_participant_reports.all(meeting))
    return attendance(zoom.api.meetings.get_meeting_participant_reports.all(meeting))


def write(people: Iterable[Attendee], file: TextIO) -> None:
    """Write a row for each person."""
    table = csv.writer(file)
    table.writerow(["name", "email", "joined", "left", "minutes", "joins"])
    for each in people:
        minutes = round(each.duration.total_seconds() / 60, 1)
        table.writerow([each.name, each.email, each.joined.isoformat(), each.left.isoformat(), minutes, each.joins])


def plot(people: Sequence[Attendee], path: Path) -> None:
    """Draw a bar for each stay, a line for each person."""
    import matplotlib.dates
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 1 + len(people) / 4), layout="constrained")
    axes = figure.subplots()
    for line, person in enumerate(people):
        axes.broken_barh([(begin, end - begin) for begin, end in person.stays], (line - 0.4, 0.8))
    axes.set_yticks(range(len(people)), [each.name or each.email for each in people])
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(matplotlib.dates.DateFormatter("%H:%M"))
    axes.set_xlabel("UTC")
    figure.savefig(path)


if __name__ == "__main__":
    sys.exit(main())
