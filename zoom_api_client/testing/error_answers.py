"""Error answers: from a status, or from a code of Zoom's documents, to the answer that Zoom would send."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import attrs

from zoom_api_client import errors
from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.exchange import OutgoingAnswer
from zoom_api_client.testing.violation import ContractViolation, Violation
from zoom_api_client.transport import responses

# What every operation may answer, whatever its document says, with the code that is usual then.
_ANYWHERE: Mapping[int, int] = {400: 300, 401: 124, 403: 201, 429: 429, 500: 500, 502: 502, 503: 503, 504: 504}
_STATUSES: Mapping[int, int] = {
    104: 400, 120: 400, 124: 401, 200: 400, 201: 403, 300: 400, 429: 429, 1001: 404, 1010: 400, 2001: 404, 3001: 404,
    3161: 400, 3301: 404, 4700: 401, 4711: 400,
}  # fmt: skip
_MESSAGES: Mapping[int, str] = {
    104: "Invalid access token, it does not contain the scopes.",
    120: "The file is missing, too large or of the wrong type.",
    124: "Invalid access token.",
    200: "No permission, or the plan does not include this.",
    201: "No permission for this resource.",
    300: "Validation Failed.",
    404: "Not found.",
    409: "Conflict.",
    429: "Too many requests.",
    1001: "The user does not exist.",
    1005: "The e-mail address is in use.",
    1010: "The user is not of this account.",
    2001: "The account does not exist.",
    3000: "This meeting cannot be accessed.",
    3001: "The meeting does not exist, or is over.",
    500: "Zoom failed.",
    3161: "The user may not host meetings.",
    3301: "There is no recording of this meeting.",
    4700: "The access token is empty or unknown.",
    4711: "Invalid access token, it does not contain the scopes.",
}
DAILY = "The maximum daily rate limit of this API is reached."
PER_SECOND = "The maximum per-second rate limit of this API is reached."


def by_status(operation: Operation, status: int, *, daily: bool, unchecked: bool) -> OutgoingAnswer:
    """Return the refusal with a status. Raises `ContractViolation` for one that the operation does not have."""
    if not 400 <= status < 600:
        raise ValueError(
            f"{status} is not the status of an error: use fails(code) for the errors that come with success"
        )
    if daily and status != 429:
        raise ValueError("daily tells one 429 from the other: raises(429, daily=True)")
    codes = dict(_codes(operation))
    if not unchecked and status not in codes and status not in _ANYWHERE and status < 500:
        known = ", ".join(map(str, sorted({*codes, *_ANYWHERE})))
        raise _wrong(operation, "status", f"is never {status}, only one of {known}")
    documented = [code for code in codes.get(status, ()) if code in _MESSAGES] or codes.get(status, [])
    code = _ANYWHERE.get(status) or (documented[0] if documented else status)
    refusal = _refusal(operation, status, code)
    return _add_limits(operation, refusal, daily) if status == 429 else refusal


def by_code(operation: Operation, code: int, *, status: int | None, unchecked: bool) -> OutgoingAnswer:
    """Return the refusal with a code of Zoom's. Raises `ContractViolation` for one that the operation does not have."""
    statuses = [each for each, codes in _codes(operation) if code in codes]
    if status is not None and (unchecked or status in statuses):
        return _refusal(operation, status, code)
    if status is not None:
        raise _wrong(operation, "code", f"is never {code} with the status {status}")
    if not statuses and code not in _STATUSES and not unchecked:
        known = ", ".join(str(each) for _, codes in sorted(_codes(operation)) for each in codes)
        raise _wrong(operation, "code", f"is never {code}, only one of {known or 'none'}")
    return _refusal(operation, statuses[0] if statuses else _STATUSES.get(code, 400), code)


def by_class(operation: Operation, kind: type[errors.ZoomError], *, daily: bool) -> OutgoingAnswer:
    """Return what the library raises as that error: Zoom's refusal, no answer at all, or one that is not Zoom's.

    Raises `TypeError` for an error that no answer to the operation is.
    """
    if issubclass(kind, errors.ConnectionFailed):
        return OutgoingAnswer(0, operation=operation)
    if issubclass(kind, errors.UnexpectedAnswer):
        return OutgoingAnswer(200, {"Content-Type": "text/html"}, b"<!DOCTYPE html>\n<title>A proxy</title>\n")
    if kind is errors.RateLimited:
        return by_status(operation, 429, daily=daily, unchecked=False)
    documented = [(status, code) for status, codes in _codes(operation) for code in codes if code in _MESSAGES]
    usual = [(status, code) for code, status in (*_STATUSES.items(), *((code, at) for at, code in _ANYWHERE.items()))]
    for status, code in (*documented, *usual):
        answer = _refusal(operation, status, code)
        if type(_error(answer)) is kind:
            return answer
    raise TypeError(f"{kind.__name__} is not what an answer to {operation} can be: give one of errors.NotFound, …")


def _error(answer: OutgoingAnswer) -> errors.APIError:
    """Return the error that the library makes of an answer."""
    came = responses.Response(answer.status, {}, answer.body)
    return responses.error(came, responses.decode(came))


def _codes(operation: Operation) -> Iterator[tuple[int, list[int]]]:
    for status, declared in operation.facts["responses"].items():
        codes = declared.get("x-error-codes", [])
        if codes or int(status) >= 400:
            yield int(status), codes


def _wrong(operation: Operation, field: str, says: str) -> ContractViolation:
    return ContractViolation.by_test([Violation.of(str(operation), "status", f"answer.{field}", says)])


def _refusal(operation: Operation, status: int, code: int) -> OutgoingAnswer:
    message = _MESSAGES.get(code, f"Refused for the reason {code}.")
    return OutgoingAnswer.json(status, {"code": code, "message": message}, operation=operation)


def _add_limits(operation: Operation, refusal: OutgoingAnswer, daily: bool) -> OutgoingAnswer:
    now = datetime.now(UTC).replace(microsecond=0)
    tomorrow = now.replace(hour=0, minute=0, second=0) + timedelta(days=1)
    headers = {
        **refusal.headers,
        "X-RateLimit-Category": str(operation.facts["x-zoom"].get("rate-limit") or "light").capitalize(),
        "X-RateLimit-Type": "Daily-limit" if daily else "QPS",
        "X-RateLimit-Remaining": "0",
        "Retry-After": f"{tomorrow if daily else now + timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}",
    }
    body = {"code": 429, "message": DAILY if daily else PER_SECOND}
    return attrs.evolve(OutgoingAnswer.json(429, body, operation=operation), headers=headers)
