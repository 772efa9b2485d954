"""Finds the error that an answer is (Zoom refused, or it is not Zoom's), and reads the result of any other."""

from __future__ import annotations

from typing import Any

from zoom_api_client import errors
from zoom_api_client.core import codec, decoding
from zoom_api_client.core.operation import Operation
from zoom_api_client.core.operations import find_operation
from zoom_api_client.core.redaction import quote_text
from zoom_api_client.transport import instead_of_file, refusal, requests, responses
from zoom_api_client.transport.requests import Target
from zoom_api_client.transport.responses import Response

_LONGEST_REFUSAL = 64 * 1024  # bytes
_CHANGES = ("PATCH", "PUT", "DELETE")


def read(answer: Response, target: Target) -> Any:
    """Return the result of an answer that is no failure: of the type that an operation declares, or decoded JSON."""
    if not isinstance(target, Operation):
        return responses.decode(answer)
    is_file = target.result_type(answer.status) == "bytes"
    return target.adopt(answer.status, answer.content if is_file else responses.decode(answer))


def find_failure(answer: Response, target: Target) -> errors.ZoomError | None:
    """Return the error that an answer is: a refusal of Zoom's, or a success that Zoom did not send."""
    operation = requests.operation_of(target)
    if not 200 <= answer.status < 300:
        return responses.error(answer, responses.decode(answer), operation)
    if not answer.content:
        return _make_unexpected("the answer is empty", answer, operation) if _needs_content(answer, operation) else None
    is_short_json = answer.content.startswith(b"{") and len(answer.content) < _LONGEST_REFUSAL
    said = answer.json if answer.is_text or is_short_json else None  # refusals come as octet-stream too
    content = answer.content[:_LONGEST_REFUSAL].decode("utf-8", "replace") if isinstance(said, ValueError) else said
    if refusal.is_one(content) and not _declares(operation, content):
        return responses.error(answer, content, operation)
    if _may_be_file(answer, target):
        return _find_instead_of_file(answer, content, operation)
    if isinstance(said, codec.TooDeep):
        return errors.BoundExceeded("nesting", answer.nesting)
    if not answer.is_text or isinstance(said, ValueError):
        what = f"the answer is not JSON ({answer.media_type}, {len(answer.content):,} bytes)"
        return _make_unexpected(what, answer, operation)
    return None


def _may_be_file(answer: Response, target: Target) -> bool:
    """Return whether a file is declared, or a path that Zoom's documents do not have answers with something else."""
    if isinstance(target, Operation):
        return target.result_type(answer.status) == "bytes"
    if answer.is_json_or_page:
        return False
    known = find_operation(*target)
    return known is None or known.result_type(answer.status) == "bytes"


def _find_instead_of_file(answer: Response, content: Any, operation: Operation[Any] | None) -> errors.ZoomError | None:
    """Return the error of an answer that is not a file, as `save` and downloads would refuse it."""
    if answer.is_page or instead_of_file.is_page(answer.content):
        return _make_unexpected("the answer is a page of HTML, not a file", answer, operation)
    if operation and instead_of_file.is_refusal(answer.content):
        return responses.error(answer, content, operation)
    return None


def _needs_content(answer: Response, operation: Operation[Any] | None) -> bool:
    """Return whether a success must not be empty: Zoom declares content for each, and None is not of its type.

    A change that is answered with 204 is done, whatever is declared: Zoom says so itself.
    """
    if operation is None or (answer.status == 204 and operation.method in _CHANGES):
        return False
    declared = operation.results.values()
    return bool(declared) and not any(each in (None, "bytes") for each in declared)


def _make_unexpected(what: str, answer: Response, operation: Operation[Any] | None) -> errors.UnexpectedAnswer:
    return errors.UnexpectedAnswer(quote_text(what), answer.status, answer.content, operation, answer.tracking_id)


def _declares(operation: Operation[Any] | None, content: Any) -> bool:
    """Return whether the answers of an operation have the fields that make others a refusal."""
    marks = set(refusal.names(content)) if isinstance(content, dict) else set()
    hints = [hint for hint in operation.results.values() if hint] if operation else []
    types = [decoding.resolve(hint, operation.models) for hint in hints] if operation else []
    return bool(marks) and any(marks <= getattr(each, "_fields", {}).keys() for each in types)
