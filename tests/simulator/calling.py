"""Calls to a simulator, with the path after /v2 and a body as JSON."""

import json
from typing import Any
from urllib.parse import urlencode

import attrs

from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator import Simulator

HEADERS = {"Authorization": "Bearer any", "Content-Type": "application/json"}


@attrs.define
class Calling:
    """A simulator, and calls to it."""

    simulator: Simulator = attrs.field(factory=lambda: Simulator(open=True))

    def answer(self, method: str, path: str, body: Any = None, **query: Any) -> OutgoingAnswer:
        """Return the answer to a request."""
        base = "" if path.startswith("/scim2") else "/v2"
        url = f"https://api.zoom.us{base}{path}" + (f"?{urlencode(query)}" if query else "")
        content = b"" if body is None else json.dumps(body).encode()
        return self.simulator.answer(IncomingRequest(method, url, HEADERS, content))

    def get(self, path: str, **query: Any) -> Any:
        """Return what is read, which must be there."""
        return self._good(self.answer("GET", path, **query))

    def post(self, path: str, body: Any) -> Any:
        """Return what is created."""
        return self._good(self.answer("POST", path, body))

    def patch(self, path: str, body: Any) -> None:
        """Change something."""
        self._good(self.answer("PATCH", path, body))

    def delete(self, path: str, **query: Any) -> None:
        """Delete something."""
        self._good(self.answer("DELETE", path, **query))

    def code(self, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, int]:
        """Return the status and the code of a refusal."""
        answer = self.answer(method, path, body, **query)
        return answer.status, json.loads(answer.body)["code"]

    def _good(self, answer: OutgoingAnswer) -> Any:
        assert answer.status < 300, answer.body
        return json.loads(answer.body) if answer.body else None
