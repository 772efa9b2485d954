"""Receivers and workers die at any moment: no event is lost, and one is handled twice only if its handler died."""

import asyncio
import random
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.triggers.inbox.crew import Crew, judge, kill_until
from tests.triggers.inbox.sender import Sender
from zoom_api_client.triggers.inbox import Counts, open_inbox

PROCESSES = "tests.triggers.inbox.processes"


def free_ports(number: int) -> list[int]:
    """Return ports that nobody listens on, and that the system gives to no client while a receiver is dead."""
    ports: list[int] = []
    while len(ports) < number:
        port = random.randrange(20_000, 30_000)
        with suppress(OSError):
            socket.create_server(("127.0.0.1", port)).close()
            ports.append(port)
    return ports


@pytest.mark.parametrize(
    ("number", "kills", "pace"),
    [
        pytest.param(2_000, 5, 500.0, id="short"),
        pytest.param(100_000, 60, 900.0, id="long", marks=pytest.mark.soak),
    ],
)
@pytest.mark.parametrize("kind", ["sqlite", "redis"])
def test_a_kill_loses_no_event(
    kind: str, number: int, kills: int, pace: float, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Two receivers and two workers are killed while a fifth of the events is sent twice."""
    url = request.getfixturevalue("clean_redis") if kind == "redis" else f"sqlite://{tmp_path}/inbox.db"
    ports = free_ports(2)
    sender = Sender(ports, number, pace=pace)
    receivers = [("-m", PROCESSES, "receive", url, str(port)) for port in ports]
    workers = [("-m", PROCESSES, "handle", url, "{log}")] * 2
    sending = threading.Thread(target=lambda: asyncio.run(sender.run()))
    inbox = open_inbox(url)
    with Crew([*receivers, *workers], tmp_path) as crew:
        began = time.monotonic()
        sending.start()
        kill_until(crew, lambda: not sending.is_alive(), kills, (0.2, 2 * number * 1.2 / pace / kills - 0.4))
        sending.join()
        until = time.monotonic() + 60
        while inbox.counts() != Counts(0, 0, 0) and time.monotonic() < until:
            time.sleep(0.1)
        seconds = time.monotonic() - began
    inbox.close()
    judged = judge(tmp_path, crew.killed)
    print(
        f"\n{kind}: {number} events, {sender.sent} deliveries ({sender.repeated} repeated) in {seconds:.0f} s, "
        f"{crew.kills} kills, {judged.doubles} doubles of at most {judged.over_killed}"
    )
    assert sender.acknowledged == number + round(number * 0.2)
    assert len(judged.handled) == number
    assert judged.unexplained == frozenset()
    assert judged.doubles <= judged.over_killed


def test_the_judge_sees_a_double_handling(tmp_path: Path) -> None:
    """A double is explained by a kill just after its first begin; not by one much later, and not by none."""
    (tmp_path / "0.log").write_text("".join(f"begin {each}\nend {each}\n" for each in range(100)))
    (tmp_path / "1.log").write_text("begin 99\nend 99\nbegin 3\nend 3\nbegin 100\n")
    judged = judge(tmp_path, {"0.log"})
    assert (judged.doubles, judged.unexplained, len(judged.handled)) == (2, {3}, 100)
    assert judge(tmp_path, set()).unexplained == {3, 99}
