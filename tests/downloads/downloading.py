"""Download one address to one path in a process of its own, which may be killed: `blocking` or `asynchronous`."""

import asyncio
import sys

from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client._async.downloads.download import download as download_awaited
from zoom_api_client._sync.downloads.download import download as download_blocking
from zoom_api_client.transport.retry import Retry

AT_ONCE = Retry(attempts=3, first_wait=0.0)


async def awaited(base_url: str, url: str, to: str) -> None:
    """Download with an asynchronous client."""
    async with AsyncZoom("a token", base_url=base_url, retry=AT_ONCE, timeout=0.3) as zoom:
        await download_awaited(zoom, url, to=to)


def main(world: str, base_url: str, url: str, to: str) -> None:
    """Download in one of the worlds."""
    if world == "asynchronous":
        asyncio.run(awaited(base_url, url, to))
    else:
        with Zoom("a token", base_url=base_url, retry=AT_ONCE, timeout=0.3) as zoom:
            download_blocking(zoom, url, to=to)


if __name__ == "__main__":
    main(*sys.argv[1:])
