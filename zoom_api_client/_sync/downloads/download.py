"""Download by an address, a recording file or a meeting."""

# Derived from zoom_api_client/_async/downloads/download.py by `python -m generator build`: do not edit.
from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from zoom_api_client import errors
from zoom_api_client._sync.downloads.fetch import Fetch
from zoom_api_client.api.meetings import get_meeting_recordings
from zoom_api_client.arguments import identifiers
from zoom_api_client.core.operation import Request
from zoom_api_client.core.secret import Secret
from zoom_api_client.downloads import file_names, source as sources
from zoom_api_client.downloads.progress import Progress, Sum
from zoom_api_client.downloads.redirects import Route
from zoom_api_client.downloads.source import Given, Source
from zoom_api_client.transport.primitives import gather

if TYPE_CHECKING:
    from zoom_api_client._sync.protocols import FileSender


def download(
    zoom: FileSender,
    what: int | str | Given,
    *,
    to: str | os.PathLike[str],
    token: str | Secret | None = None,
    concurrency: int = 4,
    progress: Progress | None = None,
) -> Path | list[Path]:
    """Download one file and return its path, or all files of a meeting and return their paths.

    Args:
        zoom: the client.
        what: a `download_url`; a recording file (`RecordingFile`, or Zoom's JSON of it); the id or UUID of a meeting;
            or a meeting with its files (`MeetingRecordings`, or the `object` of a `recording.completed` event).
        to: the file to write, or a directory for names of topic, time and kind, made if need be. For a recording file
            it is a directory if it is one, ends in a slash, or has no extension: `recordings`, and not `talk.mp4`.
        token: a `download_access_token` or a webhook's `download_token`; the access token of the client by default.
        concurrency: how many files of a meeting come at once.
        progress: called with the bytes that are there and those of the whole (None while they are not known), at
            each piece; of a meeting, the sums of its files. In the blocking world threads call it, one at a time.

    Raises `DownloadError` when all files of a meeting have been tried: the first failure, with what was saved.
    """
    key = sources.secret(token)
    del token  # it would be seen among the locals of a traceback
    if concurrency < 1:
        raise ValueError(f"concurrency is {concurrency}: at least one file must come at a time")
    progress = progress or _silent
    if sources.is_meeting(what):
        return _meeting(zoom, what, _path(to), key, concurrency, progress)
    source, path = _one(what, key, to)
    _check(zoom, source)
    return Fetch(zoom, source, path, progress).run()


def save(zoom: FileSender, request: Request[bytes], to: str | os.PathLike[str]) -> Path:
    """Write the file that an operation answers with to a path, and return the path.

    Raises `DownloadError` for what is not a file, and for what cannot be had whole.
    """
    source, path = _one(zoom._address(request), None, to)
    _check(zoom, source)
    return Fetch(zoom, source, path, _silent).run()


def _meeting(
    zoom: FileSender,
    what: int | str | Given,
    directory: Path,
    key: Secret | None,
    concurrency: int,
    progress: Progress,
) -> list[Path]:
    if isinstance(what, int | str):
        number = identifiers.meeting(what)
        what = zoom.send(get_meeting_recordings.request(number, include_fields="download_access_token"))
        sources.check_answer(what, get_meeting_recordings.OPERATION)
    files = sources.of_meeting(what, key)
    place = _make_directory(directory)
    whole = Sum(progress, [source.size for _, source in files])
    fetches = [Fetch(zoom, source, place / name, whole.of(index)) for index, (name, source) in enumerate(files)]
    try:
        return gather([fetch.run for fetch in fetches], concurrency, whole.stop)
    except errors.DownloadError as failure:
        failure.saved = [fetch.path for fetch in fetches if fetch.is_done]
        raise


def _one(what: int | str | Given, key: Secret | None, to: str | os.PathLike[str]) -> tuple[Source, Path]:
    path = _path(to)
    is_directory = os.fspath(to).endswith(("/", os.sep)) or os.path.isdir(path)  # noqa: PTH112 - takes long names too
    if isinstance(what, str):  # of which `to` is always the file
        if is_directory:
            raise ValueError(f"an address does not say what its file is called: name a file, not the directory {to}")
        return sources.at(what, key, path), path
    file = sources.plain(what)
    if is_directory or not (file_names.is_of_a_file(path) or os.path.isfile(path)):  # noqa: PTH113 - as above
        path = _make_directory(path) / file_names.of_recording(file, {})
    return sources.of_file(file, key), path


def _path(to: str | os.PathLike[str]) -> Path:
    """Return the path that a caller names. Raises `ValueError` for what no file can be called."""
    try:
        if b"\0" not in os.fsencode(to):
            return Path(to)
    except UnicodeEncodeError:
        pass
    raise ValueError(f"to is {to!r}: no file can be called that")


def _make_directory(directory: Path) -> Path:
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        reason = f"the directory cannot be made: {failure.strerror or failure} ({failure.filename or directory})"
        raise errors.DownloadError(reason, "", directory) from failure
    return directory


def _check(zoom: FileSender, source: Source) -> None:
    if not source.fault:
        Route.of(zoom.base_url).check(source.url)


def _silent(done: int, total: int | None) -> None:
    pass
