"""The source of a download: the address of a file, and what is known of it before it is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import attrs

from zoom_api_client import errors
from zoom_api_client.core.model import Model
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.secret import Secret
from zoom_api_client.downloads import file_names

Given = Mapping[str, Any] | Model

_LISTS = ("recording_files", "participant_audio_files")
_DIGITS = 18  # of a size: 1 exabyte


@attrs.frozen(kw_only=True)
class Source:
    """One file of Zoom's.

    Attributes:
        url: its `download_url`; empty where Zoom gives none.
        token: what to ask with; None for the access token of the client.
        size: bytes, if they are known.
        extension: of its name, in lower case.
        meeting: id or UUID of the meeting that it is asked for again by, when its link is stale.
        identity: tells it from the other files of the meeting.
        fault: why it cannot be downloaded, if that is known.
    """

    url: str = attrs.field(default="", repr=False)
    token: Secret | None = None
    size: int | None = None
    extension: str = ""
    meeting: int | str | None = None
    identity: tuple[str, ...] = ()
    fault: str = ""


def at(url: str, token: Secret | None, path: Path) -> Source:
    """Return what is at an address. Its name must be given: an address says nothing of it."""
    if {"access_token", "download_token", "token"} & parse_qs(url.partition("?")[2].partition("#")[0]).keys():
        raise ValueError("the address has a token in it: give the address without, and the token as `token`")
    return Source(url=url, token=token, extension=path.suffix[1:].lower())


def of_file(given: Given, token: Secret | None) -> Source:
    """Return the file that a `RecordingFile`, or what Zoom sends for one, describes."""
    return _source(plain(given), token, None)


def of_meeting(given: Given, token: Secret | None) -> list[tuple[str, Source]]:
    """Return the files of a `MeetingRecordings`, or of what Zoom sends for one, with their names."""
    meeting = plain(given)
    key = token or secret(meeting.get("download_access_token"))
    files = [each for kind in _LISTS for each in meeting.get(kind) or []]
    files.sort(key=lambda each: (str(each.get("recording_start") or ""), str(each.get("id") or "")))
    titles = file_names.distinct(file_names.of_recording(each, meeting) for each in files)
    identity = meeting.get("uuid") or meeting.get("id")
    return [(title, _source(each, key, identity)) for title, each in zip(titles, files, strict=True)]


def check_answer(given: object, operation: Operation[Any]) -> None:
    """Raise `UnexpectedAnswer` for an answer that is not a meeting with its files."""
    meeting = given.to_dict() if isinstance(given, Model) else None
    if meeting is None or not all(_is_list_of_files(meeting.get(kind)) for kind in _LISTS):
        raise errors.UnexpectedAnswer("the answer is not a meeting with its files", 200, operation=operation)


def _is_list_of_files(said: object) -> bool:
    return said is None or (isinstance(said, list | tuple) and all(isinstance(each, Mapping | Model) for each in said))


def find_again(stale: Source, meeting: Given) -> Source | None:
    """Return a file as the meeting has it now; None if it has it no longer."""
    found = (each for _, each in of_meeting(meeting, None) if each.identity == stale.identity)
    return next(found, None)


def is_meeting(given: object) -> bool:
    """Return whether a meeting is given, with or without its files, and not one file or its address."""
    if isinstance(given, str):
        return "://" not in given
    if isinstance(given, Model):
        return not given._fields.keys().isdisjoint(_LISTS)  # its lists may be missing
    return isinstance(given, int) or any(kind in plain(given) for kind in _LISTS)


def plain(given: object) -> dict[str, Any]:
    """Return the JSON object of a model, or of what Zoom sends for it."""
    if isinstance(given, Model):
        given = given.to_dict()
    if isinstance(given, Mapping):
        return {**given, **{name: _files(given[name]) for name in _LISTS if name in given}}
    raise TypeError(f"{type(given).__name__} is not a recording: give an address, a recording file, or a meeting")


def _files(said: Any) -> list[dict[str, Any]]:
    """Return the files of a list of Zoom's. Raises `UnexpectedAnswer` for what is not a list of files."""
    if not _is_list_of_files(said):
        raise errors.UnexpectedAnswer("the meeting that was given has no list of files", 200)
    return [plain(each) for each in said or ()]


def secret(token: str | Secret | None) -> Secret | None:
    """Return a token as what is not shown."""
    kept = Secret(token) if token else None
    if kept and not re.fullmatch(r"[\x21-\x7e]+", kept.reveal()):
        raise ValueError("the token has characters that no header can carry: give what Zoom sent")
    return kept


def _source(file: Mapping[str, Any], token: Secret | None, meeting: int | str | None) -> Source:
    return Source(
        url=_url(file),
        token=token,
        size=_size(file.get("file_size")),
        extension=file_names.extension(file),
        meeting=file.get("meeting_id") or meeting,
        identity=_identity(file),
        fault=_fault(file),
    )


def _size(said: object) -> int | None:
    """Return the bytes of a file, which Zoom says as a number, now and then as its text; None for anything else."""
    if isinstance(said, str) and said.isascii() and said.isdigit() and len(said) < _DIGITS:
        said = int(said)
    return int(said) if isinstance(said, int | float) and 0 < said < 10**_DIGITS else None


def _url(file: Mapping[str, Any]) -> str:
    """Return the address that Zoom gives; empty if it is none."""
    url = file.get("download_url")
    return url if isinstance(url, str) else ""


def _identity(file: Mapping[str, Any]) -> tuple[str, ...]:
    told_apart_by = ("id",) if file.get("id") else ("recording_type", "file_type", "recording_start")
    return tuple(str(file.get(each) or "") for each in told_apart_by)


def _fault(file: Mapping[str, Any]) -> str:
    """Return why a file cannot be had; a link that Zoom gives while it is still processing the file answers 404."""
    url = _url(file)
    if file.get("file_path") and not url:
        return f"it is on the account's own premises, at {file['file_path']}: Zoom has no copy to download"
    if file.get("status") not in (None, "", "completed"):
        return "Zoom is still processing it: try again later"
    return "" if url else "Zoom gives no address to download it from"
