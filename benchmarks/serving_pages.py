"""Serve a list of meetings page by page, in a process of its own: run by `listing`.

`python -m benchmarks.serving_pages ITEMS SIZE` prints its port, and serves until it is ended. The token of a page is
its number.
"""

import asyncio
import json
import re
import sys

from zoom_api_client.testing import contract, examples

_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
_TOKEN = re.compile(rb"next_page_token=(\d+)")


def answers(items: int, size: int) -> list[bytes]:
    """Return the answer of each page; each meeting has an id of its own, by which doubles would be told."""
    _, page = examples.make_answer(contract.operation("meetings", "list_meetings"), items=size)
    made = []
    for number in range(items // size):
        for place, meeting in enumerate(page["meetings"]):
            meeting["id"] = 80_000_000_000 + number * size + place
            meeting["uuid"] = f"{meeting['id']}=="
        page["next_page_token"] = str(number + 1) if (number + 1) * size < items else ""
        body = json.dumps(page).encode()
        made.append(_HEAD % len(body) + body)
    return made


async def main(items: int, size: int) -> None:
    """Serve until the process is ended."""
    pages = answers(items, size)

    class Answering(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.Transport)
            self._transport = transport

        def data_received(self, data: bytes) -> None:
            token = _TOKEN.search(data)
            self._transport.write(pages[int(token[1]) if token else 0])

    server = await asyncio.get_running_loop().create_server(Answering, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
