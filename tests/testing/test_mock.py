import contextlib
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import respx

from zoom_api_client import AsyncZoom, File, Zoom, errors
from zoom_api_client.connection import Chatbot, DeviceFlow, ServerToServer, UserOAuth
from zoom_api_client.core import lazy
from zoom_api_client.testing import ContractViolation, MockZoom, contract, lookup, mock_zoom
from zoom_api_client.testing.products import Products
from zoom_api_client.transport.retry import Retry
from zoom_api_client.transport.throttle import Throttle


@pytest.fixture
def client(mock_zoom: MockZoom) -> Iterator[Zoom]:
    """A client as a program makes it: it knows nothing of the mock."""
    with Zoom("any token") as zoom:
        yield zoom


def test_any_operation_answers_without_a_network(client: Zoom) -> None:
    """The mock stands where httpx would open a connection: no base URL, transport or token is special."""
    assert client.meetings.create("me", topic="Standup").topic == "Standup"
    assert client.call("GET", "/users/me")["id"]


async def test_awaited_calls_get_the_same_answers(mock_zoom: MockZoom, client: Zoom) -> None:
    """A program that is awaited must not be tested against another Zoom."""
    async with AsyncZoom("any token") as zoom:
        assert (await zoom.meetings.get(85746065432)) == client.meetings.get(85746065432)


async def test_calls_by_aiohttp_are_answered_too(mock_zoom: MockZoom) -> None:
    """They would go to Zoom: the mock takes what httpx sends."""
    pytest.importorskip("aiohttp", reason="the extra 'aiohttp' is not installed")
    async with AsyncZoom("a token", transport="aiohttp") as zoom:
        await zoom.meetings.get(1)
    assert mock_zoom.meetings.get.call_count == 1


def test_operations_that_zoom_moved_are_known_by_their_old_names(mock_zoom: MockZoom, client: Zoom) -> None:
    """The mock warns each time with the new name, as `zoom.api` does."""
    moved = [
        (product, name)
        for product in lazy.modules("zoom_api_client.api")
        for name in sorted({*lazy.modules(f"zoom_api_client.api.{product}")} - {*contract.operations(product)})
    ]
    assert ("zoom_docs", "list_all_children_of_file") in moved
    for product, name in moved * 2:
        with pytest.warns(DeprecationWarning, match=rf"mock_zoom\.{product}\.{name} is now mock_zoom\.(?!{product})"):
            getattr(getattr(mock_zoom, product), name)
    with pytest.warns(DeprecationWarning, match="canvas"):
        mock_zoom.zoom_docs.list_all_children_of_file.raises(errors.NotFound)
    with pytest.raises(errors.NotFound):
        client.api.canvas.list_all_children_of_file("a")
    with pytest.raises(AttributeError, match="Zoom's zoom_docs has no 'nothing'"):
        _ = mock_zoom.zoom_docs.nothing


def test_seeds_tell_runs_apart_and_equal_seeds_do_not() -> None:
    """A test that fails today must fail tomorrow; another seed may find what this one hides."""

    def told(seed: int) -> Any:
        with mock_zoom(seed=seed), Zoom("any token") as zoom:
            return zoom.call("GET", "/users/me")

    assert told(1) == told(1) != told(2)


def test_mock_ends_with_its_block() -> None:
    """A mock that outlived its test would answer for the real Zoom in the next one."""
    with mock_zoom():
        pass
    assert not respx.mocks.HTTPCoreMocker.routers
    zoom = Zoom("any token", base_url="http://127.0.0.1:9/v2", retry=Retry(attempts=1))
    with zoom, pytest.raises(errors.ConnectionFailed):
        zoom.call("GET", "/users/me")


def test_inner_mock_answers(mock_zoom: MockZoom, client: Zoom) -> None:
    """A test within a fixture's mock means its own."""
    mock_zoom.meetings.get.returns(topic="Outer")
    with MockZoom() as inner:
        inner.meetings.get.returns(topic="Inner")
        assert client.meetings.get(85746065432).topic == "Inner"
    assert client.meetings.get(85746065432).topic == "Outer"


def test_violation_is_raised_where_it_is_made(mock_zoom: MockZoom, client: Zoom) -> None:
    """The line that is wrong is the line that is shown."""
    with pytest.raises(ContractViolation, match=r"list_meetings: query\.page_size must be at most 300, but is 301"):
        client.call("GET", "/users/me/meetings", params={"page_size": 301})
    mock_zoom.violations.clear()


def test_swallowed_violation_is_raised_at_the_end() -> None:
    """Outside of pytest the end of the block is the last place to say so."""

    def careless() -> None:
        with mock_zoom(), Zoom("any token") as zoom, contextlib.suppress(AssertionError):
            zoom.call("GET", "/no/such/path")

    with pytest.raises(ContractViolation, match="not a path of Zoom's"):
        careless()


