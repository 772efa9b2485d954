from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from zoom_api_client import UNSET, Zoom, errors
from zoom_api_client.models.meetings import CreateMeetingBody
from zoom_api_client.testing import ContractViolation, MockZoom, contract
from zoom_api_client.transport.retry import Retry

MEETING = 85746065432


@pytest.fixture
def client(mock_zoom: MockZoom) -> Iterator[Zoom]:
    """A client that repeats nothing, so that each failure is seen."""
    with Zoom("any token", retry=Retry(attempts=1)) as zoom:
        yield zoom


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


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.InvalidRequest),
        (401, errors.Unauthorized),
        (403, errors.PermissionDenied),
        (404, errors.NotFound),
        (429, errors.RateLimited),
        (500, errors.ServerError),
        (503, errors.ServerError),
    ],
)
def test_status_is_the_error_that_it_is(
    mock_zoom: MockZoom, client: Zoom, status: int, kind: type[errors.APIError]
) -> None:
    """`raises(404)` must be what the code under test catches."""
    mock_zoom.meetings.get.raises(status)
    with pytest.raises(kind) as caught:
        client.meetings.get(MEETING)
    assert type(caught.value) is kind
    assert caught.value.status == status
    assert caught.value.message


def test_limit_of_the_day_is_told_from_that_of_the_second(mock_zoom: MockZoom, client: Zoom) -> None:
    """One passes by itself in a moment, the other at midnight."""
    mock_zoom.meetings.get.raises(429, daily=True).then.raises(429)
    with pytest.raises(errors.RateLimited) as daily:
        client.meetings.get(MEETING)
    with pytest.raises(errors.RateLimited) as passing:
        client.meetings.get(MEETING)
    assert (daily.value.daily, passing.value.daily) == (True, False)
    assert daily.value.retry_at
    assert daily.value.retry_at.hour == 0
    assert passing.value.retry_at


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        (3001, 404, errors.NotFound),
        (3000, 400, errors.InvalidRequest),
        (124, 401, errors.Unauthorized),
        (4711, 400, errors.ScopeMissing),
        (200, 400, errors.PlanRequired),
    ],
)
def test_code_has_the_status_that_zoom_has_for_it(
    mock_zoom: MockZoom, client: Zoom, code: int, status: int, kind: type[errors.APIError]
) -> None:
    """Nobody knows by heart with which status a code comes."""
    mock_zoom.meetings.get.fails(code)
    with pytest.raises(kind) as caught:
        client.meetings.get(MEETING)
    assert (caught.value.status, caught.value.code) == (status, code)


def test_failure_that_comes_with_success_is_an_error(mock_zoom: MockZoom, client: Zoom) -> None:
    """Zoom says "plan missing" with status 200: the code must not take that for an answer."""
    mock_zoom.accounts.get_locked_settings.fails(200, status=200)
    with pytest.raises(errors.PlanRequired) as caught:
        client.call("GET", "/accounts/me/lock_settings")
    assert caught.value.status == 200


@pytest.mark.parametrize(
    ("refuse", "says"),
    [
        (lambda stub: stub.raises(409), "is never 409, only one of 400, "),
        (lambda stub: stub.fails(9999), "is never 9999, only one of 3000, "),
        (lambda stub: stub.fails(3001, status=409), "is never 3001 with the status 409"),
    ],
)
def test_refusal_that_zoom_never_gives_is_refused(mock_zoom: MockZoom, refuse: Any, says: str) -> None:
    """Code that survives what cannot happen may still fall over what can."""
    with pytest.raises(ContractViolation, match=says):
        refuse(mock_zoom.meetings.get)
    mock_zoom.meetings.get.raises(409, unchecked=True)
    mock_zoom.meetings.get.fails(9999, status=409, unchecked=True)


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


def test_every_list_with_a_token_can_be_paged(mock_zoom: MockZoom) -> None:
    """What pages are is told by the contract, not by a list of ours."""
    paged = 0
    for product in contract.products():
        for operation in contract.operations(product).values():
            try:
                mock_zoom.operation(str(operation)).pages(3)
            except TypeError:
                continue
            paged += 1
    assert paged == 384


def test_dropped_connection_may_have_arrived(mock_zoom: MockZoom, client: Zoom) -> None:
    """The one failure after which nobody knows whether the meeting was created."""
    mock_zoom.meetings.create.drops_connection()
    with pytest.raises(errors.ConnectionFailed) as caught:
        client.meetings.create("me", topic="Standup")
    assert caught.value.may_have_arrived
    assert mock_zoom.meetings.create.called


def test_calls_are_seen(mock_zoom: MockZoom, client: Zoom) -> None:
    """By the names of the operation and of the method alike, and as what they mean."""
    assert not mock_zoom.meetings.create.called
    client.meetings.create("me", topic="Standup", start_time=datetime(2026, 3, 2, 9, tzinfo=UTC))
    client.meetings.get(MEETING, occurrence_id="17", show_previous_occurrences=True)
    [created], [read] = mock_zoom.meetings.create_meeting.calls, mock_zoom.meetings.get.calls
    assert created.path == {"userId": "me"}
    assert created.json == {"topic": "Standup", "start_time": "2026-03-02T09:00:00Z"}
    assert isinstance(created.body, CreateMeetingBody)
    assert created.body.start_time == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert read.path == {"meetingId": MEETING}
    assert read.query == {"occurrence_id": "17", "show_previous_occurrences": True}
    assert read.body is None
    assert [str(call.operation) for call in mock_zoom.calls] == ["meetings.create_meeting", "meetings.get_meeting"]
    assert mock_zoom.meetings.create.call_count == 1


def test_called_once_with_finds_fields_wherever_they_were_sent(mock_zoom: MockZoom, client: Zoom) -> None:
    """A test says what matters to it, by the names that the code uses, in whatever part of the request it is."""
    client.meetings.create("me", topic="Standup", settings={"waiting_room": True})
    create = mock_zoom.meetings.create
    assert create.called_once_with()
    assert create.called_once_with(user_id="me", topic="Standup", settings={"waiting_room": True})
    assert create.called_once_with(userId="me", agenda=UNSET)
    client.meetings.get(MEETING)
    assert mock_zoom.meetings.get.called_once_with(meeting_id=MEETING)
    assert mock_zoom.meetings.get.called_once_with(meeting_id=str(MEETING))
    list(client.meetings.list("me", from_="2026-03-01"))
    assert mock_zoom.meetings.list.called_once_with(from_="2026-03-01")


def test_called_once_with_says_what_was_different(mock_zoom: MockZoom, client: Zoom) -> None:
    """The message is all that there is to go by."""
    create = mock_zoom.meetings.create
    with pytest.raises(AssertionError, match=r"meetings\.create was called 0 times, not once$"):
        create.called_once_with()
    client.meetings.create("me", topic="Standup", password="hidden")
    with pytest.raises(AssertionError, match=r"topic was 'Standup', not 'Stand-up'; agenda was not given, not 'x'"):
        create.called_once_with(topic="Stand-up", agenda="x")
    with pytest.raises(AssertionError, match="has no 'topik'; did you mean 'topic'"):
        create.called_once_with(topik="Standup")
    with pytest.raises(AssertionError) as caught:
        create.called_once_with(password="other")
    assert "hidden" not in str(caught.value)
    client.meetings.create("me", topic="Standup")
    with pytest.raises(AssertionError, match=r"was called 2 times, not once:\n  POST /v2/users/me/meetings"):
        create.called_once_with(topic="Standup")


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
    """1,692 of the operations have no method of a module."""
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
