"""`AsyncGuarded`: a client that sends through a guard. The blocking `Guarded` is derived from this file."""

from __future__ import annotations

import asyncio
import hashlib
from functools import partial
from typing import Any, TypeVar

from zoom_api_client import errors
from zoom_api_client.client import AsyncZoom
from zoom_api_client.operation import Operation, Request
from zoom_api_client.quota import Guard
from zoom_api_client.transport import http, wire
from zoom_api_client.transport.retry import Attempt
from zoom_api_client.values import UNSET

T = TypeVar("T")


class AsyncGuarded(AsyncZoom):
    """Does with the guard what the client is to do."""

    def __init__(self, token: str, guard: Guard, **options: Any) -> None:
        super().__init__(token, **options)
        self.guard = guard
        self._identity = hashlib.sha256(token.encode()).hexdigest()[:32]

    async def send(self, request: Request[T]) -> T:
        request = self._account.request(request) if self._account else request
        operation = request.operation
        outgoing = http.outgoing(self._http, request, await self._base())
        user = await self._counted(operation.method, request.path, request.body)
        return wire.read(operation, await self._deliver(outgoing, str(operation), operation, user))

    async def call(self, method: str, path: str, *, params: Any = None, json: Any = UNSET, headers: Any = None) -> Any:
        path = self._account.path(path) if self._account else path
        outgoing = http.bare(self._http, method.upper(), await self._base() + path, json=json)
        user = await self._counted(method, path, json)
        return wire.value(await self._deliver(outgoing, f"{method.upper()} {path}", user=user))

    async def _counted(self, method: str, path: str, body: Any) -> str | None:
        return await self.guard.awho(method, path, body, lookup=partial(self.call, "GET"), identity=self._identity)

    async def _deliver(
        self, outgoing: Any, what: str, operation: Operation[Any] | None = None, user: str | None = None
    ) -> wire.Answer:
        number, waited = 0, 0.0
        while True:
            number += 1
            failure: errors.ZoomError | None
            if user:
                await self.connection.atoken()
            attempt = await self.guard.aacquire(user) if user else None
            try:
                answer = await self._exchange(outgoing, what, operation)
            except errors.ConnectionFailed as failed:
                failure = failed
                if attempt and not failed.may_have_arrived:
                    await self.guard.arefund(attempt)
            else:
                failure = wire.passing(answer, operation)
                if failure is None:
                    return answer
                if user:
                    await self.guard.alearn(user, failure)
            wait = self.retry.wait(Attempt(number, outgoing.method, failure, waited))
            if wait is None:
                raise failure
            waited += wait
            await asyncio.sleep(wait)
