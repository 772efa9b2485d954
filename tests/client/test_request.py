"""From the arguments of an operation to its request: paths, queries, headers, and what is refused."""

from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import Any
from urllib.parse import quote
from uuid import UUID

import httpx
import pytest

from tests.client.shapes import Room
from zoom_api_client import UNSET, Zoom
from zoom_api_client.api.accounts import get_meeting_participant_qos, get_survey_answers
from zoom_api_client.api.commerce import create_new_deal_registration_for_partner
from zoom_api_client.api.contact_center import list_voice_call_logs
from zoom_api_client.api.meetings import (
    create_meeting,
    delete_meeting,
    get_meeting,
    get_past_meeting_details,
    list_meetings,
)
from zoom_api_client.api.users import get_user
from zoom_api_client.api.whiteboard import list_all_whiteboards
from zoom_api_client.core import codec
from zoom_api_client.core.operation import Operation
from zoom_api_client.models.commerce import CreateNewDealRegistrationForPartnerBody
from zoom_api_client.models.meetings import CreateMeetingBody
from zoom_api_client.quota import Guard

UUID_WITH_SLASHES = "/aB3dEfGh//IjKlMnOpQ=="
ONCE = quote(UUID_WITH_SLASHES, safe="")


class Kind(str, Enum):  # noqa: UP042 - the text of a StrEnum is its value by itself
    """A text by name."""

    LIVE = "live"


def operation(**more: Any) -> Operation[Any]:
    """Return an operation with one place in its path."""
    return Operation(
        module="x.meetings.do_it",
        operation_id="doIt",
        method="GET",
        path="/things/{thingId}",
        results={200: None},
        **more,
    )


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (93847566001, "93847566001"),
        ("me", "me"),
        ("jane doe+x@example.com", "jane%20doe%2Bx%40example.com"),
        ("../../users", "..%2F..%2Fusers"),
        ("a?b=c#d", "a%3Fb%3Dc%23d"),
        ("50%", "50%25"),
        ("Zoë", "Zo%C3%AB"),
        ("...", "..."),
    ],
)
def test_identifier_stays_one_segment_of_the_path(value: Any, path: str) -> None:
    """A slash or a question mark in an id would make it the address of something else."""
    assert get_user.request(value).path == f"/users/{path}"


@pytest.mark.parametrize(
    ("uuid", "path"),
    [
        (UUID_WITH_SLASHES, "%252FaB3dEfGh%252F%252FIjKlMnOpQ%253D%253D"),
        ("aB//3d==", "aB%252F%252F3d%253D%253D"),
        ("/aB3d==", "%252FaB3d%253D%253D"),
        ("aB/3d+e==", "aB%2F3d%2Be%3D%3D"),
        ("4444AAAiAAAAAiAiAiiAii==", "4444AAAiAAAAAiAiAiiAii%3D%3D"),
        (93847566001, "93847566001"),
    ],
)
def test_uuid_is_encoded_twice_where_zoom_decodes_it_twice(uuid: int | str, path: str) -> None:
    """With a slash in front or two in a row Zoom finds nothing otherwise, and answers 404 or 3001."""
    assert get_past_meeting_details.request(uuid).path == f"/past_meetings/{path}"


@pytest.mark.parametrize(
    "encoded", [quote(UUID_WITH_SLASHES, safe=""), quote(quote(UUID_WITH_SLASHES, safe=""), safe="")]
)
def test_uuid_that_is_encoded_already_is_not_encoded_again(encoded: str) -> None:
    """A UUID that was copied from a URL would be encoded three times and be found nowhere."""
    request = get_past_meeting_details.request(encoded)
    assert request.path == "/past_meetings/%252FaB3dEfGh%252F%252FIjKlMnOpQ%253D%253D"
    assert get_past_meeting_details.request("ab%2Bc%3D%3D").path == "/past_meetings/ab%2Bc%3D%3D"


