"""Places that no file can be written to, and addresses that are none: an error that says so, and nothing is sent."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.downloads.store import Store
from zoom_api_client import errors
from zoom_api_client.downloads.partial_file import PartialFile

Download = Callable[..., Any]


def file(store: Store, **more: Any) -> dict[str, Any]:
    """Return a recording file as Zoom describes it."""
    return {"id": "f", "file_type": "MP4", "download_url": store.url("film"), **more}


@pytest.mark.parametrize("to", ["file/", "file/x/", "{long}/", "{long}", "/proc/x/"])
async def test_directory_that_cannot_be_made_is_an_error_of_ours(
    download: Download, store: Store, tmp_path: Path, to: str
) -> None:
    """A file is there, a name is too long, or the system has no such place."""
    (tmp_path / "file").write_bytes(b"")
    place = f"{tmp_path / to.format(long='a' * 300)}{'/' if to.endswith('/') else ''}"
    for what in (file(store), {"uuid": "u", "recording_files": [file(store)]}):
        with pytest.raises(errors.DownloadError, match="the directory cannot be made"):
            await download(what, to=place)
    assert store.seen == []


@pytest.mark.parametrize("to", ["a\0b/", "a\0b.mp4", "\ud800/"])
async def test_name_that_no_file_can_have_is_refused(download: Download, store: Store, tmp_path: Path, to: str) -> None:
    """The mistake is the caller's."""
    with pytest.raises(ValueError, match="no file can be called that"):
        await download(file(store), to=f"{tmp_path}/{to}")
    assert store.seen == []


async def test_directory_in_the_place_of_the_file_is_named(download: Download, store: Store, tmp_path: Path) -> None:
    """Before anything is sent."""
    name = "t MP4.mp4"
    (tmp_path / name).mkdir()
    with pytest.raises(errors.DownloadError, match=rf"Is a directory .*{name}"):
        await download({"topic": "t", "recording_files": [file(store)]}, to=tmp_path)
    assert store.seen == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
@pytest.mark.parametrize("linked", [True, False])
async def test_device_is_not_replaced(download: Download, store: Store, tmp_path: Path, linked: bool) -> None:
    """Root could put a recording in the place of /dev/null, for the whole machine; a pipe stands in for it here."""
    path = pipe = tmp_path / "null"
    os.mkfifo(pipe)
    if linked:
        path = tmp_path / "talk.mp4"
        path.symlink_to(pipe)
    with pytest.raises(errors.DownloadError, match="a device or a pipe"):
        await download(store.url("film"), to=path)
    assert pipe.is_fifo()
    assert store.seen == []


@pytest.mark.parametrize("url", ["https://[::1/x", "https://evil.example/x", "http://zoom.us:99999/x"])
async def test_address_that_is_not_zooms_is_refused(download: Download, store: Store, tmp_path: Path, url: str) -> None:
    """Whether a caller gives it or Zoom: the token goes nowhere else."""
    with pytest.raises(errors.AddressRefused, match="the token goes nowhere else"):
        await download(file(store, download_url=url), to=tmp_path)
    with pytest.raises(errors.AddressRefused, match="the token goes nowhere else"):
        await download(url, to=tmp_path / "film.mp4")
    assert store.seen == []


async def test_answer_with_odd_values_ends_in_an_error_of_ours(
    download: Download, store: Store, tmp_path: Path
) -> None:
    """An address that is a number is none, and a list that is null is empty."""
    with pytest.raises(errors.DownloadError, match="Zoom gives no address to download it from"):
        await download(file(store, download_url=5), to=tmp_path)
    assert await download({"uuid": "u", "recording_files": None}, to=tmp_path) == []


def test_note_that_is_nested_too_deeply_is_none(tmp_path: Path) -> None:
    """Whatever wrote it: the file begins anew."""
    (tmp_path / "film.mp4.part").write_bytes(b"part")
    (tmp_path / "film.mp4.part.json").write_bytes(b"[" * 100_000)
    with PartialFile(tmp_path / "film.mp4") as part:
        assert (part.length, part.validator) == (0, "")
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - names are enough
