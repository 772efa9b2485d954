"""A download that is interrupted: it goes on, it ends whole, or it says why not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.downloads.store import Fault, Film, Store
from zoom_api_client import errors
from zoom_api_client.downloads.partial_file import PartialFile

Download = Callable[..., Any]


def left_over(path: Path) -> list[str]:
    """Return what lies beside a file."""
    return sorted(each.name for each in path.parent.iterdir() if each != path)


async def test_whole_file_arrives_under_its_name(store: Store, film: Film, download: Download, tmp_path: Path) -> None:
    """What nothing interrupts is the file, and nothing else is left."""
    path = tmp_path / "talk.mp4"
    assert await download(store.url(), to=path) == path
    assert path.read_bytes() == film.content
    assert left_over(path) == []


@pytest.mark.parametrize(
    "fault",
    [
        Fault(cut=0),
        Fault(cut=1),
        Fault(cut=400_000),
        Fault(cut=1_100_002),
        Fault(cut=400_000, reset=True),
        Fault(cut=400_000, stall=True),
        Fault(cut=0, stall=True),
    ],
    ids=repr,
)
async def test_interrupted_download_goes_on_where_it_stopped(
    fault: Fault, store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """A drop, a reset, an early end and a stall cost what was on the wire, not what has come."""
    store.faults = [fault]
    await download(store.url(), to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == film.content
    (first, _), (second, version) = store.asked("range", "if-range")
    assert first is None
    if fault.reset:  # which of the bytes before it arrive is the network's affair
        assert second is None or version == '"1"'
    else:
        assert (second, version) == ((f"bytes={fault.cut}-", '"1"') if fault.cut else (None, None))


async def test_many_interruptions_do_not_use_up_the_attempts(
    store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """A long download over a bad line fails more often than a client tries: what comes makes up for it."""
    store.faults = [Fault(cut=60_000)] * 15
    await download(store.url(), to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == film.content


async def test_attempts_end_where_nothing_comes(store: Store, download: Download, tmp_path: Path) -> None:
    """A server that never gives another byte would keep a program forever; the next call goes on."""
    store.faults = [Fault(cut=400_000), *[Fault(cut=0)] * 2]
    with pytest.raises(errors.DownloadError, match=r"^talk\.mp4 was not downloaded: ") as caught:
        await download(store.url(), to=tmp_path / "talk.mp4")
    assert isinstance(caught.value.__cause__, errors.ConnectionFailed)
    assert len(store.seen) == 3
    assert not (tmp_path / "talk.mp4").exists()
    await download(store.url(), to=tmp_path / "talk.mp4")
    assert store.asked("range")[-1] == ("bytes=400000-",)
    assert left_over(tmp_path / "talk.mp4") == []


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_failure_of_zooms_is_waited_for(
    status: int, store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """What fails for a moment is asked for again, also in the middle."""
    store.faults = [Fault(status), Fault(cut=400_000), Fault(status)]
    await download(store.url(), to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == film.content


async def test_answer_of_an_unknown_length_is_checked_by_the_file(
    store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """A body that ends with its connection ends early without a sign: only the recording's size tells."""
    store.faults = [Fault(headers={"content-length": ""}, cut=400_000)]
    file = {"download_url": store.url(), "file_size": len(film.content)}
    await download(file, to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == film.content
    store.faults = [Fault(headers={"content-length": ""}, cut=400_000)]
    with pytest.raises(errors.DownloadError, match="does not say how long it is"):
        await download(store.url(), to=tmp_path / "other.mp4")
    assert not (tmp_path / "other.mp4").exists()


async def test_part_that_is_whole_is_done(store: Store, film: Film, download: Download, tmp_path: Path) -> None:
    """A process that ended before the rename has all: Zoom answers 416, which is not a failure."""
    (tmp_path / "talk.mp4.part").write_bytes(film.content)
    (tmp_path / "talk.mp4.part.json").write_text('{"validator": "\\"1\\"", "total": 1100003}')
    await download(store.url(), to=tmp_path / "talk.mp4")
    assert store.asked("range") == [("bytes=1100003-",)]
    assert (tmp_path / "talk.mp4").read_bytes() == film.content
    assert left_over(tmp_path / "talk.mp4") == []


@pytest.mark.parametrize("note", ['{"validator": "\\"1\\"", "total": 1100003}', '{"validator": "\\"1', "[]", ""])
@pytest.mark.parametrize("length", [0, 400_000, 1_100_003, 1_200_000])
async def test_part_that_is_another_file_is_begun_again(
    note: str, length: int, store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """Too long a part, another version, half a note: bytes of two files never become one."""
    film.etag = '"2"'
    (tmp_path / "talk.mp4.part").write_bytes(b"?" * length)
    (tmp_path / "talk.mp4.part.json").write_text(note)
    await download(store.url(), to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == film.content
    assert left_over(tmp_path / "talk.mp4") == []


@pytest.mark.parametrize("size", [900_000, 1_300_000])
async def test_file_that_changes_is_begun_again(
    size: int, store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """A recording that is trimmed while it comes: half of one and half of the other is neither."""

    def change() -> None:
        film.content, film.etag = bytes(size), '"2"'

    store.faults = [Fault(cut=1_000_000), Fault(before=change)]
    await download(store.url(), to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == bytes(size)


@pytest.mark.parametrize(
    "headers", [{"content-range": "bytes 0-1100002/1100003"}, {"etag": '"2"'}, {"content-range": ""}]
)
async def test_rest_of_something_else_is_not_appended(
    headers: dict[str, str], store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """A server that ignores If-Range, or what range it was asked for."""
    store.faults = [Fault(cut=400_000), Fault(headers=headers)]
    await download(store.url(), to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == film.content
    assert store.asked("range")[2] == (None,)


async def test_file_that_always_changes_ends(store: Store, film: Film, download: Download, tmp_path: Path) -> None:
    """Bytes come each time, and never make a file: such a download must not go on forever."""
    versions = iter(range(100))

    def change() -> None:
        film.etag = f'"{next(versions)}"'

    store.faults = [Fault(cut=400_000, before=change)] * 100
    with pytest.raises(errors.DownloadError, match="begun"):
        await download(store.url(), to=tmp_path / "talk.mp4")
    assert len(store.seen) < 10


async def test_file_without_a_version_is_begun_again(
    store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """Without ETag and Last-Modified nothing says that the rest is of the same file; a weak ETag says too little."""
    for film.etag in ("", 'W/"1"'):
        store.seen.clear()
        store.faults = [Fault(cut=400_000)]
        await download(store.url(), to=tmp_path / "talk.mp4")
        assert (tmp_path / "talk.mp4").read_bytes() == film.content
        assert store.asked("range") == [(None,), (None,)]


async def test_time_of_change_is_a_version_too(store: Store, film: Film, download: Download, tmp_path: Path) -> None:
    """A store without ETags says when the file was changed."""
    film.etag, film.modified = "", "Mon, 02 Mar 2026 10:00:00 GMT"
    store.faults = [Fault(cut=400_000)]
    await download(store.url(), to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == film.content
    assert store.asked("range", "if-range")[1] == ("bytes=400000-", film.modified)


async def test_two_downloads_of_one_file_do_not_mix(
    store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """The second would write into what the first is about to give its name."""
    with PartialFile(tmp_path / "talk.mp4"), pytest.raises(errors.DownloadError, match="another download"):
        await download(store.url(), to=tmp_path / "talk.mp4")
    await download(store.url(), to=tmp_path / "talk.mp4")
    assert (tmp_path / "talk.mp4").read_bytes() == film.content
