import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.storage.nearly_full import nearly_full
from zoom_api_client import AsyncZoom, Zoom, errors
from zoom_api_client.connection import ServerToServer
from zoom_api_client.testing import Cassette, ContractViolation, MockZoom, record, replay
from zoom_api_client.testing.pseudonyms import Pseudonyms

# What somebody would not like to find in a repository.
PRIVATE = ("jane@corp.example", "Wilhelmina", "Corp", "merger", "s3cret", "+31201234567", "bearer-of-mine")


@pytest.fixture
def cassette(tmp_path: Path) -> Path:
    """Where a cassette is kept."""
    return tmp_path / "cassette.json"


def account(zoom: MockZoom) -> None:
    """Let Zoom answer as it does for one account: the mock stands for Zoom itself here."""
    zoom.users.get_user.returns(
        email="jane@corp.example", first_name="Wilhelmina", company="Corp", phone_number="+31201234567", dept="merger"
    )
    zoom.meetings.create.returns(topic="The merger", agenda="Wilhelmina and the merger", password="s3cret")
    zoom.meetings.list.pages([{"topic": "The merger", "join_url": "https://zoom.us/j/1?pwd=s3cret"}] * 5)


def use(zoom: Zoom) -> list[Any]:
    """Call Zoom as a program does."""
    user = zoom.call("GET", "/users/jane%40corp.example")
    made = zoom.meetings.create("jane@corp.example", topic="The merger", password="s3cret")
    read = zoom.meetings.get(made.id or 0)
    listed = list(zoom.meetings.list("jane@corp.example", page_size=2))
    return [user, made, read, listed]


def recorded(mock_zoom: MockZoom, path: Path) -> Cassette:
    """Record that."""
    account(mock_zoom)
    with record(path) as cassette, Zoom("bearer-of-mine") as zoom:
        use(zoom)
    return cassette


def test_cassette_holds_nothing_private(mock_zoom: MockZoom, cassette: Path) -> None:
    """Cassettes are committed: what is in them is public."""
    recorded(mock_zoom, cassette)
    text = cassette.read_text()
    assert not [each for each in PRIVATE if each in text]
    for call in mock_zoom.calls:
        answer = json.loads(call.answer.body or b"{}")
        for name in ("id", "uuid", "join_url", "start_url", "email", "account_id", "host_id", "password"):
            assert not answer.get(name) or str(answer[name]) not in text, name


def test_a_full_disk_loses_nothing_recorded(mock_zoom: MockZoom, cassette: Path, tmp_path: Path) -> None:
    """What an account answered once it may not answer again: the old cassette stays, and the new one can be saved."""
    old = recorded(mock_zoom, cassette)
    told = r"cassette\.json cannot be written \(.+\): save\(\) it"
    with (
        nearly_full(500),
        pytest.raises(errors.StoreFailed, match=told),
        record(cassette) as new,
        Zoom("bearer-of-mine") as zoom,
    ):
        use(zoom)
    assert Cassette.load(cassette).takes == old.takes
    new.save(tmp_path / "elsewhere.json")
    assert len(Cassette.load(tmp_path / "elsewhere.json").takes) == len(new.takes) > 0


@pytest.mark.parametrize("place", ["missing/cassette.json", "a-file/cassette.json", "a-directory"])
def test_a_cassette_that_cannot_be_written_is_refused_first(mock_zoom: MockZoom, tmp_path: Path, place: str) -> None:
    """Before an account is asked for what could not be kept."""
    (tmp_path / "a-file").touch()
    (tmp_path / "a-directory").mkdir()
    with pytest.raises(errors.StoreFailed, match=place), record(tmp_path / place), Zoom("bearer-of-mine") as zoom:
        use(zoom)
    assert not mock_zoom.calls


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"takes": [{}]}', "\x00"])
def test_file_that_is_not_a_cassette_is_refused(cassette: Path, content: str) -> None:
    """The error says what to do about a file that is not one of ours."""
    cassette.write_text(content)
    with pytest.raises(errors.StoreFailed, match="not a cassette"), replay(cassette):
        pass


def test_missing_cassette_is_to_be_recorded_first(cassette: Path) -> None:
    """Who copies a test has not recorded anything yet, which is not the same as a broken file."""
    with pytest.raises(errors.StoreFailed, match=r"no cassette .*: record\(\) it first"), replay(cassette):
        pass


def test_same_value_has_the_same_pseudonym(mock_zoom: MockZoom, cassette: Path) -> None:
    """A meeting that is created is read by its id; if that came to be two, the cassette could not be played."""
    recorded(mock_zoom, cassette)
    user, made, read, *pages = Cassette.load(cassette).takes
    assert read.url == f"/v2/meetings/{made.answer['id']}"
    assert read.answer["id"] == made.answer["id"]
    assert user.answer["email"].replace("@", "%40") in made.url
    assert made.sent["password"] == made.answer["password"]
    tokens = [page.answer["next_page_token"] for page in pages]
    assert [f"next_page_token={token}" in page.url for token, page in zip(tokens, pages[1:], strict=False)] == [
        True
    ] * 2
    assert tokens[-1] == ""


def test_different_values_have_different_pseudonyms() -> None:
    """Two users that became one would make a test pass that ought to fail."""
    pseudonyms = Pseudonyms()
    made = {pseudonyms.text("phone_number", f"+3120{number}", {}) for number in range(1000)}
    assert len(made) == 1000


