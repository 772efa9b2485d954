"""What stands between the client and Prism: asks the one whose document has the operation, and keeps what it says."""

import json
from collections import Counter
from typing import Any, Self
from urllib.parse import urlsplit

import attrs
import httpx

from tests.referee import prism
from tests.referee.excuses import EXCUSES, Excuse
from zoom_api_client.testing import contract
from zoom_api_client.testing.exchange import Exchange, IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.responder import Responder
from zoom_api_client.testing.violation import Violation
from zoom_api_client.transport.page_turning import TOKENS

BETWEEN_TWO = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding"}


@attrs.define(kw_only=True)
class Judge(Responder):
    """Lets Prism answer, and remembers what it finds wrong.

    Attributes:
        prisms: where the document of each product is served.
        own: whether the answers are Prism's own, made from the examples of Zoom's documents.
        excused: how often each excuse was needed.
    """

    prisms: dict[str, str]
    own: bool
    excused: Counter[Excuse] = attrs.field(factory=Counter)
    client: httpx.Client = attrs.field(factory=lambda: httpx.Client(timeout=60, trust_env=False))

    def answer(self, request: IncomingRequest) -> OutgoingAnswer:
        """Return Prism's answer. The embedded Zoom answers what is not an operation, and what only Prism refuses."""
        match = contract.find(request.method, request.host, request.path)
        if match is None:
            return super().answer(request)
        response = self._asked(match.operation, request)
        found = list(prism.said(match.operation, response))
        if self.own:  # faults of the examples in Zoom's documents are not the client's
            found = [each for each in found if not each.field.startswith("response")]
        kept = tuple(each for each in found if not self._excuses(each))
        if self.own and found and not kept:
            return super().answer(request)
        body = _playable(response.content, request) if self.own else response.content
        headers = {"content-type": response.headers.get("content-type", "")}
        answer = OutgoingAnswer(response.status_code, headers, body, kept, match.operation)
        self.exchanges.append(Exchange(request, answer))
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.client.close()

    def _asked(self, operation: contract.Operation, request: IncomingRequest) -> httpx.Response:
        parts = urlsplit(request.url)
        url = f"{self.prisms[operation.product]}{parts.path.removeprefix('/v2')}?{parts.query}"
        headers = {name: text for name, text in request.headers.items() if name.lower() not in BETWEEN_TWO}
        return self.client.request(request.method, url, headers=headers, content=request.body)

    def _excuses(self, found: Violation) -> bool:
        excuse = next((each for each in EXCUSES if each.covers(found)), None)
        self.excused.update([excuse] if excuse else [])
        return excuse is not None


_LAST_PAGE = {"has_next_page": False, "totalResults": 0}


def _playable(body: bytes, request: IncomingRequest) -> bytes:
    """Return an answer of Prism's that a client can go on from: lists end, and its files are here.

    By token the second page is the last, by number or index the first. Prism gives the same example each time: its page
    tokens go round in a circle, and its files are at example.com.
    """
    if not body.startswith(b"{"):
        return body
    answer: dict[str, Any] = json.loads(body)
    for parameter, token in TOKENS.items():
        if parameter in dict(request.query) and token in answer:
            answer[token] = ""
            answer.pop("total_records", None)
    answer |= {name: last for name, last in _LAST_PAGE.items() if name in answer}
    for file in [*answer.get("recording_files", []), *answer.get("participant_audio_files", [])]:
        file["download_url"] = f"http://{request.host}/rec/download/{'0' * 12}{file['file_size']:06x}"
    return json.dumps(answer).encode()
