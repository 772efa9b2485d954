"""Mirror the cloud recordings of all users, deactivated ones too, into a folder for each user.

    python examples/mirror_recordings.py recordings --since 2026-11-01

Run it every night: a file that is there is not fetched again, and one that was interrupted goes on where it stopped.
The exit status is 1 if a file could not be had, as while Zoom still processes it; the next run tries again.

Scopes of the app (server-to-server): user:read:list_users:admin, cloud_recording:read:list_user_recordings:admin,
cloud_recording:read:list_recording_files:admin.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from zoom_api_client import Zoom, errors
from zoom_api_client.downloads import file_name
from zoom_api_client.models.meetings import RecordingListMeeting
from zoom_api_client.models.users import UserListUser


def main(arguments: Sequence[str] | None = None) -> int:
    """Mirror what the command line says, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the recordings go")
    a_month_ago = datetime.now(UTC).date() - timedelta(days=31)
    parser.add_argument("--since", type=date.fromisoformat, default=a_month_ago, help="the first day (a month ago)")
    given = parser.parse_args(arguments)
    with Zoom.from_env() as zoom:
        failed = mirror(zoom, given.folder, given.since)
    for error in failed:
        print(error, file=sys.stderr)
    return 1 if failed else 0


def mirror(zoom: Zoom, folder: Path, since: date) -> list[errors.ZoomError]:
    """Fetch what is not there yet, and return the failures: what cannot be had does not keep the rest."""
    failed: list[errors.ZoomError] = []
    for user in all_users(zoom):
        try:
            for meeting in zoom.recordings.list(user.id or user.email, from_=since):
                failed += fetch(zoom, meeting, folder / file_name(user.email, extension=""))
        except (errors.NotFound, errors.PermissionDenied) as error:  # without a licence, or just deleted
            failed.append(error)
    return failed


def fetch(zoom: Zoom, meeting: RecordingListMeeting, folder: Path) -> list[errors.DownloadError]:
    """Fetch the files of a meeting, and return the failure if there is one."""
    try:
        for path in zoom.recordings.download(meeting, to=folder):
            print(path)
    except errors.DownloadError as error:
        return [error]
    return []


def all_users(zoom: Zoom) -> Iterator[UserListUser]:
    """Yield the users of the account; Zoom lists those who were deactivated apart."""
    yield from zoom.api.users.list_users.all(status="active")
    yield from zoom.api.users.list_users.all(status="inactive")


if __name__ == "__main__":
    sys.exit(main())
