from datetime import UTC, datetime
from typing import Any

import pytest

from zoom_api_client import UNSET, Zoom, errors
from zoom_api_client.core.operations import operations
from zoom_api_client.testing import ContractViolation, MockZoom

MEETING = 85746065432


def test_fields_are_laid_over_the_example(mock_zoom: MockZoom, client: Zoom) -> None:
    """A test says what it is about; what it does not say is still a whole answer."""
    mock_zoom.meetings.get.returns(topic="Ours", settings={"host_video": True})
    meeting = client.meetings.get(MEETING)
    assert (meeting.topic, meeting.id) == ("Ours", MEETING)
    assert meeting.settings
    assert meeting.settings.host_video is True
    assert meeting.settings.audio is not UNSET
    assert client.meetings.get(1234567890).topic == "Ours"


def test_items_of_a_list_are_laid_over_items(mock_zoom: MockZoom, client: Zoom) -> None:
    """A list has as many items as the test says, each of them whole, and its counts agree."""
    mock_zoom.meetings.list.returns(meetings=[{"topic": f"No. {each}"} for each in range(40)])
    [page] = client.meetings.list("me", page_size=30).pages()
    assert page.meetings
    assert [each.topic for each in page.meetings] == [f"No. {each}" for each in range(40)]
    assert len({each.id for each in page.meetings}) == 40
    mock_zoom.meetings.list.returns(meetings=[])
    assert list(client.meetings.list("me")) == []


def test_what_was_said_wins_over_what_was_asked(mock_zoom: MockZoom, client: Zoom) -> None:
    """The example echoes the request; who says otherwise wants to see how the code takes it."""
    mock_zoom.meetings.create.returns(topic="Renamed by a rule", id=1234567890)
    made = client.meetings.create("me", topic="Standup")
    assert (made.topic, made.id) == ("Renamed by a rule", 1234567890)


def test_field_can_be_left_out(mock_zoom: MockZoom, client: Zoom) -> None:
    """Zoom leaves out what it has no value for, and code must survive that."""
    mock_zoom.meetings.get.returns(agenda=UNSET)
    assert client.meetings.get(MEETING).agenda is UNSET
    with pytest.raises(ContractViolation, match=r"answer\.topic is missing"):
        mock_zoom.meetings.get.returns(topic=UNSET)


def test_answers_may_be_models_times_and_names_that_are_none_in_python(mock_zoom: MockZoom, client: Zoom) -> None:
    """What a test has at hand is what it gives."""
    mock_zoom.meetings.get.returns(start_time=datetime(2026, 3, 2, 9, tzinfo=UTC))
    assert client.meetings.get(MEETING).start_time == datetime(2026, 3, 2, 9, tzinfo=UTC)
    mock_zoom.meetings.get.returns(client.meetings.get(MEETING))
    mock_zoom.users.list_users.returns({"next_page_token": "more"})
    assert client.call("GET", "/users")["next_page_token"] == "more"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"topik": "x"}, "answer.topik is unknown to Zoom; did you mean 'topic'?"),
        ({"duration": "30"}, "answer.duration must be an integer"),
        ({"settings": {"audio": "loud"}}, "answer.settings.audio must be one of"),
        ({"settings": {"host_vidio": True}}, "answer.settings.host_vidio is unknown"),
        ({"start_time": "tomorrow"}, "answer.start_time must be a time"),
    ],
)
def test_answer_that_zoom_would_never_send_is_refused(mock_zoom: MockZoom, fields: dict[str, Any], says: str) -> None:
    """A test that passes with an impossible answer proves nothing."""
    with pytest.raises(ContractViolation, match=says.replace("?", r"\?")):
        mock_zoom.meetings.get.returns(**fields)
    mock_zoom.meetings.get.returns(**fields, unchecked=True)


