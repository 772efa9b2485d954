"""The progress of downloads: the sum of several, and a bar that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from zoom_api_client.storage.extras import require_extra

if TYPE_CHECKING:
    from rich.console import Console

Progress = Callable[[int, int | None], object]


@contextmanager
def bar(description: str = "Downloading", *, console: Console | None = None) -> Iterator[Progress]:
    """Draw a progress bar, and yield what a download takes as `progress`. Needs the extra `progress`.

        with bar() as progress:
            zoom.recordings.download(meeting_id, to="recordings/", progress=progress)

    Args:
        description: what stands before the bar.
        console: where it is drawn; rich's own by default.
    """
    with require_extra("progress", "a progress bar"):
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress as Display,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Display(TextColumn("{task.description}", markup=False), *columns, console=console) as display:
        task = display.add_task(description, total=None)
        yield lambda done, total: display.update(task, completed=done, total=total)


class Stopped(Exception):
    """Nobody waits for the download any more."""


class Sum:
    """The progress of several files as one: told by threads, and passed on by one at a time."""

    def __init__(self, progress: Progress, sizes: list[int | None]) -> None:
        self._progress, self._lock, self._is_stopped = progress, Lock(), False
        self._done, self._totals = [0] * len(sizes), list(sizes)

    def of(self, index: int) -> Progress:
        """Return the progress of one of the files."""
        return partial(self._tell, index)

    def stop(self) -> None:
        """End the downloads that tell their progress here, each at its next piece."""
        self._is_stopped = True

    def _tell(self, index: int, done: int, total: int | None) -> None:
        if self._is_stopped:
            raise Stopped
        with self._lock:
            self._done[index], self._totals[index] = done, total
            known = [each for each in self._totals if each is not None]
            self._progress(sum(self._done), sum(known) if len(known) == len(self._totals) else None)
