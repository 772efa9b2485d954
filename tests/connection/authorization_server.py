"""Zoom's authorization server on loopback, with its rules, and an API that takes the tokens it gave out."""

import base64
import hashlib
import itertools
import json
import socket
import time
from collections import Counter
from collections.abc import Callable
from threading import Lock
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import attrs

from tests.client.loopback import Loopback, Reply, Sent

CLIENT_ID, CLIENT_SECRET, ACCOUNT_ID = "client-1", "SECRET-client", "account-1"
PUBLIC_ID = "public-1"
with socket.socket() as _free:  # of this process: other tests run at the same time
    _free.bind(("127.0.0.1", 0))
    REDIRECT_URI = f"http://127.0.0.1:{_free.getsockname()[1]}/callback"


class Refused(Exception):
    """A refusal of Zoom's: status, reason, error, and its number."""

    def __init__(self, reason: str, error: str = "invalid_request", code: int | None = None, status: int = 400) -> None:
        super().__init__(reason)
        said = {"reason": reason, "error": error, **({"code": code} if code else {})}
        self.reply = Reply(status, body=json.dumps(said).encode())


@attrs.define
class Code:
    """A consent that was given."""

    made_at: float
    client_id: str
    redirect_uri: str
    challenge: str | None
    method: str


class AuthorizationServer:
    """Serves `/oauth/…` and `/v2/…`. `count` has the requests by grant, `refused` the refusals by error.

    Attributes:
        offset: seconds that this server's clock is ahead.
        delay: seconds that a token answer takes.
        script: replies to give instead of the next token answers.
        device: what the next questions about a device code are answered with; "" for a token.
    """

    def __init__(self, *, expires_in: int = 3600, api_url: str = "https://api-eu.zoom.us") -> None:
        self.expires_in, self.api_url = expires_in, api_url
        self.offset, self.delay = 0.0, 0.0
        self.count: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.script: list[Reply] = []
        self.device: list[str] = []
        self.current_refresh: str | None = None
        self.spent: set[str] = set()
        self.living: dict[str, float] = {}
        self.codes: dict[str, Code] = {}
        self._serial, self._lock = itertools.count(1), Lock()
        self._loopback = Loopback(self._reply)

    @property
    def origin(self) -> str:
        """What goes into `oauth_url`."""
        return self._loopback.origin

    @property
    def base_url(self) -> str:
        """The API."""
        return self._loopback.base_url

    @property
    def seen(self) -> list[Sent]:
        """The requests."""
        return self._loopback.seen

    def consent(self, authorize_url: str) -> str:
        """Do what a user does at the consent page: return the address that the browser is sent back to."""
        query = {name: texts[0] for name, texts in parse_qs(urlsplit(authorize_url).query).items()}
        assert query["response_type"] == "code"
        if query["redirect_uri"] != REDIRECT_URI:
            raise Refused("Invalid redirect url", code=4709)
        code = f"SECRET-code-{next(self._serial)}"
        challenge, method = query.get("code_challenge"), query.get("code_challenge_method", "plain")
        self.codes[code] = Code(self._now(), query["client_id"], query["redirect_uri"], challenge, method)
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query.get('state', '')})}"

    def kill_tokens(self) -> None:
        """Let all access tokens die before their time."""
        self.living.clear()

    def _now(self) -> float:
        return time.time() + self.offset

    def _reply(self, sent: Sent) -> Reply:
        if sent.path.startswith("/v2/"):
            return self._api(sent)
        form = {name: texts[0] for name, texts in parse_qs(sent.body.decode()).items()}
        try:
            assert sent.method == "POST"
            assert "?" not in sent.path
            return self._answered(sent, form)
        except Refused as refusal:
            self.refused[json.loads(refusal.reply.body)["error"]] += 1
            return refusal.reply

    def _api(self, sent: Sent) -> Reply:
        token = sent.headers.get("authorization", "").removeprefix("Bearer ")
        if self.living.get(token, 0) > self._now():
            self.count["api"] += 1
            return Reply(body=b'{"ok": true}')
        self.count["api 401"] += 1
        return Reply(401, body=b'{"code": 124, "message": "Access token is expired."}')

    def _answered(self, sent: Sent, form: dict[str, str]) -> Reply:
        if sent.path == "/oauth/devicecode":
            return self._json(self._device_code())
        client = self._client(sent, form)
        if sent.path == "/oauth/revoke":
            self.count["revoke"] += 1
            self.living.pop(form["token"], None)
            self.spent.add(self.current_refresh or "")
            self.current_refresh = None
            return self._json({"status": "success"})
        with self._lock:
            self.count[form.get("grant_type", "")] += 1
            if self.script:
                return self.script.pop(0)
            grants: dict[str, Callable[[str, dict[str, str]], dict[str, Any]]] = {
                "authorization_code": self._code,
                "refresh_token": self._refresh,
                "account_credentials": self._account,
                "client_credentials": lambda client, form: self._token(renewable=False),
                "urn:ietf:params:oauth:grant-type:device_code": self._device,
            }
            if form.get("grant_type") not in grants:
                raise Refused("Unsupported grant type", "unsupported_grant_type", 4705)
            answer = grants[form["grant_type"]](client, form)
        time.sleep(self.delay)
        return self._json(answer)

    def _client(self, sent: Sent, form: dict[str, str]) -> str:
        basic = sent.headers.get("authorization", "")
        if not basic and form.get("client_id") == PUBLIC_ID:
            return PUBLIC_ID
        if basic != "Basic " + base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode():
            raise Refused("Invalid client_id or client_secret", "invalid_client", status=401)
        return CLIENT_ID

    def _code(self, client: str, form: dict[str, str]) -> dict[str, Any]:
        code = self.codes.pop(form["code"], None)
        if code is None or code.client_id != client:
            raise Refused("Invalid authorization code", code=4734)
        if self._now() > code.made_at + 300:
            raise Refused("The authorization code is expired", code=4733)
        if form.get("redirect_uri") != code.redirect_uri:
            raise Refused("Redirect URI mismatch", code=4709)
        if code.challenge is not None:
            verifier = form.get("code_verifier", "")
            digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
            if not 43 <= len(verifier) <= 128 or (digest if code.method == "S256" else verifier) != code.challenge:
                raise Refused("Invalid code verifier", "invalid_grant")
        return self._token()

    def _refresh(self, client: str, form: dict[str, str]) -> dict[str, Any]:
        given = form["refresh_token"]
        if given in self.spent or given != self.current_refresh:
            raise Refused(f"Invalid Token! {given}", "invalid_grant")
        return self._token()

    def _account(self, client: str, form: dict[str, str]) -> dict[str, Any]:
        if form.get("account_id") != ACCOUNT_ID:
            raise Refused("Bad Request", "invalid_request")
        return self._token(renewable=False)

    def _device_code(self) -> dict[str, Any]:
        self.count["devicecode"] += 1
        url = "https://zoom.us/oauth_device"
        said = {"device_code": "SECRET-device", "user_code": "ABCD1234", "verification_uri": url}
        return {**said, "verification_uri_complete": f"{url}/complete/x", "expires_in": 900, "interval": 5}

    def _device(self, client: str, form: dict[str, str]) -> dict[str, Any]:
        assert form["device_code"] == "SECRET-device"
        error = self.device.pop(0) if self.device else ""
        if error:
            raise Refused(error.replace("_", " "), error)
        return self._token()

    def _token(self, *, renewable: bool = True) -> dict[str, Any]:
        number = next(self._serial)
        access = f"SECRET-access-{number}"
        self.living[access] = self._now() + self.expires_in
        said: dict[str, Any] = {"access_token": access, "token_type": "bearer", "expires_in": self.expires_in}
        if renewable:
            if self.current_refresh:
                self.spent.add(self.current_refresh)
            self.current_refresh = said["refresh_token"] = f"SECRET-refresh-{number}"
        return {**said, "scope": "user:read:user meeting:read:meeting", "api_url": self.api_url}

    def _json(self, said: dict[str, Any]) -> Reply:
        return Reply(body=json.dumps(said).encode())

    def __enter__(self) -> Self:
        self._loopback.__enter__()
        return self

    def __exit__(self, *raised: Any) -> None:
        self._loopback.__exit__(*raised)
