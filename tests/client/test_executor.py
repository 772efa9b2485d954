"""The one pool of threads: wide enough, whole after a fork, and waited for by the interpreter."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any, NoReturn

import pytest

from zoom_api_client.core import executor
from zoom_api_client.core.executor import result, submit
from zoom_api_client.core.steps import Call, Steps, perform


def run(script: str) -> str:
    """Return what a script prints in a Python of its own."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout


def test_many_calls_wait_at_the_same_time() -> None:
    """With four threads a hundred calls would stand in a row."""
    met = Barrier(40)
    assert all(result(each) in range(40) for each in [submit(lambda: met.wait(30)) for _ in range(40)])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_forked_process_has_threads_of_its_own() -> None:
    """A pool that was copied by a fork has none, and would wait forever."""
    printed = run("""if True:
        import os
        from zoom_api_client.core.executor import result, submit
        result(submit(int))
        child = os.fork()
        os.write(1, result(submit(lambda: b"parent " if child else b"child ")))  # whole, as `print` is not
        assert not child or os.waitpid(child, 0)[1] == 0
    """)
    assert sorted(printed.split()) == ["child", "parent"]


def test_interpreter_waits_for_what_runs() -> None:
    """The answer to a renewal is saved although the program has come to its end."""
    script = """if True:
        import sys
        from zoom_api_client.core.executor import submit
        submit(lambda: print(sys.stdin.readline()))
        print("ended", flush=True)
    """
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ended\n"
        assert program.communicate("saved", timeout=60)[0] == "saved\n"


def test_call_at_the_very_end_is_made_all_the_same() -> None:
    """An interpreter that shuts down starts no threads any more."""
    printed = run("""if True:
        import atexit
        from zoom_api_client.core.executor import result, submit
        atexit.register(lambda: print(result(submit(lambda: "made"))))
    """)
    assert printed == "made\n"


def test_call_that_the_pool_queued_and_then_refused_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """At shutdown the pool cannot start a thread, but one that is free has taken the call from its queue already."""
    begun, made = Event(), list[int]()

    class Pool(ThreadPoolExecutor):
        def submit(self, call: Any, /, *args: Any, **kwargs: Any) -> NoReturn:
            queued.append(super().submit(call))
            assert begun.wait(30)
            raise RuntimeError("can't start new thread at interpreter shutdown")

    def call() -> int:
        begun.set()
        made.append(1)
        return len(made)

    queued, pool = list[Future[None]](), Pool(1)
    monkeypatch.setattr(executor, "_pool", lambda: pool)
    assert result(submit(call)) == 1
    pool.shutdown()
    assert (made, queued[0].exception()) == ([1], None)


def test_call_that_the_pool_refuses_and_then_takes_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread that becomes free later finds the call in the queue."""
    queued, made = list[Callable[[], None]](), list[int]()

    class Pool:
        def submit(self, call: Callable[[], None]) -> NoReturn:
            queued.append(call)
            raise RuntimeError("can't start new thread at interpreter shutdown")

    monkeypatch.setattr(executor, "_pool", Pool)
    assert result(submit(lambda: made.append(1))) is None
    queued[0]()
    assert made == [1]


def test_error_brings_no_frames_along() -> None:
    """The locals of the frames hold secrets."""

    def fail() -> None:
        try:
            raise KeyError("inner")
        except KeyError as inner:
            raise ValueError("outer") from inner

    with pytest.raises(ValueError, match="outer") as raised:
        result(submit(fail))
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)
    assert "fail" not in [each.name for each in raised.traceback]


def test_steps_are_taken_in_turn() -> None:
    """Each is sent the result of the one before."""

    def steps() -> Steps[list[int]]:
        one = yield Call(lambda: 1)
        two = yield submit(lambda: one + 1)
        return [one, two]

    assert perform(steps()) == [1, 2]