def test_refused_answer_changes_nothing(mock_zoom: MockZoom, client: Zoom) -> None:
    """What could not be said must not have cleared what was said before."""
    mock_zoom.meetings.get.returns(topic="Ours")
    with pytest.raises(ContractViolation):
        mock_zoom.meetings.get.returns(topik="x")
    assert client.meetings.get(MEETING).topic == "Ours"


def test_body_is_refused_where_there_is_none(mock_zoom: MockZoom) -> None:
    """204 has no body, whatever a test would like to see in it."""
    with pytest.raises(ContractViolation, match="has a body, but Zoom declares none"):
        mock_zoom.meetings.delete.returns(done=True)
    with pytest.raises(TypeError, match="not both"):
        mock_zoom.meetings.get.returns({"topic": "x"}, duration=3)


def test_nonsense_is_refused(mock_zoom: MockZoom) -> None:
    """Each of these would pass for something that it is not."""
    with pytest.raises(ValueError, match="not the status of an error"):
        mock_zoom.meetings.get.raises(200)
    with pytest.raises(ValueError, match="raises\\(429, daily=True\\)"):
        mock_zoom.meetings.get.raises(400, daily=True)
    with pytest.raises(ValueError, match="at least once"):
        mock_zoom.meetings.get.raises(400).times(0)
    with pytest.raises(TypeError, match="has no pages"):
        mock_zoom.meetings.get.pages(3)


def test_answers_follow_each_other(mock_zoom: MockZoom, client: Zoom) -> None:
    """First this, then that, and then what the last word was."""
    mock_zoom.meetings.get.raises(500).times(2).then(topic="At last").times(1).then.raises(404)
    seen = []
    for _ in range(5):
        try:
            seen.append(client.meetings.get(MEETING).topic)
        except errors.APIError as error:
            seen.append(error.status)  # type: ignore[arg-type]
    assert seen == [500, 500, "At last", 404, 404]


def test_contract_answers_again_after_the_times(mock_zoom: MockZoom, client: Zoom) -> None:
    """`times(1)` is once."""
    mock_zoom.meetings.get.returns(topic="Once").times(1)
    assert client.meetings.get(MEETING).topic == "Once"
    assert client.meetings.get(MEETING).topic != "Once"


def test_last_word_on_an_operation_replaces_the_first(mock_zoom: MockZoom, client: Zoom) -> None:
    """A fixture says something, and a test says otherwise."""
    mock_zoom.meetings.get.returns(topic="First").then.raises(404)
    mock_zoom.meetings.get_meeting.returns(topic="Second")
    assert [client.meetings.get(MEETING).topic for _ in range(2)] == ["Second", "Second"]


def test_list_comes_in_pages(mock_zoom: MockZoom, client: Zoom) -> None:
    """Code that reads the first page only works in every test with two items."""
    mock_zoom.meetings.list.pages(250)
    pages = list(client.meetings.list("me", page_size=100).pages())
    assert [len(page.meetings or []) for page in pages] == [100, 100, 50]
    assert {page.total_records for page in pages} == {250}
    assert len({meeting.id for meeting in client.meetings.list("me")}) == 250


@pytest.mark.parametrize("count", [0, 1, 100])
def test_list_ends_with_its_last_page(mock_zoom: MockZoom, client: Zoom, count: int) -> None:
    """A full last page has no token, or the code would ask once too often."""
    mock_zoom.meetings.list.pages(count)
    assert len(list(client.meetings.list("me", page_size=100))) == count
    assert mock_zoom.meetings.list.call_count == 1


def test_list_of_fewer_than_no_items_is_refused(mock_zoom: MockZoom) -> None:
    """It would be an empty one, and the test would test nothing."""
    with pytest.raises(ValueError, match="not -1"):
        mock_zoom.meetings.list.pages(-1)


def test_items_of_pages_can_be_given(mock_zoom: MockZoom, client: Zoom) -> None:
    """What is in the list may matter as well as how long it is."""
    mock_zoom.meetings.list.pages([{"topic": "A"}, {"topic": "B"}, {"topic": "C"}])
    assert [each.topic for each in client.meetings.list("me", page_size=2)] == ["A", "B", "C"]
    with pytest.raises(ContractViolation, match=r"meetings\[0\]\.topik is unknown"):
        mock_zoom.meetings.list.pages([{"topik": "A"}])


