"""The sender: it posts to receivers, signed as Zoom signs, and tells whether a URL passes its challenge."""

from __future__ import annotations

import hmac
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

_PATIENCE: Final = 3.0  # seconds that Zoom waits for an answer
_SHOWN: Final = 1000  # characters of an answer


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
            with _client() as client, failures.TranslatedErrors("the receiver"):
                answer = client.post(url, content=body, headers=headers)
                return answer.status_code, answer.text[:_SHOWN]
        except ZoomError as failure:
            return NO_ANSWER, f"no answer: {failure.__cause__ or failure}"[:_SHOWN]

    def passes_challenge(self, body: bytes, answer: str) -> bool:
        """Return whether an answer to a challenge is the token, and the token as signed with the secret."""
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
