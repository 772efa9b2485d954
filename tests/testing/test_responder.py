import json
from typing import Any

import pytest

from zoom_api_client.testing import contract
from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.exchange import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.responder import Responder

API = "https://api.zoom.us/v2"
BEARER = {"Authorization": "Bearer a token", "Content-Type": "application/json"}


def request(method: str, target: str, body: Any = None, headers: dict[str, str] = BEARER) -> IncomingRequest:
    """Return a request as a client of Zoom's sends it."""
    return IncomingRequest(method, API + target, headers, b"" if body is None else json.dumps(body).encode())


def answered(method: str, target: str, body: Any = None, seed: int = 0) -> Any:
    """Return the JSON of the answer to a request that is in order."""
    answer = Responder(seed).answer(request(method, target, body))
    assert answer.violations == ()
    return json.loads(answer.body)


def test_created_thing_has_what_was_asked_for() -> None:
    """A demo that creates "Standup" and gets "All hands" back convinces nobody."""
    asked = {"topic": "Standup", "type": 2, "duration": 45, "settings": {"host_video": True, "mute_upon_entry": False}}
    made = answered("POST", "/users/me/meetings", asked)
    assert {name: made[name] for name in ("topic", "type", "duration")} == {
        "topic": "Standup",
        "type": 2,
        "duration": 45,
    }
    assert (made["settings"]["host_video"], made["settings"]["mute_upon_entry"]) == (True, False)
    assert made["id"] > 2**32


def test_thing_that_is_read_is_the_one_asked_for() -> None:
    """The id of the path comes back as the id of the answer, as a number where it is one."""
    assert answered("GET", "/meetings/85746065432")["id"] == 85746065432
    assert answered("GET", "/users/KDcuGIm1QgePTO8WbOqwIQ")["id"] == "KDcuGIm1QgePTO8WbOqwIQ"


def test_owner_in_the_path_is_not_taken_for_the_thing() -> None:
    """`POST /users/{userId}/meetings` answers with the id of a meeting; `me` is nobody's id."""
    assert answered("POST", "/users/KDcuGIm1QgePTO8WbOqwIQ/meetings", {"topic": "x"})["id"] > 10**10
    assert answered("GET", "/users/me")["id"] != "me"


def test_email_as_user_id_comes_back_as_email() -> None:
    """A user may be asked for by e-mail, and has an id all the same."""
    user = answered("GET", "/users/jane%40example.org")
    assert user["email"] == "jane@example.org"
    assert "@" not in user["id"]


def test_things_differ_by_id_and_stay_the_same() -> None:
    """Two meetings must not be twins, and one must not change between two looks at it."""
    one, again, other = (answered("GET", f"/meetings/{number}") for number in (1, 1, 2))
    assert one == again
    assert one["uuid"] != other["uuid"]
    assert one != answered("GET", "/meetings/1", seed=9)


def test_page_is_no_larger_than_asked_and_counts_itself() -> None:
    """Paging code is tested by the numbers of a page: they must agree with each other."""
    page = answered("GET", "/users/me/meetings?page_size=1")
    assert (len(page["meetings"]), page["page_size"], page["total_records"], page["next_page_token"]) == (1, 1, 1, "")
    page = answered("GET", "/users/me/meetings")
    assert 1 < len(page["meetings"]) == page["total_records"]


def test_request_outside_the_contract_is_refused_as_zoom_does() -> None:
    """The client's error handling is exercised by Zoom's shape of a validation error."""
    answer = Responder().answer(request("POST", "/users/me/meetings", {"settings": {"host_video": "yes"}}))
    error = {
        "field": "settings.host_video",
        "message": "create_meeting: body.settings.host_video must be true or false, but is 'yes'",
    }
    assert answer.status == 400
    assert json.loads(answer.body) == {"code": 300, "message": "Validation Failed.", "errors": [error]}
    assert [violation.rule for violation in answer.violations] == ["type"]


def test_missing_token_is_an_invalid_token() -> None:
    """No header, another scheme and an empty token: each is 401 with code 124."""
    for headers in ({}, {"Authorization": "Basic abc"}, {"authorization": "Bearer "}):
        answer = Responder().answer(request("GET", "/users/me", headers=headers))
        assert (answer.status, json.loads(answer.body)["code"]) == (401, 124)
        assert [violation.rule for violation in answer.violations] == ["authorization"]


