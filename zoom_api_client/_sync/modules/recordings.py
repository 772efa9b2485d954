"""Cloud recordings: the methods of `zoom.recordings`."""

# Derived from zoom_api_client/_async/modules/recordings.py by `python -m generator build`: do not edit.
from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, overload

from zoom_api_client import errors
from zoom_api_client._sync.pages import Pages
from zoom_api_client.arguments import dates, identifiers
from zoom_api_client.arguments.dates import Moment
from zoom_api_client.core.checks import check_number
from zoom_api_client.core.model import Model
from zoom_api_client.core.secret import Secret
from zoom_api_client.core.unset import UNSET, Unset
from zoom_api_client.transport.primitives import sleep

if TYPE_CHECKING:
    from zoom_api_client._sync.protocols import FileSender
    from zoom_api_client.downloads.progress import Progress
    from zoom_api_client.models.meetings import MeetingRecordings, RecordingFile, RecordingList, RecordingListMeeting

Paths = list[Path]  # in the class, `list` is the method
_PAUSE = 15.0  # seconds until a recording is asked for again
Trash = Literal["meeting_recordings", "recording_file"]


class Recordings:
    """The cloud recordings of meetings and webinars.

    They need a paid plan with cloud recording enabled. A meeting is named by its number, which stands for the latest
    instance, or by the UUID of an instance, in any spelling. Each method raises `APIError` if Zoom refuses,
    `ConnectionFailed` if it cannot be reached, and before anything is sent `ValueError` or `TypeError` for what Zoom
    would surely refuse.
    """

    def __init__(self, zoom: FileSender) -> None:
        self._zoom = zoom

    def list(
        self,
        user_id: str,
        *,
        from_: Moment | Unset = UNSET,
        to: Moment | Unset = UNSET,
        meeting_id: int | str | Unset = UNSET,
        trash: bool | Unset = UNSET,
        trash_type: Trash | Unset = UNSET,
        mc: str | Unset = UNSET,
        page_size: int = 300,
    ) -> Pages[RecordingList, RecordingListMeeting]:
        """Iterate over the meetings and webinars of a user that were recorded, across all pages, each with its files.

        Zoom answers for a month at most and silently shortens a longer range: it is cut into months, the latest first,
        and joined without doubles. Within a month the order is Zoom's. Without a range Zoom lists today (UTC).

        `GET /users/{userId}/recordings`; rate limit: medium; scopes, one of:
        cloud_recording:read:list_user_recordings, cloud_recording:read:list_user_recordings:master,
        cloud_recording:read:list_user_recordings:admin.
        https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/users/{userId}/recordings

        Args:
            user_id: the id or e-mail address of the user, or `me`.
            from_: the first day (UTC). A datetime stands for its day in UTC.
            to: the last day; today (UTC) unless given.
            meeting_id: the number of the one meeting whose recordings are wanted.
            trash: list the trash instead, which takes no range.
            trash_type: what is listed of the trash: `meeting_recordings` (Zoom's default) or single files.
            mc: "true" for recordings made through an on-premise meeting connector.
            page_size: items Zoom sends at a time, 300 at most.
        """
        from zoom_api_client.api.meetings import list_all_recordings

        if trash and (from_ is not UNSET or to is not UNSET):
            raise ValueError("Zoom lists the trash as a whole: leave out from_ and to")
        number = meeting_id if isinstance(meeting_id, Unset) else identifiers.meeting(meeting_id)
        request = partial(
            list_all_recordings.request, user_id, meeting_id=number, trash=trash, trash_type=trash_type, mc=mc
        )
        span = dates.days(from_, to)
        parts = [partial(request, from_=first, to=last) for first, last in dates.months(*span)] if span else [request]
        return Pages(self._zoom, parts, "meetings", page_size=page_size)

    def for_meeting(
        self,
        meeting_id: int | str,
        *,
        wait: float = 0.0,
        include_fields: str | Unset = UNSET,
        ttl: int | Unset = UNSET,
    ) -> MeetingRecordings:
        """Return the recordings of one meeting or webinar.

        None at all is `NotFound`, and so is one that Zoom still processes: it has one code for both, 3301. Only time
        tells them apart: `wait`, or the event `recording.completed`. Of a file that is listed, `status` tells:
        `processing`, then `completed`.

        `GET /meetings/{meetingId}/recordings`; rate limit: light; scopes, one of:
        cloud_recording:read:list_recording_files:admin, cloud_recording:read:list_recording_files,
        cloud_recording:read:list_recording_files:master.
        https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/meetings/{meetingId}/recordings

        Args:
            meeting_id: the number (its latest instance) or the UUID (that instance).
            wait: seconds to ask again while Zoom says that there is none, every 15 s: 600 just after a meeting's end,
                0 for one that ended long ago.
            include_fields: `download_access_token` adds a token with which the files can be downloaded.
            ttl: the life of that token in seconds, 0 to 604800.
        """
        from zoom_api_client.api.meetings import get_meeting_recordings

        check_number("wait", wait)
        number = identifiers.meeting(meeting_id)
        request = get_meeting_recordings.request(number, include_fields=include_fields, ttl=ttl)
        left = wait
        while True:
            try:
                return self._zoom.send(request)
            except errors.NotFound as missing:
                if missing.code != errors.NO_RECORDING:
                    raise
                if left <= 0:
                    missing.waited = wait
                    raise
            sleep(min(_PAUSE, left))
            left -= _PAUSE

    @overload
    def download(
        self,
        what: RecordingFile,
        *,
        to: str | os.PathLike[str],
        token: str | Secret | None = None,
        concurrency: int = 4,
        progress: Progress | None = None,
    ) -> Path: ...
    @overload
    def download(
        self,
        what: int | MeetingRecordings | RecordingListMeeting,
        *,
        to: str | os.PathLike[str],
        token: str | Secret | None = None,
        concurrency: int = 4,
        progress: Progress | None = None,
    ) -> Paths: ...
    @overload
    def download(
        self,
        what: str | Mapping[str, Any] | Model,
        *,
        to: str | os.PathLike[str],
        token: str | Secret | None = None,
        concurrency: int = 4,
        progress: Progress | None = None,
    ) -> Path | Any: ...
    def download(
        self,
        what: int | str | Mapping[str, Any] | Model,
        *,
        to: str | os.PathLike[str],
        token: str | Secret | None = None,
        concurrency: int = 4,
        progress: Progress | None = None,
    ) -> Path | Paths:
        """Download a recording file and return its path, or all files of a meeting and return their paths.

        A file is written to `<name>.part`, which the same call goes on with after any interruption, also of the
        process, and gets its name when it is whole. The token goes into the Authorization header, to Zoom's hosts and
        over https alone. Raises `DownloadError` for what is not a recording (Zoom answers with a page where it does not
        take the token), and for what cannot be had whole. A file of a meeting that fails does not stop the others: the
        first failure is raised in the end, its `saved` has the paths of those that are there, its notes name the rest.
        https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/meetings/{meetingId}/recordings

        Args:
            what: a `download_url`; a recording file (`RecordingFile`, or Zoom's JSON of it); the number or UUID of a
                meeting; or a meeting with its files (an item of `list`, what `for_meeting` returns, or the `object` of
                a `recording.completed` event).
            to: the file to write, or a directory for names of topic, time and kind, made if need be. For a recording
                file it is a directory if it is one, ends in a slash, or has no extension: `recordings`, not `talk.mp4`.
            token: a `download_access_token`, or the `download_token` of an event, which lives 24 hours; the client's
                own access token by default.
            concurrency: how many files of a meeting come at once.
            progress: called with the bytes that are there and those of the whole, None while they are not known;
                `zoom_api_client.downloads.bar()` draws a bar.
        """
        from zoom_api_client._sync.downloads.download import download

        key = Secret(token) if token else None
        del token  # it would be seen among the locals of a traceback
        return download(self._zoom, what, to=to, token=key, concurrency=concurrency, progress=progress)

    def delete(
        self,
        meeting_id: int | str,
        recording_id: str | None = None,
        *,
        action: Literal["trash", "delete"] = "trash",
    ) -> None:
        """Delete a recording file of a meeting or webinar; without `recording_id`, all its files.

        `DELETE /meetings/{meetingId}/recordings`; rate limit: light; scopes, one of:
        cloud_recording:delete:meeting_recording, cloud_recording:delete:meeting_recording:admin,
        cloud_recording:delete:meeting_recording:master.
        https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/DELETE/meetings/{meetingId}/recordings
        `DELETE /meetings/{meetingId}/recordings/{recordingId}`; rate limit: light; scopes, one of:
        cloud_recording:delete:recording_file, cloud_recording:delete:recording_file:admin,
        cloud_recording:delete:recording_file:master.
        https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/DELETE/meetings/{meetingId}/recordings/{recordingId}

        Args:
            meeting_id: the number (its latest instance) or the UUID (that instance).
            recording_id: the `id` of the one file to delete.
            action: `trash` keeps it for 30 days, `delete` is for good.
        """
        from zoom_api_client.api.meetings import (
            delete_meeting_or_webinar_recordings,
            delete_recording_file_for_meeting_or_webinar,
        )

        number = identifiers.meeting(meeting_id)
        if recording_id is None:
            self._zoom.send(delete_meeting_or_webinar_recordings.request(number, action=action))
        else:
            delete_one = delete_recording_file_for_meeting_or_webinar
            self._zoom.send(delete_one.request(number, recording_id, action=action))