@pytest.mark.parametrize("spelling", [UUID_WITH_SLASHES, ONCE, quote(ONCE, safe="")])
def test_uuid_in_a_query_is_encoded_twice_where_zoom_wants_it(spelling: str) -> None:
    """Once is done here, and once as the query is written."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json={})

    with Zoom("a token", transport=httpx.MockTransport(answer)) as zoom:
        zoom.api.healthcare.list_clinical_notes(meeting_id=spelling)
    assert sent[0].url.query == b"meeting_id=%252FaB3dEfGh%252F%252FIjKlMnOpQ%253D%253D"
    assert get_survey_answers.request("s", instance_id="aB+c==").query == (("instance_id", "aB%2Bc%3D%3D"),)


def test_other_identifiers_are_encoded_once() -> None:
    """An operation that decodes once would get `%2F` for a slash; so would the other identifiers of a path."""
    assert get_meeting.request(UUID_WITH_SLASHES).path == "/meetings/%2FaB3dEfGh%2F%2FIjKlMnOpQ%3D%3D"
    assert (
        get_meeting_participant_qos.request("/a==", "/p//q").path
        == "/metrics/meetings/%252Fa%253D%253D/participants/%2Fp%2F%2Fq/qos"
    )


@pytest.mark.parametrize("nothing", ["", " ", "\n", ".", "..", None, UNSET], ids=repr)
def test_identifier_that_names_nothing_is_refused(nothing: Any) -> None:
    """`DELETE /meetings/` and `DELETE /meetings/..` are other operations than the caller means."""
    with pytest.raises(ValueError, match=r"^meetings\.delete_meeting: meetingId is .*, which names nothing"):
        delete_meeting.request(nothing)


def test_identifier_that_was_not_given_is_refused() -> None:
    """A place in the path must not stay in braces."""
    with pytest.raises(ValueError, match="thingId"):
        operation().request()


def test_lists_are_joined_or_repeated_as_zoom_wants_each() -> None:
    """Two lists of one operation can differ: Zoom takes the one joined by commas, and the other key by key."""
    request = list_voice_call_logs.request(
        types=["external_call", "internal_call"], user_ids=["a", "b"], engagement_id="e"
    )
    assert request.query == (
        ("types", "external_call"), ("types", "internal_call"), ("user_ids", "a,b"), ("engagement_id", "e"),
    )  # fmt: skip


def test_empty_list_asks_for_nothing() -> None:
    """`types=` would be an empty value, which Zoom refuses."""
    assert list_voice_call_logs.request(types=[]).query == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (0.5, "0.5"),
        ("", ""),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 10, tzinfo=UTC), "2026-03-01T10:00:00Z"),
        (datetime(2026, 3, 1, 10, tzinfo=timezone(timedelta(hours=2))), "2026-03-01T08:00:00Z"),
        (datetime(2026, 3, 1, 10), "2026-03-01T10:00:00"),
        (Kind.LIVE, "live"),
    ],
)
def test_value_is_spelled_as_zoom_spells_it(value: Any, text: str) -> None:
    """`True`, `2026-03-01 10:00:00+00:00` and `Kind.LIVE` are Python's spellings, and Zoom knows none of them."""
    request = operation(joined=("joined",)).request(
        {"thingId": 1}, query={"one": value, "several": [value], "joined": [value, value]}, headers={"x-it": value}
    )
    assert request.query == (("one", text), ("several", text), ("joined", f"{text},{text}"))
    assert request.headers == {"x-it": text}


class Reference(str):
    """A text that another one stands for."""

    __slots__ = ()

    def __str__(self) -> str:
        return "me"


@pytest.mark.parametrize("value", [Kind.LIVE, Reference("row5"), "row5", 5, True])
def test_path_spells_a_value_as_a_query_does(value: Any) -> None:
    """Letters and digits are not encoded, for speed; a text by inheritance still says what it stands for."""
    request = operation().request({"thingId": value}, query={"one": value})
    assert request.path == f"/things/{dict(request.query)['one']}"


def test_real_operations_send_days_times_and_switches() -> None:
    """The names and forms of a query are those of Zoom's document, `from` included."""
    day = list_meetings.request("me", type="live", from_=date(2026, 3, 1), to="2026-03-31", page_size=300)
    assert day.query == (("type", "live"), ("page_size", "300"), ("from", "2026-03-01"), ("to", "2026-03-31"))
    assert ("from", "2026-03-01T10:00:00Z") in list_all_whiteboards.request(
        from_=datetime(2026, 3, 1, 10, tzinfo=UTC)
    ).query
    assert get_meeting.request(1, show_previous_occurrences=False).query == (("show_previous_occurrences", "false"),)


