"""Lists of a simulator: pages, their tokens, and what a query asks for."""

from datetime import timedelta

import pytest

from tests.simulator.calling import Calling


@pytest.fixture
def zoom() -> Calling:
    """Return a simulator in which seven meetings are scheduled."""
    calling = Calling()
    calling.simulator.seed({"users": [{"id": "jane", "meetings": [_meeting(day) for day in range(1, 8)]}]})
    return calling


def _meeting(day: int) -> dict[str, object]:
    return {"topic": f"Day {day}", "start_time": f"2026-03-0{day}T09:00:00Z", "type": 2 if day % 2 else 8}


def test_pages_have_every_item_once(zoom: Calling) -> None:
    """Page tokens must lead through the list, and end."""
    topics, token = list[str](), ""
    while True:
        page = zoom.get("/users/jane/meetings", page_size=3, next_page_token=token)
        topics += [each["topic"] for each in page["meetings"]]
        token = page["next_page_token"]
        assert (page["total_records"], page["page_size"], page["page_count"]) == (7, 3, 3)
        if not token:
            break
    assert topics == [f"Day {day}" for day in range(1, 8)]


def test_a_page_is_found_by_its_number(zoom: Calling) -> None:
    """Zoom's older way: page_number counts from one, and past the end there is nothing."""
    page = zoom.get("/users/jane/meetings", page_size=3, page_number=3)
    assert ([each["topic"] for each in page["meetings"]], page["page_number"]) == (["Day 7"], 3)
    assert zoom.get("/users/jane/meetings", page_size=3, page_number=4)["meetings"] == []


def test_scim_lists_go_on_by_an_index() -> None:
    """StartIndex counts items from one, and the answer says how many there are."""
    zoom = Calling()
    for number in range(3):
        user = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": f"u{number}@example.com"}
        zoom.post("/scim2/Users", {**user, "name": {"givenName": "U", "familyName": str(number)}})
    page = zoom.get("/scim2/Users", startIndex=2, count=1)
    assert [each["name"]["familyName"] for each in page["Resources"]] == ["0"]  # the first owns the account
    assert (page["startIndex"], page["totalResults"], page["itemsPerPage"]) == (2, 4, 1)


def test_a_page_token_dies_after_fifteen_minutes(zoom: Calling) -> None:
    """A program that pauses between pages must meet here what it meets at Zoom."""
    token = zoom.get("/users/jane/meetings", page_size=3)["next_page_token"]
    zoom.simulator.clock.advance(timedelta(minutes=14, seconds=58))
    assert zoom.get("/users/jane/meetings", page_size=3, next_page_token=token)["meetings"]
    zoom.simulator.clock.advance(timedelta(minutes=1))
    assert zoom.code("GET", "/users/jane/meetings", page_size=3, next_page_token=token) == (400, 300)


@pytest.mark.parametrize("place", ["/users/me/meetings", "/users/jane/webinars"])
def test_a_page_token_is_good_for_its_own_list(zoom: Calling, place: str) -> None:
    """A token of another list, or of none, must be refused: it would lead anywhere."""
    token = zoom.get("/users/jane/meetings", page_size=3)["next_page_token"]
    assert zoom.code("GET", place, page_size=3, next_page_token=token) == (400, 300)
    assert zoom.code("GET", "/users/jane/meetings", page_size=3, next_page_token=token[:-3] + "AAA") == (400, 300)


def test_a_range_of_dates_has_its_last_day(zoom: Calling) -> None:
    """`to` is a day: what begins on it in the morning is within."""
    page = zoom.get("/users/jane/meetings", **{"from": "2026-03-02", "to": "2026-03-04"})
    assert [each["topic"] for each in page["meetings"]] == ["Day 2", "Day 3", "Day 4"]


def test_a_parameter_that_is_a_field_of_the_items_chooses_among_them() -> None:
    """Users are listed by their role and their status; what the words of a query mean otherwise is left alone."""
    zoom = Calling()
    zoom.simulator.seed(
        {"users": [{"id": name, "role_id": role} for name, role in (("a", "1"), ("b", "2"), ("c", "1"))]}
    )
    assert [each["id"] for each in zoom.get("/users", role_id="1")["users"]] == ["a", "c"]


def test_what_is_deleted_between_two_pages_makes_no_fault(zoom: Calling) -> None:
    """A token past the end of what is left leads to an empty page."""
    token = zoom.get("/users/jane/meetings", page_size=6)["next_page_token"]
    for each in zoom.get("/users/jane/meetings", page_size=30)["meetings"][2:]:
        zoom.delete(f"/meetings/{each['id']}")
    page = zoom.get("/users/jane/meetings", page_size=6, next_page_token=token)
    assert (page["meetings"], page["next_page_token"]) == ([], "")
