"""Faults: what is switched on goes wrong, as often as it was said, and nothing else does."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from tests.simulator.calling import Calling
from tests.simulator.frozen import FrozenZoom, read
from zoom_api_client import Retry, Zoom, errors
from zoom_api_client.testing.exchange import IncomingRequest
from zoom_api_client.testing.simulator.serving import serve_in_thread

ONCE = Retry(attempts=1)


@pytest.fixture
def zoom() -> Calling:
    """Return a simulator that takes any token."""
    return Calling(FrozenZoom(open=True))


def test_fault_is_on_its_operation_for_its_times(zoom: Calling) -> None:
    """Twice no, then yes, and nothing happened while it said no."""
    zoom.simulator.faults.add("meetings.create_meeting", raises=503, times=2)
    statuses = [zoom.answer("POST", "/users/me/meetings", {"topic": "Planning"}).status for _ in range(3)]
    assert statuses == [503, 503, 201]
    assert len(zoom.get("/users/me/meetings")["meetings"]) == 1
    assert not list(zoom.simulator.faults)


@pytest.mark.parametrize(
    ("on", "hit"),
    [
        ("meetings.create", True), ("meetings.*", True), ("*", True), ("/v2/users/*/meetings", True),
        ("POST /v2/users/*", True), ("GET /v2/users/*", False), ("users.*", False), ("meetings.list", False),
    ],
)  # fmt: skip
def test_patterns_say_what_a_fault_is_on(zoom: Calling, on: str, hit: bool) -> None:
    """Operations by name, also by the names of methods, and paths with or without a method."""
    zoom.simulator.faults.add(on, raises=500)
    assert zoom.answer("POST", "/users/me/meetings", {"topic": "Planning"}).status == (500 if hit else 201)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ({"raises": 429, "daily": True}, (429, 429)), ({"fails": 3161}, (400, 3161)), ({"raises": 401}, (401, 124)),
    ],
)  # fmt: skip
def test_refusals_are_zooms(zoom: Calling, what: dict[str, Any], expected: tuple[int, int]) -> None:
    """The status with its code, as the mock of tests has them."""
    zoom.simulator.faults.add("meetings.*", **what)
    assert zoom.code("POST", "/users/me/meetings", {"topic": "Planning"}) == expected


@pytest.mark.parametrize("given", [[], None, {"topic": 7}, "text"])
def test_odd_shapes_are_answered_as_they_are(zoom: Calling, given: Any) -> None:
    """A client is to survive what no document allows."""
    zoom.simulator.faults.add("meetings.get_meeting", returns=given)
    said = read(zoom.answer("GET", "/meetings/85746065432"))
    assert (said["topic"] if isinstance(given, dict) else said) == (7 if isinstance(given, dict) else given)


def test_pages_are_of_any_length(zoom: Calling) -> None:
    """Ninety-five users that nobody created, page by page."""
    zoom.simulator.faults.add("users.list_users", pages=95)
    sizes, token = [], ""
    while True:
        page = zoom.get("/users", page_size=40, **({"next_page_token": token} if token else {}))
        sizes.append(len(page["users"]))
        token = page["next_page_token"]
        if not token:
            break
    assert sizes == [40, 40, 15]


def test_tokens_and_files_fail_too(zoom: Calling) -> None:
    """They are not operations, and have names all the same."""
    frozen = FrozenZoom()
    frozen.faults.add("oauth.token", fails="invalid_client", times=1)
    given = [frozen.ask("/oauth/token", grant_type="account_credentials", account_id=frozen.account) for _ in range(2)]
    assert [(each.status, read(each).get("error")) for each in given] == [(400, "invalid_client"), (200, None)]
    frozen.faults.add("downloads.file", raises=404)
    file = IncomingRequest("GET", "https://zoom.us/rec/download/dedcf9200c27009bc6", {"Authorization": "Bearer x"})
    assert frozen.answer(file).status == 404


@pytest.mark.parametrize(
    ("on", "what", "says"),
    [
        ("meetings.creat_meeting", {"raises": 500}, "did you mean 'meetings.create_meeting'"),
        ("*", {}, "what goes wrong"),
        ("*", {"raises": 500, "fails": 300}, "one answer"),
        ("*", {"raises": 200}, "400 to 599"),
        ("*", {"raise": 500}, "raises"),
        ("*", {"delays": 0}, "more than 0"),
        ("*", {"raises": 500, "times": 0}, "more than 0"),
        ("meetings.create_meeting", {"pages": 3}, "has no pages"),
    ],
)
def test_what_is_not_a_fault_is_refused(zoom: Calling, on: str, what: dict[str, Any], says: str) -> None:
    """A fault that is misspelt would let every test pass."""
    with pytest.raises(ValueError, match=says):
        zoom.simulator.faults.add(on, **what)


def test_clients_over_the_network_survive_each(caplog: pytest.LogCaptureFixture) -> None:
    """A lost connection, half an answer, HTML: the library says what it met, and the server complains about nothing."""
    simulator = FrozenZoom(open=True)
    with serve_in_thread(simulator) as served, Zoom("any", base_url=served.base_url, retry=ONCE) as zoom:
        for what, met in (
            ({"drops_connection": True}, errors.ConnectionFailed),
            ({"truncates": True}, errors.ConnectionFailed),
            ({"sends_html": True}, errors.UnexpectedAnswer),
            ({"raises": 503, "delays": 0.05}, errors.ServerError),
        ):
            simulator.faults.add("meetings.get_meeting", **what, times=1)  # type: ignore[arg-type]
            with pytest.raises(met):
                zoom.meetings.get(85746065432)
            assert zoom.meetings.get(85746065432).topic == "Standup"
    assert [each.message for each in caplog.records if each.name.startswith("uvicorn")] == []


def test_delay_is_said_to_whoever_carries_the_answer(zoom: Calling) -> None:
    """A thread that slept would keep others waiting; the answer is the usual one."""
    zoom.simulator.faults.add("/v2/users/*", delays=2.5)
    answer = zoom.answer("GET", "/users/me")
    assert (answer.status, answer.delay) == (200, 2.5)


def test_fault_that_is_added_while_another_is_taken_is_kept() -> None:
    """Requests come in threads of the server: the list of faults was made anew, without what was just added to it."""
    faults = FrozenZoom(open=True).faults
    adding = Thread(target=faults.add, args=("/v2/added",), kwargs={"raises": 500})

    class Interrupted(list[Any]):
        def __iter__(self) -> Iterator[Any]:
            yield from super().__iter__()  # to the end only when the list is made anew
            adding.start()
            adding.join(0.05)

    faults.add("/v2/users", raises=503, times=1)
    faults._faults = Interrupted(faults._faults)
    faults.answer(IncomingRequest("GET", "https://api.zoom.us/v2/users"))
    adding.join()
    assert [each.on for each in faults] == ["/v2/added"]
