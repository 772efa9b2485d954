"""`zoom.api` reaches every operation, and shows in a shell what it has."""

import inspect
import pydoc
import sys
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from zoom_api_client import Answer, AsyncZoom, Zoom, errors
from zoom_api_client.api.users import get_user, list_users
from zoom_api_client.models.users import User

USER = {"id": "abc", "email": "jane@example.com", "type": 2}


def answer_user(_: httpx.Request) -> httpx.Response:
    """Answer with a user."""
    headers = {
        "X-ZM-TrackingId": "WEB_1",
        "X-RateLimit-Category": "Light",
        "X-RateLimit-Type": "QPS",
        "X-RateLimit-Limit": "80",
        "X-RateLimit-Remaining": "79",
        "Retry-After": "2026-05-31T00:00:00Z",
    }
    return httpx.Response(200, json=USER, headers=headers)


async def test_call_sends_the_request_and_returns_the_typed_result(world: World) -> None:
    """The arguments are those of the module's `request`."""
    user = await world.of(world.zoom(answer_user).api.users.get_user("me", encrypted_email=True))
    assert isinstance(user, User)
    assert user.email == "jane@example.com"
    assert str(world.seen[0].url) == "https://api.zoom.us/v2/users/me?encrypted_email=true"


async def test_raw_call_returns_the_whole_answer(world: World) -> None:
    """Zoom's support asks for the tracking id, and a program that slows down needs the rate limit."""
    answer: Answer[User] = await world.of(world.zoom(answer_user).api.users.get_user.raw("me"))
    assert (answer.status, answer.headers["content-type"], answer.tracking_id) == (200, "application/json", "WEB_1")
    assert answer.content == httpx.Response(200, json=USER).content
    assert answer.result == User.from_dict(USER)
    limit = answer.rate_limit
    assert (limit.category, limit.type, limit.limit, limit.remaining) == ("Light", "QPS", 80, 79)
    assert limit.retry_at == datetime(2026, 5, 31, tzinfo=UTC)


async def test_raw_call_raises_what_the_call_raises(world: World) -> None:
    """A program that forgot to look at the status would go on with an error."""
    zoom = world.zoom(lambda _: httpx.Response(404, json={"code": 1001, "message": "User does not exist."}))
    with pytest.raises(errors.NotFound):
        await world.of(zoom.api.users.get_user.raw("me"))


async def test_headers_that_say_nothing_are_not_a_limit(world: World) -> None:
    """Zoom's documents do not promise them: an answer without, or with words, is an answer all the same."""
    zoom = world.zoom(lambda _: httpx.Response(200, json=USER, headers={"X-RateLimit-Limit": "many"}))
    answer = await world.of(zoom.api.users.get_user.raw("me"))
    assert (answer.rate_limit.category, answer.rate_limit.limit, answer.rate_limit.retry_at) == ("", None, None)
    assert answer.tracking_id is None


async def test_secrets_of_an_answer_are_not_in_its_repr(world: World) -> None:
    """Headers hold cookies, and bodies hold links that start a meeting."""
    zoom = world.zoom(lambda _: httpx.Response(200, json={"token": "secret-1"}, headers={"Set-Cookie": "a=secret-2"}))
    assert "secret" not in repr(await world.of(zoom.api.users.get_users_token.raw("me")))
    assert "secret" not in repr(await world.of(zoom.call_raw("GET", "/users/me/token")))


async def test_repr_of_an_answer_is_short(world: World) -> None:
    """A file of 2 GB would fill the log that shows the answer."""
    zoom = world.zoom(lambda _: httpx.Response(200, content=b"x" * 5000, headers={"Content-Type": "audio/mpeg"}))
    answer = await world.of(zoom.api.phone.download_phone_recording.raw("1"))
    assert repr(answer) == "Answer(status=200, result=<5,000 bytes>)"


async def test_repr_of_a_request_names_the_operation_and_hides_secrets(world: World) -> None:
    """All facts of the operation, 700 characters, hid the path; and a PIN opens a session."""
    request = world.zoom(answer_user).api.cobrowse_sdk.list_live_sessions.request(session_pin="1234567")
    assert repr(request) == (
        "PagedRequest(operation=cobrowse_sdk.list_live_sessions, path='/cobrowsesdk/live_sessions', "
        "query=(('session_pin', '…'),), headers={})"
    )


async def test_request_is_not_sent_until_it_is(world: World) -> None:
    """A request can be kept, looked at, and sent with `send` or `send_raw`."""
    zoom = world.zoom(answer_user)
    request = zoom.api.users.get_user.request("me")
    assert request == get_user.request("me")
    assert not world.seen
    assert await world.of(zoom.send(request)) == (await world.of(zoom.send_raw(request))).result


async def test_client_of_a_sub_account_calls_for_it(world: World) -> None:
    """`zoom.api` that was used before must not go on with the account of the master."""
    zoom = world.zoom(answer_user)
    await world.of(zoom.api.users.get_user("me"))
    await world.of(zoom.for_account("sub").api.users.get_user("me"))
    assert [each.url.path for each in world.seen] == ["/v2/users/me", "/v2/accounts/sub/users/me"]


def test_signature_shows_the_arguments_and_the_result(world: World) -> None:
    """IPython and `help()` ask for it."""
    signature = inspect.signature(world.zoom(answer_user).api.users.get_user)
    assert list(signature.parameters) == ["user_id", "login_type", "encrypted_email", "search_by_unique_id"]
    assert signature.return_annotation == "User"


