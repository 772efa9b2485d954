"""Typical mistakes of code that calls Zoom: what a test with `mock_zoom` says of each."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import httpx
import pytest

from zoom_api_client import Zoom, errors
from zoom_api_client.models.meetings import AddMeetingRegistrantBody
from zoom_api_client.testing import MockZoom

API = "https://api.zoom.us/v2"
BEARER = {"Authorization": "Bearer a token"}
MEETING = "/users/me/meetings"
CHAT = "/chat/users/me/messages"
REGISTRANTS = "/meetings/85746065432/registrants"
UUID = "/aB3dEfGh//IjKlMnOpQ=="
ADMIN = {"user:read:user:admin"}

Mistake = Callable[[Zoom], Any]
anything: Any = None  # what a type checker would find already


def post(target: str, body: Any) -> Mistake:
    """Return a call with a body."""
    return lambda zoom: zoom.call("POST", target, json=body)


def get(target: str, **params: Any) -> Mistake:
    """Return a call with a query."""
    return lambda zoom: zoom.call("GET", target, params=params)


def bare(method: str, url: str, **options: Any) -> Mistake:
    """Return a request of code that does without the client."""
    return lambda _: httpx.request(method, url, **{"headers": BEARER, **options})


def create(**fields: Any) -> Mistake:
    """Return a call of the named module."""
    return lambda zoom: zoom.meetings.create("me", **fields)


CAUGHT: dict[str, tuple[Mistake, str]] = {
    "wrong field name, by the module": (create(topik="x"), "topik"),
    "wrong field name": (post(MEETING, {"topik": "x"}), "body.topik is unknown to Zoom; did you mean 'topic'?"),
    "camel case": (post(MEETING, {"startTime": "2026-03-02T09:00:00Z"}), "body.startTime is unknown"),
    "wrong field name within": (post(MEETING, {"settings": {"host_vidio": True}}), "did you mean 'host_video'?"),
    "field of settings beside them": (post(MEETING, {"waiting_room": True}), "body.waiting_room is unknown"),
    "range over a month": (get("/users/me/recordings?from=2026-01-01&to=2026-02-02"), "a range has a month at most"),
    "range that ends before it begins": (get("/users/me/recordings?from=2026-01-02&to=2026-01-01"), "is after to"),
    "range without its end": (get("/users/me/recordings?from=2026-01-02"), "query.to is missing beside from"),
    "local time without its T": (post(MEETING, {"start_time": "2026-03-02 09:00"}), "must be a time with its zone"),
    "date where a time goes": (post(MEETING, {"start_time": "2026-03-02"}), "must be a time with its zone"),
    "timestamp for a time": (post(MEETING, {"start_time": 1772442000}), "start_time must be a string"),
    "string for a number": (post(MEETING, {"duration": "30"}), "duration must be an integer, but is '30'"),
    "string for a number, by the module": (create(topic="x", duration="30"), "duration"),
    "fraction for a whole number": (post(MEETING, {"duration": 30.5}), "duration must be an integer"),
    "hours for minutes": (post(MEETING, {"duration": 0}), "duration must be at least 1, but is 0"),
    "seconds for minutes": (post(MEETING, {"duration": 3600}), "duration must be at most 1440, but is 3600"),
    "number for a string": (post(MEETING, {"topic": 5}), "topic must be a string, but is 5"),
    "string for a boolean": (post(MEETING, {"settings": {"host_video": "true"}}), "must be true or false"),
    "number for a boolean": (post(MEETING, {"settings": {"host_video": 1}}), "must be true or false, but is 1"),
    "null for nothing": (post(MEETING, {"agenda": None}), "agenda must be a string, but is null"),
    "list for an object": (post(MEETING, {"settings": []}), "settings must be an object"),
    "object for a list": (post(MEETING, {"tracking_fields": {"field": "x"}}), "tracking_fields must be a list"),
    "body that is a list": (post(MEETING, [{"topic": "x"}]), "body must be an object"),
    "too long a topic": (post(MEETING, {"topic": "x" * 201}), "must have at most 200 characters, but has 201"),
    "too long a passcode": (post(MEETING, {"password": "x" * 11}), "must have at most 10 characters, but has 11"),
    "number that is none of the enum": (post(MEETING, {"type": 99}), "type must be one of 1, 2, 3, 8"),
    "text that is none of the enum": (post(MEETING, {"settings": {"audio": "loud"}}), "audio must be one of 'both'"),
    "enum in the wrong case": (get(MEETING, type="Upcoming"), "query.type must be one of 'scheduled', 'live'"),
    "unknown parameter": (get(MEETING, pagesize=30), "query.pagesize is unknown to Zoom; did you mean 'page_size'?"),
    "too large a page": (get(MEETING, page_size=1000), "query.page_size must be at most 300, but is 1000"),
    "no number for a page's size": (get(MEETING, page_size="all"), "query.page_size must be an integer"),
    "time for a date": (get(MEETING, from_="x", **{"from": "2026-03-02T00:00:00Z"}), "query.from must be a date"),
    "date of another country": (get(MEETING, to="31.03.2026"), "query.to must be a date"),
    "parameter twice": (get(MEETING, page_size=[30, 50]), "query.page_size is given more than once"),
    "query in the body": (
        lambda zoom: zoom.call("GET", MEETING, json={"page_size": 30}),
        "body is sent, but Zoom declares none",
    ),
    "both chat targets": (
        post(CHAT, {"message": "x", "to_contact": "a@example.com", "to_channel": "c"}),
        "must have exactly one of to_contact and to_channel, but has both",
    ),
    "no chat target": (post(CHAT, {"message": "x"}), "exactly one of to_contact and to_channel, but has none"),
    "required field is missing": (post(REGISTRANTS, {"email": "a@example.com"}), "body.first_name is missing"),
    "required field is missing, by the model": (
        lambda zoom: zoom.api.meetings.add_meeting_registrant(1, body=AddMeetingRegistrantBody(email=anything)),  # type: ignore[call-arg]
        "first_name",
    ),
    "required body is missing": (lambda zoom: zoom.api.meetings.update_meeting_status(85746065432), "action|body"),
    "no e-mail address": (post(REGISTRANTS, {"email": "omar", "first_name": "Omar"}), "must be an e-mail address"),
    "more items than a call takes": (
        lambda zoom: zoom.call(
            "PUT",
            f"{REGISTRANTS}/status",
            json={"action": "approve", "registrants": [{"id": str(n)} for n in range(31)]},
        ),
        "registrants must have at most 30 items, but has 31",
    ),
    "id in the wrong place": (get("/users/me/meetings/85746065432"), "is not a path of Zoom's"),
    "id in the body": (
        lambda zoom: zoom.call("PATCH", "/meetings", json={"id": 85746065432}),
        "is not a path of Zoom's",
    ),
    "id as the invitation spells it": (
        get("/meetings/857%204606%205432"),
        "path.meetingId must be the digits of an id",
    ),
    "id that is empty": (get("/meetings//registrants"), "has an empty segment"),
    "UUID that is not encoded": (get(f"/past_meetings/{UUID}"), "has an empty segment"),
    "UUID that is encoded once": (
        get("/past_meetings/%2FaB3dEfGh%2F%2FIjKlMnOpQ%3D%3D"),
        "must be percent-encoded twice",
    ),
    "wrong method": (post("/meetings/85746065432", {"topic": "x"}), "has no POST, only DELETE, GET, PATCH"),
    "slash at the end": (get("/users/me/"), "is not a path of Zoom's"),
    "version twice": (get("/v2/users/me"), "is not a path of Zoom's"),
    "no version": (bare("GET", "https://api.zoom.us/users/me"), "is not served at api.zoom.us"),
    "form for JSON": (bare("POST", API + MEETING, data={"topic": "x"}), "must be application/json"),
    "JSON that is called text": (
        bare("POST", API + MEETING, content=b"{}", headers={**BEARER, "Content-Type": "text/plain"}),
        "is text/plain, but must be application/json",
    ),
    "JSON for a file": (post("/users/me/picture", {"pic_file": "me.png"}), "must be multipart/form-data"),
    "path for a file": (
        bare("POST", f"{API}/users/me/picture", files={"pic_file": (None, "/home/omar/me.png")}),
        "body.pic_file must be a file",
    ),
    "upload to the API's host": (
        bare("POST", f"{API}{CHAT}/files", files={"files": b"x"}, data={"to_contact": "a@example.com"}),
        "is not served at api.zoom.us",
    ),
    "token in the query": (
        bare("GET", f"{API}/users/me?access_token=x", headers={}),
        "must have Authorization: Bearer",
    ),
    "credentials for a token": (
        bare("GET", f"{API}/users/me", headers={}, auth=("client id", "client secret")),
        "must have Authorization: Bearer",
    ),
    "no https": (bare("GET", "http://api.zoom.us/v2/users/me"), "must be sent with https"),
    "host that is not Zoom's": (
        bare("GET", "https://api.zoom.com/v2/users/me"),
        "api.zoom.com is not a host of Zoom's",
    ),
    "account's grant without the account": (
        bare("POST", "https://zoom.us/oauth/token?grant_type=account_credentials", auth=("id", "secret"), headers={}),
        "body.account_id is missing",
    ),
}


@pytest.fixture
def client(mock_zoom: MockZoom) -> Iterator[Zoom]:
    """A client as a program makes it."""
    with Zoom("any token") as zoom:
        yield zoom


@pytest.mark.parametrize("mistake", CAUGHT)
def test_mistake_is_caught_and_named(mock_zoom: MockZoom, client: Zoom, mistake: str) -> None:
    """A mistake that a test does not find is found by a customer."""
    make, says = CAUGHT[mistake]
    with pytest.raises((AssertionError, TypeError, ValueError)) as caught:
        make(client)
    mock_zoom.violations.clear()
    assert re.search(re.escape(says).replace(r"\|", "|"), str(caught.value))


def test_wrong_scope_is_caught(mock_zoom: MockZoom, client: Zoom) -> None:
    """Code that handles the error must not hide that the app will never work."""
    mock_zoom.scopes = ADMIN
    with pytest.raises(errors.ScopeMissing):
        client.meetings.create("me", topic="x")
    assert "need one of the scopes meeting:write:meeting" in str(mock_zoom.violations.pop())


NOT_CAUGHT: dict[str, Mistake] = {
    "local time that is called UTC": post(MEETING, {"start_time": f"{datetime(2026, 3, 2, 9).isoformat()}Z"}),
    "id of another thing of the same kind": get("/users/85746065432/meetings"),
}


@pytest.mark.parametrize("mistake", NOT_CAUGHT)
def test_mistake_that_nobody_can_see_passes(client: Zoom, mistake: str) -> None:
    """These requests are right as far as anybody can tell: the test is there so that nobody promises more."""
    NOT_CAUGHT[mistake](client)


def test_there_are_fifty_typical_mistakes() -> None:
    """48 of 50 are to be caught."""
    assert len(CAUGHT) + 1 + len(NOT_CAUGHT) >= 50
    assert len(NOT_CAUGHT) <= 2
