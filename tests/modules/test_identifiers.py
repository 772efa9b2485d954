"""Identifiers in the spellings that people have them in."""

import httpx
import pytest

from tests.client.worlds import World
from zoom_api_client import UNSET
from zoom_api_client.arguments import identifiers

UUID = "/aB3dEfGh//IjKlMnOpQ=="


def nothing(_: httpx.Request) -> httpx.Response:
    """Answer a deletion."""
    return httpx.Response(204)


@pytest.mark.parametrize(
    "number", [93847566001, "93847566001", "938 4756 6001", " 938-4756-6001 ", "938\u00a04756\u20136001"]
)
async def test_number_is_sent_without_the_gaps_of_invitations(world: World, number: int | str) -> None:
    """Zoom shows "938 4756 6001", and refuses it in a path."""
    await world.of(world.zoom(nothing).meetings.delete(number))
    assert [each.url.raw_path for each in world.seen] == [b"/v2/meetings/93847566001"]


@pytest.mark.parametrize(
    "spelling", [UUID, "%2FaB3dEfGh%2F%2FIjKlMnOpQ%3D%3D", "%252FaB3dEfGh%252F%252FIjKlMnOpQ%253D%253D", f" {UUID} "]
)
async def test_uuid_of_any_spelling_is_encoded_twice_where_zoom_wants_it(world: World, spelling: str) -> None:
    """A UUID that was copied from a URL would be encoded three times and be found nowhere."""
    await world.of(world.zoom(nothing).recordings.delete(spelling))
    (sent,) = world.seen
    assert sent.url.raw_path == b"/v2/meetings/%252FaB3dEfGh%252F%252FIjKlMnOpQ%253D%253D/recordings?action=trash"


async def test_plus_in_a_uuid_stays_a_plus(world: World) -> None:
    """Decoding as forms do would make it a space."""
    await world.of(world.zoom(nothing).recordings.delete("ab+cd/ef=="))
    assert [each.url.raw_path for each in world.seen] == [b"/v2/meetings/ab%2Bcd%2Fef%3D%3D/recordings?action=trash"]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("https://zoom.us/j/93847566001?pwd=secret", "the id is the number in it, 93847566001"),
        ("https%3A%2F%2Fzoom.us%2Fj%2F93847566001", "the id is the number in it, 93847566001"),
        ("example.zoom.us/w/93847566001", "the id is the number in it, 93847566001"),
        ("https://zoom.us/my/jane", "give the number or the UUID"),
    ],
)
async def test_join_url_is_not_an_id(world: World, url: str, says: str) -> None:
    """It is what people have at hand: the error names the id in it, and never the passcode."""
    with pytest.raises(ValueError, match=says) as refused:
        await world.of(world.zoom(nothing).meetings.get(url))
    assert "secret" not in str(refused.value)
    assert world.seen == []


@pytest.mark.parametrize("nonsense", ["Weekly standup", "jane@example.com", "93847566001?x=1", "a/../b\n"])
def test_what_is_neither_number_nor_uuid_is_refused(nonsense: str) -> None:
    """A topic or an address in its place would end as a 404 that explains nothing."""
    with pytest.raises(ValueError, match="neither the number of a meeting nor a UUID"):
        identifiers.meeting(nonsense)


def test_true_is_not_taken_for_a_number() -> None:
    """`True` is an int to Python."""
    with pytest.raises(TypeError, match="not a meeting id"):
        identifiers.meeting(True)


@pytest.mark.parametrize("empty", ["", " ", None, 0])
async def test_empty_occurrence_does_not_delete_the_series(world: World, empty: object) -> None:
    """Zoom reads an empty `occurrence_id` as none, and deletes every meeting of the series."""
    with pytest.raises(ValueError, match="names none"):
        await world.of(world.zoom(nothing).meetings.delete(5, occurrence_id=empty))
    assert world.seen == []


def test_occurrences_are_joined_by_commas() -> None:
    """Zoom takes several in one parameter."""
    assert identifiers.occurrences([1767225600000, "1767312000000"]) == "1767225600000,1767312000000"
    assert identifiers.occurrences("1767225600000") == "1767225600000"
    assert identifiers.occurrences([]) is UNSET


@pytest.mark.parametrize("user", ["me", "jane@example.com", "KDcuGIm1QgePTO8WbOqwIQ"])
async def test_user_is_me_an_address_or_an_id(world: World, user: str) -> None:
    """All three go into the path as they are."""
    zoom = world.zoom(lambda _: httpx.Response(200, json={"webinars": []}))
    assert await world.all(zoom.webinars.list(user)) == []
    assert [each.url.path for each in world.seen] == [f"/v2/users/{user}/webinars"]
