import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.simulator.frozen import FrozenZoom, read
from zoom_api_client.testing import OutgoingAnswer
from zoom_api_client.testing.simulator.authorization import App
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT, DEVICE_CODE

BACK = "https://app.example/callback"
GENERAL = App("general", "general-secret", "account", [BACK])
PUBLIC = App("public", "", "account", ["http://127.0.0.1:8765/callback"])
VERIFIER = "zoomDemoVerifier-0123456789-abcdefghijklmnopqrs"


@pytest.fixture
def zoom() -> FrozenZoom:
    """Return a simulator with two apps of one's own."""
    zoom = FrozenZoom()
    zoom.authorization.apps.register(GENERAL)
    zoom.authorization.apps.register(PUBLIC)
    return zoom


def consent(zoom: FrozenZoom, app: App = GENERAL, redirect_uri: str = BACK, **more: str) -> dict[str, list[str]]:
    """Allow an app what it asks, and return what the browser brings back to it."""
    asked = {"response_type": "code", "client_id": app.client_id, "redirect_uri": redirect_uri, **more}
    return brought(zoom.browse("POST", "/oauth/authorize", {"decision": "allow", **asked}))


def brought(answer: OutgoingAnswer) -> dict[str, list[str]]:
    """Return the query that a redirect sends a browser back with."""
    assert answer.status == 302, answer.body
    return parse_qs(urlsplit(answer.headers["Location"]).query)


