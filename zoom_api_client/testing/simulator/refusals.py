"""Refusals: what Zoom answers to a request that is in order, and cannot be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from zoom_api_client.testing import error_answers
from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.exchange import OutgoingAnswer

_UNKNOWN: Mapping[str, int] = {
    "users": 1001, "meetings": 3001, "webinars": 3001, "past_meetings": 3001, "accounts": 2001, "recordings": 3301,
}  # fmt: skip


@attrs.frozen
class Refused(Exception):
    """Something cannot be done; `answer` is what Zoom says then."""

    answer: OutgoingAnswer


def refused(operation: Operation, code: int, message: str = "", status: int | None = None) -> Refused:
    """Return the refusal with a code of Zoom's, with the status that Zoom's documents have for it."""
    answer = error_answers.by_code(operation, code, status=status, unchecked=True)
    if message:
        body = {"code": code, "message": message}
        answer = attrs.evolve(answer, body=OutgoingAnswer.json(answer.status, body).body)
    return Refused(answer)


def unknown(operation: Operation, resource: str, name: str) -> Refused:
    """Return the refusal of what is not there: with the status and the code that Zoom's documents have for it."""
    documented = list(_documented(operation))
    usual = _UNKNOWN.get(resource, 404)
    ranked = sorted(documented, key=lambda each: (each[1] != usual, each[0] != 404, each[1] not in (404, 300), each[0]))
    status, code = next((each for each in ranked if each[0] in (400, 404) or each[1] == usual), (404, usual))
    return refused(operation, code, f"There is no {_one(resource)} {name}.", status)


def _documented(operation: Operation) -> Iterator[tuple[int, int]]:
    for status, declared in operation.facts["responses"].items():
        if int(status) >= 400:
            yield from ((int(status), code) for code in declared.get("x-error-codes") or [int(status)])


def _one(resource: str) -> str:
    return resource.rpartition(".")[2].replace("_", " ").removesuffix("s")
