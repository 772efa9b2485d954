import pytest

from tests.simulator.frozen import FrozenZoom, read
from zoom_api_client.testing.simulator.authorization import App, Grant

CLASSIC = ["meeting:read:admin", "meeting:write:admin"]
GRANULAR = ["meeting:read:meeting:admin", "user:read:user:admin"]


@pytest.fixture
def zoom() -> FrozenZoom:
    """Return a simulator."""
    return FrozenZoom()


def test_token_ends_with_its_hour(zoom: FrozenZoom) -> None:
    """A client that never renews works in every test that is shorter than an hour; the clock can be set."""
    token = zoom.give()
    zoom.clock.advance(3599)
    assert zoom.call(token).status == 200
    zoom.clock.advance(1)
    refused = zoom.call(token)
    assert (refused.status, read(refused)["code"]) == (401, 124)
    assert "expired" in read(refused)["message"]


def test_unknown_token_is_refused_unless_the_simulator_is_open(zoom: FrozenZoom) -> None:
    """Any token gets in with `open`, as with the mock: for programs whose tokens are not what is tested."""
    refused = zoom.call("of another account")
    assert (refused.status, read(refused)["code"], refused.violations) == (401, 124, ())
    assert FrozenZoom(open=True).call("of another account").status == 200


def test_open_simulator_still_wants_a_token() -> None:
    """A call without Authorization is a fault of the program's, whatever is tested."""
    zoom = FrozenZoom(open=True)
    refused = zoom.call("")
    assert (refused.status, [each.rule for each in refused.violations]) == (401, ["authorization"])


@pytest.mark.parametrize(("scopes", "status"), [(CLASSIC, 200), (GRANULAR, 200), (["user:read"], 400), ([], 400)])
def test_missing_scope_is_refused_by_its_names(zoom: FrozenZoom, scopes: list[str], status: int) -> None:
    """Classic and granular names are alternatives; the refusal lists what would have done, as Zoom's does."""
    answer = zoom.call(zoom.give(scopes=tuple(scopes)), path="/v2/meetings/85746065432")
    assert answer.status == status
    if status == 400:
        assert read(answer)["code"] == 4711
        assert "scopes:[" in read(answer)["message"]
        assert "meeting:read:meeting:admin" in read(answer)["message"]


def test_app_of_one_user_says_me(zoom: FrozenZoom) -> None:
    """An id in the path needs the scopes of others, which such an app never has; the account's app takes both."""
    of_user, of_account = zoom.give(acts="user"), zoom.give()
    assert zoom.call(of_user, path="/v2/users/me").status == 200
    refused = zoom.call(of_user, path="/v2/users/another")
    assert (refused.status, read(refused)["code"]) == (400, 4711)
    assert "user:read:admin" in read(refused)["message"]
    assert "user:read:user," not in read(refused)["message"]
    assert zoom.call(of_account, path="/v2/users/another").status == 200


def test_app_of_one_user_reads_no_account(zoom: FrozenZoom) -> None:
    """An account's settings have scopes of others only."""
    assert zoom.call(zoom.give(acts="user"), path="/v2/phone/account_settings").status == 400
    assert zoom.call(zoom.give(), path="/v2/phone/account_settings").status == 200


def test_scopes_of_a_consent_are_those_that_were_asked_for(zoom: FrozenZoom) -> None:
    """An app may ask for fewer than it has: optional ones that it has not are dropped, others refused."""
    app = zoom.authorization.apps.register(
        App("app", "secret", "user", scopes=["meeting:read", "user:read", "a:admin"])
    )
    back = "https://app.example/back"
    asked = {"response_type": "code", "client_id": "app", "redirect_uri": back, "decision": "allow"}
    for more, granted in [
        ({}, "meeting:read user:read"),
        ({"scope": "user:read"}, "user:read"),
        ({"scope": "user:read", "optional_scope": "meeting:read phone:read"}, "user:read meeting:read"),
    ]:
        location = zoom.browse("POST", "/oauth/authorize", {**asked, **more}).headers["Location"]
        code = location.partition("code=")[2]
        given = zoom.ask("/oauth/token", app, grant_type="authorization_code", code=code, redirect_uri=back)
        assert read(given)["scope"] == granted


@pytest.mark.parametrize(
    ("host", "api", "device"),
    [
        ("https://zoom.us", "https://api.zoom.us", "https://zoom.us/oauth_device"),
        ("https://api.zoom.us", "https://api.zoom.us", "https://zoom.us/oauth_device"),
        ("https://zoomgov.com", "https://api.zoomgov.com", "https://zoomgov.com/oauth_device"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "http://127.0.0.1:8080/oauth_device"),
        ("https://zoom.test", "https://zoom.test", "https://zoom.test/oauth_device"),
    ],
)
def test_api_is_where_it_was_asked_for(zoom: FrozenZoom, host: str, api: str, device: str) -> None:
    """`api_url` leads a client back to the simulator, through a proxy as well as straight."""
    given = read(zoom.ask("/oauth/token", host=host, grant_type="account_credentials", account_id=zoom.account))
    assert given["api_url"] == api
    shown = read(zoom.ask("/oauth/devicecode", host=host, client_id="simulated-client-id"))
    assert shown["verification_uri"] == device


def test_dump_and_load_keep_who_may_call(zoom: FrozenZoom) -> None:
    """A simulator that is started again must not log everybody out."""
    zoom.authorization.apps.register(App("app", "secret", scopes=CLASSIC))
    alive, gone = zoom.give(scopes=tuple(CLASSIC)), zoom.give()
    zoom.authorization.tokens.revoke(gone, "client")
    again = FrozenZoom()
    again.authorization.load(zoom.authorization.dump())
    assert again.call(alive, path="/v2/meetings/85746065432").status == 200
    assert again.call(alive).status == 400
    assert again.call(gone).status == 401
    assert again.authorization.apps.find("app") == zoom.authorization.apps.find("app")


def test_secrets_show_in_no_repr(zoom: FrozenZoom) -> None:
    """What fails in a test is printed with its values, into logs that others read."""
    app = App("app", "a-secret", secret_token="another-secret")
    token = zoom.authorization.tokens.issue(Grant("account", "owner", "app"), renewable=True)
    for text in (repr(app), repr(token)):
        assert "secret" not in text.replace("client_secret", "")
        assert token.access_token not in text
        assert token.refresh_token not in text


def test_reset_forgets_tokens_and_counts_but_keeps_apps() -> None:
    """Tests that share a simulator begin each from the start, without registering their app again."""
    zoom = FrozenZoom(plan="free")
    app = zoom.authorization.apps.register(App("app", "secret"))
    token = zoom.give()
    statuses = [zoom.call(token).status for _ in range(5)]
    noon = zoom.clock.now()
    zoom.reset()
    zoom.clock.set(noon, frozen=True)
    assert statuses[-1] == 429
    assert zoom.call(token).status == 401
    assert zoom.authorization.apps.find("app") == app
    assert zoom.call(zoom.give()).status == 200