def trade(zoom: FrozenZoom, code: str, app: App = GENERAL, **more: str) -> OutgoingAnswer:
    """Ask for the token of a code."""
    return zoom.ask(
        "/oauth/token", app, **{"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, **more}
    )


def renew(zoom: FrozenZoom, refresh_token: str, app: App = GENERAL) -> OutgoingAnswer:
    """Ask for the next token."""
    return zoom.ask("/oauth/token", app, grant_type="refresh_token", refresh_token=refresh_token)


def number(answer: OutgoingAnswer) -> int:
    """Return Zoom's number of a refusal of the authorization server."""
    assert answer.status in (400, 401), answer.body
    assert read(answer).keys() == {"reason", "error"}
    return int(read(answer)["reason"].rpartition("(")[2].rstrip(")"))


def test_first_use_needs_no_registration(zoom: FrozenZoom) -> None:
    """Whoever starts the simulator has an app already: with the account's own grant it gets a token that works."""
    given = read(zoom.ask("/oauth/token", grant_type="account_credentials", account_id=zoom.account))
    assert given["token_type"] == "bearer"
    assert given["expires_in"] == 3600
    assert "refresh_token" not in given
    assert zoom.call(given["access_token"]).status == 200


def test_form_or_query_zoom_takes_both(zoom: FrozenZoom) -> None:
    """Clients of 2021 send the grant in the query; Zoom's own probes do so today."""
    given = zoom.ask(f"/oauth/token?grant_type=account_credentials&account_id={zoom.account}")
    assert given.status == 200


def test_wrong_account_gets_no_token(zoom: FrozenZoom) -> None:
    """A mistyped account id is among the commonest faults of a first set-up."""
    assert number(zoom.ask("/oauth/token", grant_type="account_credentials", account_id="another")) == 4735


@pytest.mark.parametrize("app", [App("nobody", "secret"), App(DEFAULT.client_id, "wrong"), App("public", "one")])
def test_wrong_credentials_are_refused_with_a_reason(zoom: FrozenZoom, app: App) -> None:
    """A client that reads `error_description` would find nothing: Zoom says it in `reason`."""
    refused = zoom.ask("/oauth/token", app, grant_type="client_credentials")
    assert (refused.status, read(refused)["error"], number(refused)) == (401, "invalid_client", 4702)


def test_grant_that_the_kind_of_app_has_not_is_refused(zoom: FrozenZoom) -> None:
    """The account's own grant is for server-to-server apps, and theirs alone."""
    own = zoom.authorization.apps.register(App("own", "secret", "server-to-server"))
    assert number(zoom.ask("/oauth/token", GENERAL, grant_type="account_credentials", account_id=zoom.account)) == 4705
    assert number(zoom.ask("/oauth/token", own, grant_type="client_credentials")) == 4705
    assert number(trade(zoom, "any", own)) == 4705


def test_token_of_the_app_alone_writes_chat_and_reads_no_user(zoom: FrozenZoom) -> None:
    """Nobody stands behind client_credentials: only the app's own operations take such a token."""
    token = read(zoom.ask("/oauth/token", grant_type="client_credentials"))["access_token"]
    message = {
        "robot_jid": "r@xmpp.zoom.us",
        "to_jid": "t@xmpp.zoom.us",
        "account_id": "account",
        "user_jid": "u",
        "content": {},
    }
    assert zoom.call(token, "POST", "/v2/im/chat/messages", body=message).status == 201
    assert read(zoom.call(token))["code"] == 4711


def test_consent_is_asked_and_its_answer_brought_back(zoom: FrozenZoom) -> None:
    """The page has a form for a human; state comes back as it was sent, allowed or denied."""
    asked = {"response_type": "code", "client_id": "general", "redirect_uri": BACK, "state": 'a "state" & more'}
    page = zoom.browse("GET", "/oauth/authorize", asked)
    assert page.status == 200
    assert b'<form method="post">' in page.body
    assert b"a &quot;state&quot; &amp; more" in page.body
    allowed = brought(zoom.browse("POST", "/oauth/authorize", {**asked, "decision": "allow"}))
    denied = brought(zoom.browse("POST", "/oauth/authorize", {**asked, "decision": "deny"}))
    assert allowed["state"] == denied["state"] == [asked["state"]]
    assert denied["error"] == ["access_denied"]
    assert trade(zoom, allowed["code"][0]).status == 200


def test_consent_can_be_given_without_a_page() -> None:
    """A test of a whole program has no human who clicks."""
    zoom = FrozenZoom(consents=True)
    asked = {"response_type": "code", "client_id": DEFAULT.client_id, "redirect_uri": BACK}
    assert brought(zoom.browse("GET", "/oauth/authorize", asked))["code"]


@pytest.mark.parametrize(
    "redirect_uri",
    [f"{BACK}/", "https://app.example/other", "", "no address", "https://app.example/callback\r\nSet-Cookie: a=b"],
)
def test_redirect_address_must_match_letter_by_letter(zoom: FrozenZoom, redirect_uri: str) -> None:
    """A browser that is sent elsewhere would bring the code to a stranger; the page says 4709 and sends nobody."""
    asked = {"response_type": "code", "client_id": "general", "redirect_uri": redirect_uri, "decision": "allow"}
    for method in ("GET", "POST"):
        refused = zoom.browse(method, "/oauth/authorize", asked)
        assert (refused.status, b"4709" in refused.body, "Location" in refused.headers) == (400, True, False)


def test_default_app_sends_nobody_to_a_header(zoom: FrozenZoom) -> None:
    """An app without an allow list takes every address, but not what breaks out of the header it goes into."""
    asked = {"response_type": "code", "client_id": DEFAULT.client_id, "redirect_uri": "https://a.example/\r\nX: y"}
    assert zoom.browse("POST", "/oauth/authorize", {**asked, "decision": "allow"}).status == 400


def test_loopback_port_is_ignored_for_a_public_client_only(zoom: FrozenZoom) -> None:
    """A command-line program listens at any free port; a confidential app has to name the one it has."""
    challenge = {"code_challenge": VERIFIER}
    assert consent(zoom, PUBLIC, "http://127.0.0.1:50123/callback", **challenge)["code"]
    zoom.authorization.apps.register(App("general", "secret", "account", ["http://127.0.0.1:8765/callback"]))
    asked = {"response_type": "code", "client_id": "general", "redirect_uri": "http://127.0.0.1:50123/callback"}
    assert zoom.browse("GET", "/oauth/authorize", asked).status == 400


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge_method": "S512"}, "invalid_request"),
        ({"scope": "meeting:read user:read:admin"}, "invalid_scope"),
    ],
)
def test_what_is_asked_wrongly_is_told_to_the_app(zoom: FrozenZoom, more: dict[str, str], error: str) -> None:
    """The redirect address is right, so the app hears of it there, with its state."""
    zoom.authorization.apps.register(App("general", "secret", "account", [BACK], ["meeting:read"]))
    told = consent(zoom, **{"state": "s", **more})
    assert told == {"error": [error], "state": ["s"]}


