"""From an answer to the typed result that it is, or the error: a refusal of Zoom's, or what Zoom did not send."""

from __future__ import annotations

from typing import Any, TypeVar

from zoom_api_client import errors
from zoom_api_client.core import codec, decoding
from zoom_api_client.core.operation import Operation
from zoom_api_client.transport import refusal, responses
from zoom_api_client.transport.responses import Response

T = TypeVar("T")

_LONGEST_REFUSAL = 64 * 1024  # bytes


def read(operation: Operation[T], answer: Response) -> T:
    """Return the typed result of an answer, or raise the error that it is."""
    content = value(answer, operation)
    if _find_declared(operation, answer.status) == "bytes":
        return operation.adopt(answer.status, answer.content)
    return operation.adopt(answer.status, content)


def value(answer: Response, operation: Operation[Any] | None = None) -> Any:
    """Return the decoded body of an answer (None without one, bytes of a file), or raise the error it is."""
    failure = find_failure(answer, operation)
    if failure is None:
        return responses.decode(answer)
    raise failure


def find_failure(answer: Response, operation: Operation[Any] | None = None) -> errors.ZoomError | None:
    """Return the error that an answer is: a refusal of Zoom's, or a success that Zoom did not send."""
    if not 200 <= answer.status < 300:
        return responses.error(answer, responses.decode(answer), operation)
    if not answer.content:
        return _make_unexpected("the answer is empty", answer, operation) if _needs_content(answer, operation) else None
    is_short_json = answer.content.startswith(b"{") and len(answer.content) < _LONGEST_REFUSAL
    said = answer.json if answer.is_text or is_short_json else None  # refusals come as octet-stream too
    content = answer.content[:_LONGEST_REFUSAL].decode("utf-8", "replace") if isinstance(said, ValueError) else said
    if refusal.is_one(content) and not _declares(operation, content):
        return responses.error(answer, content, operation)
    if (operation is None and not answer.is_json_or_page) or _find_declared(operation, answer.status) == "bytes":
        return None
    if isinstance(said, codec.TooDeep):
        return errors.BoundExceeded("nesting", answer.nesting)
    if not answer.is_text or isinstance(said, ValueError):
        what = f"the answer is not JSON ({answer.media_type}, {len(answer.content):,} bytes)"
        return _make_unexpected(what, answer, operation)
    return None


def _find_declared(operation: Operation[Any] | None, status: int) -> str | None:
    """Return what an operation declares for a status, or for the first that it has."""
    if operation is None:
        return None
    return operation.results.get(status, next(iter(operation.results.values()), None))


def _needs_content(answer: Response, operation: Operation[Any] | None) -> bool:
    """Tell whether an empty success says nothing. Of a write it says that Zoom took it: only a read is for its answer.

    Zoom's documents have 49 successes with 200 or 201 and no content, and it sends 200 for 204 at times.
    """
    is_read = operation is not None and operation.method == "GET"
    return is_read and answer.status == 200 and _find_declared(operation, 200) not in (None, "bytes")


def _make_unexpected(what: str, answer: Response, operation: Operation[Any] | None) -> errors.UnexpectedAnswer:
    tracking_id = answer.headers.get("x-zm-trackingid")
    return errors.UnexpectedAnswer(what, answer.status, answer.content, operation, tracking_id)


def _declares(operation: Operation[Any] | None, content: Any) -> bool:
    """Tell whether the answers of an operation have the fields that make others a refusal."""
    marks = set(refusal.names(content)) if isinstance(content, dict) else set()
    hints = [hint for hint in operation.results.values() if hint] if operation else []
    types = [decoding.resolve(hint, operation.models) for hint in hints] if operation else []
    return bool(marks) and any(marks <= getattr(each, "_fields", {}).keys() for each in types)


def transient_error(answer: Response, operation: Operation[Any] | None = None) -> errors.ZoomError | None:
    """Return the error of an answer that another attempt may not get.

    Too many requests, a failure of Zoom's, or a success that somebody on the way sent instead of Zoom.
    """
    if answer.status == 429 or answer.status >= 500:
        return responses.error(answer, responses.decode(answer), operation)
    failure = find_failure(answer, operation) if answer.status < 300 else None
    return failure if isinstance(failure, errors.UnexpectedAnswer) else None
