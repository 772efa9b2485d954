"""The token of a download: in one header, to Zoom's hosts, and nowhere else."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.client.worlds import World
from tests.downloads.store import Fault, Film, Store
from zoom_api_client import Zoom, errors
from zoom_api_client._async.downloads.download import download as download_awaited
from zoom_api_client._sync.downloads.download import download as download_blocking

Download = Callable[..., Any]


@pytest.fixture
def foreign(film: Film) -> Iterator[Store]:
    """A server on another port: a store of files that Zoom sends on to."""
    with Store(film=film) as served:
        yield served


def told(server: Store) -> str:
    """Return all that a server was told."""
    return repr(server.seen)


@pytest.mark.parametrize("token", [None, "t0ken-of-the-webhook"])
async def test_foreign_host_gets_no_credential(
    token: str | None, store: Store, foreign: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """Its log would give the recordings, or the account, to whoever reads it: no token, no cookie, at no hop."""
    there, again = f"{foreign.url()}?signature=%2Fx%2B&y", f"{foreign.origin}/rec/download/hop"
    foreign.films["/rec/download/hop"] = film
    store.faults = [Fault(302, {"location": again, "set-cookie": "5ession=1; Path=/"})] * 2
    foreign.faults = [
        Fault(302, {"location": there, "set-cookie": "other=1; Path=/"}),
        Fault(cut=400_000),
        Fault(302, {"location": there}),
    ]
    await download(store.url(), to=tmp_path / "talk.mp4", token=token)
    assert (tmp_path / "talk.mp4").read_bytes() == film.content
    assert [each.headers["authorization"] for each in store.seen] == [f"Bearer {token or 'a token'}"] * 2
    assert [each.path for each in foreign.seen] == ["/rec/download/hop", there.removeprefix(foreign.origin)] * 2
    assert not any({"authorization", "cookie"} & each.headers.keys() for each in foreign.seen)
    assert "oken" not in told(foreign).replace("/rec/download", "")


async def test_zoom_gets_the_token_again_at_each_hop(
    store: Store, film: Film, download: Download, tmp_path: Path
) -> None:
    """Zoom's hosts send on to each other, and the last one asks too."""
    store.films["/rec/download/last"] = film
    store.faults = [Fault(302, {"location": "/rec/download/last"})]
    await download(store.url(), to=tmp_path / "talk.mp4", token="given")
    assert [(each.path, each.headers["authorization"]) for each in store.seen] == [
        ("/rec/download/film", "Bearer given"),
        ("/rec/download/last", "Bearer given"),
    ]


@pytest.mark.parametrize(
    ("location", "gets_it"),
    [
        ("https://file.zoom.us/a.mp4", True),
        ("https://files.zoomgov.com/a.mp4", True),
        ("https://zoom.us.evil.example/a.mp4", False),
        ("https://evilzoom.us/a.mp4", False),
        ("https://zoom.us@evil.example/a.mp4", False),
        ("https://evil.example/a.mp4#@zoom.us", False),
        ("//evil.example\\@zoom.us/a.mp4", True),  # as httpx reads it, it leads to zoom.us
    ],
)
async def test_token_stays_within_zoom(location: str, gets_it: bool, world: World, tmp_path: Path) -> None:
    """A host with a similar name is not Zoom's."""

    def reply(request: httpx.Request) -> httpx.Response:
        is_first = request.url.path == "/rec/download/x"
        return httpx.Response(302, headers={"location": location}) if is_first else httpx.Response(200, content=b"film")

    zoom = world.zoom(reply)
    await _run(world, zoom, "https://zoom.us/rec/download/x", to=tmp_path / "a.mp4")
    assert world.seen[0].headers["authorization"] == "Bearer a token"
    assert ("a token" in world.seen[1].headers.get("authorization", "")) is gets_it
    assert world.seen[1].url.host.endswith(("zoom.us", "zoomgov.com")) is gets_it or "evilzoom" in location
    await world.close(zoom)


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("http://file.zoom.us/a.mp4", "not encrypted"),
        ("http://evil.example/a.mp4", "not encrypted"),
        ("file:///etc/passwd", "not encrypted"),
        ("https://[zoom.us/a.mp4", "not a URL"),
    ],
)
async def test_download_is_not_sent_on_to_where_it_can_be_read(
    location: str, why: str, world: World, tmp_path: Path
) -> None:
    """A redirect from https to http would let others read the recording itself."""
    zoom = world.zoom(lambda _: httpx.Response(302, headers={"location": location}))
    with pytest.raises(errors.DownloadError, match=why):
        await _run(world, zoom, "https://zoom.us/rec/download/x", to=tmp_path / "a.mp4")
    assert len(world.seen) == 1
    await world.close(zoom)


@pytest.mark.parametrize(
    "url",
    [
        "http://zoom.us/rec/download/x",
        "https://example.com/rec/download/x",
        "https://zoom.us.example.com/rec/download/x",
        "http://127.0.0.1:9/rec/download/x",
        "ftp://zoom.us/x",
    ],
)
async def test_download_begins_at_zoom(url: str, download: Download, store: Store, tmp_path: Path) -> None:
    """An address of somebody else's is refused before anything is sent: the token was meant for it."""
    with pytest.raises(ValueError, match=r"https addresses of zoom\.us"):
        await download(url, to=tmp_path / "a.mp4", token="t0ken")
    with pytest.raises(ValueError, match=r"https addresses of zoom\.us"):
        await download({"download_url": url}, to=tmp_path / "a.mp4", token="t0ken")
    assert store.seen == []


@pytest.mark.parametrize("name", ["access_token", "download_token", "token"])
async def test_token_is_not_taken_in_the_address(name: str, download: Download, store: Store, tmp_path: Path) -> None:
    """Addresses are written into logs on their way; the message does not repeat it."""
    with pytest.raises(ValueError, match="the token as `token`") as caught:
        await download(f"{store.url()}?{name}=s3cret", to=tmp_path / "a.mp4")
    assert "s3cret" not in str(caught.value)
    assert store.seen == []


@pytest.mark.parametrize("token", ["two words", "a\r\nhost: x", "é"])
async def test_token_that_no_header_can_carry_is_refused(token: str, download: Download, store: Store) -> None:
    """A line end in it would begin another header."""
    with pytest.raises(ValueError, match="no header can carry") as caught:
        await download(store.url(), to="a.mp4", token=token)
    assert token not in str(caught.value)


async def test_secrets_are_in_no_error_log_or_repr(
    store: Store, download: Download, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Errors are sent to trackers, logs to whoever runs the machine."""
    caplog.set_level(logging.DEBUG, "zoom_api_client")
    key = "Qm9vdHN0cmFw" * 5
    store.films[f"/rec/download/{key}"] = Film(b"film" * 1000)
    store.faults = [Fault(cut=10), *[Fault(cut=0)] * 2]
    with pytest.raises(errors.DownloadError) as caught:
        await download(f"{store.url(key)}?signature=s1gned", to=tmp_path / "a.mp4", token="t0ken")
    shown = f"{caught.value!s} {caught.value!r} {caught.value.url} {vars(caught.value)}"
    shown += "".join(each.getMessage() for each in caplog.records if each.name == "zoom_api_client")
    assert not any(each in shown for each in (key, "s1gned", "t0ken"))
    ours = [each.frame.f_locals for each in caught.traceback if "zoom_api_client" in str(each.path)]
    assert len(ours) >= 2
    assert "t0ken" not in repr(ours)


async def _run(world: World, zoom: Any, what: Any, **given: Any) -> Any:
    return await world.of((download_blocking if world.kind is Zoom else download_awaited)(zoom, what, **given))