def test_code_is_good_once_and_for_five_minutes(zoom: FrozenZoom) -> None:
    """A code that is used again is 4734, one that is too old 4733; a client has to ask the user again."""
    first, second = consent(zoom)["code"][0], consent(zoom)["code"][0]
    assert trade(zoom, first).status == 200
    assert number(trade(zoom, first)) == 4734
    zoom.clock.advance(299)
    assert trade(zoom, second).status == 200
    third = consent(zoom)["code"][0]
    zoom.clock.advance(300)
    assert number(trade(zoom, third)) == 4733


def test_code_is_for_the_app_and_the_address_it_was_given_to(zoom: FrozenZoom) -> None:
    """Who steals a code gets nothing for it, and the owner's own attempt still works."""
    code = consent(zoom)["code"][0]
    assert number(trade(zoom, code, DEFAULT)) == 4734
    assert number(trade(zoom, code, redirect_uri=f"{BACK}/")) == 4709
    assert trade(zoom, code).status == 200


def test_verifier_is_held_against_the_challenge(zoom: FrozenZoom) -> None:
    """S256 is the digest and plain the text; a code that was asked for without a challenge takes no verifier."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    assert digest == "Duiqst7HxXlv9KgiWqBqVPcJ0U7lyOXf6ldakJJ_eUs"
    hashed = consent(zoom, code_challenge=digest, code_challenge_method="S256")["code"][0]
    assert number(trade(zoom, hashed)) == 4734
    assert number(trade(zoom, hashed, code_verifier=digest)) == 4734
    assert trade(zoom, hashed, code_verifier=VERIFIER).status == 200
    plain = consent(zoom, code_challenge=VERIFIER)["code"][0]
    assert trade(zoom, plain, code_verifier=VERIFIER).status == 200
    assert number(trade(zoom, consent(zoom)["code"][0], code_verifier=VERIFIER)) == 4734


def test_public_client_must_bring_a_challenge(zoom: FrozenZoom) -> None:
    """It has no secret: without PKCE whoever sees the code has the token."""
    assert consent(zoom, PUBLIC, "http://127.0.0.1:8765/callback")["error"] == ["invalid_request"]


def test_refresh_token_is_good_once(zoom: FrozenZoom) -> None:
    """Each renewal gives the next; the one before is dead at once, as with Zoom's tokens since version 8."""
    first = read(trade(zoom, consent(zoom)["code"][0]))
    second = read(renew(zoom, first["refresh_token"]))
    assert number(renew(zoom, first["refresh_token"])) == 4737
    assert number(renew(zoom, "never given")) == 4737
    assert number(renew(zoom, second["refresh_token"], DEFAULT)) == 4737
    assert renew(zoom, second["refresh_token"]).status == 200
    assert zoom.call(first["access_token"]).status == 200


def test_newer_consent_ends_the_tokens_of_the_older(zoom: FrozenZoom) -> None:
    """Two processes that install the same app for the same user take the tokens from each other (4741)."""
    older = read(trade(zoom, consent(zoom)["code"][0]))
    newer = read(trade(zoom, consent(zoom)["code"][0]))
    assert number(renew(zoom, older["refresh_token"])) == 4741
    assert zoom.call(older["access_token"]).status == 401
    another = read(trade(zoom, consent(zoom, user_id="another")["code"][0]))
    assert zoom.call(newer["access_token"]).status == zoom.call(another["access_token"]).status == 200


