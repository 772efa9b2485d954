"""Finds the limit that a request falls under: by the label of its operation and the product family of its path."""

from __future__ import annotations

import re
from functools import cache

import attrs

from zoom_api_client.core.operation import Operation
from zoom_api_client.core.operations import operations
from zoom_api_client.transport.requests import Target
from zoom_api_client.transport.throttle.limits import LABELS

UNLABELLED = "light"
"""The label of an operation without one (few are, most of them uploads) until an answer says otherwise."""

# The Phone documents have faxes below a path of their own. A master account's calls name the sub-account first.
_FAMILY = re.compile(r"(?:/accounts/[^/]+)?/(phone|fax|contact_center)(?:/|$)")
_SUB_ACCOUNT = re.compile(r"(/accounts/[^/]+)/")
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
    template, label = _find_operation(method, path)
    return Subject(method, template, label, family(path))


def family(path: str) -> str:
    """Return the family whose table holds for a path, "" for the general one."""
    found = _FAMILY.match(path)
    return _FAMILIES[found[1]] if found else ""


def find_label(category: str | None) -> str | None:
    """Return the label that `X-RateLimit-Category` names, None if it is no label that we know."""
    label = (category or "").strip().lower().replace(" ", "-")
    return label if label in LABELS else None


def _find_operation(method: str, path: str) -> tuple[str, str]:
    """Find the operation of a path: of several templates that fit, the one with the most literal segments."""
    segments = path.strip("/").split("/")
    for template, label in _by_shape().get((method, len(segments)), ()):
        if all(ours.startswith("{") or ours == given for ours, given in zip(template, segments, strict=True)):
            return "/" + "/".join(template), label
    below = _SUB_ACCOUNT.match(path)
    return _find_operation(method, path[below.end(1) :]) if below else ("", UNLABELLED)


@cache
def _by_shape() -> dict[tuple[str, int], list[tuple[list[str], str]]]:
    shapes: dict[tuple[str, int], list[tuple[list[str], str]]] = {}
    for each in operations():
        template = each.path.strip("/").split("/")
        shapes.setdefault((each.method, len(template)), []).append((template, each.rate_limit or UNLABELLED))
    for same in shapes.values():
        same.sort(key=lambda row: [part.startswith("{") for part in row[0]])
    return shapes