def test_help_tells_what_the_operation_does(world: World) -> None:
    """`help(zoom.api.users.get_user)` is read more often than any page of ours."""
    call = world.zoom(answer_user).api.users.get_user
    assert call.__name__ == "get_user"
    assert inspect.getdoc(call) == inspect.getdoc(get_user.request)
    assert (inspect.getdoc(get_user.request) or "").splitlines()[0] in pydoc.render_doc(call)
    assert "GET /users/{userId}" in repr(call)


def test_names_can_be_completed(world: World) -> None:
    """`dir()` is what completion in a shell shows."""
    zoom = world.zoom(answer_user)
    assert {"users", "meetings", "team_chat"} <= set(dir(zoom.api))
    assert {"list_users", "get_user"} <= set(dir(zoom.api.users))
    assert {"raw", "request", "all"} <= set(dir(zoom.api.users.list_users))
    assert {"raw", "request", "save"} <= set(dir(zoom.api.phone.download_phone_recording))
    assert not {"all", "save"} & set(dir(zoom.api.users.get_user))
    products = [name for name in dir(zoom.api) if not name.startswith("_")]
    assert repr(zoom.api) == f"<zoom.api: {len(products)} products>"
    assert repr(zoom.api.calendar).startswith("<zoom.api.calendar: ")


@pytest.mark.parametrize(
    ("reach", "message"),
    [
        (lambda api: api.userz, r"^zoom\.api has no 'userz'; did you mean 'users'\?$"),
        (lambda api: api.users.list_user, r"^zoom\.api\.users has no 'list_user'; did you mean 'list_users'"),
        (lambda api: api.users.xyzzy, r"^zoom\.api\.users has no 'xyzzy'$"),
        (lambda api: api.users.list_users.every, "every"),
        (lambda api: api._repr_html_, "_repr_html_"),
    ],
)
def test_misspelt_name_says_what_was_meant(world: World, reach: Any, message: str) -> None:
    """So many names are too many to know by heart; and what a shell looks for is not a misspelling."""
    with pytest.raises(AttributeError, match=message):
        reach(world.zoom(answer_user).api)


def test_error_inside_an_operations_module_is_not_taken_for_a_misspelling(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dependency that is missing must be named, and not the operation that needs it."""
    from zoom_api_client.core import lazy

    def load(_: str) -> None:
        raise ModuleNotFoundError("No module named 'attrs'", name="attrs")

    monkeypatch.setattr(lazy.importlib, "import_module", load)
    with pytest.raises(ModuleNotFoundError, match="attrs"):
        lazy.module("zoom_api_client.api.users", "list_users", "zoom.api.users")


def test_call_is_made_once() -> None:
    """In a loop the second use is an attribute like any other."""
    zoom = Zoom("a token")
    assert zoom.api.users.list_users is zoom.api.users.list_users
    assert zoom.api is zoom.api


@pytest.mark.parametrize("kind", [Zoom, AsyncZoom])
def test_shell_completes_names_and_shows_arguments(kind: type[Zoom | AsyncZoom]) -> None:
    """IPython asks Jedi, and Jedi asks the live objects."""
    jedi = pytest.importorskip("jedi", reason="jedi is in the dependency group `test`")
    names = {"zoom": kind("a token")}
    completions = jedi.Interpreter("zoom.api.users.list_u", [names]).complete()
    assert "list_users" in [each.name for each in completions]
    (signature,) = jedi.Interpreter("zoom.api.users.list_users(", [names]).get_signatures()
    assert [each.name for each in signature.params][:2] == ["status", "page_size"]


HIDES = sys.version_info[:2] == (3, 13)  # its pydoc shows no arguments of a `functools.partial`, others do


def shown(way: object) -> str:
    """Return what `help()` shows, without spaces: since Python 3.13 each argument may have a line of its own."""
    return "".join(pydoc.render_doc(way, renderer=pydoc.plaintext).split())


def test_help_shows_the_arguments(world: World) -> None:
    """Editors without types, and shells, know nothing else of the call and of its other ways."""
    api = world.zoom(answer_user).api
    call, save = api.users.list_users, api.phone.download_phone_recording.save
    for way in (call, call.all, call.raw, call.request):
        assert list(inspect.signature(way).parameters) == list(inspect.signature(list_users.request).parameters)
        assert f"{way.__name__}(*,status:" in shown(way) or (way is not call and HIDES)
    assert list(inspect.signature(save).parameters) == ["to", "file_id"]
    assert "save(to:" in shown(save) or HIDES
    assert inspect.iscoroutinefunction(save) is (world.kind is AsyncZoom)


async def test_misspelt_argument_says_what_was_meant(world: World) -> None:
    """The error names the operation, and not the function behind it, whose name all operations share."""
    api = world.zoom(answer_user).api
    for way in (api.users.list_users, api.users.list_users.all, api.users.list_users.raw, api.users.list_users.request):
        with pytest.raises(TypeError, match=r"^users\.list_users: .*'statuss'; did you mean 'status'\?$"):
            await world.of(way(statuss="active"))
    with pytest.raises(TypeError, match=r"^users\.get_user: missing a required argument: 'user_id'$"):
        await world.of(api.users.get_user())
    with pytest.raises(TypeError, match=r"^users\.get_user: login_type is a dict; give text"):
        await world.of(api.users.get_user("me", login_type={}))
    assert not world.seen
