"""Files: what is behind the links of recordings, on two hosts of Zoom's, for those who may have it.

The link of an answer sends on to another host, which wants the token again, as Zoom's do. Whoever has none gets a page
to sign in, with status 200; a link to what is deleted or still in process is a page with 404.
"""

from __future__ import annotations

import re
from typing import Any

import attrs

from zoom_api_client.testing import download_files
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator import download_tokens, recorded
from zoom_api_client.testing.simulator.authorization import Authorization
from zoom_api_client.testing.simulator.authorization.judge import read_bearer
from zoom_api_client.testing.simulator.recorded import RESOURCE, Recorded
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.transport import hosts

_STORAGE = "https://ssrweb.zoom.us"
_LINK = re.compile(r"/rec/(download|storage)/([A-Za-z0-9_-]{40,})")
_GONE = b"<!DOCTYPE html>\n<title>Error</title>\n<p>This recording does not exist.</p>\n"
_HTML = {"Content-Type": "text/html; charset=utf-8"}
_TYPES = {"MP4": "video/mp4", "M4A": "audio/mp4", "VTT": "text/vtt", "JSON": "application/json", "TXT": "text/plain"}


@attrs.frozen
class Files:
    """The files of a simulator, and before them who may have them."""

    state: State
    authorization: Authorization

    def answer(self, request: IncomingRequest) -> OutgoingAnswer | None:
        """Return a file, the way to it, or a page that says why not; None to what asks for none."""
        found = _LINK.fullmatch(request.path)
        link = recorded.read_link(found[2]) if found and request.method == "GET" else None
        if found is None or link is None:
            usual = download_files.answer(request)
            return usual and (usual if self._may(request) else download_files.SIGN_IN)
        account, uuid, file_id = link
        if not self._may(request, uuid):
            return download_files.SIGN_IN
        with self.state.store.lock:
            file = self._find(account, uuid, file_id)
        if file is None:
            return OutgoingAnswer(404, _HTML, _GONE)
        return _send_on(request, found[2]) if found[1] == "download" else _send(request, file)

    def _may(self, request: IncomingRequest, uuid: str = "") -> bool:
        token = read_bearer(request)
        if download_tokens.is_one(token):
            return download_tokens.opens(token, uuid, self.state.clock.now())
        return download_files.is_signed_in(request) and self.authorization.caller(request) is not None

    def _find(self, account: str, uuid: str, file_id: str) -> dict[str, Any] | None:
        row = self.state.store.find(account, RESOURCE, uuid)
        there = Recorded(self.state, row).files() if row else []
        return next((each for each in there if each["id"] == file_id), None)


def _send_on(request: IncomingRequest, name: str) -> OutgoingAnswer:
    """Send on to where files are stored: another host, where the client came to one of Zoom's."""
    host = _STORAGE if hosts.is_zoom_host(request.host) else ""
    return OutgoingAnswer(302, {"Location": f"{host}/rec/storage/{name}"})


def _send(request: IncomingRequest, file: dict[str, Any]) -> OutgoingAnswer:
    media_type = _TYPES.get(file["file_extension"], "application/octet-stream")
    content = download_files.make(file["file_size"])
    return download_files.part(request, content, tag=f'"{file["id"]}"', media_type=media_type)