def test_error_after_a_swallowed_violation_tells_it() -> None:
    """The error that a swallowed violation led to must not hide it."""

    def careless() -> None:
        with mock_zoom(), Zoom("any token") as zoom:
            try:
                zoom.call("GET", "/no/such/path")
            except AssertionError:
                raise KeyError("id") from None

    with pytest.raises(KeyError) as caught:
        careless()
    assert "not a path of Zoom's" in caught.value.__notes__[0]


def test_violation_is_not_taken_for_an_error_of_zooms(mock_zoom: MockZoom, client: Zoom) -> None:
    """Code that handles `ZoomError` must not handle its own mistakes with it."""
    assert not issubclass(ContractViolation, errors.ZoomError)


def test_other_hosts_are_refused_by_name(mock_zoom: MockZoom) -> None:
    """A test that posts to somebody's real server is found out by its sending, not by its failing."""
    with pytest.raises(AssertionError, match=r"hooks\.example\.com is not a host of Zoom's") as caught:
        httpx.post("https://hooks.example.com/notify?token=hidden")
    assert "hidden" not in str(caught.value)
    with pytest.raises(AssertionError, match=r"notzoom\.us is not a host"):
        httpx.get("https://notzoom.us/v2/users/me")


def test_other_hosts_can_be_answered_by_respx_beside_it(mock_zoom: MockZoom, client: Zoom) -> None:
    """Programs talk to others than Zoom, and their tests have answers for that."""
    with respx.mock() as others:
        others.post("https://hooks.example.com/notify").respond(204)
        assert httpx.post("https://hooks.example.com/notify").status_code == 204
        assert client.meetings.get(85746065432).id == 85746065432


def test_uploads_go_to_their_hosts(client: Zoom) -> None:
    """What is uploaded goes to a host of its own, which is Zoom too."""
    done = client.api.team_chat.send_chat_file("me", body=_file())
    assert done is not None


def _file() -> Any:
    from zoom_api_client.models.team_chat import SendChatFileBody

    return SendChatFileBody(files=[File(b"text", "notes.txt")], to_contact="omar@example.com")


@pytest.mark.parametrize("host", ["api.zoom.us", "api-eu.zoom.us", "api.zoomgov.com"])
def test_all_of_zooms_clouds_answer(mock_zoom: MockZoom, host: str) -> None:
    """The token names the host of its region, and Zoom for Government has its own."""
    with Zoom("any token", base_url=f"https://{host}/v2") as zoom:
        assert zoom.call("GET", "/users/me")["id"]


def test_connections_get_their_tokens(mock_zoom: MockZoom) -> None:
    """A program that makes its own connection is tested with it."""
    user = UserOAuth("id", "secret", "https://example.org/callback")
    device = DeviceFlow("id", "secret", sleep=lambda _: None)
    device.authorize(lambda _: None)
    for connection in (ServerToServer("account", "id", "secret"), Chatbot("id", "secret"), device):
        with Zoom(connection) as zoom:
            assert zoom.call("GET", "/users/me")["id"]
            connection.revoke()
    url = user.authorize_url()
    assert url


def test_tokens_are_asked_for_as_zoom_wants_it(mock_zoom: MockZoom) -> None:
    """Code that asks for tokens itself is judged too."""
    with pytest.raises(ContractViolation, match=r"token: body\.account_id is missing"):
        httpx.post("https://zoom.us/oauth/token", data={"grant_type": "account_credentials"}, auth=("id", "secret"))
    with pytest.raises(ContractViolation, match=r"token: body\.grant_type must be one of"):
        httpx.post("https://zoom.us/oauth/token", data={"grant_type": "password"}, auth=("id", "secret"))
    with pytest.raises(ContractViolation, match=r"token: headers must have Authorization: Basic"):
        httpx.post("https://zoom.us/oauth/token", data={"grant_type": "client_credentials"})
    mock_zoom.violations.clear()


def test_tokens_of_users_are_not_kept_in_the_users_files(mock_zoom: MockZoom) -> None:
    """A test must not overwrite the tokens of the program on the machine that it runs on."""
    assert "Memory" in type(UserOAuth("id", "secret", "https://example.org/callback").store).__name__


def test_rejected_token_is_renewed(mock_zoom: MockZoom) -> None:
    """Each token is another, or a connection that renews would think that Zoom gave it the old one."""
    mock_zoom.users.get_user.raises(401).times(1)
    with Zoom(ServerToServer("account", "id", "secret")) as zoom:
        assert zoom.call("GET", "/users/me")["id"]


