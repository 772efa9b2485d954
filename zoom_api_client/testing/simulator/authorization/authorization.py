"""The authorization server of the simulator, and its judgement of who may call what.

https://developers.zoom.us/docs/integrations/oauth/
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from threading import RLock
from typing import Any
from urllib.parse import urlsplit

import attrs

from zoom_api_client.testing import oauth
from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator.authorization import judge
from zoom_api_client.testing.simulator.authorization.apps import App, Apps
from zoom_api_client.testing.simulator.authorization.codes import DEVICE_LIFETIME, Codes, Consent
from zoom_api_client.testing.simulator.authorization.consent import ConsentPages
from zoom_api_client.testing.simulator.authorization.grants import Grants
from zoom_api_client.testing.simulator.authorization.refusals import Refused, refuse
from zoom_api_client.testing.simulator.authorization.tokens import LIFETIME, Grant, Token, Tokens
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.transport import hosts

Form = Mapping[str, str]


class Authorization:
    """Gives tokens and judges them.

    Args:
        state: of the simulator, by whose clock codes and tokens end.
        open: take any token that it did not give as one of the account's that may do everything, and any app, account,
            code and refresh token for one.
        consents: give every app and device consent at once, without the page.
    """

    def __init__(self, state: State, *, open: bool = False, consents: bool = False) -> None:
        self._state, self._open, self._consents, self._lock = state, open, consents, RLock()
        self.apps = Apps()
        self.tokens = Tokens(state.clock.now)
        self._codes = Codes(state.clock.now)
        self._grants = Grants(state, self.tokens, self._codes, open)
        self._pages = ConsentPages(state, self.apps, self._codes, consents)

    def answer(self, request: IncomingRequest) -> OutgoingAnswer | None:
        """Answer what is for the authorization server, and None to all else."""
        if not request.path.startswith("/oauth"):
            return None
        with self._lock:  # a code is good once, whoever else brings it at the same moment
            return self._answer(request, oauth.read_form(request))

    def admit(self, match: Match, request: IncomingRequest) -> OutgoingAnswer | None:
        """Return the refusal of a call that its token does not cover. One without a token the contract refuses."""
        bearer = judge.read_bearer(request)
        if not bearer:
            return None
        token = self._find_token(bearer)
        if token is None or token.is_revoked:
            return judge.refuse_unknown(match)
        if self.tokens.is_expired(token):
            return judge.refuse_expired(match)
        return judge.find_refusal(match, token.grant)

    def caller(self, request: IncomingRequest) -> Grant | None:
        """Return for whom a request is made; None without a token that is alive."""
        token = self._find_token(judge.read_bearer(request))
        if token is not None and not token.is_revoked and not self.tokens.is_expired(token):
            return token.grant
        return None

    def clear(self) -> None:
        """Forget tokens and codes; the apps stay."""
        self.tokens.clear()
        self._codes.clear()

    def dump(self) -> dict[str, Any]:
        """Return apps, tokens and codes as JSON."""
        return {"apps": self.apps.dump(), "tokens": self.tokens.dump(), **self._codes.dump()}

    def load(self, dumped: dict[str, Any]) -> None:
        """Take what was dumped."""
        self.apps.load(dumped["apps"])
        self.tokens.load(dumped["tokens"])
        self._codes.load(dumped)

    def _answer(self, request: IncomingRequest, form: Form) -> OutgoingAnswer | None:
        match request.method, request.path:
            case "GET" | "HEAD" | "POST", "/oauth/authorize":
                return self._pages.authorize(form, decides=request.method == "POST")
            case "GET" | "HEAD" | "POST", "/oauth_device":
                return self._pages.connect(form, decides=request.method == "POST")
            case "POST", "/oauth/token":
                return self._serve(request, form, self._token)
            case "POST", "/oauth/revoke":
                return self._serve(request, form, self._revoke)
            case "POST", "/oauth/devicecode":
                return self._serve(request, form, self._device_code)
        return None

    def _serve(
        self, request: IncomingRequest, form: Form, serve: Callable[[IncomingRequest, App, Form], OutgoingAnswer]
    ) -> OutgoingAnswer:
        if refused := oauth.find_refusal(request, form):
            return refused
        try:
            return serve(request, self._find_app(request, form), form)
        except Refused as refusal:
            return refusal.answer

    def _find_token(self, bearer: str) -> Token | None:
        """Return a token that was given, or with `open` any: one that it takes can expire and end as the others do."""
        found = self.tokens.find(bearer)
        if found is None and bearer and self._open:
            return self.tokens.take(bearer, Grant(*attrs.astuple(self._state.owner)))
        return found

    def _find_app(self, request: IncomingRequest, form: Form) -> App:
        client_id, secret = _read_basic(request) or (form.get("client_id", ""), form.get("client_secret", ""))
        app = self.apps.find(client_id)
        if app is None and client_id and self._open:
            return App(client_id, secret)
        if app is None:
            raise refuse(4702)
        if request.path != "/oauth/devicecode" and not app.has_secret(secret):
            raise refuse(4702)
        return app

    def _token(self, request: IncomingRequest, app: App, form: Form) -> OutgoingAnswer:
        token = self._grants.give(app, form)
        return OutgoingAnswer.json(200, _describe(token, _origin(request)))

    def _revoke(self, _request: IncomingRequest, app: App, form: Form) -> OutgoingAnswer:
        if not (self.tokens.revoke(form["token"], app.client_id) or self._open):
            raise refuse(4737)
        return OutgoingAnswer.json(200, {"status": "success"})

    def _device_code(self, request: IncomingRequest, app: App, _form: Form) -> OutgoingAnswer:
        device_code, device = self._codes.issue_device(app.client_id)
        if self._consents:
            device.consent = Consent(app.client_id, self._state.owner.user, app.scopes)
        address = f"{_origin(request, oauth=True)}/oauth_device"
        answer = {
            "device_code": device_code,
            "user_code": device.user_code,
            "verification_uri": address,
            "verification_uri_complete": f"{address}?user_code={device.user_code}",
            "expires_in": int(DEVICE_LIFETIME.total_seconds()),
            "interval": device.interval,
        }
        return OutgoingAnswer.json(200, answer)


def _describe(token: Token, origin: str) -> dict[str, Any]:
    renewable = {"refresh_token": token.refresh_token} if token.refresh_token else {}
    return {
        "access_token": token.access_token,
        "token_type": "bearer",
        "expires_in": int(LIFETIME.total_seconds()),
        "scope": " ".join(token.grant.scopes or ()),
        "api_url": origin,
        **renewable,
    }


def _origin(request: IncomingRequest, *, oauth: bool = False) -> str:
    """Return where the API (or the authorization server) is for whoever asks: where they asked, or Zoom's own host."""
    for cloud in hosts.CLOUDS:
        if cloud.has_host(urlsplit(request.url).hostname or ""):
            return cloud.oauth_url if oauth else cloud.base_url.removesuffix("/v2")
    return f"{urlsplit(request.url).scheme}://{request.host}"


def _read_basic(request: IncomingRequest) -> tuple[str, str] | None:
    scheme, _, encoded = request.header("authorization").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return client_id, secret
