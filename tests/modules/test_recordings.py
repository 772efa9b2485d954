"""Recordings that Zoom still processes, told from those that never were."""

import importlib
from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from zoom_api_client import Zoom, errors


@pytest.fixture
def pauses(world: World, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What is waited for, in seconds: nobody really does."""
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    place = "_sync" if world.kind is Zoom else "_async"
    module: Any = importlib.import_module(f"zoom_api_client.{place}.modules.recordings")
    monkeypatch.setattr(module, "sleep", waited.append if world.kind is Zoom else pause)
    return waited


def refuse(code: int) -> httpx.Response:
    """Answer that there is none."""
    return httpx.Response(404, json={"code": code, "message": "No."})


@pytest.mark.parametrize(("code", "asked"), [(3301, 4), (3001, 1)])
async def test_a_recording_that_never_comes_is_reported_after_the_wait(
    world: World, pauses: list[float], code: int, asked: int
) -> None:
    """Zoom says the same of one that it processes: only time tells. A meeting that is not there does not come."""
    zoom = world.zoom(lambda _: refuse(code))
    with pytest.raises(errors.NotFound) as never:
        await world.of(zoom.recordings.for_meeting(1, wait=40))
    assert len(world.seen) == asked
    assert pauses == [15, 15, 10][: asked - 1]
    assert ("Zoom has said so for 40 s: there is none" in str(never.value)) is (code == 3301)


async def test_a_recording_that_comes_is_returned(world: World, pauses: list[float]) -> None:
    """It is returned as soon as Zoom has it."""
    answers = [refuse(3301), refuse(3301), httpx.Response(200, json={"id": 1})]
    zoom = world.zoom(lambda _: answers.pop(0))
    assert (await world.of(zoom.recordings.for_meeting(1, wait=600))).id == 1
    assert pauses == [15, 15]


async def test_nothing_is_waited_for_unless_asked(world: World, pauses: list[float]) -> None:
    """Whoever asks for an old meeting hears at once what the answer may mean."""
    zoom = world.zoom(lambda _: refuse(3301))
    with pytest.raises(errors.NotFound, match="still processes and of none at all"):
        await world.of(zoom.recordings.for_meeting(1))
    assert pauses == []
    for nonsense in (-1, float("nan")):
        with pytest.raises(ValueError, match="wait is"):
            await world.of(zoom.recordings.for_meeting(1, wait=nonsense))