def test_unknown_path_and_wrong_method_are_told_apart() -> None:
    """PUT for PATCH is a common slip, and so is the wrong host for an upload."""
    responder = Responder()
    for target in ("/meetngs/1", "/meetings/1"):
        assert responder.answer(request("PUT", target)).status == 404
    responder.answer(request("POST", "/clips/files"))
    assert [violation.message for violation in responder.violations] == [
        "PUT: /v2/meetngs/1 is not a path of Zoom's",
        "PUT: /v2/meetings/1 has no PUT, only DELETE, GET, PATCH",
        "POST: /v2/clips/files is not served at api.zoom.us",
    ]


def test_answer_without_content_has_none() -> None:
    """204 with a body breaks keep-alive connections."""
    answer = Responder().answer(request("DELETE", "/meetings/1"))
    assert (answer.status, answer.body) == (204, b"")
    ended = Responder().answer(request("PUT", "/webinars/1/status", {"action": "end"}))
    assert (ended.status, ended.body) == (204, b"")


def test_file_is_answered_as_bytes() -> None:
    """Two operations answer with a file: its bytes must not be decoded as JSON by anyone."""
    operation = contract.operation("commerce", "download_file_associated_with_quote_or_deal_registration")
    (media_type,) = operation.answers[200]
    target = operation.path.replace("{", "").replace("}", "")
    answer = Responder().answer(request("GET", target))
    assert answer.headers["Content-Type"] == media_type != "application/json"


def test_every_answer_can_be_told_apart_by_its_tracking_id() -> None:
    """Errors carry `x-zm-trackingid`; two answers with the same one would make the log useless."""
    responder = Responder()
    ids = [responder.answer(request("GET", "/users/me")).headers["x-zm-trackingid"] for _ in range(3)]
    assert len(set(ids)) == 3


def test_sub_account_is_answered_like_the_own() -> None:
    """`zoom.for_account(…)` calls the same operations under a prefix."""
    responder = Responder()
    responder.answer(request("GET", "/accounts/sub/meetings/85746065432"))
    assert str(responder.exchanges[0].operation) == "meetings.get_meeting"


def test_override_answers_instead_of_the_contract_but_not_instead_of_the_judge() -> None:
    """The mock of a user's test changes answers; a request that is wrong stays wrong."""

    def override(match: Match, asked: IncomingRequest) -> OutgoingAnswer | None:
        busy = OutgoingAnswer.json(429, {"code": 429, "message": "slow down"}, operation=match.operation)
        return busy if match.operation.name == "get_meeting" else None

    responder = Responder(overrides=override)
    assert responder.answer(request("GET", "/meetings/1")).status == 429
    assert responder.answer(request("GET", "/meetings/1?no_such=1")).status == 400
    assert responder.answer(request("GET", "/users/me")).status == 200


def test_exchanges_are_kept_without_showing_secrets() -> None:
    """A demo prints them; the token and the body must not be in what it prints."""
    responder = Responder()
    responder.answer(request("PATCH", "/meetings/1?no_such=1", {"password": "s3cret"}))
    (exchange,) = responder.exchanges
    assert str(exchange).splitlines()[0] == "PATCH /v2/meetings/1 → 400 meetings.update_meeting"
    assert "s3cret" not in repr(exchange) + str(exchange)
    assert "a token" not in repr(exchange)


def test_line_of_a_file_does_not_call_it_unknown() -> None:
    """Whoever watches the served Zoom looks for what is wrong, and a download is not."""
    responder = Responder()
    responder.answer(IncomingRequest("GET", "https://zoom.us/rec/download/d71a5f94f265029e1c", {}, b""))
    (exchange,) = responder.exchanges
    assert str(exchange) == "GET /rec/download/d71a5f94f265029e1c → 200"


@pytest.mark.parametrize(
    "body", [b'{"topic": "\\ud800"}', b"[" * 5000, b'{"settings": ' * 500 + b"1" + b"}" * 500, b"9" * 5000]
)
@pytest.mark.parametrize("lenient", [False, True])
def test_body_that_cannot_be_read_is_refused(body: bytes, lenient: bool) -> None:
    """A stand-in that crashes on what is sent to it fails the test of somebody who wonders why."""
    headers = {"Authorization": "Bearer x", "Content-Type": "application/json"}
    request = IncomingRequest("POST", "https://api.zoom.us/v2/users/me/meetings", headers, body)
    assert Responder(lenient=lenient).answer(request).status == 400


def test_number_without_end_is_text() -> None:
    """Python makes no whole number of more than 4,300 digits, and says so with an error."""
    url = f"https://api.zoom.us/v2/users/me/meetings?page_size={'9' * 5000}"
    assert Responder().answer(IncomingRequest("GET", url, {"Authorization": "Bearer x"})).status == 400
