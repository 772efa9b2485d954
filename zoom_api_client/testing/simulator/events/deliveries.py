"""Deliveries: signed posts of events, and the challenge that a URL has to pass before the first."""

from __future__ import annotations

import hmac
import secrets
from functools import cache
from typing import Any, Final

import attrs

from zoom_api_client.core import codec
from zoom_api_client.core.secret import Secret
from zoom_api_client.errors import ZoomError
from zoom_api_client.testing.events import sign
from zoom_api_client.testing.sender import NO_ANSWER
from zoom_api_client.transport import failures, http
from zoom_api_client.triggers import signature

_PATIENCE: Final = 3.0
_SHOWN: Final = 1000  # characters of an answer


@attrs.frozen
class Attempt:
    """One time that an event was sent: when, the status (-1 for no answer), and what was said."""

    at: str
    status: int
    answer: str = ""

    @property
    def is_taken(self) -> bool:
        """True if the receiver took it."""
        return 200 <= self.status < 300

    @property
    def is_repeated(self) -> bool:
        """True if Zoom sends again after it: the receiver failed, or did not answer."""
        return self.status == NO_ANSWER or self.status >= 500


@attrs.define
class Delivery:
    """An event on its way to one subscriber.

    Attributes:
        event: the name of the event.
        subscription: the id of the subscription.
        url: where it is sent; "" is a WebSocket.
        body: the bytes, the same each time.
        request_id: Zoom's name for the delivery, which its repeats share.
        attempts: each time that it was sent.
    """

    event: str
    subscription: str
    url: str
    body: bytes = attrs.field(repr=False)
    request_id: str = attrs.field(factory=lambda: _request_id())
    attempts: list[Attempt] = attrs.field(factory=list)

    @property
    def is_taken(self) -> bool:
        """True if the receiver has taken it."""
        return bool(self.attempts) and self.attempts[-1].is_taken

    @property
    def json(self) -> Any:
        """The event as JSON."""
        return codec.loads(self.body)


@attrs.frozen
class Sender:
    """Posts to receivers, as the app of a client id.

    The time of a signature is the real one, also if the simulator's clock is set: the receiver's clock is real too.
    """

    client_id: str
    secret: Secret
    moment: float

    def send(self, url: str, body: bytes, request_id: str) -> tuple[int, str]:
        """Post a body; return the status, -1 for no answer, and the text of the answer."""
        signed = sign(body, self.secret.reveal(), at=self.moment, request_id=request_id)
        headers = {**signed, "x-zm-trackingid": f"EventService_{request_id}_1", "clientid": self.client_id}
        try:
            with _client() as client, failures.translate_errors("the receiver"):
                answer = client.post(url, content=body, headers=headers)
                return answer.status_code, answer.text[:_SHOWN]
        except ZoomError as failure:
            return NO_ANSWER, str(failure)[:_SHOWN]

    def passes_challenge(self, body: bytes, answer: str) -> bool:
        """Tell whether an answer to a challenge is the token, and the token as signed with the secret."""
        plain = codec.loads(body)["payload"]["plainToken"]
        try:
            said = codec.loads(answer)
        except ValueError:
            return False
        encrypted = str(said.get("encryptedToken", "")) if isinstance(said, dict) else ""
        expected = signature.digest(self.secret, plain.encode())
        return bool(encrypted) and said.get("plainToken") == plain and hmac.compare_digest(encrypted, expected)


def _client() -> http.Client:
    """Return a client of its own: no proxy of the environment reads what is sent."""
    return http.Client(timeout=_PATIENCE, trust_env=False, verify=_context())


@cache
def _context() -> Any:
    return http.create_ssl_context()


def _request_id() -> str:
    """Return a name as Zoom's deliveries have it: a UUID with other dashes."""
    text = secrets.token_hex(16)
    return "_".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
