"""The guard: counts a user's requests before they go out, and lets no more through than Zoom takes in a day."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, Final, Literal, get_args

from zoom_api_client import errors
from zoom_api_client.core.checks import check_number, check_text
from zoom_api_client.core.returns import Returns
from zoom_api_client.core.steps import Call, Sleep, Steps, perform
from zoom_api_client.core.unset import UNSET
from zoom_api_client.quota import rules
from zoom_api_client.quota.host_identity import Host, Question
from zoom_api_client.quota.results import Attempt, Status
from zoom_api_client.quota.rules import Counts
from zoom_api_client.quota.stores import open_store
from zoom_api_client.quota.window import Admitted, AttemptRefused, Rule, Usage, Window, micros, moment
from zoom_api_client.storage.redis_client import RedisClient

_DAY: Final = timedelta(days=1)
_LONGEST_SLEEP: Final = 60.0  # a place may be given back in the meantime
_SHORTEST_SLEEP: Final = 0.01  # a clock that was set back stands still


class Guard:
    """Keeps every user below Zoom's limit of requests a day. One guard may serve any number of clients and threads.

    It counts before a request goes out, and atomically: for all threads and tasks, for all processes that share its
    file, for all machines that share its Redis. Who is counted is the host of the meeting.
    https://developers.zoom.us/docs/api/rate-limits/

    Its methods may wait. In an event loop: `await asyncio.to_thread(guard.status, user)`, or
    `anyio.to_thread.run_sync`.

    Args:
        store: `sqlite://` (a file in the user's state directory), `sqlite:///a/file.db`, `redis://…`, `rediss://…`,
            `redis+sentinel://…` or `memory://`, which is this process alone; or a redis-py client.
        limit: requests a user has in a window.
        window: `rolling`: any 24 hours; `utc-day`: from 00:00 UTC to the next, when Zoom resets its count.
        counts: `create-meeting`, or `zoom`: creates and updates of meetings and webinars together.
        on_limit: `raise`, or `wait` for a place.
        max_wait: seconds to wait at most; a place that comes free later is not waited for at all.
        now: the clock: returns an aware datetime. Redis has its own.

    Methods raise `errors.ConnectionFailed` if the store cannot be asked: then nothing is let through.
    """

    def __init__(
        self,
        store: str | RedisClient = "sqlite://",
        *,
        limit: int = 100,
        window: Window = "rolling",
        counts: Counts = "create-meeting",
        on_limit: Literal["raise", "wait"] = "raise",
        max_wait: float = 86_400.0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.limit = limit
        self.window: Window = window
        self.counts: Counts = counts
        check_number("limit", limit, least=1, whole=True)
        check_number("max_wait", max_wait)
        _check_choice("window", window, get_args(Window))
        _check_choice("counts", counts, get_args(Counts))
        _check_choice("on_limit", on_limit, ("raise", "wait"))
        self._rule = Rule(limit, window)
        self._max_wait = max_wait if on_limit == "wait" else 0.0
        self._now = now
        self._store = open_store(store, lambda: micros(now()))
        self._returns = Returns()
        self.asking: dict[tuple[object, str], Any] = {}  # the locks of clients that are asking Zoom who a host is
        weakref.finalize(self, self._store.close)

    def acquire(self, user: str) -> Attempt:
        """Count a request of a user, who is named by id.

        Raises `QuotaExceeded` if the user has none left; such an attempt does not count.
        """
        return perform(self.acquire_steps(user))

    def acquire_steps(self, user: str) -> Steps[Attempt]:
        """Take the steps of `acquire`. If it is cancelled, nothing is counted."""
        call = partial(self._store.acquire, _check_user(user), self._rule)
        waited = 0.0
        while True:
            ask = self._returns.before(call)
            verdict: Admitted | AttemptRefused = yield Call(ask, self._store.may_block, partial(self._undo, user))
            if isinstance(verdict, Admitted):
                return self._attempt(user, verdict)
            wait = self._wait(user, verdict, waited)
            yield Sleep(wait)
            waited += wait

    def refund(self, attempt: Attempt) -> None:
        """Give back an attempt whose request certainly never left. To do it twice is to do it once.

        Without the store nothing is raised: the attempt goes on counting.
        """
        perform(self.refund_steps(attempt))

    def refund_steps(self, attempt: Attempt) -> Steps[None]:
        """Take the steps of `refund`."""
        if not attempt._refunded:
            attempt._refunded = True
            yield Call(partial(self._refund, attempt), self._store.may_block)

    def let_go(self, attempt: Attempt) -> None:
        """Give back an attempt as `refund` does, without waiting for it: what asked for it was cancelled."""
        if self._store.may_block:
            self._returns.begin(partial(self.refund, attempt))
        else:
            self.refund(attempt)

    def status(self, user: str) -> Status:
        """Return the status of a user, who is named by id."""
        return self._status(*self._store.usage(_check_user(user)))

    def hold(self, user: str, until: datetime | None = None) -> None:
        """Let nothing of a user through until then: Zoom itself has said that the limit is reached.

        Args:
            user: the id.
            until: an aware datetime; the next 00:00 UTC, when Zoom begins to count anew, if it is not given.
        """
        self._store.hold(_check_user(user), None if until is None else micros(until))

    def learn(self, user: str, failure: BaseException | None) -> None:
        """Learn from an answer to a user's request: if it says that the limit of the day is reached, nothing more goes.

        Without the store nothing is raised: the answer is there, and the next request will say so.
        """
        perform(self.learn_steps(user, failure))

    def learn_steps(self, user: str, failure: BaseException | None) -> Steps[None]:
        """Take the steps of `learn`."""
        if rules.is_daily(failure):
            until: datetime | None = getattr(failure, "retry_at", None)
            latest = until and min(until, self._now() + _DAY)
            yield Call(partial(self._hold, user, latest), self._store.may_block)

    def question(
        self, method: str, path: str, body: Any = UNSET, *, identity: str, account: str = ""
    ) -> Question | None:
        """Return the question for whom a request counts, None if it does not count.

        Args:
            method: POST, PATCH …
            path: below the base URL, percent-encoded.
            body: the JSON value or the model that is sent.
            identity: what tells the connection from others: `me` is somebody else in each.
            account: what tells its account from others, if that is known.
        """
        counted = rules.find_host(self.counts, method, path, body)
        return Question(counted, identity, account) if counted else None

    def recall_steps(self, question: Question) -> Steps[str | None]:
        """Return the user whom a question is about, None if that has to be looked up."""
        if question.user:
            return question.user
        user: str | None = yield Call(partial(self._store.recall, question.name), self._store.may_block)
        return user

    def remember_steps(self, question: Question, answer: Host) -> Steps[None]:
        """Remember the answer to a question, for whoever shares the store."""
        yield Call(partial(self._store.remember, question.name, answer.user, answer.seconds), self._store.may_block)

    def learn_host_steps(self, question: Question, content: bytes) -> Steps[None]:
        """Learn who the host is from the answer to a request that was counted under a name."""
        answer = question.read_host(content)
        if answer is not None:
            yield Call(partial(self._learn_host, question.name, answer), self._store.may_block)

    def close(self) -> None:
        """Close the store's connections. A guard that nobody has any more closes itself."""
        self._store.close()

    def _attempt(self, user: str, verdict: Admitted) -> Attempt:
        return Attempt(user, moment(verdict.stamp), verdict.used, self.limit - verdict.used)

    def _wait(self, user: str, refused: AttemptRefused, waited: float) -> float:
        """Return for how many seconds to wait before asking again, or raise."""
        left = (refused.frees_at - refused.now) / 1e6
        if waited + left > self._max_wait:
            raise errors.QuotaExceeded(self.limit, refused.used, moment(refused.frees_at), user)
        return min(max(left, _SHORTEST_SLEEP), _LONGEST_SLEEP)

    def _status(self, usage: Usage, now: int) -> Status:
        state = self._rule.state(usage.drop_implausible(now), now)
        frees_at = None if state.frees_at is None else moment(state.frees_at)
        return Status(self.limit, state.used, max(0, self.limit - state.used), frees_at)

    def _refund(self, attempt: Attempt) -> None:
        with suppress(errors.ConnectionFailed):
            self._store.refund(attempt.user, micros(attempt.at))

    def _hold(self, user: str, until: datetime | None) -> None:
        with suppress(errors.ConnectionFailed):
            self.hold(user, until)

    def _learn_host(self, name: str, answer: Host) -> None:
        with suppress(errors.ConnectionFailed):
            self._store.remember(name, answer.user, answer.seconds)
            self._store.merge(name, answer.user)

    def _undo(self, user: str, call: Future[Admitted | AttemptRefused]) -> None:
        """Give back the place of a task that was cancelled while it asked."""
        self._returns.begin(partial(self._refund_call, user, call))

    def _refund_call(self, user: str, call: Future[Admitted | AttemptRefused]) -> None:
        if not call.cancelled() and not call.exception() and isinstance(verdict := call.result(), Admitted):
            self.refund(self._attempt(user, verdict))

    def __repr__(self) -> str:
        store = type(getattr(self, "_store", None)).__name__  # a traceback shows one whose store could not be opened
        return f"Guard({store}, limit={self.limit}, window={self.window!r}, counts={self.counts!r})"


def _check_choice(name: str, given: str, known: tuple[str, ...]) -> None:
    if given not in known:
        raise ValueError(f"{name} is {given!r}: give {' or '.join(map(repr, known))}")


def _check_user(user: str) -> str:
    check_text("the user", user)
    if not user.strip():
        raise ValueError("the user is empty: give the id of the user whose requests are counted")
    return user
