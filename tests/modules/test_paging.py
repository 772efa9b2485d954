"""Lists that lose nothing and double nothing, whatever happens to their pages."""

from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from tests.modules.flaky import AT_ONCE, FIRST_PAGE, LATER_PAGES, FlakyList, once_a_page
from zoom_api_client import errors

MANY = 10_000


def ids(meetings: list[Any]) -> list[int]:
    """Return the ids of meetings."""
    return [each.id for each in meetings]


@pytest.mark.parametrize("kind", LATER_PAGES)
async def test_one_failure_a_page_of_one_kind_loses_and_doubles_nothing(world: World, kind: str) -> None:
    """Each kind has its own way to cut a list short, or to hand out a page twice."""
    served = FlakyList(range(MANY), once_a_page(34, [kind]))
    listed = await world.all(world.zoom(served, retry=AT_ONCE).meetings.list("me"))
    assert ids(listed) == list(range(MANY))
    assert not any(served.failures.values())


async def test_one_failure_a_page_of_all_kinds_loses_and_doubles_nothing(world: World) -> None:
    """What one failure leaves behind must not make the next one worse."""
    served = FlakyList(range(MANY), once_a_page(34))
    assert ids(await world.all(world.zoom(served, retry=AT_ONCE).meetings.list("me"))) == list(range(MANY))
    assert not any(served.failures.values())


async def test_every_failure_at_every_page_loses_and_doubles_nothing(world: World) -> None:
    """A bad day: the same page is dropped, refused, limited, expired, and its token repeated and lost."""
    plan = {0: list(FIRST_PAGE), **{number: list(LATER_PAGES) for number in range(1, 9)}}
    served = FlakyList(range(100), plan)
    patient = world.zoom(served, retry=AT_ONCE)
    assert ids(await world.all(patient.meetings.list("me", page_size=10))) == list(range(100))
    assert not any(served.failures.values())


@pytest.mark.parametrize("listed", ["panelists", "phone_numbers"])
async def test_list_that_had_no_pages_gets_some(world: World, listed: str) -> None:
    """Zoom's documents have no token for it, but the answer has: nothing is lost."""

    def page(request: httpx.Request) -> httpx.Response:
        last = request.url.params.get("next_page_token") == "t"
        return httpx.Response(200, json={listed: [{"id": int(last)}], "next_page_token": "" if last else "t"})

    zoom = world.zoom(page)
    pages = zoom.webinars.list_panelists(123) if listed == "panelists" else zoom.phone.list_numbers("me")
    assert ids(await world.all(pages)) == [0, 1]


@pytest.mark.parametrize("odd", ['"half \\ud83d"', "NaN"])
async def test_item_without_an_id_may_be_odd(world: World, odd: str) -> None:
    """All that it says tells it from others, also what JSON cannot say: the list must not end with it."""
    content = f'{{"meetings":[{{"topic":{odd}}},{{"topic":{odd}}},{{"topic":1}}]}}'.encode()
    listed = await world.all(world.zoom(lambda _: httpx.Response(200, content=content)).meetings.list("me"))
    assert len(listed) >= 2


async def test_pages_have_each_item_once_too(world: World) -> None:
    """Whoever reads page by page gets the rest of a page that was handed out in part, and no page twice."""
    served = FlakyList(range(50), once_a_page(5))
    pages = await world.all(world.zoom(served, retry=AT_ONCE).meetings.list("me", page_size=10).pages())
    assert [ids(page.meetings) for page in pages] == [list(range(start, start + 10)) for start in range(0, 50, 10)]


async def test_list_that_changes_while_it_is_read_again_gives_what_is_new(world: World) -> None:
    """Counting would lose a meeting for each one deleted, and double one for each one added: identity does not."""
    served = FlakyList(range(30), {2: ["expired"]})
    each = world.each(world.zoom(served, retry=AT_ONCE).meetings.list("me", page_size=10))
    read = [(await anext(each)).id for _ in range(20)]
    served.meetings = [{"id": 99, "uuid": "uuid 99"}, *served.meetings[5:]]
    read += [meeting.id async for meeting in each]
    assert sorted(read) == [*range(30), 99]


async def test_meetings_that_share_an_id_are_all_given(world: World) -> None:
    """The occurrences of a recurring meeting have one id: as many as there are must come, also when read again."""
    served = FlakyList([7] * 25, {2: ["expired"]})
    assert ids(await world.all(world.zoom(served).meetings.list("me", page_size=10))) == [7] * 25


