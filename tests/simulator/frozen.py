"""A simulator whose clock stands, with the calls that the tests make."""

from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from zoom_api_client.core import codec
from zoom_api_client.testing import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator import Simulator
from zoom_api_client.testing.simulator.authorization import App, Grant
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT

API = "https://api.zoom.us"


class FrozenZoom(Simulator):
    """A simulator whose clock stands at noon until it is set; it has another user, and a meeting of theirs."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.clock.set(datetime(2026, 11, 25, 12, tzinfo=UTC), frozen=True)
        self.seed(
            {
                "users": [
                    {
                        "id": "another",
                        "email": "another@example.com",
                        "meetings": [{"id": 85746065432, "topic": "Standup"}],
                    }
                ]
            }
        )

    @property
    def account(self) -> str:
        """The id of the account."""
        return self.state.owner.account

    def give(self, **grant: Any) -> str:
        """Return an access token; one of the account's that may do everything, if nothing is said."""
        made = Grant(**{"account": self.account, "user": self.state.owner.user, "client_id": "client", **grant})
        return self.authorization.tokens.issue(made, renewable=False).access_token

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
