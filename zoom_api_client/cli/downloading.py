"""`recordings download`: the recordings of a user in a range of days, or those of one meeting."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn

from cyclopts import Parameter

from zoom_api_client.cli import safety, session
from zoom_api_client.cli.errors import Misused
from zoom_api_client.cli.exit_codes import ExitCode
from zoom_api_client.cli.failures import describe, say
from zoom_api_client.cli.options import kinds
from zoom_api_client.cli.output import writing
from zoom_api_client.cli.output.options import Output
from zoom_api_client.core.codec import plain
from zoom_api_client.core.redaction import quote_text
from zoom_api_client.core.unset import UNSET
from zoom_api_client.errors import DownloadError

if TYPE_CHECKING:
    from zoom_api_client import Zoom

_SHOW_CURSOR: Final = b"\x1b[?25h\n"  # which a bar has hidden

_Day = Annotated[str | None, Parameter(converter=kinds.read_time)]


def download(
    meeting: Annotated[str | None, Parameter(help="The number or UUID of one meeting; else --user says whose.")] = None,
    /,
    *,
    to_dir: Annotated[Path, Parameter(help="The directory to write to; it is made if need be.")],
    user: Annotated[str, Parameter(help="The id or e-mail address of a user, or me.")] = "me",
    from_: Annotated[_Day, Parameter(name="--from", help="The first day, in UTC: 2026-10-01, yesterday.")] = None,
    to: Annotated[_Day, Parameter(help="The last day; today unless given.")] = None,
    access: session.Access = session.Access(),
    output: Output = Output(),
    safe: safety.Safety = safety.Safety(),
) -> int:
    """Download recordings; what is there already, or in part, is not fetched again.

    Writes the path of each file. The exit code is 8 if a file is not whole: the same command goes on.
    """
    if meeting and (from_ or to):
        raise Misused("give one of a meeting, and a range of days")
    with session.open_client(access) as zoom:
        found = [zoom.recordings.for_meeting(meeting)] if meeting else _listed(zoom, user, from_, to)
        found = writing.say_if_none(found, f"zoom-api: no recordings of {meeting or _range(user, from_, to)}")
        if safe.dry_run:
            writing.write_items(_files(found), output)
            return ExitCode.DONE
        failures: list[DownloadError] = []
        with _ending_at_once():
            writing.write_items(_paths(zoom, found, to_dir, failures), output)
        return ExitCode.INCOMPLETE if failures else ExitCode.DONE


def _listed(zoom: Zoom, user: str, first: str | None, last: str | None) -> Iterable[Any]:
    return zoom.recordings.list(user, from_=first or UNSET, to=last or UNSET)


def _range(user: str, first: str | None, last: str | None) -> str:
    """Return whose recordings were asked for, and of which days."""
    return f"{user} between {first} and {last or 'today'}" if first else f"{user} today (UTC): give --from"


def _files(found: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for each in map(plain, found):
        for file in each.get("recording_files", ()):
            names = ("id", "recording_type", "file_extension", "file_size", "status")
            yield {"meeting": each.get("id"), "topic": each.get("topic"), **{name: file.get(name) for name in names}}


def _paths(zoom: Zoom, found: Iterable[Any], to_dir: Path, failures: list[DownloadError]) -> Iterator[dict[str, str]]:
    """Yield the path of each file. A file that fails is reported, and keeps none of the others back."""
    for each in found:
        topic = str(plain(each).get("topic") or plain(each).get("id"))
        try:
            with _bar(topic) as progress:
                paths = zoom.recordings.download(each, to=f"{to_dir}/", progress=progress)
        except DownloadError as failure:
            _tell(topic, failure)
            failures.append(failure)
            paths = failure.saved
        yield from ({"topic": topic, "path": str(path)} for path in paths)


def _tell(topic: str, failure: DownloadError) -> None:
    for text in (describe(failure), *map(quote_text, getattr(failure, "__notes__", ()))):
        say(f"zoom-api: {topic}: {text}")


@contextmanager
def _ending_at_once() -> Iterator[None]:
    """Let Ctrl-C end the process at once: threads that wait for Zoom would keep it for as long as they wait.

    A download may be killed at any point; the next one goes on from what is on the disk.
    """
    is_terminal, stderr = sys.stderr.isatty(), sys.stderr  # while a bar is drawn, rich has its own in this place

    def end(*_: object) -> NoReturn:
        if is_terminal:
            os.write(stderr.fileno(), _SHOW_CURSOR)
        os._exit(ExitCode.INTERRUPTED)

    before = signal.signal(signal.SIGINT, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _bar(topic: str) -> AbstractContextManager[Any]:
    """Return a bar on stderr if that is a terminal."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    from zoom_api_client.downloads import bar

    return bar(topic[:30], console=Console(stderr=True))