@pytest.mark.parametrize("kind", ["expired", "repeated", "vanished"])
async def test_list_that_fails_for_ever_says_so_after_what_it_gave(world: World, kind: str) -> None:
    """A list that ends early without a word looks complete; one that never ends hangs."""
    served = FlakyList(range(30), {1: [kind] * 100})
    each = world.each(world.zoom(served).meetings.list("me", page_size=10))
    given = 10 if kind == "expired" else 20
    assert [(await anext(each)).id for _ in range(given)] == list(range(given))
    with pytest.raises(errors.PagingFailed, match="cannot be read to its end"):
        await anext(each)
    assert len(served.asked) <= 8


async def test_cause_of_a_list_that_fails_is_kept(world: World) -> None:
    """What Zoom said tells a refused token from a refused parameter."""
    served = FlakyList(range(30), {1: ["expired"] * 100})
    with pytest.raises(errors.PagingFailed) as failed:
        await world.all(world.zoom(served).meetings.list("me", page_size=10))
    assert isinstance(failed.value.__cause__, errors.InvalidRequest)


async def test_first_page_that_is_refused_is_no_matter_of_tokens(world: World) -> None:
    """The caller's mistake must be shown, and not asked for three times."""
    served = FlakyList(range(30), {0: ["expired"] * 100})
    with pytest.raises(errors.InvalidRequest):
        await world.all(world.zoom(served).meetings.list("me"))
    assert served.asked == [0]


async def test_page_that_keeps_failing_raises_its_own_error(world: World) -> None:
    """A Zoom that is down is not a paging failure; what was read before is the caller's."""
    served = FlakyList(range(30), {1: ["failed"] * 100})
    each = world.each(world.zoom(served, retry=AT_ONCE).meetings.list("me", page_size=10))
    assert [(await anext(each)).id for _ in range(10)] == list(range(10))
    with pytest.raises(errors.ServerError):
        await anext(each)


async def test_consumer_who_is_slower_than_a_token_lives_gets_everything(world: World) -> None:
    """Sixteen minutes a page, to send mails for example: every token has expired when it is used."""
    clock, read = [0], []

    def answer(request: httpx.Request) -> httpx.Response:
        start, issued = map(int, request.url.params.get("next_page_token", f"0 {clock[0]}").split())
        if clock[0] - issued > 15:
            return httpx.Response(400, json={"code": 300, "message": "The next page token is invalid or expired."})
        token = f"{start + 10} {clock[0]}" if start < 90 else ""
        meetings = [{"id": each} for each in range(start, start + 10)]
        return httpx.Response(200, json={"meetings": meetings, "next_page_token": token, "total_records": 100})

    async for page in world.each(world.zoom(answer).meetings.list("me", page_size=10).pages()):
        read += ids(page.meetings)
        clock[0] += 16
    assert read == list(range(100))


async def test_first_asks_for_one_item_with_one_request(world: World) -> None:
    """Whoever wants to know whether there is any must not read a page of 300."""
    zoom = world.zoom(FlakyList(range(30)))
    assert (await world.of(zoom.meetings.list("me").first())).id == 0
    (sent,) = world.seen
    assert sent.url.params["page_size"] == "1"


async def test_first_of_nothing_is_none(world: World) -> None:
    """An empty list is not an error, and not a page that is empty."""
    assert await world.of(world.zoom(FlakyList([])).meetings.list("me").first()) is None


async def test_first_looks_behind_an_empty_page(world: World) -> None:
    """Zoom filters after it pages: the first item may be on the second page."""

    def answer(request: httpx.Request) -> httpx.Response:
        if "next_page_token" in request.url.params:
            return httpx.Response(200, json={"meetings": [{"id": 5}]})
        return httpx.Response(200, json={"meetings": [], "next_page_token": "2"})

    assert (await world.of(world.zoom(answer).meetings.list("me").first())).id == 5


async def test_webinars_are_read_by_page_number_where_there_is_no_token(world: World) -> None:
    """Zoom's document of this list knows only page numbers: the second page must come by either."""

    def answer(request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("page_number", 1))
        return httpx.Response(
            200, json={"page_count": 3, "page_number": number, "total_records": 3, "webinars": [{"id": number}]}
        )

    assert ids(await world.all(world.zoom(answer).webinars.list("me"))) == [1, 2, 3]


async def test_page_number_that_never_moves_on_is_noticed(world: World) -> None:
    """A Zoom that ignores the number gives the first page forever."""

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(
            200, json={"page_count": 3, "page_number": 1, "total_records": 3, "webinars": [{"id": 1}]}
        )

    each = world.each(world.zoom(answer).webinars.list("me"))
    assert (await anext(each)).id == 1
    with pytest.raises(errors.PagingFailed, match="same page_number twice"):
        await anext(each)
