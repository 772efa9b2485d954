"""Steering over HTTP: what a test does to a simulator, in any language, at `/_simulator/…`, and the page to look at.

Only this machine steers: a page of another origin, or a name that somebody lets mean 127.0.0.1, is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

import attrs

from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator import controls
from zoom_api_client.testing.simulator.controls import NotThere
from zoom_api_client.testing.simulator.simulator import Simulator
from zoom_api_client.transport import hosts

BASE: Final = "/_simulator"
_PAGES: Final[Mapping[str, str]] = {
    "index.html": "text/html; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "page.css": "text/css; charset=utf-8",
}
_HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@attrs.frozen
class Steering:
    """Answers the requests that are about the simulator itself."""

    simulator: Simulator

    def answer(self, request: IncomingRequest) -> OutgoingAnswer | None:
        """Return the answer, or None if the request is for Zoom."""
        base, _, name = request.path.removeprefix("/").partition("/")
        if f"/{base}" != BASE:
            return None
        answer = self._answer(name, request) if _is_local(request) else _refuse(403, _FOREIGN)
        return attrs.evolve(answer, headers={**answer.headers, **_HEADERS})

    def _answer(self, name: str, request: IncomingRequest) -> OutgoingAnswer:
        if request.path == BASE:
            return OutgoingAnswer(307, {"Location": f"{BASE}/"})
        if (name or "index.html") in _PAGES and request.method == "GET":
            return _show(name or "index.html")
        try:
            status, shown = controls.act(self.simulator, request.method, name, dict(request.query), request.body)
        except NotThere as error:
            return _refuse(404, str(error))
        except (ValueError, TypeError, LookupError, OverflowError) as error:
            return _refuse(400, str(error))
        return OutgoingAnswer(204) if status == 204 else OutgoingAnswer.json(status, shown)


_FOREIGN: Final = "a simulator is steered from its own machine, by http://127.0.0.1 or http://localhost"


def _is_local(request: IncomingRequest) -> bool:
    """Return whether host and origin are this machine. The header is looked at too: a proxy may have said otherwise."""
    named = (f"http://{request.host}", f"http://{request.header('host') or request.host}", request.header("origin"))
    return all(hosts.is_loopback(each) for each in named if each)


def _refuse(status: int, message: str) -> OutgoingAnswer:
    return OutgoingAnswer.json(status, {"message": message})


def _show(name: str) -> OutgoingAnswer:
    content = (files("zoom_api_client.testing.simulator") / "page" / name).read_bytes()
    return OutgoingAnswer(200, {"Content-Type": _PAGES[name]}, content)
