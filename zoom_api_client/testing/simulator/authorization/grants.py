"""The grants: what each asks of an app before it gives a token."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from zoom_api_client.testing.simulator.authorization.apps import DEVICE_CODE, App
from zoom_api_client.testing.simulator.authorization.codes import Codes, Consent
from zoom_api_client.testing.simulator.authorization.refusals import refuse, refuse_device
from zoom_api_client.testing.simulator.authorization.tokens import Acts, Grant, Token, Tokens, narrow
from zoom_api_client.testing.simulator.state import State


@attrs.frozen
class Grants:
    """Gives the tokens of each grant, or raises `Refused`."""

    state: State
    tokens: Tokens
    codes: Codes
    open: bool

    def give(self, app: App, form: Mapping[str, str]) -> Token:
        """Return the token that an app asks for."""
        grant_type = form["grant_type"]
        if grant_type not in app.grants:
            raise refuse(4705)
        if self.open and self._is_foreign(form):
            return self._issue(self._consent_of_owner(app), "account", renewable=True)
        if grant_type == "account_credentials":
            return self._account_credentials(app, form["account_id"])
        if grant_type == "client_credentials":
            return self._issue(Consent(app.client_id, "", app.scopes), "app", renewable=False)
        if grant_type == "authorization_code":
            return self._install(app, self._take_code(app, form))
        if grant_type == DEVICE_CODE:
            return self._install(app, self._take_device(app, form["device_code"]))
        return self._refresh(app, form["refresh_token"])

    def _account_credentials(self, app: App, account_id: str) -> Token:
        if not self.open and account_id != self.state.owner.account:
            raise refuse(4735)
        return self._issue(self._consent_of_owner(app), "account", renewable=False)

    def _refresh(self, app: App, refresh_token: str) -> Token:
        renewed = self.tokens.renew(refresh_token, app.client_id)
        if isinstance(renewed, int):
            raise refuse(renewed)
        return renewed

    def _take_code(self, app: App, form: Mapping[str, str]) -> Consent:
        code = self.codes.find(form["code"])
        if code is None or code.is_spent or code.consent.client_id != app.client_id:
            raise refuse(4734)
        if self.codes.is_over(code):
            raise refuse(4733)
        if form["redirect_uri"] != code.redirect_uri:
            raise refuse(4709)
        if not code.challenge.is_kept(form.get("code_verifier", "")):
            raise refuse(4734)
        code.is_spent = True
        return code.consent

    def _take_device(self, app: App, device_code: str) -> Consent:
        device = self.codes.find_device(device_code)
        if device is None or device.client_id != app.client_id or device.is_spent or self.codes.is_over(device):
            raise refuse_device("expired_token")
        if device.is_denied:
            raise refuse_device("access_denied")
        if device.is_hasty(self.state.clock.now()):
            raise refuse_device("slow_down")
        if device.consent is None:
            raise refuse_device("authorization_pending")
        device.is_spent = True
        return device.consent

    def _is_foreign(self, form: Mapping[str, str]) -> bool:
        """Return whether a code or a refresh token was never given here."""
        match form["grant_type"]:
            case "authorization_code":
                return self.codes.find(form["code"]) is None
            case "refresh_token":
                return not self.tokens.has_renewal(form["refresh_token"])
            case grant_type:
                return grant_type == DEVICE_CODE and self.codes.find_device(form["device_code"]) is None

    def _consent_of_owner(self, app: App) -> Consent:
        return Consent(app.client_id, self.state.owner.user, app.scopes)

    def _install(self, app: App, consent: Consent) -> Token:
        """Give the first token of a consent; a newer consent of the same user ends the tokens of the older."""
        self.tokens.remove(app.client_id, consent.user)
        return self._issue(consent, "user" if app.kind == "user" else "account", renewable=True)

    def _issue(self, consent: Consent, acts: Acts, *, renewable: bool) -> Token:
        scopes = None if consent.scopes is None else narrow(consent.scopes, acts)
        grant = Grant(self.state.owner.account, consent.user, consent.client_id, acts, scopes)
        return self.tokens.issue(grant, renewable=renewable)
