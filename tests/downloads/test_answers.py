"""What is sent instead of a recording, and links that have become stale."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from tests.connection.authorization_server import ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, AuthorizationServer
from tests.downloads.store import Fault, Film, Store
from tests.storage.nearly_full import nearly_full
from zoom_api_client import errors
from zoom_api_client.connection import ServerToServer
from zoom_api_client.core.redaction import redact_url
from zoom_api_client.models.meetings import MeetingRecordings
from zoom_api_client.transport.retry import Retry

Download = Callable[..., Any]

NO_WAIT = Retry(first_wait=0.0)
REFUSAL = b'{"code": 200, "message": "No permission."}'
OTHER_SHAPE = b'{"status": false, "errorCode": 124, "errorMessage": "Forbidden"}'
OAUTHS = b'{"reason": "Invalid access token!", "error": "invalid_request"}'
UNESCAPED = b'{"code":104,"message":"Invalid access token, does not contain scopes:["a:b"]."}'
PAGE = b"\n <!DOCTYPE html><html><body>Sign in</body></html>"


def nothing_is_in(directory: Path) -> bool:
    """Return whether a directory is as it was."""
    return not list(directory.iterdir())


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (Fault(headers={"content-type": "text/html; charset=utf-8"}, body=PAGE), "a page of HTML"),
        (Fault(headers={"content-type": "video/mp4"}, body=PAGE), "a page of HTML"),
        (Fault(headers={"content-type": "video/mp4"}, body=b"\xef\xbb\xbf" + PAGE), "a page of HTML"),
        (Fault(headers={"content-type": "video/mp4"}, body=b"<!-- a proxy's -->\n<!---->" + PAGE), "a page of HTML"),
        (Fault(headers={"content-type": "text/plain"}, body=b"\xef\xbb\xbf" + REFUSAL), "a refusal"),
        (Fault(headers={"content-type": "text/html"}, body=b"Sign in first"), "a page of HTML"),
        (Fault(headers={"content-type": ""}, body=b"<html lang=en>"), "a page of HTML"),
        (Fault(headers={"content-type": "application/json"}, body=b'{"status":false}'), "JSON"),
        (Fault(headers={"content-type": "application/problem+json"}, body=b"{}"), "JSON"),
        (Fault(headers={"content-type": "text/plain"}, body=REFUSAL), r"a refusal.*\(No permission\.\)"),
        (Fault(headers={"content-type": "application/octet-stream"}, body=REFUSAL), "a refusal"),
        (Fault(headers={"content-type": ""}, body=b" " + REFUSAL), "a refusal"),
        (Fault(headers={"content-type": "video/mp4"}, body=OTHER_SHAPE), "a refusal"),
        (Fault(headers={"content-type": "binary/octet-stream"}, body=OAUTHS), "a refusal"),
        (Fault(headers={"content-type": "text/plain"}, body=UNESCAPED), "a refusal"),
        (Fault(headers={"content-encoding": "gzip"}), "encoded"),
        (Fault(401), "HTTP 401"),
        (Fault(403), "HTTP 403"),
        (Fault(404), "HTTP 404"),
        (Fault(410), "HTTP 410"),
        (Fault(400), "HTTP 400"),
        (Fault(204), "HTTP 204"),
        (Fault(302), "HTTP 302"),
        (Fault(416), "416"),
    ],
    ids=repr,
)
async def test_what_is_not_a_recording_is_not_written(
    fault: Fault, what: str, store: Store, download: Download, tmp_path: Path
) -> None:
    """A page with status 200 under the name of a video is found weeks later, when the recording is gone."""
    store.faults = [fault] * 2
    with pytest.raises(errors.DownloadError, match=what) as caught:
        await download(store.url(), to=tmp_path / "talk.mp4")
    assert (caught.value.path, caught.value.url) == (tmp_path / "talk.mp4", redact_url(store.url()))
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # it may come from another process
    assert nothing_is_in(tmp_path)
    assert len(store.seen) == 1


async def test_file_that_was_there_stays_until_the_new_one_is_whole(
    store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """An older version is better than half of the newer one."""
    (tmp_path / "talk.mp4").write_bytes(b"old")
    store.faults = [Fault(cut=400_000), Fault(403)]
    with pytest.raises(errors.DownloadError):
        await download(store.url(), to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == b"old"
    await download(store.url(), to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == film.content


async def test_json_may_be_the_file(store: Store, download: Download, tmp_path: Path) -> None:
    """Timelines and summaries are JSON, and a chat may be all that is wanted."""
    store.films["/rec/download/line"] = Film(b'{"timeline": []}', kind="application/json")
    await download(store.url("line"), to=tmp_path / "line.json")
    await download({"download_url": store.url("line"), "file_type": "TIMELINE"}, to=tmp_path / "line.tmp")
    assert (tmp_path / "line.tmp").read_bytes() == (tmp_path / "line.json").read_bytes() == b'{"timeline": []}'


async def test_empty_file_is_a_file(store: Store, download: Download, tmp_path: Path) -> None:
    """A chat in which nobody wrote."""
    store.films["/rec/download/chat"] = Film(b"", kind="text/plain")
    await download(store.url("chat"), to=tmp_path / "chat.txt")
    assert (tmp_path / "chat.txt").read_bytes() == b""


async def test_file_of_another_size_is_not_the_recording(store: Store, download: Download, tmp_path: Path) -> None:
    """What Zoom's API says of a file is held against what comes, before it comes."""
    with pytest.raises(errors.DownloadError, match=r"1,100,003 bytes, the recording has 5"):
        await download({"download_url": store.url(), "file_size": 5}, to=tmp_path / "talk.mp4")
    assert not (tmp_path / "talk.mp4").exists()


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ({"file_path": "/mnt/rec/a.mp4"}, "premises, at /mnt/rec/a.mp4"),
        ({"status": "processing"}, "still processing"),
        ({"status": "processing", "download_url": "https://zoom.us/rec/download/x", "id": "a"}, "still processing"),
        ({"id": "a"}, "no address"),
    ],
)
async def test_file_without_an_address_is_refused_with_the_reason(
    file: dict[str, Any], why: str, store: Store, download: Download, tmp_path: Path
) -> None:
    """It lies on the premises, or is not ready: an empty address would say neither."""
    with pytest.raises(errors.DownloadError, match=why):
        await download(file, to=tmp_path / "talk.mp4")
    assert store.seen == []