def test_nobody_waits(mock_zoom: MockZoom, client: Zoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test of retries that waits for real seconds is a test that nobody runs."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    mock_zoom.meetings.get.raises(429).times(2).then.drops_connection().times(1)
    client.meetings.get(85746065432)
    assert mock_zoom.meetings.get.call_count == 4
    assert slept == [0, 0, 0]


def test_throttle_neither_waits_nor_learns(mock_zoom: MockZoom) -> None:
    """The store of a throttle may be the one that programs at work share: a test must not close their day."""
    mock_zoom.meetings.get.raises(429, daily=True).times(1)
    with Zoom("any token", throttle=Throttle("pro", on_limit="raise")) as zoom:
        with pytest.raises(errors.RateLimited):
            zoom.meetings.get(85746065432)
        assert zoom.meetings.get(85746065432)


def test_days_of_the_quota_guard_are_not_used_up(mock_zoom: MockZoom, client: Zoom) -> None:
    """The guard of clients that were given none counts in a file that all programs of a user share."""
    for _ in range(100):
        client.meetings.create("me", topic="Standup")
    with pytest.raises(errors.QuotaExceeded):
        client.meetings.create("me", topic="Standup")
    with MockZoom():
        Zoom("any token").meetings.create("me", topic="Standup")


def test_only_requests_of_the_code_under_test_are_seen(mock_zoom: MockZoom, client: Zoom) -> None:
    """The guard asks Zoom who a host is: a test that counts calls, or scopes, must not have to know that."""
    mock_zoom.scopes = {"meeting:write:meeting"}
    client.meetings.create("me", topic="Standup")
    client.meetings.create("jane@example.com", topic="Standup")
    assert {str(call.operation) for call in mock_zoom.calls} == {"meetings.create_meeting"}


def test_policies_of_retries_hold_all_the_same(mock_zoom: MockZoom, client: Zoom) -> None:
    """Only the waiting is left out: what would not be repeated is not."""
    mock_zoom.meetings.create.raises(503)
    with pytest.raises(errors.ServerError):
        client.meetings.create("me", topic="Standup")
    assert mock_zoom.meetings.create.call_count == 1


def test_missing_scope_is_zooms_error_and_fails_the_test() -> None:
    """An app that lacks a scope works in every test, and in none of its users' accounts."""

    def plan() -> None:
        with mock_zoom(scopes={"user:read:user"}), Zoom("any token") as zoom:
            assert zoom.call("GET", "/users/me")["id"]
            zoom.meetings.create("me", topic="Standup")

    with pytest.raises(errors.ScopeMissing) as caught:
        plan()
    assert "meeting:write:meeting" in caught.value.__notes__[0]
    assert "the app has user:read:user" in caught.value.__notes__[0]


def test_scopes_in_one_text_are_refused(mock_zoom: MockZoom) -> None:
    """A text is a collection too: of letters, which cover nothing."""
    with pytest.raises(TypeError, match=r"one by one: \['meeting:read:meeting', 'user:read:user'\]"):
        mock_zoom.scopes = "meeting:read:meeting user:read:user"
    with pytest.raises(TypeError):
        MockZoom(scopes="meeting:read:meeting")


def test_scope_that_covers_is_enough(mock_zoom: MockZoom, client: Zoom) -> None:
    """Zoom's lists of scopes are alternatives, classic ones among them."""
    for scope in ("meeting:write:meeting", "meeting:write:meeting:admin", "meeting:write"):
        mock_zoom.scopes = {scope}
        client.meetings.create("me", topic="Standup")


def test_sub_accounts_need_scopes_of_their_own(mock_zoom: MockZoom, client: Zoom) -> None:
    """`for_account` takes `:master` scopes, which the operation itself does not have."""
    mock_zoom.scopes = {"meeting:write:meeting:master"}
    client.for_account("sub").meetings.create("me", topic="Standup")
    mock_zoom.scopes = {"meeting:write:meeting"}
    with pytest.raises(errors.ScopeMissing):
        client.for_account("sub").meetings.create("me", topic="Standup")
    mock_zoom.violations.clear()


def test_downloads_are_as_long_as_their_list_says(mock_zoom: MockZoom, client: Zoom) -> None:
    """Who checks the size of what it downloads must not be told a wrong one."""
    for file in client.call("GET", "/meetings/85746065432/recordings")["recording_files"]:
        answer = httpx.get(file["download_url"], headers={"Authorization": "Bearer a token"})
        assert len(answer.content) == file["file_size"]


def test_products_and_modules_are_attributes_that_editors_know() -> None:
    """A product that Zoom adds, or a module that we add, must be declared in the class."""
    assert MockZoom.__annotations__.keys() | Products.__annotations__.keys() == lookup.places()
    assert set(contract.products()) <= lookup.places()
    assert not {each for each in vars(MockZoom) if not each.startswith("_")} & lookup.places()


def test_misspelt_names_say_what_is_near(mock_zoom: MockZoom) -> None:
    """So many operations are not known by heart."""
    with pytest.raises(AttributeError, match="did you mean 'meetings'"):
        mock_zoom.meeting  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError, match="did you mean 'create_meeting'"):
        mock_zoom.meetings.create_meting  # noqa: B018
    assert {"create", "create_meeting"} <= set(dir(mock_zoom.meetings))
    assert {"meetings", "recordings", "calls"} <= set(dir(mock_zoom))


def test_library_does_not_import_the_kit() -> None:
    """Users without the extra have neither respx nor a JSON Schema validator."""
    code = (
        "import sys, importlib, zoom_api_client as z; from zoom_api_client import api, connection, events, models\n"
        "z.Zoom('t').meetings; z.AsyncZoom('t').meetings; list(api.operations()); events.registry()\n"
        "assert not [each for each in sys.modules if each.startswith('zoom_api_client.testing')]"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
