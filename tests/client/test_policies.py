"""Policies and options that make no sense are refused where they are made, not after the first answer."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.client.loopback import Loopback, Reply
from tests.client.worlds import World
from zoom_api_client import Bounds, Retry, Throttle, Zoom
from zoom_api_client.connection import ServerToServer
from zoom_api_client.quota import Guard
from zoom_api_client.triggers import HandlerRetry, Receiver

NAN = float("nan")


def receiver(**options: Any) -> Receiver:
    """Return a receiver with these options."""
    return Receiver(secret_token="secret", inbox="memory://", **options)


def guard(**options: Any) -> Guard:
    """Return a guard with these options."""
    return Guard("memory://", **options)


def throttle(**options: Any) -> Throttle:
    """Return a throttle with these options."""
    return Throttle(store="memory://", **options)


@pytest.mark.parametrize(
    ("kind", "name", "values"),
    [
        (Retry, "attempts", ("3", 0, NAN, 1.5)),
        (Retry, "first_wait", (NAN, -5, "x")),
        (Retry, "longest_wait", (NAN, -5, "x")),
        (Retry, "total_wait", (NAN, -5, "x")),
        (Bounds, "answer_bytes", (-1, "x", NAN)),
        (Bounds, "answer_seconds", (-1, "x", NAN)),
        (Bounds, "nesting", (-1, "x", 2000)),
        (Bounds, "pages", (0, "x")),
        (Bounds, "idle_pages", (0, "x")),
        (HandlerRetry, "attempts", (0, "x", NAN)),
        (HandlerRetry, "first_wait", (-1, "x", NAN)),
        (HandlerRetry, "longest_wait", (-1, "x", NAN)),
        (receiver, "concurrency", (0, "x", NAN)),
        (receiver, "handler_timeout", (-1, "x", NAN)),
        (receiver, "max_body", (0, "x", NAN)),
        (receiver, "tolerance", (-1, "x", NAN)),
        (guard, "limit", (0, "x", NAN)),
        (guard, "max_wait", (-1, "x", NAN)),
        (throttle, "max_wait", (-1, "x", NAN)),
        (throttle, "margin", (-1, "x", NAN)),
    ],
)
def test_number_that_makes_no_sense_is_refused_by_name(kind: Any, name: str, values: tuple[Any, ...]) -> None:
    """With `Retry(attempts="3")` a TypeError would hide Zoom's answer; a tolerance of NaN would take any signature."""
    for value in values:
        with pytest.raises((TypeError, ValueError), match=f"{name} is .*: give"):
            kind(**{name: value})


def test_what_has_no_bound_may_be_infinite() -> None:
    """A caller says so who means to wait for whatever comes."""
    assert Retry(longest_wait=float("inf"), total_wait=float("inf"))
    assert Bounds(answer_seconds=float("inf"))


@pytest.mark.parametrize("timeout", [NAN, float("inf"), -1, 0, "5", None, 10**10])
def test_timeout_that_is_not_a_time_is_refused(world: World, timeout: Any) -> None:
    """A socket would refuse it in its own words, when the request is under way."""
    for make in (
        lambda: world.kind("a token", timeout=timeout),
        lambda: world.kind("a token").with_options(timeout=timeout),
        lambda: ServerToServer("a", "c", "s", timeout=timeout),
    ):
        with pytest.raises((TypeError, ValueError), match="timeout is"):
            make()


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"verify": "/nowhere.pem"}, ValueError, "no certificates could be read from verify='/nowhere.pem'"),
        ({"verify": 5}, TypeError, "verify is 5: give"),
        ({"transport": "zork"}, TypeError, "transport is 'zork': give"),
        ({"transport": 5}, TypeError, "transport is 5: give"),
        ({"proxy": 5}, ValueError, "proxy is not the address of a proxy"),
        ({"proxy": "http://user:SECRET@[::1"}, ValueError, "proxy is not the address of a proxy"),
    ],
    ids=str,
)
def test_option_that_cannot_be_followed_is_refused(world: World, options: Any, error: type, says: str) -> None:
    """A client would be made of it, and each call would fail in words that do not name it."""
    with pytest.raises(error, match=says) as caught:
        world.kind("a token", **options)
    assert "SECRET" not in str(caught.value)


def test_proxy_of_the_environment_that_is_none_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless a transport of the caller's is used, which asks no environment."""
    monkeypatch.setenv("https_proxy", "http://user:SECRET@[::1")
    with pytest.raises(ValueError, match="https_proxy of the environment is not") as caught:
        world.kind("a token")
    assert "SECRET" not in str(caught.value)
    world.kind("a token", trust_env=False)
    world.zoom(lambda _: httpx.Response(200))


def test_proxy_without_its_library_names_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Httpx would say so at the first call."""
    monkeypatch.setattr("zoom_api_client.transport.client_options.find_spec", lambda _: None)
    monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:1")
    with pytest.raises(ImportError, match=r"httpx\[socks\]"):
        world.kind("a token")


async def test_certificates_of_the_environment_that_cannot_be_read_are_named(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """They are read with the first call."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(ValueError, match="no certificates could be read from SSL_CERT_FILE"):
        await world.of(world.kind("a token", base_url="http://127.0.0.1:9/v2").call("GET", "/x"))


ENVIRONMENTS = ({"http_proxy": "{}"}, {"all_proxy": "{}"}, {"http_proxy": "{}", "no_proxy": "example.org"})


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=str)
@pytest.mark.parametrize("options", [{}, {"transport": "aiohttp"}], ids=["httpx", "aiohttp"])
async def test_stand_in_is_not_reached_by_a_proxy_of_the_environment(
    world: World, environment: dict[str, str], options: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plain HTTP is for this machine alone: a proxy elsewhere would read the token, and the client secret."""
    with Loopback(lambda _: Reply(body=b"{}")) as near, Loopback(lambda _: Reply(body=b"{}")) as proxy:
        if options and world.kind is Zoom:
            pytest.skip("aiohttp is for event loops")
        for name, text in environment.items():
            monkeypatch.setenv(name, text.format(proxy.origin))
        zoom = world.at(f"{near.origin}/v2", **options)
        await world.of(zoom.call("GET", "/users/me"))
        await world.close(zoom)
        with pytest.raises(Exception, match="without an access token"):
            ServerToServer("a", "c", "s", oauth_url=near.origin).token()
        assert [len(near.seen), len(proxy.seen)] == [2, 0]
