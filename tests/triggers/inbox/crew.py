"""Start receivers and workers, kill them at random, and judge from their logs what was handled."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import attrs

_ROOT = Path(__file__).parents[3]
_CONCURRENCY = 32
_HELD = 2 * _CONCURRENCY  # begins that can follow one whose outcome is not stored yet


@attrs.define
class Crew:
    """Processes, each of which is started anew when it is killed.

    Args:
        commands: what to run; `{log}` becomes the name of a new file for each start.
        logs: where these files lie.
    """

    commands: Sequence[Sequence[str]]
    logs: Path
    kills: int = 0
    killed: set[str] = attrs.field(factory=set)
    _processes: list[tuple[subprocess.Popen[str], str]] = attrs.field(factory=list)
    _number: count[int] = attrs.field(factory=count)

    def __enter__(self) -> Crew:
        self._processes = [self._started(command) for command in self.commands]
        return self

    def __exit__(self, *_: object) -> None:
        for process, _log in self._processes:
            process.terminate()
        for process, _log in self._processes:
            with process:
                process.wait(30)

    def kill(self) -> None:
        """Kill one by SIGKILL, and start another in its place."""
        place = random.randrange(len(self._processes))
        process, log = self._processes[place]
        with process:
            process.kill()
        self.kills += 1
        self.killed.add(log)
        self._processes[place] = self._started(self.commands[place])

    def _started(self, command: Sequence[str]) -> tuple[subprocess.Popen[str], str]:
        log = f"{next(self._number)}.log"
        filled = [each.format(log=self.logs / log) for each in command]
        process = subprocess.Popen([sys.executable, *filled], cwd=_ROOT, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process, log


@attrs.frozen
class Judged:
    """What the logs of the handlers say.

    Attributes:
        handled: the numbers of events whose handler got to its end.
        doubles: how often a handler began with an event that another one, or the same, had begun before.
        unexplained: events that were begun again although no process was killed over them.
        over_killed: how many doubles there may be: what handlers can hold when they are killed.
    """

    handled: frozenset[int]
    doubles: int
    unexplained: frozenset[int]
    over_killed: int


def judge(logs: Path, killed: set[str]) -> Judged:
    """Read the logs: each begin but one of an event must be among the last of a process that was killed."""
    begun, survived, ended, victims = Counter[int](), Counter[int](), set[int](), 0
    for log in logs.glob("*.log"):
        lines = [line.split() for line in log.read_text().splitlines()]
        begins = [int(number) for what, number in lines if what == "begin"]
        ended.update(int(number) for what, number in lines if what == "end")
        begun.update(begins)
        survived.update(begins)
        if log.name in killed:
            victims += 1
            survived.subtract(set(begins[-_HELD:]))
    unexplained = frozenset(number for number, times in survived.items() if times > 1)
    return Judged(frozenset(ended), begun.total() - len(begun), unexplained, victims * _CONCURRENCY)


def kill_until(crew: Crew, over: Callable[[], bool], kills: int, pause: tuple[float, float]) -> None:
    """Kill at random moments until that many died and everything is over."""
    while not over() or crew.kills < kills:
        time.sleep(random.uniform(*pause))
        crew.kill()
