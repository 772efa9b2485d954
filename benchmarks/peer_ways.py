"""The ways to call Zoom that `speed` compares, alike: each makes calls, reads a list, and fetches a file if it can.

Each loads its library when it is made: that is among what is measured.
"""

from pathlib import Path
from typing import Any

TOKEN = "a token"
HEADERS = {"authorization": f"Bearer {TOKEN}"}
MEETING = 85746065432
THREADS = 32
PIECE = 1 << 16


class Blocking:
    """A client that blocks: 500 calls at once are made by threads."""

    def call(self) -> Any:
        """Get a meeting."""
        raise NotImplementedError  # each way makes its own call

    def items(self) -> int:
        """Read a list to its end, and return how many items it has."""
        read, token = 0, ""
        while read == 0 or token:
            page = self.page({"page_size": "300"} | ({"next_page_token": token} if token else {}))
            read, token = read + len(page["meetings"]), page["next_page_token"]
        return read

    def page(self, query: dict[str, str]) -> Any:
        """Get a page of a list."""
        raise NotImplementedError  # asked only of ways that do not read lists themselves

    def in_a_row(self, times: int) -> None:
        """Make calls one after the other."""
        for _ in range(times):
            self.call()

    def at_once(self, times: int) -> None:
        """Make calls at once."""
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(THREADS) as pool:
            for done in [pool.submit(self.call) for _ in range(times)]:
                done.result()


class Awaiting:
    """A client that is awaited."""

    def __init__(self) -> None:
        import asyncio

        self.runner, self.gather = asyncio.Runner(), asyncio.gather

    async def call(self) -> Any:
        """Get a meeting."""

    async def page(self, query: dict[str, str]) -> Any:
        """Get a page of a list."""

    async def read(self) -> int:
        """Read a list to its end, and return how many items it has."""
        read, token = 0, ""
        while read == 0 or token:
            page = await self.page({"page_size": "300"} | ({"next_page_token": token} if token else {}))
            read, token = read + len(page["meetings"]), page["next_page_token"]
        return read

    def items(self) -> int:
        """Read a list to its end, and return how many items it has."""
        return self.runner.run(self.read())

    def in_a_row(self, times: int) -> None:
        """Make calls one after the other."""

        async def work() -> None:
            for _ in range(times):
                await self.call()

        self.runner.run(work())

    def at_once(self, times: int) -> None:
        """Make calls at once."""

        async def work() -> None:
            await self.gather(*[self.call() for _ in range(times)])

        self.runner.run(work())


class Ours(Blocking):
    """This client."""

    def __init__(self, origin: str) -> None:
        from zoom_api_client import Zoom

        self.zoom = Zoom(TOKEN, base_url=f"{origin}/v2")

    def call(self) -> Any:
        return self.zoom.meetings.get(MEETING)

    def items(self) -> int:
        return sum(1 for _ in self.zoom.meetings.list("me"))

    def fetch(self, url: str, to: Path) -> None:
        self.zoom.recordings.download(url, to=to)


class OursAwaited(Awaiting):
    """This client, awaited, on httpx."""

    transport: Any = None

    def __init__(self, origin: str) -> None:
        from zoom_api_client import AsyncZoom

        super().__init__()
        self.zoom = AsyncZoom(TOKEN, base_url=f"{origin}/v2", transport=self.transport)

    async def call(self) -> Any:
        return await self.zoom.meetings.get(MEETING)

    async def read(self) -> int:
        return len([each async for each in self.zoom.meetings.list("me")])

    def fetch(self, url: str, to: Path) -> None:
        self.runner.run(self.zoom.recordings.download(url, to=to))


class OursByAiohttp(OursAwaited):
    """This client, awaited, on aiohttp."""

    transport = "aiohttp"


class Httpx(Blocking):
    """httpx, which blocks: a dict for an answer."""

    def __init__(self, origin: str) -> None:
        import httpx

        self.client, self.base = httpx.Client(headers=HEADERS, timeout=30), f"{origin}/v2"

    def call(self) -> Any:
        return self.client.get(f"{self.base}/meetings/{MEETING}").json()

    def page(self, query: dict[str, str]) -> Any:
        return self.client.get(f"{self.base}/users/me/meetings", params=query).json()

    def fetch(self, url: str, to: Path) -> None:
        with self.client.stream("GET", url) as answer, to.open("wb") as file:
            for piece in answer.iter_bytes():
                file.write(piece)


