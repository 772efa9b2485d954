"""A list of meetings at a Zoom that fails: each page once, in the ways that are planned for it."""

from collections.abc import Iterable, Sequence
from typing import Any

import httpx

from zoom_api_client.transport.retry import Retry

AT_ONCE = Retry(attempts=6, first_wait=0.0)
FIRST_PAGE = ("dropped", "stalled", "failed", "limited", "vanished")
LATER_PAGES = (*FIRST_PAGE, "expired", "repeated")


class FlakyList:
    """Answers as the list of meetings. `failures` has the pages still to fail, each with what is to happen to it."""

    def __init__(self, ids: Iterable[int], failures: dict[int, list[str]] | None = None) -> None:
        self.meetings = [{"id": each, "uuid": f"uuid {each}"} for each in ids]
        self.failures = failures or {}
        self.asked: list[int] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer a request."""
        query = request.url.params
        token, size = query.get("next_page_token", ""), int(query["page_size"])
        start = int(token.removeprefix("from ") or 0)
        number = start // size
        self.asked.append(number)
        planned = self.failures.get(number, [])
        return self._fail(planned.pop(0), token, start, size) if planned else self._page(start, size)

    def _fail(self, what: str, token: str, start: int, size: int) -> httpx.Response:
        if what == "dropped":
            raise httpx.ReadError("the connection broke")
        if what == "stalled":
            raise httpx.ReadTimeout("no answer in time")
        if what in ("failed", "limited"):
            return httpx.Response(502 if what == "failed" else 429, json={"code": 429, "message": "Not now."})
        if what == "expired":
            return httpx.Response(400, json={"code": 300, "message": "The next page token is invalid or expired."})
        return self._page(start, size, token if what == "repeated" else "")

    def _page(self, start: int, size: int, token: str | None = None) -> httpx.Response:
        end = start + size
        onwards = f"from {end}" if end < len(self.meetings) else ""
        page: dict[str, Any] = {
            "page_size": size,
            "total_records": len(self.meetings),
            "next_page_token": onwards if token is None else token,
            "meetings": self.meetings[start:end],
        }
        return httpx.Response(200, json=page)


def once_a_page(pages: int, kinds: Sequence[str] = LATER_PAGES) -> dict[int, list[str]]:
    """Plan one failure for every page, the kinds by turns; the first page has no token to expire."""
    first = [kind for kind in kinds if kind in FIRST_PAGE][:1]
    return {0: first, **{number: [kinds[number % len(kinds)]] for number in range(1, pages)}}
