"""Consent in a browser, pure: the address to send the user to, and what comes back from there."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import parse_qs, urlencode, urlsplit

import attrs

from zoom_api_client.connection import oauth_errors
from zoom_api_client.core.secret import Secret
from zoom_api_client.errors import AuthorizationFailed


def verifier(key: bytes, state: str) -> Secret:
    """Return the PKCE verifier that belongs to a state: 43 characters that only the holder of the key can compute.

    So nothing has to be kept between sending a user away and their return, which may come to another process.
    """
    return Secret(_base64url(hmac.digest(key, b"pkce " + state.encode(), "sha256")))


def challenge(code_verifier: Secret) -> str:
    """Return the PKCE challenge of a verifier: base64url(SHA-256(verifier)), unpadded (RFC 7636, S256)."""
    return _base64url(hashlib.sha256(code_verifier.reveal().encode()).digest())


def authorize_url(
    oauth_url: str,
    *,
    client_id: str,
    redirect_uri: str,
    state: str,
    code_challenge: str,
    scopes: Iterable[str] = (),
    optional_scopes: Iterable[str] = (),
) -> str:
    """Return the address of Zoom's consent page. Apps with classic scopes ask for none: Zoom would refuse more."""
    asked = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "state": state,
        "code_challenge": code_challenge,
        "code_challenge_method": "S256",
        "scope": " ".join(_split_scopes(scopes)),
        "optional_scope": " ".join(_split_scopes(optional_scopes)),
    }
    return f"{oauth_url}/oauth/authorize?{urlencode({name: text for name, text in asked.items() if text})}"


@attrs.frozen
class AuthorizationResponse:
    """The answer that a browser brought back: a code, by itself or in an address."""

    code: Secret
    state: str | None
    is_address: bool


def parse_response(code_or_url: str) -> AuthorizationResponse:
    """Read the code, or the whole address that Zoom sent the browser to. Raises `AuthorizationFailed` for a refusal."""
    if not code_or_url:
        raise AuthorizationFailed("the browser brought no code back")
    if "://" not in code_or_url and "code=" not in code_or_url and "error=" not in code_or_url:
        return AuthorizationResponse(Secret(code_or_url), None, is_address=False)
    query = {name: texts[0] for name, texts in parse_qs(_query(code_or_url)).items()}
    if "error" in query:
        reason = query.get("error_description") or query.get("reason") or "the user did not consent"
        raise AuthorizationFailed(reason, query["error"], advice=oauth_errors.advice(query["error"], None))
    if not query.get("code"):
        raise AuthorizationFailed("the address that came back has no code in it")
    return AuthorizationResponse(Secret(query["code"]), query.get("state"), is_address=True)


def _query(url: str) -> str:
    try:
        return urlsplit(url).query or url
    except ValueError:  # brackets that are not an IPv6 address: a browser's user can send anything
        return url.partition("?")[2]


def check_state(response: AuthorizationResponse, known: str | None, *, has_verifier: bool) -> None:
    """Raise `AuthorizationFailed` unless what came back is of the consent with this state.

    A code by itself comes from an app that has looked at the state, or from a consent that the app began by itself and
    has the verifier of.
    """
    if response.is_address and known is not None and response.state is None:
        raise AuthorizationFailed(
            "the address that came back has no state. If the app was added in Zoom's Marketplace, where there is none: "
            "exchange_marketplace_install()"
        )
    if response.state is not None and not hmac.compare_digest((known or "").encode(), response.state.encode()):
        raise AuthorizationFailed("the state that came back is not that of this consent: somebody else's link?")
    if known is None and not (has_verifier and not response.is_address):
        raise AuthorizationFailed(
            "give the state of authorize_url() along with the code; an app that was added in Zoom's Marketplace has "
            "none: exchange_marketplace_install()"
        )


def _split_scopes(scopes: Iterable[str]) -> list[str]:
    return scopes.split() if isinstance(scopes, str) else list(scopes)


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
