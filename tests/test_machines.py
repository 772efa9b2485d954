"""The page of machines: what it says of stores is what they do."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.redis_servers import redis_server
from zoom_api_client.connection.stores.base import open_store
from zoom_api_client.quota import Guard
from zoom_api_client.transport.throttle import Throttle
from zoom_api_client.triggers.inbox import Delivery, open_inbox

redis = pytest.importorskip("redis", reason="the extra 'redis' is not installed")

PAGE = (Path(__file__).parents[1] / "docs" / "machines.md").read_text(encoding="utf-8")


def use_everything(url: str, name: str = "") -> None:
    """Keep a token, a count, a reservation and an event, and handle that."""
    store = open_store(url)
    with store.lock("key"), store.record_answer("key") as keep:
        keep(b"answer")
        store.save("key", "text")
    assert store.load("key") == "text"
    assert store.keys() == ["key"]
    guard = Guard(url)
    guard.refund(guard.acquire("user"))
    guard.acquire("user")
    guard.hold("other")
    guard.status("user")
    throttle = Throttle("business", store=url)
    throttle.wait("account", ("POST", "/users/me/meetings"))
    inbox = open_inbox(f"{url}{name}")
    inbox.put([Delivery("1", b"{}", 1.0), Delivery("2", b"{}", 1.0)])
    done, failed = inbox.claim(2, lease=60)
    inbox.extend([done], lease=60)
    inbox.complete([done])
    inbox.retry(failed, seconds=0, error="why")
    inbox.want(["meeting.started"], seconds=9)
    inbox.counts(), inbox.lag(), inbox.dead(), inbox.replay()
    for each in (store, throttle, inbox):
        each.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    """The port of a Redis that is set up as the page says."""
    settings = re.findall(r"^    ((?:maxmemory-policy|append\w+) .*)$", PAGE, re.MULTILINE)
    assert len(settings) == 3
    options = [part for line in settings for part in ("--" + line).split()]
    with redis_server(tmp_path / "redis", *options) as port:
        yield port


def admin(port: int) -> Any:
    """Return a client that may do everything."""
    return redis.Redis(port=port, decode_responses=True)


def test_user_of_the_page_may_do_all_that_is_done(server: int, caplog: pytest.LogCaptureFixture) -> None:
    """An ACL that is too narrow shows when a token has to be saved; nothing is warned of either."""
    (line,) = re.findall(r"^    user (.*)$", PAGE, re.MULTILINE)
    with admin(server) as client:
        client.execute_command("ACL", "SETUSER", *line.split())
    use_everything(f"redis://zoom:password@127.0.0.1:{server}/0")
    assert caplog.messages == []


def test_keys_of_the_page_are_those_in_redis(server: int) -> None:
    """Whoever looks at a Redis sees whose they are."""
    use_everything(f"redis://127.0.0.1:{server}/0", "#billing")
    use_everything(f"redis://127.0.0.1:{server}/0")
    named = re.findall(r"`(zoom:[^`]+)`", PAGE)
    with admin(server) as client:
        found = {key: [each for each in named if key.startswith(each)] for key in client.scan_iter()}
    assert all(len(names) == 1 for names in found.values()), found
    assert {name for names in found.values() for name in names} == set(named)


def test_files_of_the_page_are_those_of_one_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who backs up the directory has everything."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    store = open_store("file://")
    with store.lock("key"):
        store.save("key", "text")
    Guard("sqlite://").acquire("user")
    throttle = Throttle("business", store="sqlite://")
    throttle.wait("account", ("GET", "/users/me"))
    inbox = open_inbox("sqlite://", name="app")
    for each in (throttle, inbox):
        each.close()
    drawn = re.search(r"## One machine\n(.*?)\nAll processes", PAGE, re.DOTALL)
    assert drawn
    names = set(re.findall(r"([\w/<>]+(?:/|\.db))  ", drawn[1]))
    state = tmp_path / "zoom-api-client"
    assert {each.partition("/")[0] for each in names} == {
        each.name for each in state.iterdir() if "db-" not in each.name
    }
    assert (state / "inbox" / "app.db").exists()
