"""Sends one request to Zoom: waits for its turn, repeats it after a failure, and follows redirects."""

# Derived from zoom_api_client/_async/delivery.py by `python -m generator build`: do not edit.
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from zoom_api_client import errors
from zoom_api_client._sync.bounded_reading import read
from zoom_api_client.core.operation import Operation
from zoom_api_client.transport import failures, hosts, http, redirects, requests, responses, results
from zoom_api_client.transport.observation import Observation
from zoom_api_client.transport.primitives import perform, run_cancellable, send_cancellable, sleep
from zoom_api_client.transport.retry import Attempt, Retry

if TYPE_CHECKING:
    from zoom_api_client._sync.auth import ConnectionAuth
    from zoom_api_client._sync.connections import Connections
    from zoom_api_client.quota import Guard
    from zoom_api_client.quota.host_identity import Question
    from zoom_api_client.transport.throttle import Throttle

MAX_REDIRECTS = 5


@attrs.frozen
class Counted:
    """A request that the guard counts: the guard, the user it counts for, and the question who that is."""

    guard: Guard
    user: str
    question: Question


@attrs.define
class SendTrace:
    """Notes whether a request may have left. A transport that tells nothing may have sent what it was given."""

    has_begun: bool = False

    @classmethod
    def of(cls, outgoing: Any) -> SendTrace:
        """Let a request be noted."""
        sending = cls()
        outgoing.extensions["trace"] = sending.trace
        return sending

    def trace(self, event: str, _: Any) -> None:
        """Take what httpcore tells of a request."""
        if event.endswith("send_request_headers.started"):
            self.has_begun = True

    def never_left(self, failure: BaseException) -> bool:
        """Return whether a request that failed was certainly not sent."""
        if isinstance(failure, errors.ConnectionFailed) and not failure.may_have_arrived:
            return True
        return not self.has_begun


@attrs.frozen
class Delivery:
    """Takes requests to Zoom and brings answers back, in as many attempts as the policy allows."""

    connections: Connections
    auth: ConnectionAuth
    retry: Retry
    throttle: Throttle | None

    def deliver(
        self, outgoing: Any, target: requests.Target, account: str, counted: Counted | None = None
    ) -> responses.Response:
        """Return the answer to a request; what Zoom refuses is raised, when another attempt would not change that.

        Args:
            outgoing: the HTTP request.
            target: the operation, or the method and the path below the base URL.
            account: whose limits it counts for.
            counted: the user whose requests of a day are counted; few requests have one.
        """
        waited = 0.0
        self.auth.token()  # first: what is tried again for a token is not tried again for the call too
        with Observation(target, outgoing) as call:
            while True:
                failure: errors.ZoomError | None
                try:
                    with call.attempt():
                        answer = call.note_answer(self._attempt(outgoing, target, account, counted))
                except errors.ConnectionFailed as failed:
                    failure = failed
                else:
                    failure = results.find_failure(answer, target)
                    if failure is None:
                        return answer
                    if counted:
                        perform(counted.guard.learn_steps(counted.user, failure))
                wait = self.retry.wait(Attempt(call.attempts, outgoing.method, failure, waited))
                if wait is None:
                    raise failure
                call.log_retry(wait, failure)
                waited += wait
                sleep(wait)

    def _attempt(
        self, outgoing: Any, target: requests.Target, account: str, counted: Counted | None
    ) -> responses.Response:
        if self.throttle or counted:  # who must wait for a token first has no turn yet, and does not count
            self.auth.token()
        if counted is None:
            return self._send_in_turn(outgoing, target, account, SendTrace())
        attempt = perform(counted.guard.acquire_steps(counted.user))
        sending = SendTrace.of(outgoing)
        try:  # what may have arrived counts, what certainly did not is given back
            answer = self._send_in_turn(outgoing, target, account, sending)
        except Exception as failure:
            if sending.never_left(failure):
                perform(counted.guard.refund_steps(attempt))
            raise
        except BaseException as end:  # a task that is cancelled waits for nothing any more
            if sending.never_left(end):
                counted.guard.let_go(attempt)
            raise
        if responses.is_refused_per_second(answer):
            perform(counted.guard.refund_steps(attempt))
        elif counted.user == counted.question.name:  # nobody could say who that is: the answer may
            perform(counted.guard.learn_host_steps(counted.question, answer.content))
        return answer

    def _send_in_turn(
        self, outgoing: Any, target: requests.Target, account: str, sending: SendTrace
    ) -> responses.Response:
        """Send when it is the request's turn and there is a place: who waits for a turn takes nobody's place."""
        if self.throttle is None:
            client, places = self.connections.here()
            with places:
                return self._exchange(client, outgoing, target, sending)
        with self.throttle.turn(account, target) as turn:
            answer = None
            while answer is None:
                perform(turn.wait_steps())
                client, places = self.connections.here()
                with places:
                    if perform(turn.take_steps()):
                        answer = self._exchange(client, outgoing, target, sending)
        perform(self.throttle.learn_steps(account, target, answer.status, answer.headers))
        return answer

    def _exchange(
        self, client: http.Client, outgoing: Any, target: requests.Target, sending: SendTrace
    ) -> responses.Response:
        what = requests.describe_target(target)
        keeps = isinstance(target, Operation) and target.keeps_authorization
        auth: Any = self.auth
        sending.has_begun = not self.connections.are_own
        with failures.TranslatedErrors(what):
            for _ in range(MAX_REDIRECTS):
                work = partial(_fetch, client, outgoing, auth)
                is_own = self.connections.are_own
                answer = send_cancellable(client, outgoing, work) if is_own else run_cancellable(work)
                onwards = redirects.find_target(str(outgoing.url), answer, outgoing.method, keeps_authorization=keeps)
                if onwards is None:
                    return answer
                # Of a foreign host's redirects only those to Zoom get the token again, not those within that host.
                is_own = onwards[1] and (auth is not None or hosts.is_zoom(onwards[0]))
                auth = self.auth if is_own else None
                outgoing = http.rebuild_request(outgoing, onwards[0], authorized=is_own)
                del onwards  # may be a signed link
        raise errors.TooManyRedirects(f"{what}: Zoom sent the request on more than {MAX_REDIRECTS} times")


def _fetch(client: http.Client, outgoing: Any, auth: Any) -> responses.Response:
    response = client.send(outgoing, auth=auth, stream=True)
    return http.read_answer(response, read(response))
