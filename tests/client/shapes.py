"""Models of every shape that a field can have, so that these tests do not change with Zoom's documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from zoom_api_client.core.model import UNSET, File, Model, Unset, named


class Room(Model):
    """A small thing with an id."""

    id: int
    name: str | Unset = UNSET


class Weekly(Model):
    """One way to recur."""

    repeat: Literal["Weekly"]
    days: list[str] | Unset = UNSET


class Monthly(Model):
    """Another way to recur, with a list and an object where `Weekly` has neither."""

    repeat: Literal["Monthly"]
    days: Room | Unset = UNSET
    months: list[int] | Unset = UNSET


class Coded(Model):
    """A thing that has what Zoom's failures have."""

    code: int
    message: str


class Hall(Model):
    """One kind of place."""

    label: Room | Unset = UNSET
    note: list[str] | Unset = UNSET


class Street(Model):
    """Another kind of place, with texts where `Hall` has none."""

    label: Literal["North", "South"] | Unset = UNSET
    number: int | Unset = UNSET
    note: str | Unset | None = UNSET


class Plan(Model):
    """A thing with a field of every shape."""

    topic: str
    id: int | Unset = UNSET
    room_ids: list[int] | Unset = UNSET
    pmi: int | Unset = UNSET
    seats: int | Unset = UNSET
    share: float | Unset = UNSET
    open: bool | Unset = UNSET
    note: str | Unset | None = UNSET
    kind: Literal[1, 2, "other"] | Unset = UNSET
    answered: list[Literal["left", "right"] | str] | Unset = UNSET
    start_time: datetime | Unset = UNSET
    day: date | Unset = UNSET
    from_: datetime | Unset = named("from", default=UNSET)
    floor_number: int | Unset = named("floorNumber", default=UNSET)
    room: Room | Unset = UNSET
    rooms: list[Room] | Unset = UNSET
    grid: list[list[Room]] | Unset = UNSET
    by_floor: dict[str, Room] | Unset = UNSET
    recurrence: Weekly | Monthly | Unset = UNSET
    place: Hall | Street | Unset = UNSET
    settings: dict[str, Any] | Unset = UNSET
    anything: Any | Unset = UNSET
    tags: list[str] | Unset = UNSET
    map: File | Unset = UNSET
    photos: list[File] | Unset = UNSET
    password: str | Unset = UNSET
    start_url: str | Unset = UNSET
    join_url: str | Unset = UNSET


def plan(**fields: Any) -> Plan:
    """Return a plan without regard to types, as code that is not type-checked would make it."""
    return Plan(**{"topic": "Move", **fields})


def read(**fields: Any) -> Plan:
    """Return a plan as Zoom sent it."""
    source: Mapping[str, Any] = {"topic": "Move", **fields}
    return Plan.from_dict(source)
