"""The file that an operation answers with is saved like a recording: whole or not at all, from where it was."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.client.worlds import World
from tests.downloads.store import Fault, Film, Store
from zoom_api_client import errors

PATH = "/v2/phone/recording/download/film"


async def test_file_of_an_operation_is_saved(world: World, zoom: Any, film: Film, store: Store, tmp_path: Path) -> None:
    """The token goes along, and what was interrupted goes on where it stopped."""
    store.films[PATH] = film
    store.faults = [Fault(cut=500_000)]
    to = tmp_path / "call.mp3"
    assert await world.of(zoom.api.phone.download_phone_recording.save(to, "film")) == to
    assert to.read_bytes() == film.content
    assert store.asked("authorization", "range") == [("Bearer a token", None), ("Bearer a token", "bytes=500000-")]


async def test_refusal_leaves_no_file(world: World, zoom: Any, tmp_path: Path) -> None:
    """What is not there is an error, and not an empty file."""
    with pytest.raises(errors.DownloadError):
        await world.of(zoom.api.phone.download_phone_recording.save(tmp_path / "call.mp3", "nothing"))
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - in a coroutine


async def test_directory_is_refused_before_anything_is_sent(
    world: World, zoom: Any, store: Store, tmp_path: Path
) -> None:
    """An operation does not say what its file is called."""
    with pytest.raises(ValueError, match="name a file, not the directory"):
        await world.of(zoom.api.phone.download_phone_recording.save(tmp_path, "film"))
    assert store.asked() == []
