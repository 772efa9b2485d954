"""A sender that repeats what was not acknowledged, as Zoom does, only faster: HTTP over loopback.

It knows nothing of who receives: anything that answers a POST with 200 once the event is stored.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence

import attrs

Signer = Callable[[bytes], dict[str, str]]


@attrs.define
class Sender:
    """Sends numbered events, some of them doubled, over several connections.

    Args:
        ports: where receivers listen on loopback; a delivery goes to any of them.
        number: how many distinct events there are.
        doubled: the part of them that is sent a second time although it was acknowledged.
        pace: events a second at most, so that enough happens while they are sent; none is as fast as it goes.
        sign: returns more headers for a body.
        seed: of the order in which it happens.
    """

    ports: Sequence[int]
    number: int
    doubled: float = 0.2
    pace: float | None = None
    connections: int = 32
    sign: Signer = lambda _: {}
    seed: int = 0
    sent: int = 0
    repeated: int = 0
    acknowledged: int = 0

    def plan(self) -> list[int]:
        """Return the numbers to send; doubles come soon after the first, or much later."""
        chance = random.Random(self.seed)
        places = [(float(each), each) for each in range(self.number)]
        twice = chance.sample(range(self.number), round(self.number * self.doubled))
        places += [(each + chance.choice([0.5, chance.uniform(0, self.number / 5)]), each) for each in twice]
        return [each for _, each in sorted(places)]

    async def run(self) -> None:
        """Send everything until everything is acknowledged."""
        left = self.plan()[::-1]
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(self._connection(left, began) for _ in range(self.connections)))

    async def _connection(self, left: list[int], began: float) -> None:
        link: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        while left:
            number = left.pop()
            while not await self._in_time(began):
                pass
            while True:
                try:
                    link = link or await asyncio.open_connection("127.0.0.1", random.choice(self.ports))
                    status = await asyncio.wait_for(self._post(number, *link), 10)
                except (OSError, EOFError, TimeoutError):
                    status = 0
                if status == 200:
                    self.acknowledged += 1
                    break
                self.repeated += 1
                if link is not None:
                    link[1].close()
                    link = None
                await asyncio.sleep(0.1)  # Zoom's 5, 20 and 60 minutes
        if link is not None:
            link[1].close()

    async def _in_time(self, began: float) -> bool:
        if self.pace is None:
            return True
        early = self.sent / self.pace - (asyncio.get_running_loop().time() - began)
        await asyncio.sleep(max(early, 0))
        return early <= 0

    async def _post(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        self.sent += 1
        body = event(number)
        headers = {"x-zm-request-id": key(number), "content-type": "application/json", **self.sign(body)}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"POST / HTTP/1.1\r\nhost: loopback\r\ncontent-length: {len(body)}\r\n{lines}\r\n".encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(length(answer))
        return int(answer.split(b" ", 2)[1])


def key(number: int) -> str:
    """Return what stands in `x-zm-request-id`."""
    return f"request-{number}"


def event(number: int) -> bytes:
    """Return a body of the size of Zoom's; the object's id is the number."""
    filler = "x" * (number % 500)
    return (
        f'{{"event":"meeting.started","event_ts":{1_780_000_000_000 + number},"payload":{{"account_id":"account",'
        f'"object":{{"id":"{number}","topic":"{filler}"}}}}}}'
    ).encode()


def length(head: bytes) -> int:
    """Return the length of the body that follows a head."""
    lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
    return next((int(value) for name, _, value in lines if name == b"content-length"), 0)