def test_revoked_token_is_dead_and_its_refresh_token_too(zoom: FrozenZoom) -> None:
    """Logging out must leave nothing behind that works; a stranger's app logs nobody out."""
    given = read(trade(zoom, consent(zoom)["code"][0]))
    assert number(zoom.ask("/oauth/revoke", DEFAULT, token=given["access_token"])) == 4737
    assert read(zoom.ask("/oauth/revoke", GENERAL, token=given["access_token"])) == {"status": "success"}
    assert (zoom.call(given["access_token"]).status, number(renew(zoom, given["refresh_token"]))) == (401, 4741)


def test_device_waits_until_its_code_is_typed_in(zoom: FrozenZoom) -> None:
    """Pending, too hasty, allowed, and then good once."""
    device = read(zoom.ask("/oauth/devicecode", GENERAL, client_id="general"))
    form = {"grant_type": DEVICE_CODE, "device_code": device["device_code"]}
    assert read(zoom.ask("/oauth/token", GENERAL, **form))["error"] == "authorization_pending"
    assert read(zoom.ask("/oauth/token", GENERAL, **form))["error"] == "slow_down"
    shown = f"{device['user_code'][:4].lower()}-{device['user_code'][4:]}"
    assert b"<form" in zoom.browse("GET", "/oauth_device", {"user_code": shown}).body
    assert zoom.browse("POST", "/oauth_device", {"user_code": "WRONG", "decision": "allow"}).status == 400
    assert zoom.browse("POST", "/oauth_device", {"user_code": shown, "decision": "allow"}).status == 200
    zoom.clock.advance(9)
    assert read(zoom.ask("/oauth/token", GENERAL, **form))["error"] == "slow_down"
    zoom.clock.advance(15)
    assert read(zoom.ask("/oauth/token", GENERAL, **form))["refresh_token"]
    assert read(zoom.ask("/oauth/token", GENERAL, **form))["error"] == "expired_token"


def test_page_for_devices_asks_for_the_code_where_consent_is_given_too() -> None:
    """Whoever opens the address that a device shows has nowhere else to type the code in."""
    zoom = FrozenZoom(consents=True)
    zoom.authorization.apps.register(GENERAL)
    device = read(zoom.ask("/oauth/devicecode", GENERAL, client_id="general"))
    assert b"<form" in zoom.browse("GET", "/oauth_device", {}).body
    assert b"<form" not in zoom.browse("GET", "/oauth_device", {"user_code": device["user_code"]}).body


def test_device_that_is_denied_or_too_late_gets_nothing(zoom: FrozenZoom) -> None:
    """A device has to stop asking in both cases, and knows them by their names."""
    denied, late = (read(zoom.ask("/oauth/devicecode", GENERAL, client_id="general")) for _ in range(2))
    zoom.browse("POST", "/oauth_device", {"user_code": denied["user_code"], "decision": "deny"})
    assert ask_as_device(zoom, denied) == "access_denied"
    zoom.clock.advance(900)
    assert ask_as_device(zoom, late) == "expired_token"
    assert zoom.browse("POST", "/oauth_device", {"user_code": late["user_code"], "decision": "allow"}).status == 400


def ask_as_device(zoom: FrozenZoom, device: dict[str, str]) -> str:
    """Return the error of a device's question."""
    asked = zoom.ask("/oauth/token", GENERAL, grant_type=DEVICE_CODE, device_code=device["device_code"])
    return str(read(asked)["error"])


def test_what_is_not_properly_asked_is_a_violation(zoom: FrozenZoom) -> None:
    """The authorization server judges requests as the contract does the others'."""
    refused = zoom.ask("/oauth/token", grant_type="password")
    assert (refused.status, [each.field for each in refused.violations]) == (400, ["body.grant_type"])