def test_pseudonyms_cannot_be_traced_back() -> None:
    """There are few enough ids of meetings to try them all: another recording has others."""
    assert Pseudonyms().text("id", "85746065432", {}) != Pseudonyms().text("id", "85746065432", {})
    assert "85746065432" not in repr(Pseudonyms(known={"85746065432": "x"}))


def test_what_tells_nothing_is_kept(mock_zoom: MockZoom, cassette: Path) -> None:
    """Times, kinds and durations are what tests are about."""
    recorded(mock_zoom, cassette)
    made = json.loads(mock_zoom.meetings.create.calls[0].answer.body)
    kept = Cassette.load(cassette).takes[1].answer
    for name in ("start_time", "duration", "type", "status", "timezone", "created_at"):
        assert kept[name] == made[name]
    assert kept["settings"]["audio"] == made["settings"]["audio"]


def test_cassette_is_played(mock_zoom: MockZoom, cassette: Path) -> None:
    """The same program gets the same answers, by another name."""
    recorded(mock_zoom, cassette)
    with replay(cassette) as zoom, Zoom("any token") as client:
        _, made, read, listed = use(client)
        assert read.id == made.id
        assert len(listed) == 5
        assert len(zoom.calls) == 6


def test_equal_request_gets_its_own_answer(mock_zoom: MockZoom, cassette: Path) -> None:
    """Code that comes to ask in another order must not be given the one meeting for the other."""
    with record(cassette), Zoom("bearer-of-mine") as zoom:
        zoom.meetings.get(85746065432)
        zoom.meetings.get(85746065433)
    first, second = (take.answer["id"] for take in Cassette.load(cassette).takes)
    with replay(cassette), Zoom("any token") as zoom:
        assert [zoom.meetings.get(each).id for each in (second, first)] == [second, first]


async def test_awaited_calls_are_recorded_and_played(mock_zoom: MockZoom, cassette: Path) -> None:
    """Both carriers of httpx are heard."""
    with record(cassette):
        async with AsyncZoom("bearer-of-mine") as zoom:
            await zoom.meetings.get(85746065432)
    with replay(cassette):
        async with AsyncZoom("any token") as zoom:
            assert (await zoom.meetings.get(85746065432)).topic


def test_refusals_are_recorded_without_whom_they_name(mock_zoom: MockZoom, cassette: Path) -> None:
    """Zoom's sentences name who does not exist."""
    mock_zoom.users.get_user.fails(1001)
    mock_zoom.meetings.get.fails(3001).then.raises(429, daily=True)
    with record(cassette), Zoom("bearer-of-mine") as zoom, pytest.raises(errors.NotFound):
        zoom.call("GET", "/users/jane%40corp.example")
    assert Pseudonyms().scrub("User does not exist: jane@corp.example.").startswith("User does not exist: user-")
    with replay(cassette), Zoom("any token") as zoom, pytest.raises(errors.NotFound):
        zoom.call("GET", "/users/me")


def test_tokens_and_files_are_not_recorded(mock_zoom: MockZoom, cassette: Path) -> None:
    """A token that is in no file cannot be found in one."""
    with record(cassette), Zoom(ServerToServer("account", "id", "secret")) as zoom:
        zoom.call("GET", "/users/me")
        url = zoom.call("GET", "/meetings/85746065432/recordings")["recording_files"][0]["download_url"]
        assert httpx.get(url).content
    assert [take.operation for take in Cassette.load(cassette).takes] == [
        "users.get_user",
        "meetings.get_meeting_recordings",
    ]
    with replay(cassette), Zoom(ServerToServer("account", "id", "secret")) as zoom:
        assert zoom.call("GET", "/users/me")["id"]


def test_request_that_was_not_recorded_is_refused(mock_zoom: MockZoom, cassette: Path) -> None:
    """A cassette that is too short must not be filled up with examples unseen."""
    recorded(mock_zoom, cassette)
    with replay(cassette) as zoom, Zoom("any token") as client:
        with pytest.raises(ContractViolation, match=r"delete_meeting: answer is not in .*cassette\.json"):
            client.meetings.delete(85746065432)
        zoom.violations.clear()


def test_requests_of_a_replay_are_judged(mock_zoom: MockZoom, cassette: Path) -> None:
    """What was answered once was asked rightly then, not forever."""
    recorded(mock_zoom, cassette)
    with replay(cassette) as zoom, Zoom("any token") as client:
        with pytest.raises(ContractViolation, match="topik"):
            client.call("POST", "/users/me/meetings", json={"topik": "x"})
        zoom.violations.clear()


def test_answer_that_left_the_contract_is_reported(mock_zoom: MockZoom, cassette: Path) -> None:
    """While recording it is Zoom's, and kept; while playing it is a test that is not true any more."""
    mock_zoom.meetings.get.returns(duration="thirty", unchecked=True)
    with record(cassette) as kept, Zoom("bearer-of-mine") as zoom:
        zoom.meetings.get(85746065432)
    assert [each.field for each in kept.violations] == ["answer.duration"]
    with pytest.raises(ContractViolation, match=r"answer\.duration must be an integer"), replay(cassette):
        pass
    with replay(cassette, unchecked=True), Zoom("any token") as zoom:
        zoom.meetings.get(85746065432)


def test_other_hosts_are_not_recorded(mock_zoom: MockZoom, cassette: Path) -> None:
    """What is said to others is not ours to keep."""
    import respx

    with respx.mock() as others, record(cassette):
        others.get("https://hooks.example.com/notify").respond(204)
        httpx.get("https://hooks.example.com/notify")
    assert Cassette.load(cassette).takes == []