def test_what_is_unset_or_none_is_not_asked_for() -> None:
    """A parameter that is not given must leave no trace: Zoom reads `type=None` as a type."""
    got: Any = {"type": None}
    assert list_meetings.request("me", page_size=UNSET, **got).query == ()


def test_header_of_an_operation_is_sent_if_it_is_given() -> None:
    """Some operations take a parameter as a header; UNSET is not text for one."""
    body = CreateNewDealRegistrationForPartnerBody.from_dict({})
    made = create_new_deal_registration_for_partner.OPERATION.request(headers={"a": UNSET, "invoice-owner": 5})
    assert made.headers == {"invoice-owner": "5"}
    with pytest.raises(ValueError, match="Zoom requires it"):
        create_new_deal_registration_for_partner.request(body=body)


ODD = [b"bytes", {"a": 1}, object(), [[1]], UUID(int=1), Enum("Kind", "LIVE").LIVE, Room(id=1)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: type(odd).__name__)
def test_value_that_has_no_spelling_is_refused_by_name(odd: Any) -> None:
    """`str()` would send `b'bytes'` or `<object object at …>`, and Zoom would answer something unrelated."""
    wrong: list[dict[str, Any]] = [
        {"query": {"status": odd}},
        {"query": {"status": [odd]}},
        {"headers": {"status": odd}},
    ]
    for given in wrong:
        with pytest.raises(TypeError, match=r"^meetings\.do_it: status is a \w+; give text, a number, a date"):
            operation().request({"thingId": 1}, **given)
    with pytest.raises(TypeError, match=r"^meetings\.do_it: thingId is a \w+; give"):
        operation().request({"thingId": odd})


@pytest.mark.parametrize("odd", [b"bytes", object(), {1, 2}, UUID(int=1), 1j], ids=lambda odd: type(odd).__name__)
def test_value_that_json_does_not_have_is_refused(odd: Any) -> None:
    """The message says what can be given instead."""
    with pytest.raises(TypeError, match=rf"^{type(odd).__name__} is not a type that JSON has: give"):
        _ = operation().request({"thingId": 1}, body={"deep": [odd]}).json


def test_a_body_is_made_plain_once_on_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting, checking and sending look at the same body; only what goes out is turned into JSON."""
    made: list[object] = []
    plain = codec.plain

    def count(value: object) -> object:
        if isinstance(value, CreateMeetingBody):
            made.append(value)
        return plain(value)

    monkeypatch.setattr(codec, "plain", count)
    transport = httpx.MockTransport(lambda _: httpx.Response(201, json={"id": 1}))
    with Zoom("a token", transport=transport, guard=Guard("memory://")) as zoom:
        zoom.send(create_meeting.request("u" * 22, body=CreateMeetingBody(topic="x", schedule_for="ann")))
    assert len(made) == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"type": "scheduledd"}, r"type is 'scheduledd', which Zoom does not declare; did you mean 'scheduled'\?"),
        ({"type": Kind.LIVE}, ""),
        ({"type": "live"}, ""),
        ({"type": UNSET}, ""),
    ],
    ids=repr,
)
def test_value_that_a_parameter_does_not_have_is_refused(given: Any, says: str) -> None:
    """Zoom ignores a misspelt filter, and answers with everything."""
    if not says:
        list_meetings.request("me", **given)
        return
    with pytest.raises(ValueError, match=rf"^meetings\.list_meetings: {says}.*use zoom\.call\(…, params=…\)"):
        list_meetings.request("me", **given)


def test_each_item_of_a_list_is_looked_at_however_it_is_given() -> None:
    """A list goes out as one text, and may be given as one."""
    for wrong in (["byoc_number", "byco_number"], "byoc_number,byco_number"):
        with pytest.raises(ValueError, match=r"number_types is '.*byco_number', which Zoom does not declare"):
            list_voice_call_logs.request(number_types=wrong)  # type: ignore[arg-type]
    list_voice_call_logs.request(number_types="byoc_number,toll_free_number")  # type: ignore[arg-type]
