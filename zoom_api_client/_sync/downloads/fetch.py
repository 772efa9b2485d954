"""Downloads one file, and resumes it after interruptions."""

# Derived from zoom_api_client/_async/downloads/fetch.py by `python -m generator build`: do not edit.
from __future__ import annotations

import logging
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from zoom_api_client import errors
from zoom_api_client._sync.downloads.stream import pieces
from zoom_api_client.api.meetings import get_meeting_recordings
from zoom_api_client.core.redaction import redact_url
from zoom_api_client.downloads import response, source as sources
from zoom_api_client.downloads.attempts import Attempts
from zoom_api_client.downloads.partial_file import Busy, PartialFile, translate_disk_errors
from zoom_api_client.downloads.progress import Progress
from zoom_api_client.downloads.redirects import Route
from zoom_api_client.downloads.request import Wanted
from zoom_api_client.downloads.source import Given, Source
from zoom_api_client.downloads.writer import Writer
from zoom_api_client.transport import failures, http
from zoom_api_client.transport.instead_of_file import LONGEST_REFUSAL
from zoom_api_client.transport.primitives import run, run_cancellable, sleep

if TYPE_CHECKING:
    from zoom_api_client._sync.protocols import FileSender

MAX_REDIRECTS = 10

_log = logging.getLogger("zoom_api_client")


@attrs.define
class Fetch:
    """Brings one file to a path.

    Args:
        zoom: the client.
        source: what is fetched.
        path: where it is written.
        progress: told the bytes that are there, and those of the whole if they are known, at each piece.
        is_done: whether it is there.
    """

    zoom: FileSender
    source: Source
    path: Path
    progress: Progress
    is_done: bool = False

    def run(self) -> Path:
        """Fetch the file, unless it is there, and return its path. Raises `DownloadError`."""
        try:
            self._fetch()
        except (
            Busy,
            errors.AddressRefused,
            response.DownloadRefused,
            errors.ConnectionFailed,
            errors.UnexpectedAnswer,
            errors.APIError,
        ) as failure:
            url = redact_url(self.source.url) if self.source.url else ""
            raise errors.DownloadError(str(failure), url, self.path) from failure
        self.is_done = True
        return self.path

    def _fetch(self) -> None:
        if self.source.fault:
            raise response.DownloadRefused(self.source.fault)
        Route.of(self.zoom.base_url).check(self.source.url)
        if self.source.size is not None and self._has_come(self.source.size):
            self.progress(self.source.size, self.source.size)
            return
        with PartialFile(self.path) as part:
            self._complete(part)
            run(part.finish)

    def _has_come(self, size: int) -> bool:
        with translate_disk_errors():
            return self.path.is_file() and self.path.stat().st_size == size

    def _complete(self, part: PartialFile) -> None:
        """Ask until all is there."""
        course = Attempts(self.zoom.retry)
        while True:
            try:
                return run_cancellable(partial(self._attempt, part, course))
            except response.FileChanged:
                course.restart()
                part.forget()
            except response.Stale as stale:
                course.renew(stale, part.length)
                self._renew(stale)
            except (errors.ConnectionFailed, errors.APIError) as failure:
                wait = course.wait(failure, part.length)
                _log.info("%s: %s at byte %d; again in %.1f s", self.path.name, failure, part.length, wait)
                sleep(wait)

    def _attempt(self, part: PartialFile, course: Attempts) -> None:
        size, extension = self.source.size, self.source.extension
        wanted = Wanted(part.length, part.total, part.validator, size, extension)
        with failures.TranslatedErrors("download"):
            answer = self._ask(wanted)
            try:
                body = response.judge(wanted, answer.status_code, answer.headers)
                if body is None:
                    return
                if body.offset < part.length:
                    course.restart()
                part.begin(body)
                self._take(answer, part)
            finally:
                answer.close()

    def _take(self, answer: http.HTTPResponse, part: PartialFile) -> None:
        with closing(pieces(answer)) as coming:
            with Writer(part) as writer:
                for piece in coming:
                    if not writer.length:
                        response.check_beginning(piece)
                    busy = writer.add(piece)
                    if busy:
                        run(busy.result)
                    self.progress(writer.length, part.total)
        if part.total is not None and part.length < part.total:
            raise errors.ConnectionFailed(f"the answer ended {part.total - part.length:,} bytes too early")
        if part.total is not None and part.length > part.total:
            raise response.FileChanged("more has come than there is")
        try:
            response.check_content(part.beginning(LONGEST_REFUSAL + 1), self.source.extension)
        except response.Stale:
            part.forget()
            raise

    def _ask(self, wanted: Wanted) -> http.HTTPResponse:
        """Return the answer of the last address on the way, its body unread."""
        route, url = Route.of(self.zoom.base_url), self.source.url
        for _ in range(MAX_REDIRECTS):
            answer = self._send(route, url, wanted)
            if not answer.has_redirect_location:
                return answer
            answer.close()
            url = route.follow(url, answer.headers["location"])
        raise response.DownloadRefused(f"Zoom sends the download on more than {MAX_REDIRECTS} times")

    def _send(self, route: Route, url: str, wanted: Wanted) -> http.HTTPResponse:
        request = http.build_download_request(url, wanted.headers(), self.zoom._options)
        auth: Any = None
        if not route.trusts(str(request.url)):
            request.headers.pop("cookie", None)  # a jar does not tell the ports of a machine apart
        elif self.source.token:
            request.headers["authorization"] = f"Bearer {self.source.token.reveal()}"
        else:
            auth = self.zoom.auth
        client, _ = self.zoom._connections.here()
        return client.send(request, auth=auth, stream=True)

    def _renew(self, stale: response.Stale) -> None:
        """Get the link and the token that the meeting has for the file now."""
        if self.source.meeting is None:
            raise response.DownloadRefused(str(stale)) from None
        asked = get_meeting_recordings.request(self.source.meeting, include_fields="download_access_token")
        try:
            meeting: Given = self.zoom.send(asked)
            sources.check_answer(meeting, asked.operation)
        except (errors.UnexpectedAnswer, errors.APIError) as refusal:
            raise response.DownloadRefused(
                f"{stale}, and the meeting could not be asked for another: {refusal}"
            ) from refusal
        fresh = sources.find_again(self.source, meeting)
        if fresh is None:
            raise response.DownloadRefused(f"{stale}, and the meeting has this file no longer") from None
        if fresh.fault:
            raise response.DownloadRefused(fresh.fault) from None
        self.source = fresh
