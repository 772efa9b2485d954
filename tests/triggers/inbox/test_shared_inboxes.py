"""Who shares an inbox: one app with itself by default, others on purpose; and then no event goes astray."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from tests.waiting import wait_until
from zoom_api_client.testing.events import zoom_event
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.inbox import Counts, InboxFailed

SECRET = "the secret of one app"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Receiver]]:
    """Makes receivers whose own inboxes lie in a directory of this test."""
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path / "state")
    with ExitStack() as stack:
        yield lambda secret=SECRET, **options: stack.enter_context(closing(Receiver(secret_token=secret, **options)))


def send(receiver: Receiver, secret: str, name: str = "meeting.started", **options: Any) -> None:
    """Hand over a delivery, which is taken."""
    event = zoom_event(name, secret_token=secret, **options)
    assert receiver.handle(event.headers, event.body).status == 200


def test_two_apps_have_two_inboxes(made: Callable[..., Receiver]) -> None:
    """They are of one user on one machine; the same app finds its own again, by its secret or by its name."""
    one, other, named = made(), made("another secret"), made(name="billing")
    send(one, SECRET)
    assert [each.inbox.counts().waiting for each in (one, other, named)] == [1, 0, 0]
    assert made().inbox.counts().waiting == 1
    send(named, SECRET)
    assert made("a third secret", name="billing").inbox.counts().waiting == 1
    assert made(inbox="sqlite://").inbox.counts().waiting == 1


def test_the_secret_is_not_in_the_name_of_the_file(made: Callable[..., Receiver], tmp_path: Path) -> None:
    """Others may list a directory."""
    send(made(), SECRET)
    assert list(tmp_path.rglob("*.db"))
    assert not [each for each in tmp_path.rglob("*") if SECRET in str(each)]


@pytest.mark.parametrize("both", [[SECRET, "a new secret"], ["a new secret", SECRET]])
def test_a_rotated_secret_leaves_no_event_behind(made: Callable[..., Receiver], both: list[str]) -> None:
    """What waits when the old secret is taken out of service is found by the new one."""
    old = made()
    send(old, SECRET)
    send(made(both), "a new secret", "meeting.ended")
    new = made("a new secret")
    assert new.inbox.counts().waiting == 2
    send(new, "a new secret", "user.created")
    assert old.inbox.counts().waiting == 3


def test_a_state_directory_that_cannot_be_is_reported_with_the_way_out(
    made: Callable[..., Receiver], tmp_path: Path
) -> None:
    """While a secret is rotated a link is made, too: whoever starts the receiver hears of it as of any inbox."""
    (tmp_path / "state").touch()
    receiver = made([SECRET, "a new secret"])
    with pytest.raises(InboxFailed, match=r"state.*inbox='sqlite:///"):
        _ = receiver.inbox


@pytest.mark.parametrize("inbox", ["memory://", "redis://127.0.0.1:9"])
def test_a_chosen_inbox_needs_no_state_directory(made: Callable[..., Receiver], tmp_path: Path, inbox: str) -> None:
    """A container that can write nowhere keeps its events elsewhere, also while its secret is rotated."""
    (tmp_path / "state").touch()
    assert made([SECRET, "a new secret"], inbox=inbox).inbox


def test_a_name_tells_apps_apart_in_redis(made: Callable[..., Receiver], clean_redis: str) -> None:
    """What one receives, another one that has another name does not handle; a name in the URL is meant."""
    one, other, shared = (made(name=name, inbox=clean_redis) for name in ("one", "other", None))
    send(one, SECRET)
    assert [each.inbox.counts().waiting for each in (one, other, shared)] == [1, 0, 0]
    assert made(inbox=f"{clean_redis}#one", name="other").inbox.counts().waiting == 1


@pytest.mark.parametrize("name", ["../elsewhere", "a/b", "", "a\0b", 5])
def test_a_name_is_not_a_path(name: Any) -> None:
    """It becomes a file's name."""
    with pytest.raises(ValueError, match="name"):
        Receiver(secret_token=SECRET, name=name)


@pytest.mark.parametrize("trigger", ["on", "watch_meetings", "everything"])
def test_an_event_goes_to_the_process_that_wants_it(url: str, made: Callable[..., Receiver], trigger: str) -> None:
    """Two processes with one inbox and other handlers: each event is handled by the one that has a handler for it."""
    handled, others = list[Any](), list[Any]()
    one = made(inbox=url)
    two = made(inbox=one.inbox if url == "memory://" else url)
    watch = {"on": lambda: two.on("meeting.started"), "watch_meetings": two.watch_meetings, "everything": two.on}
    watch[trigger]()(handled.append)
    one.watch_webinars()(others.append)
    two.start()
    wait_until(lambda: two.inbox.is_wanted(["meeting.started", "meetings", "*"]))
    two.stop()
    one.start()
    for seed in range(10):
        send(one, SECRET, seed=seed)
    time.sleep(0.6)
    counts = one.inbox.counts()
    assert counts.waiting + counts.running == 10
    two.start()
    wait_until(lambda: len(handled) == 10, within=30)
    wait_until(lambda: two.inbox.counts() == Counts(0, 0, 0))
    assert others == []


def test_an_event_that_nobody_wants_is_logged_and_dropped(
    url: str, made: Callable[..., Receiver], caplog: pytest.LogCaptureFixture
) -> None:
    """A subscription to more than is handled does not fill the inbox."""
    receiver = made(inbox=url)
    receiver.watch_webinars()(lambda event: None)
    receiver.start()
    with caplog.at_level(logging.WARNING):
        send(receiver, SECRET)
        wait_until(lambda: receiver.inbox.counts() == Counts(0, 0, 0))
    assert "meeting.started" in caplog.text
    assert "no handler" in caplog.text
