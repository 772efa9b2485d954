"""A clock that stands, and a simulator that remembers nothing: authorization and limits around the contract."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from urllib.parse import urlencode

from zoom_api_client.core import codec
from zoom_api_client.testing import IncomingRequest, OutgoingAnswer, Responder, contract
from zoom_api_client.testing.simulator.authorization import App, Authorization
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT
from zoom_api_client.testing.simulator.limits import Limits

API = "https://api.zoom.us"


class StoppedClock:
    """Moves when it is told to."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 25, 12, tzinfo=UTC)
        self.ticked = Event()

    def now(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)

    def run_due(self) -> None:
        self.ticked.set()


class StandIn:
    """Refuses what authorization and limits refuse, and answers the rest from the contract."""

    account_id, owner_id = "account", "owner"

    def __init__(self, *, plan: str | None = None, **options: Any) -> None:
        self.clock: Any = StoppedClock()
        self.authorization = Authorization(self, self.clock, **options)
        self.limits = Limits(self.clock, plan)
        self.responder = Responder()

    def answer(self, request: IncomingRequest) -> OutgoingAnswer:
        answer = self.authorization.answer(request)
        match = contract.find(request.method, request.host, request.path)
        if answer or match is None:
            return answer or self.responder.answer(request)
        answer = self.authorization.admit(match, request)
        grant = self.authorization.caller(request)
        if answer is None and grant is not None:
            answer = self.limits.admit(match, request, grant)
        return answer or self.responder.answer(request)

    def call(
        self, token: str, method: str = "GET", path: str = "/v2/users/me", *, host: str = API, body: Any = None
    ) -> OutgoingAnswer:
        """Call the API with a token."""
        headers = {"Authorization": f"Bearer {token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        return self.answer(IncomingRequest(method, host + path, headers, b"" if body is None else codec.dumps(body)))

    def ask(self, path: str, app: App = DEFAULT, *, host: str = "https://zoom.us", **form: str) -> OutgoingAnswer:
        """Ask the authorization server as an app."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if app.client_secret:
            headers["Authorization"] = f"Basic {b64encode(f'{app.client_id}:{app.client_secret}'.encode()).decode()}"
        else:
            form = {"client_id": app.client_id, **form}
        return self.answer(IncomingRequest("POST", host + path, headers, urlencode(form).encode()))

    def browse(self, method: str, path: str, fields: Mapping[str, str]) -> OutgoingAnswer:
        """Open a page, or send its form."""
        url, encoded = f"https://zoom.us{path}", urlencode(fields)
        if method == "GET":
            return self.answer(IncomingRequest("GET", f"{url}?{encoded}"))
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.answer(IncomingRequest("POST", url, headers, encoded.encode()))


def read(answer: OutgoingAnswer) -> Any:
    """Return the JSON of an answer."""
    return codec.loads(answer.body)
