"""Download a file in a process of its own, and print the most memory it took: run by `download`."""

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

from zoom_api_client import AsyncZoom, Zoom
from zoom_api_client._async.downloads.download import download as download_awaited
from zoom_api_client._sync.downloads.download import download as download_blocking


async def time_awaited(origin: str, urls: list[str], to: str) -> float:
    """Download with an asynchronous client, and return the seconds that the last one took."""
    async with AsyncZoom("a token", base_url=origin) as zoom:
        for url in urls:
            start = time.perf_counter()
            await download_awaited(zoom, url, to=to)
    return time.perf_counter() - start


def time_blocking(origin: str, urls: list[str], to: str) -> float:
    """Download with a blocking one."""
    with Zoom("a token", base_url=origin) as zoom:
        for url in urls:
            start = time.perf_counter()
            download_blocking(zoom, url, to=to)
    return time.perf_counter() - start


def main(world: str, origin: str, to: str, *lengths: str) -> None:
    """Download files of these lengths, one after the other."""
    urls = [f"{origin}/{length}" for length in lengths]
    seconds = (
        asyncio.run(time_awaited(origin, urls, to)) if world == "asynchronous" else time_blocking(origin, urls, to)
    )
    print(json.dumps({"seconds": seconds, "megabytes": most_memory()}))


def most_memory() -> float:
    """Return the most megabytes that this process has taken. Linux counts its parent's into `ru_maxrss`."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


if __name__ == "__main__":
    main(*sys.argv[1:])
