"""A violation says in one sentence where a request or an answer leaves the contract, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import attrs


@attrs.frozen
class Violation:
    """One way in which a message leaves the contract.

    `rule` is the keyword of JSON Schema, or one of `unknown`, `repeated`, `encoding`, `content_type`, `json`, `path`,
    `https`, `authorization`, `scope`, `exactly_one`, `range`, `status`; `field` is where (`body.settings.host_video`),
    `message` the whole sentence.
    """

    operation: str
    rule: str
    field: str
    message: str

    @classmethod
    def of(cls, operation: str, rule: str, field: str, says: str) -> Violation:
        """Make the sentence out of its parts. `operation` has its product before it: `meetings.create_meeting`."""
        return cls(operation, rule, field, f"{operation.partition('.')[2] or operation}: {field} {says}")

    def __str__(self) -> str:
        return self.message


class ContractViolation(AssertionError):
    """The code under test, or the test, left Zoom's contract. It is not a `ZoomError`, which that code may handle.

    Attributes:
        violations: each way in which it did.
    """

    __module__ = "zoom_api_client.testing"

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__("\n".join(map(str, self.violations)))

    @classmethod
    def by_test(cls, violations: Iterable[Violation]) -> Self:
        """Return the error of a test that wants an answer that Zoom would never give."""
        error = cls(violations)
        error.add_note("Zoom's documents do not allow this answer; unchecked=True gives it all the same.")
        return error
