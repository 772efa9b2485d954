"""Consent: what a browser does at `/oauth/authorize` and at `/oauth_device`."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import attrs

from zoom_api_client.testing.exchange import OutgoingAnswer
from zoom_api_client.testing.simulator.authorization import pages, refusals
from zoom_api_client.testing.simulator.authorization.apps import App, Apps
from zoom_api_client.testing.simulator.authorization.codes import Challenge, Codes, Consent
from zoom_api_client.testing.simulator.state import State

_KEPT = (
    "response_type", "client_id", "redirect_uri", "state", "scope", "optional_scope", "code_challenge",
    "code_challenge_method",
)  # fmt: skip


@attrs.define
class ConsentPages:
    """Asks a user, or with `consents` nobody: then every app has its consent at once."""

    state: State
    apps: Apps
    codes: Codes
    consents: bool = False

    def authorize(self, form: Mapping[str, str], *, decides: bool) -> OutgoingAnswer:
        """Answer `/oauth/authorize`: show the form, or send the browser back with what was decided."""
        app = self.apps.find(form.get("client_id", ""))
        if app is None or "authorization_code" not in app.grants:
            return pages.tell("Invalid app", refusals.text(4702 if app is None else 4705), 400)
        redirect_uri = form.get("redirect_uri", "")
        if not app.allows(redirect_uri):
            return pages.tell("Invalid redirect", refusals.text(4709), 400)
        if error := _find_error(app, form):
            return _send_back(form, error=error)
        if decides and form.get("decision") != "allow":
            return _send_back(form, error="access_denied")
        if not decides and not self.consents:
            kept = {name: form[name] for name in _KEPT if name in form}
            return pages.ask_consent(kept, app.client_id, self.state.owner.user, form.get("scope") or "its scopes")
        challenge = Challenge(form.get("code_challenge", ""), form.get("code_challenge_method") or "plain")
        return _send_back(form, code=self.codes.issue(self._consent(app, form), redirect_uri, challenge))

    def connect(self, form: Mapping[str, str], *, decides: bool) -> OutgoingAnswer:
        """Answer `/oauth_device`: show the form, or let a device have what was decided."""
        if not decides and not (self.consents and "user_code" in form):
            return pages.ask_code(form.get("user_code", ""), self.state.owner.user)
        device = self.codes.find_waiting(form.get("user_code", ""))
        if device is None:
            return pages.tell("Invalid code", "No device waits for this code. Type in what the device shows.", 400)
        app = self.apps.find(device.client_id)
        if app is None or (decides and form.get("decision") != "allow"):
            device.is_denied = True
            return pages.tell("Denied", "The device gets no access.")
        device.consent = self._consent(app, form)
        return pages.tell("Connected", "The device has access now.")

    def _consent(self, app: App, form: Mapping[str, str]) -> Consent:
        wanted = tuple(f"{form.get('scope', '')} {form.get('optional_scope', '')}".split())
        has = app.scopes if app.scopes is not None else wanted or None
        scopes = tuple(each for each in wanted if each in (has or ())) if form.get("scope") else has
        return Consent(app.client_id, form.get("user_id") or self.state.owner.user, scopes)


def _find_error(app: App, form: Mapping[str, str]) -> str:
    """Return what an app asked wrongly, by its name of RFC 6749."""
    if form.get("response_type") != "code":
        return "unsupported_response_type"
    if form.get("code_challenge_method", "plain") not in ("plain", "S256"):
        return "invalid_request"
    if not app.client_secret and not form.get("code_challenge"):  # a public client has nothing else to prove itself by
        return "invalid_request"
    if app.scopes is not None and not set(form.get("scope", "").split()) <= set(app.scopes):
        return "invalid_scope"
    return ""


def _send_back(form: Mapping[str, str], **told: str) -> OutgoingAnswer:
    if "state" in form:
        told["state"] = form["state"]
    uri = form["redirect_uri"]
    location = f"{uri}{'&' if '?' in uri else '?'}{urlencode(told)}"
    return OutgoingAnswer(302, {"Location": location, "Cache-Control": "no-store"})
