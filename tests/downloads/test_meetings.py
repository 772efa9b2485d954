"""All files of a meeting: which, what they are called, several at once."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Semaphore
from typing import Any

import pytest

from tests.client.worlds import World
from tests.downloads.store import Fault, Film, Store
from zoom_api_client import Zoom, errors
from zoom_api_client.models.meetings import MeetingRecordings, RecordingFile

Download = Callable[..., Any]

START = "2026-03-01T10:00:00Z"


def contents(directory: Path) -> list[bytes]:
    """Return what the files of a directory hold that have come to their end, by name."""
    return [path.read_bytes() for path in sorted(directory.iterdir()) if ".part" not in path.name]


@pytest.fixture
def meeting(store: Store) -> dict[str, Any]:
    """A meeting of four files; what Zoom's API answers for it."""

    def file(name: str, kind: str, type_: str, **more: Any) -> dict[str, Any]:
        content = name.encode() * 1000
        store.films[f"/rec/download/{name}"] = Film(content, f'"{name}"')
        known = {"id": name, "download_url": store.url(name), "file_size": len(content), "file_type": type_}
        return {**known, "recording_type": kind, "file_extension": type_, "recording_start": START, **more}

    answer = {
        "uuid": "ab/c==",
        "topic": "Stand-up: A/B",
        "start_time": START,
        "download_access_token": "of-the-meeting",
        "recording_files": [
            file("b", "gallery_view", "MP4"),
            file("a", "gallery_view", "MP4", recording_start="2026-03-01T11:00:00Z"),
            file("c", "chat_file", "TXT"),
        ],
        "participant_audio_files": [file("d", "", "M4A", file_name="Audio only - Åsa")],
    }
    store.json["/v2/meetings/123/recordings"] = lambda: answer
    store.json["/v2/meetings/ab%2Fc%3D%3D/recordings"] = lambda: answer
    return answer


NAMES = {
    "Stand-up_ A_B 2026-03-01 10-00-00Z gallery_view.mp4": b"b",
    "Stand-up_ A_B 2026-03-01 10-00-00Z chat_file.txt": b"c",
    "Stand-up_ A_B 2026-03-01 10-00-00Z Audio only - Åsa.m4a": b"d",
    "Stand-up_ A_B 2026-03-01 10-00-00Z gallery_view (2).mp4": b"a",
}


@pytest.mark.parametrize("how", ["number", "uuid", "model", "json"])
async def test_all_files_of_a_meeting_arrive_under_their_names(
    how: str, meeting: dict[str, Any], store: Store, download: Download, tmp_path: Path
) -> None:
    """Two pieces of one kind must not overwrite each other, and a second run must find the same names."""
    given = {"number": 123, "uuid": "ab/c==", "model": MeetingRecordings.from_dict(meeting), "json": meeting}[how]
    place = tmp_path / "not" / "there"
    paths = await download(given, to=place)
    assert [path.name for path in paths] == list(NAMES)
    assert {path.name: path.read_bytes()[:1] for path in paths} == NAMES
    assert len(contents(place)) == 4
    assert {each for (each,) in store.asked("authorization")} == {"Bearer of-the-meeting"}
    asked = len(store.seen)
    assert await download(meeting, to=place) == paths
    assert len(store.seen) == asked


@pytest.mark.parametrize("lists", [{}, {"recording_files": None}, {"recording_files": []}])
async def test_meeting_without_files_is_not_taken_for_a_file(
    download: Download, store: Store, tmp_path: Path, lists: dict[str, Any]
) -> None:
    """It has none to bring, whether it is named or given, and whatever Zoom spells "none" like."""
    store.json["/v2/meetings/123/recordings"] = lambda: {"topic": "Stand-up", **lists}
    assert await download(123, to=tmp_path) == []
    assert await download(MeetingRecordings.from_dict({"topic": "Stand-up", **lists}), to=tmp_path) == []


async def test_token_of_a_webhook_goes_before_that_of_the_meeting(
    meeting: dict[str, Any], store: Store, download: Download, tmp_path: Path
) -> None:
    """Events carry theirs at the top, apart from the meeting."""
    await download(meeting, to=tmp_path, token="of-the-event")
    assert {each for (each,) in store.asked("authorization")} == {"Bearer of-the-event"}


async def test_one_file_is_named_in_a_directory(
    meeting: dict[str, Any], store: Store, download: Download, tmp_path: Path
) -> None:
    """Without its meeting a file has its start and its kind."""
    file = RecordingFile.from_dict(meeting["recording_files"][0])
    path = await download(file, to=f"{tmp_path}/new/")
    assert path == tmp_path / "new" / "recording 2026-03-01 10-00-00Z gallery_view.mp4"
    assert path.read_bytes() == b"b" * 1000