@pytest.mark.parametrize(
    ("what", "to", "error"),
    [
        ("{url}", ".", ValueError),
        ("{url}", "missing/", ValueError),
        ("{url}", "missing/talk.mp4", errors.DownloadError),
        (4.5, ".", TypeError),
        (b"https://zoom.us/rec", ".", TypeError),
        ([], ".", TypeError),
    ],
)
async def test_what_cannot_be_done_is_said_before_anything_is_sent(
    what: Any, to: str, error: type[Exception], store: Store, download: Download, tmp_path: Path
) -> None:
    """A name that is missing, a directory that is not there, something that is not a recording."""
    what = what.format(url=store.url()) if isinstance(what, str) else what
    with pytest.raises(error):
        await download(what, to=f"{tmp_path}/{to}")
    assert store.seen == []
    assert nothing_is_in(tmp_path)


STALE = [
    Fault(401),
    Fault(404),
    Fault(headers={"content-type": "text/html"}, body=PAGE),
    Fault(headers={"content-length": "7"}, body=b"another"),
]


@pytest.mark.parametrize("fault", STALE, ids=repr)
async def test_stale_link_is_fetched_again_by_its_meeting(
    fault: Fault, store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """Links and their tokens live for a day, and a download may begin later, or take longer."""
    store.films["/rec/download/new"] = film
    size = len(film.content)
    new = {"id": "f", "download_url": store.url("new"), "file_size": size, "file_type": "MP4", "meeting_id": "u//=="}
    other = {**new, "id": "g", "download_url": store.url("other")}
    answer = {"uuid": "u//==", "download_access_token": "fresh", "recording_files": [other, new]}
    store.json["/v2/meetings/u%252F%252F%253D%253D/recordings"] = lambda: answer
    store.faults = [Fault(cut=400_000), fault]
    file = {**new, "download_url": store.url()}
    await download(file, to=tmp_path / "talk.mp4", token="old")
    assert (tmp_path / "talk.mp4").read_bytes() == film.content
    assert [each.headers["authorization"] for each in store.seen] == [
        *["Bearer old"] * 2,
        "Bearer a token",
        "Bearer fresh",
    ]
    assert store.seen[2].path.endswith("?include_fields=download_access_token")
    assert store.asked("range")[-1] == ("bytes=400000-",)


async def test_stale_link_is_fetched_again_once(store: Store, download: Download, tmp_path: Path) -> None:
    """A token that Zoom never accepts, however new, would be asked for without end."""
    file = {"id": "f", "download_url": store.url(), "meeting_id": "u"}
    store.json["/v2/meetings/u/recordings"] = lambda: {"recording_files": [file]}
    store.faults = [Fault(403)] * 9
    with pytest.raises(errors.DownloadError, match="HTTP 403"):
        await download(file, to=tmp_path / "talk.mp4")
    assert len(store.seen) == 3


async def test_access_token_that_died_is_renewed_in_the_middle(
    world: World, store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """The client's own token lives for an hour: a long download outlives it, and nothing is stale but that."""
    with AuthorizationServer() as server:
        identity = (ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET)
        zoom = world.kind(ServerToServer(*identity, oauth_url=server.origin, base_url=store.base_url), retry=NO_WAIT)
        store.faults = [Fault(cut=400_000), Fault(401)]
        await download(store.url(), client=zoom, to=tmp_path / "talk.mp4")
        await world.close(zoom)
    assert (tmp_path / "talk.mp4").read_bytes() == film.content
    (_, first), (again, second), (last, third) = store.asked("range", "authorization")
    assert first == second != third
    assert again == last == "bytes=400000-"


async def test_file_that_the_meeting_has_no_longer_is_said_to_be_gone(
    store: Store, download: Download, tmp_path: Path
) -> None:
    """It lies in the trash, from where it can be recovered for 30 days."""
    store.json["/v2/meetings/u/recordings"] = lambda: {"recording_files": [{"id": "g"}]}
    store.faults = [Fault(404)]
    with pytest.raises(errors.DownloadError, match="has this file no longer"):
        await download({"id": "f", "download_url": store.url(), "meeting_id": "u"}, to=tmp_path / "talk.mp4")


async def test_circles_end(store: Store, download: Download, tmp_path: Path) -> None:
    """Two addresses that send on to each other."""
    store.faults = [Fault(302, {"location": "/rec/download/film"})] * 99
    with pytest.raises(errors.DownloadError, match="more than 10 times"):
        await download(store.url(), to=tmp_path / "talk.mp4")
    assert len(store.seen) == 10


async def test_answers_of_a_mock_are_read(world: World, download: Download, tmp_path: Path) -> None:
    """Programs that download are tested with transports that have no wire."""
    zoom = world.zoom(lambda _: httpx.Response(200, content=b"film"))
    await download("https://zoom.us/rec/download/x", client=zoom, to=tmp_path / "a.mp4")
    assert (tmp_path / "a.mp4").read_bytes() == b"film"
    await world.close(zoom)


@pytest.mark.parametrize("cut", [1, 5, 20])
async def test_a_refusal_that_comes_in_pieces_is_not_written(
    cut: int, store: Store, download: Download, tmp_path: Path
) -> None:
    """Its first byte says nothing; what was interrupted is not gone on with as a recording."""
    store.films["/rec/download/film"] = Film(REFUSAL, kind="application/octet-stream")
    store.faults = [Fault(cut=cut)]
    with pytest.raises(errors.DownloadError, match="a refusal"):
        await download(store.url(), to=tmp_path / "talk.mp4")
    assert nothing_is_in(tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("line.json", b'{"timeline": [{"code": 1, "message": "x"}]}'),
        ("chat.txt", b'{"smile"} said Jane: what does code 200 mean?'),
        ("long.txt", b'{"code": 1, "message": "x", "more": "' + b"x" * 20_000 + b'"}'),
    ],
)
async def test_what_only_looks_like_a_refusal_is_a_file(
    name: str, content: bytes, store: Store, download: Download, tmp_path: Path
) -> None:
    """A timeline, a chat about errors, a long text."""
    store.films["/rec/download/film"] = Film(content, kind="application/octet-stream")
    await download(store.url(), to=tmp_path / name)
    assert (tmp_path / name).read_bytes() == content


async def test_a_file_that_is_processing_again_is_said_to_be(store: Store, download: Download, tmp_path: Path) -> None:
    """Its link has become stale, and the meeting's new one leads to nothing yet."""
    again = {"id": "f", "download_url": store.url("gone"), "status": "processing"}
    store.json["/v2/meetings/u/recordings"] = lambda: {"recording_files": [again]}
    store.faults = [Fault(404)]
    with pytest.raises(errors.DownloadError, match="still processing"):
        await download({"id": "f", "download_url": store.url(), "meeting_id": "u"}, to=tmp_path / "talk.mp4")


@pytest.mark.parametrize(
    "listing", ["<html>", b"", [], "text", 5, {"recording_files": "text"}, {"recording_files": [5]}], ids=repr
)
async def test_a_listing_that_is_none_is_our_error(
    world: World, download: Download, tmp_path: Path, listing: Any
) -> None:
    """A page, or JSON of another shape: not a TypeError, and not a meeting without files."""
    page = {"content": listing} if listing in ("<html>", b"") else {"json": listing}
    zoom = world.zoom(lambda _: httpx.Response(200, **page), retry=NO_WAIT)
    with pytest.raises(errors.UnexpectedAnswer):
        await download(123, client=zoom, to=tmp_path)
    file = {"id": "f", "download_url": "https://zoom.us/rec/download/x", "meeting_id": "u"}
    with pytest.raises(errors.DownloadError):
        await download(file, client=zoom, to=tmp_path / "talk.mp4")
    await world.close(zoom)


@pytest.mark.parametrize("files", ["text", 5, {"a": 1}, [None], [5, "text"]], ids=repr)
async def test_a_meeting_whose_files_are_none_is_our_error(download: Download, tmp_path: Path, files: Any) -> None:
    """It comes from a list or from an event, as Zoom sent it."""
    listed = MeetingRecordings.from_dict({"uuid": "u", "recording_files": files})
    for meeting in (listed, listed.to_dict()):
        with pytest.raises(errors.UnexpectedAnswer):
            await download(meeting, to=tmp_path)


@pytest.mark.parametrize("size", ["5", "0005"])
async def test_a_size_that_is_a_text_is_a_size(store: Store, download: Download, tmp_path: Path, size: str) -> None:
    """Zoom says numbers as texts now and then: a file of another size would be taken for this one."""
    with pytest.raises(errors.DownloadError, match="the recording has 5"):
        await download({"download_url": store.url(), "file_size": size}, to=tmp_path / "talk.mp4")


@pytest.mark.parametrize("suffix", ["part", "part.json"])
async def test_a_link_in_the_place_of_a_part_is_refused(
    suffix: str, store: Store, download: Download, tmp_path: Path
) -> None:
    """Whoever can write to the directory would choose the file that is overwritten."""
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / f"talk.mp4.{suffix}").symlink_to(victim)
    with pytest.raises(errors.DownloadError, match="a link or not a regular file"):
        await download(store.url(), to=tmp_path / "talk.mp4")
    assert victim.read_text() == "precious"
    assert not (tmp_path / "talk.mp4").exists()


async def test_a_full_disk_is_said_and_what_came_is_gone_on_with(
    store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """Nothing that came is lost, and the file that was there stays."""
    (tmp_path / "talk.mp4").write_bytes(b"old")
    with nearly_full(400_000), pytest.raises(errors.DownloadError, match="large"):
        await download(store.url(), to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == b"old"
    await download(store.url(), to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == film.content
    assert store.asked("range") == [(None,), ("bytes=400000-",)]


@pytest.mark.parametrize(
    "note",
    [
        b"[]", b"5", b'{"total": "x", "validator": 5}', b'{"validator": 5, "total": 1}', b"\xff",
        b'{"validator": "\\"\\u00e9\\"", "total": null}', b'{"validator": "x\\r\\nA: b", "total": null}',
    ],
)  # fmt: skip
async def test_a_note_of_somebody_else_is_nothing_to_go_on_from(
    note: bytes, store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """It would be sent as a header."""
    (tmp_path / "talk.mp4.part").write_bytes(b"somebody else's")
    (tmp_path / "talk.mp4.part.json").write_bytes(note)
    await download(store.url(), to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == film.content
