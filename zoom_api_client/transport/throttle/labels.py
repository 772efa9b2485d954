"""Finds the limit that a request falls under: by the label of its operation and the product family of its path."""

from __future__ import annotations

import re

import attrs

from zoom_api_client.core.operation import Operation
from zoom_api_client.core.operations import find_operation
from zoom_api_client.transport.requests import Target
from zoom_api_client.transport.throttle.limits import LABELS

UNLABELLED = "light"
"""The label of an operation without one (few are, most of them uploads) until an answer says otherwise."""

# The Phone documents have faxes below a path of their own. A master account's calls name the sub-account first.
_FAMILY = re.compile(r"(?:/accounts/[^/]+)?/(phone|fax|contact_center)(?:/|$)")
_FAMILIES = {"phone": "phone", "fax": "phone", "contact_center": "contact_center"}


@attrs.frozen
class Subject:
    """A request as the throttle sees it. `template` is "" where the path is none of Zoom's known operations."""

    method: str
    template: str
    label: str
    family: str


def subject(target: Target) -> Subject:
    """Return the subject of an operation, or of a method and a path below the base URL."""
    if isinstance(target, Operation):
        return Subject(target.method, target.path, target.rate_limit or UNLABELLED, family(target.path))
    method, path = target[0].upper(), target[1].partition("?")[0]
    found = find_operation(method, path)
    label = (found and found.rate_limit) or UNLABELLED
    return Subject(method, found.path if found else "", label, family(path))


def family(path: str) -> str:
    """Return the family whose table holds for a path, "" for the general one."""
    found = _FAMILY.match(path)
    return _FAMILIES[found[1]] if found else ""


def find_label(category: str | None) -> str | None:
    """Return the label that `X-RateLimit-Category` names, None if it is not a label that we know."""
    label = (category or "").strip().lower().replace(" ", "-")
    return label if label in LABELS else None