def test_token_of_another_list_is_refused(mock_zoom: MockZoom, client: Zoom) -> None:
    """Tokens live for fifteen minutes: one that is kept for longer is refused by Zoom."""
    mock_zoom.meetings.list.pages(3)
    with pytest.raises(errors.InvalidRequest, match="page token"):
        client.call("GET", "/users/me/meetings", params={"next_page_token": "of yesterday"})


def test_what_has_all_has_pages_and_nothing_else(mock_zoom: MockZoom) -> None:
    """What a client reads page by page, a test can answer so; what it does not, no test may pretend to."""
    for operation in operations(master=True):
        stub = mock_zoom.operation(str(operation))
        if operation.paged:
            stub.pages(3)
        else:
            with pytest.raises(TypeError, match="has no pages"):
                stub.pages(3)


def test_dropped_connection_may_have_arrived(mock_zoom: MockZoom, client: Zoom) -> None:
    """The one failure after which nobody knows whether the meeting was created."""
    mock_zoom.meetings.create.drops_connection()
    with pytest.raises(errors.ConnectionFailed) as caught:
        client.meetings.create("me", topic="Standup")
    assert caught.value.may_have_arrived
    assert mock_zoom.meetings.create.called


def test_method_with_two_operations_is_one_name(mock_zoom: MockZoom, client: Zoom) -> None:
    """`recordings.delete` deletes one file or all: what is said of it is said of both."""
    mock_zoom.recordings.delete.fails(3301)
    with pytest.raises(errors.NotFound):
        client.api.meetings.delete_meeting_or_webinar_recordings(str(MEETING))
    with pytest.raises(errors.NotFound):
        client.call("DELETE", f"/meetings/{MEETING}/recordings/a-file")
    assert mock_zoom.recordings.delete.call_count == 2


def test_operation_is_reached_where_a_method_has_its_name(mock_zoom: MockZoom, client: Zoom) -> None:
    """`zoom.phone.list_call_logs` reads call histories, as Zoom wants it today; call logs of the account exist too."""
    mock_zoom.operation("phone.list_call_logs").raises(403)
    with pytest.raises(errors.PermissionDenied):
        client.call("GET", "/phone/metrics/call_logs")
    assert not mock_zoom.phone.list_call_logs.called
    with pytest.raises(AttributeError, match="did you mean 'list_call_logs'"):
        mock_zoom.operation("phone.list_call_log")


def test_operations_without_a_method_are_named_as_they_are(mock_zoom: MockZoom, client: Zoom) -> None:
    """Most of the operations have no method of a module."""
    mock_zoom.meetings.list_meeting_registrants.returns(registrants=[{"email": "a@example.com"}])
    page = client.api.meetings.list_meeting_registrants(str(MEETING))
    assert page.registrants
    assert page.registrants[0].email == "a@example.com"
    assert client.api.meetings.get_meeting(MEETING)


def test_representations_show_no_secrets(mock_zoom: MockZoom, client: Zoom) -> None:
    """What pytest prints of a failed test is read by more people than the test."""
    client.meetings.create("me", topic="Standup", password="hidden")
    texts = [repr(mock_zoom), repr(mock_zoom.meetings.create), repr(mock_zoom.calls)]
    assert "hidden" not in "".join(texts)
    assert texts[:2] == ["<mock of Zoom: 1 calls>", "<mock of meetings.create: 1 calls>"]


def test_list_is_longer_than_one_answer_may_be(mock_zoom: MockZoom, client: Zoom) -> None:
    """Zoom sends 300 at most, and the example of the contract has no more: the list must not end with them."""
    mock_zoom.meetings.list.pages(700)
    assert len({meeting.id for meeting in client.meetings.list("me")}) == 700