async def test_one_file_that_fails_does_not_stop_the_others(
    meeting: dict[str, Any], store: Store, download: Download, tmp_path: Path
) -> None:
    """What can be had is had; the error names all that could not, and tells where the others are."""
    meeting["recording_files"][0] = {"file_path": "/mnt/a.mp4", "recording_type": "first"}
    del store.films["/rec/download/c"]
    with pytest.raises(errors.DownloadError, match="premises") as caught:
        await download(meeting, to=tmp_path)
    assert [path.read_bytes()[:1] for path in caught.value.saved] == [b"d", b"a"]
    assert "chat_file.txt was not downloaded: Zoom refuses the link with HTTP 404" in caught.value.__notes__[0]
    assert [each[:1] for each in contents(tmp_path)] == [b"d", b"a"]


@pytest.mark.parametrize("url", ["https://[::1/x", "https://evil.example/x"])
async def test_an_address_that_is_not_zooms_does_not_stop_the_others(
    url: str, meeting: dict[str, Any], store: Store, download: Download, tmp_path: Path
) -> None:
    """It is not asked, and the error names its file."""
    meeting["recording_files"][2]["download_url"] = url
    with pytest.raises(errors.DownloadError, match=r"chat_file.txt was not downloaded: .* the token goes nowhere else"):
        await download(123, to=tmp_path)
    assert [each[:1] for each in contents(tmp_path)] == [b"d", b"a", b"b"]


@pytest.mark.parametrize("concurrency", [1, 3])
async def test_as_many_come_at_once_as_are_allowed(
    concurrency: int, meeting: dict[str, Any], store: Store, download: Download, tmp_path: Path
) -> None:
    """One more would be one more than the line bears; one fewer would take longer."""
    together, alone = Barrier(concurrency), Semaphore(concurrency)

    def meet() -> None:
        assert alone.acquire(blocking=False)
        together.wait(5)

    store.faults = [Fault(before=meet)] * concurrency
    await download(meeting, to=tmp_path, concurrency=concurrency)
    assert len(contents(tmp_path)) == 4
    with pytest.raises(ValueError, match="at least one"):
        await download(meeting, to=tmp_path, concurrency=0)


async def test_progress_is_of_the_whole(
    meeting: dict[str, Any], store: Store, download: Download, tmp_path: Path
) -> None:
    """A bar that goes back, or beyond its end, says nothing."""
    told: list[tuple[int, int | None]] = []
    await download(meeting, to=tmp_path, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (4000, 4000)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert {total for _, total in told} == {4000}


async def test_progress_goes_on_after_an_interruption(
    store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """What had come counts."""
    told: list[tuple[int, int | None]] = []
    store.faults = [Fault(cut=400_000)]
    await download(store.url(), to=tmp_path / "a.mp4", progress=lambda *each: told.append(each))
    assert told[-1] == (len(film.content), len(film.content))
    assert (400_000, len(film.content)) in told
    assert [done for done, _ in told] == sorted(done for done, _ in told)


async def test_whoever_gives_up_stops_all(
    world: World, meeting: dict[str, Any], store: Store, download: Download, tmp_path: Path
) -> None:
    """Ctrl-C, or a cancelled task: threads that went on would keep the program until the last byte."""

    class GaveUp(BaseException):
        pass

    def give_up(done: int, total: int | None) -> None:
        raise GaveUp

    if world.kind is Zoom:
        with pytest.raises(GaveUp):
            await download(meeting, to=tmp_path, progress=give_up, concurrency=1)
    else:
        store.faults = [Fault(cut=10, stall=True)] * 4
        task = asyncio.ensure_future(download(meeting, to=tmp_path, concurrency=2))
        await asyncio.to_thread(store.stalled.wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert len(store.asked()) <= 2
    assert contents(tmp_path) == []


@pytest.mark.parametrize("folder", ["recordings", "not/there", "week.12", "v1.2/", "recordings/"])
async def test_files_in_turn_fill_a_new_folder(
    folder: str, meeting: dict[str, Any], store: Store, download: Download, tmp_path: Path
) -> None:
    """The first made a file of the folder's name, and the next overwrote it."""
    paths = [await download(file, to=f"{tmp_path}/{folder}") for file in meeting["recording_files"]]
    assert len(set(paths)) == 3
    assert {path.parent for path in paths} == {tmp_path / folder}
    assert [path.read_bytes()[:1] for path in paths] == [b"b", b"a", b"c"]


@pytest.mark.parametrize("name", ["talk.mp4", "TALK.MP4", "talk.of 12.5.mp4"])
async def test_a_path_that_is_called_like_a_file_is_the_file(
    name: str, meeting: dict[str, Any], download: Download, tmp_path: Path
) -> None:
    """So is a path that is a file already, whatever it is called."""
    file = meeting["recording_files"][0]
    assert await download(file, to=tmp_path / name) == tmp_path / name
    (tmp_path / "talk").touch()
    assert await download(file, to=tmp_path / "talk") == tmp_path / "talk"
