"""The names that the files of a recording have on disk: the same each time, and good on every system."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

LONGEST = 200  # bytes: file systems take 255, and `.part.json` and a number go behind

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+')
_SUFFIX = re.compile(r"\.[A-Za-z]\w{0,9}")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)")


def of_recording(file: Mapping[str, Any], meeting: Mapping[str, Any]) -> str:
    """Return the name of a recording file: topic, start and kind, or the name that a participant's audio has."""
    kind = file.get("file_name") or file.get("recording_type") or file.get("file_type") or ""
    start = moment(meeting.get("start_time") or file.get("recording_start"))
    return file_name(str(meeting.get("topic") or "recording"), start, str(kind), extension=extension(file))


def extension(file: Mapping[str, Any]) -> str:
    """Return the extension of a recording file, in lower case: the one that Zoom says, or that of its kind."""
    known = {"TRANSCRIPT": "vtt", "CC": "vtt", "CHAT": "txt", "TIMELINE": "json", "SUMMARY": "json", "TB": "jpg"}
    kind = str(file.get("file_type") or "")
    given = str(file.get("file_extension") or known.get(kind, kind))
    return re.sub(r"\W", "", given).lower()


def file_name(*parts: str, extension: str) -> str:
    """Return a file name of parts: `("Standup", "2026-03-01 10-00-00Z", "gallery_view")` and an extension.

    Where they are too long, the first is cut.
    """
    first, *rest = (clean(part) for part in parts)
    tail = "".join(f" {part}" for part in rest if part)
    ending = re.sub(r"\W", "", extension)[:10].lower()
    tail = _cut(tail, LONGEST // 2) + (f".{ending}" if ending else "")
    name = (_cut(first, LONGEST - len(tail.encode())) + tail).strip(". ") or "recording"
    return f"_{name}" if _RESERVED.match(name) else name


def is_of_a_file(path: PurePath) -> bool:
    """Return whether a path is called like a file: `talk.mp4`, and neither `recordings` nor `week.12`."""
    return _SUFFIX.fullmatch(path.suffix) is not None


def clean(text: str) -> str:
    """Return a text without what a file name cannot have: separators, controls, and marks that turn the reading."""
    text = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", text))
    return " ".join(text.split()).strip(". ")


def moment(given: object) -> str:
    """Return a time in UTC as a name spells it, without colons; what is not a time as it is."""
    try:
        time = datetime.fromisoformat(str(given or ""))
    except ValueError:
        return str(given or "")
    shape = "%Y-%m-%d %H-%M-%S"
    return f"{time.astimezone(UTC):{shape}}Z" if time.tzinfo else f"{time:{shape}}"


def distinct(names: Iterable[str]) -> list[str]:
    """Return the names with a number behind each that was there before: ` (2)`; `A` and `a` are one on some systems."""
    taken: set[str] = set()
    return [_free(name, taken) for name in names]


def _free(name: str, taken: set[str]) -> str:
    stem, dot, extension = name.rpartition(".") if "." in name else (name, "", "")
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{stem} ({number}){dot}{extension}"
    taken.add(free.casefold())
    return free


def _cut(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore").rstrip()
