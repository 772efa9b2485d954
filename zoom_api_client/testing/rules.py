"""Rules of Zoom's that the schemas of its documents do not state: of several fields at once, of identifiers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.violation import Violation

_NUMBERS = frozenset({"meetingId", "webinarId"})
_EXACTLY_ONE = {"team_chat.send_chat_message": ("to_contact", "to_channel")}


def check_value(operation: Operation, value: Any) -> list[Violation]:
    """Return what is wrong with a body whose fields are right one by one."""
    names = _EXACTLY_ONE.get(str(operation), ())
    given = [name for name in names if isinstance(value, dict) and name in value]
    if not names or len(given) == 1:
        return []
    says = f"must have exactly one of {' and '.join(names)}, but has {'both' if given else 'none'}"
    return [Violation.of(str(operation), "exactly_one", "body", says)]


def check_path(operation: Operation, texts: Mapping[str, str]) -> list[Violation]:
    """Return what is wrong with identifiers: an invitation spells the id of a meeting with spaces, a URL does not."""
    says = "must be the digits of an id, or a UUID, without spaces"
    wrong = [name for name, text in texts.items() if name in _NUMBERS and any(map(str.isspace, text))]
    return [Violation.of(str(operation), "pattern", f"path.{name}", says) for name in wrong]


def obey(operation: Operation, value: Any) -> Any:
    """Return a sample of a body so that it keeps these rules too."""
    names = _EXACTLY_ONE.get(str(operation), ())
    if not names or not isinstance(value, dict):
        return value
    others = {name: part for name, part in value.items() if name not in names}
    return {**others, names[0]: value.get(names[0], "jane.doe10@example.com")}
