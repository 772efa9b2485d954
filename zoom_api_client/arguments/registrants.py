"""Registrants of meetings and webinars: in which state they are, and how they are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from zoom_api_client.core.model import Model
from zoom_api_client.core.unset import UNSET, Unset

One = Literal["pending", "approved", "denied"]
Status = Literal["pending", "approved", "denied", "all"]
Action = Literal["approve", "deny", "cancel"]
Registrant = str | Mapping[str, Any] | Model

_ALL: tuple[One, ...] = ("pending", "approved", "denied")


def statuses(status: Status | Unset) -> Sequence[One | Unset]:
    """Return the states to ask Zoom for: it takes one at a time, and knows no `all`."""
    if status == "all":
        return _ALL
    return (UNSET,) if isinstance(status, Unset) else (status,)


def identify(registrants: Iterable[Registrant]) -> list[dict[str, str]]:
    """Return how Zoom wants registrants named: by id where there is one, and by e-mail address."""
    if isinstance(registrants, str | Mapping | Model):
        raise TypeError("registrants is one registrant: give a list")
    return [_identify(each) for each in registrants]


def _identify(registrant: Registrant) -> dict[str, str]:
    if isinstance(registrant, str):
        fields: Mapping[str, Any] = {"email" if "@" in registrant else "id": registrant.strip()}
    else:
        fields = registrant.__dict__ if isinstance(registrant, Model) else registrant
    known = {name: fields[name] for name in ("id", "email") if fields.get(name)}
    if not known:
        raise ValueError("a registrant without id and e-mail address cannot be named")
    return known
