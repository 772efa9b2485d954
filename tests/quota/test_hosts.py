"""One person is one user, however spelled, and nobody is another."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.quota.clocks import Clock
from zoom_api_client import errors
from zoom_api_client._async import host_lookup as awaited
from zoom_api_client._sync import host_lookup as blocking
from zoom_api_client.quota import Guard
from zoom_api_client.quota.host_identity import Question
from zoom_api_client.quota.rules import CountedHost

ANN = "KDcuGIm1QgePTO8WbOqwIQ"


class People:
    """Looks up paths, and notes them."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.refusal: errors.ZoomError | None = None

    def __call__(self, path: str) -> Any:
        time.sleep(0.001)  # let other threads come in between
        self.asked.append(path)
        if self.refusal:
            raise self.refusal
        field = "id" if "/users/" in path else "host_id"
        return {field: ANN, "email": "ann@example.com"}

    async def later(self, path: str) -> Any:
        """Do the same for an event loop."""
        return self(path)


@pytest.fixture
def people() -> People:
    """People who are all Ann."""
    return People()


def who(guard: Guard, people: People, path: str, method: str = "POST", **named: Any) -> str | None:
    """Return who is counted."""
    question = guard.question(method, path, **{"identity": "app", "account": "account", **named})
    return blocking.find(guard, question, people) if question else None


async def who_in_a_loop(
    guard: Guard, lookup: Callable[[str], Awaitable[Any]], path: str, account: str = ""
) -> str | None:
    """Return who is counted, in an event loop."""
    question = guard.question("POST", path, identity="app", account=account)
    return await awaited.find(guard, question, lookup) if question else None


def test_one_person_is_one_user(store_url: str, people: People) -> None:
    """`me`, the address in any case and the id are one user, and each spelling is asked for once."""
    guard = Guard(store_url)
    for _ in range(2):
        assert who(guard, people, "/users/me/meetings") == ANN
        assert who(guard, people, "/users/ann%40example.com/meetings") == ANN
        assert who(guard, people, "/users/Ann%40Example.com/meetings") == ANN
        assert who(guard, people, f"/users/{ANN}/meetings") == ANN
    assert people.asked == ["/users/me", "/users/ann%40example.com"]
    guard.close()


async def test_an_event_loop_finds_the_same_users(store_url: str, people: People) -> None:
    """The twin finds the same users, and what the other remembered."""
    guard = Guard(store_url)
    who(guard, people, "/users/me/meetings")
    for path in ("/users/me/meetings", "/users/ann@example.com/meetings", "/users/ann@example.com/meetings"):
        user = await who_in_a_loop(guard, people.later, path, "account")
        assert user == ANN
    assert await who_in_a_loop(guard, people.later, "/users/me/webinars") is None
    assert people.asked == ["/users/me", "/users/ann%40example.com"]
    guard.close()


def test_the_host_of_a_meeting_is_found(people: People) -> None:
    """By Zoom's rule an update counts for the host, who is asked for once; spaces in a number do not matter."""
    guard = Guard("memory://", counts="zoom")
    for path in ("/meetings/93847566001", "/meetings/938%204756%206001", "/webinars/93847566001"):
        assert who(guard, people, path, "PATCH") == ANN
    assert people.asked == ["/meetings/93847566001", "/webinars/93847566001"]


def of_sub_account(about: CountedHost) -> CountedHost:
    """Return the same of a sub-account."""
    return CountedHost(about.kind, about.name, "sub")


def test_my_me_is_nobody_elses() -> None:
    """`me` belongs to a connection and its sub-account, an address to its account."""
    me, ann = CountedHost("users", "me"), CountedHost("users", "ann@example.com")
    assert Question(me, "one", "account").name != Question(me, "other", "account").name
    assert Question(me, "one", "one").name == "one/users/me"  # who is not found is named so in `QuotaExceeded`
    assert Question(me, "one", "account").name != Question(of_sub_account(me), "one", "account").name
    assert Question(ann, "one", "account").name == Question(ann, "other", "account").name
    assert Question(ann, "one").name != Question(ann, "other").name
    assert Question(ann, "one", "account").name != Question(of_sub_account(ann), "one", "account").name


def test_a_sub_accounts_user_is_asked_for_in_the_sub_account(people: People) -> None:
    """The path of the question lies below the account that the request names."""
    who(Guard("memory://"), people, "/accounts/a%20b/users/me/meetings")
    assert people.asked == ["/accounts/a%20b/users/me"]


def test_a_refused_lookup_does_not_stop_the_request(
    store_url: str, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    """Without the scope the name counts under its account, which is said once and remembered for all processes."""
    guard, other = Guard(store_url), Guard(store_url)
    people.refusal = errors.ScopeMissing(400, 4711)
    with caplog.at_level(logging.WARNING, logger="zoom_api_client"):
        for each in (guard, guard, guard if store_url == "memory://" else other):
            assert who(each, people, "/users/Ann@example.com/meetings") == "account/users/ann@example.com"
    assert len(people.asked) == 1
    assert [record.name for record in caplog.records] == ["zoom_api_client"]
    guard.close()
    other.close()


@pytest.mark.parametrize("failure", [errors.ConnectionFailed("no"), errors.ServerError(502), errors.RateLimited(429)])
def test_a_passing_failure_is_soon_forgotten(people: People, clock: Clock, failure: errors.ZoomError) -> None:
    """The name counts now, for those who wait for the same answer too, and soon Zoom is asked again."""
    guard, people.refusal = Guard("memory://", now=clock), failure
    for _ in range(3):
        assert who(guard, people, "/users/ann@example.com/meetings") == "account/users/ann@example.com"
    assert len(people.asked) == 1
    people.refusal = None
    clock.move(seconds=10)
    assert who(guard, people, "/users/ann@example.com/meetings") == ANN


@pytest.mark.parametrize(("user", "days"), [("ann@example.com", 30), ("me", 1)])
def test_a_name_is_not_remembered_for_ever(people: People, clock: Clock, user: str, days: int) -> None:
    """An address may become another person's, and the app somebody else's: after a while it is asked for again."""
    guard = Guard("memory://", now=clock)
    for hours, asked in ((0, 1), (24 * days - 1, 1), (1, 2)):
        clock.move(hours=hours)
        assert who(guard, people, f"/users/{user}/meetings") == ANN
        assert len(people.asked) == asked


async def test_many_who_ask_at_once_ask_zoom_once(store_url: str, people: People) -> None:
    """A hundred threads and tasks that want to know the same ask once each world, and another question goes its way."""
    guard = Guard(store_url)

    async def slowly(path: str) -> Any:
        await asyncio.sleep(0.05)
        return people(path)

    def find(address: str) -> str | None:
        return who(guard, people, f"/users/{address}/meetings")

    async def afind(address: str) -> str | None:
        return await who_in_a_loop(guard, slowly, f"/users/{address}/meetings")

    asked = [afind(address) for address in ("ann@example.com", "bob@example.com") for _ in range(50)]
    assert set(await asyncio.gather(*asked)) == {ANN}
    assert len(people.asked) == 2
    with ThreadPoolExecutor(20) as threads:
        assert set(threads.map(find, ["cyd@example.com"] * 50)) == {ANN}
    assert len(people.asked) == 3
    guard.close()


@pytest.mark.parametrize("said", [None, {}, {"id": None}, {"id": 7}, [], "x"])
def test_an_odd_answer_is_not_taken_for_a_user(said: Any) -> None:
    """An answer without an id is none."""
    assert Question(CountedHost("users", "me"), "app").read(said).user == "app/users/me"