class HttpxAwaited(Awaiting):
    """httpx, awaited."""

    def __init__(self, origin: str) -> None:
        import httpx

        super().__init__()
        self.client, self.base = httpx.AsyncClient(headers=HEADERS, timeout=60), f"{origin}/v2"

    async def call(self) -> Any:
        return (await self.client.get(f"{self.base}/meetings/{MEETING}")).json()

    async def page(self, query: dict[str, str]) -> Any:
        return (await self.client.get(f"{self.base}/users/me/meetings", params=query)).json()


class Aiohttp(Awaiting):
    """aiohttp alone."""

    def __init__(self, origin: str) -> None:
        import aiohttp

        super().__init__()
        self.base = f"{origin}/v2"
        self.session = self.runner.run(self.opened(aiohttp))

    async def opened(self, aiohttp: Any) -> Any:
        return aiohttp.ClientSession(headers=HEADERS)  # within the loop that it is of

    async def call(self) -> Any:
        async with self.session.get(f"{self.base}/meetings/{MEETING}") as answer:
            return await answer.json()

    async def page(self, query: dict[str, str]) -> Any:
        async with self.session.get(f"{self.base}/users/me/meetings", params=query) as answer:
            return await answer.json()

    def fetch(self, url: str, to: Path) -> None:
        async def work() -> None:
            async with self.session.get(url) as answer:
                with to.open("wb") as file:
                    async for piece in answer.content.iter_chunked(PIECE):
                        file.write(piece)

        self.runner.run(work())


class Requests(Blocking):
    """requests, with a session."""

    def __init__(self, origin: str) -> None:
        import requests

        self.session, self.base = requests.Session(), f"{origin}/v2"
        self.session.headers.update(HEADERS)

    def call(self) -> Any:
        return self.session.get(f"{self.base}/meetings/{MEETING}").json()

    def page(self, query: dict[str, str]) -> Any:
        return self.session.get(f"{self.base}/users/me/meetings", params=query).json()

    def fetch(self, url: str, to: Path) -> None:
        with self.session.get(url, stream=True) as answer, to.open("wb") as file:
            for piece in answer.iter_content(PIECE):
                file.write(piece)


class Zoomus(Blocking):
    """zoomus, which opens a connection for each call."""

    def __init__(self, origin: str) -> None:
        import zoomus

        zoomus.util.generate_token = lambda *_: TOKEN  # of the others none asks for a token either
        self.client = zoomus.ZoomClient("id", "secret", "account", base_uri=f"{origin}/v2")

    def call(self) -> Any:
        return self.client.meeting.get(id=MEETING).json()

    def page(self, query: dict[str, str]) -> Any:
        return self.client.meeting.list(user_id="me", **query).json()


class Pyzoom(Blocking):
    """pyzoom, likewise, with pydantic models."""

    def __init__(self, origin: str) -> None:
        import pyzoom

        self.client = pyzoom.ZoomClient(TOKEN, "", base_url=f"{origin}/v2")

    def call(self) -> Any:
        return self.client.meetings.get_meeting(MEETING)

    def items(self) -> int:
        return len(self.client.raw.get_all_pages("/users/me/meetings")["meetings"])


class Stock(Blocking):
    """What the stock generator makes."""

    def __init__(self, origin: str) -> None:
        from stock_client.client import AuthenticatedClient

        self.client = AuthenticatedClient(f"{origin}/v2", TOKEN)

    def call(self) -> Any:
        from stock_client.api.meetings import get_meeting

        return get_meeting.sync(MEETING, client=self.client)

    def page(self, query: dict[str, str]) -> Any:
        from stock_client.api.meetings import list_meetings

        return list_meetings.sync("me", client=self.client, **query).to_dict()


WAYS: dict[str, Any] = {
    "zoom-api-client": Ours,
    "zoom-api-client, awaited": OursAwaited,
    "zoom-api-client, aiohttp": OursByAiohttp,
    "httpx": Httpx,
    "httpx, awaited": HttpxAwaited,
    "aiohttp": Aiohttp,
    "requests": Requests,
    "zoomus": Zoomus,
    "pyzoom": Pyzoom,
    "stock generator": Stock,
}
