"""The body of a request, given as a model or as keyword arguments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from zoom_api_client.core.model import Model

B = TypeVar("B", bound=Model)


def body_of(kind: type[B], body: B | None, fields: Mapping[str, Any]) -> B:
    """Return the body, or make it of the fields; one of the two would be dropped, so both are refused."""
    if body is not None and fields:
        raise TypeError(f"give a body or fields, not both: {', '.join(fields)}")
    return kind(**fields) if body is None else body
