"""Zoom's events: from the body of a delivery to a typed event, and back without loss."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from zoom_api_client.core import codec, resources
from zoom_api_client.core.model import UNSET, Model, named


class Event(Model):
    """Base of all events. `event` is the name, `event_ts` the time in milliseconds, `payload` what happened."""

    event: str = named("event", default=UNSET)
    event_ts: int = named("event_ts", default=UNSET)

    @property
    def occurred_at(self) -> datetime | None:
        """The time of the event: `event_ts` as an aware datetime in UTC, None if it has no time that can be read.

        The order of deliveries says nothing, this does.
        """
        said: Any = self.__dict__.get("event_ts")
        if said is None:  # deauthorizations have it one level deeper
            said = getattr(self.__dict__.get("payload"), "event_ts", None)
        try:
            if isinstance(said, str) and not said.isdecimal():
                moment = datetime.fromisoformat(said)
                return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
            return datetime.fromtimestamp(int(said) / 1000, UTC)
        except (TypeError, ValueError, OverflowError, OSError):
            return None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Let pydantic make the typed event where any is wanted."""
        from zoom_api_client.core import pydantic_schema

        return pydantic_schema.core_schema(cls, parse if cls is Event else partial(_parse_as, cls))


class UnknownEvent(Event):
    """An event that Zoom's documents do not have (yet): everything in it is kept."""

    payload: Any = UNSET


def parse(body: bytes | str | Mapping[str, Any]) -> Event:
    """Return the typed event of a delivery's body, `UnknownEvent` if its name is not known.

    Fields and values of unexpected shape are kept as they are. Raises `ValueError` if the body is not a JSON object.
    """
    content = codec.copy(dict(body)) if isinstance(body, Mapping) else _decode(body)
    return registry().get(name(content.get("event")), UnknownEvent)._adopt(content)


def _parse_as(cls: Any, content: Mapping[str, Any]) -> Event:
    """Return the event of a class; raise `ValueError` for another's, so that pydantic tries the next of a union."""
    names = _names_of(cls)
    if names and name(content.get("event")) not in names:
        raise ValueError(f"event is {content.get('event')!r}, which is not that of {cls.__name__}")
    event: Event = cls.from_dict(content)
    return event


@cache
def _names_of(cls: Any) -> frozenset[str]:
    """Return the names of the events that have a class; none for `UnknownEvent`, and for classes that are not ours."""
    _, _, place = cls.__module__.partition("zoom_api_client.events.")
    home = [place.partition(".")[0], cls.__name__]
    return frozenset(said for said, each in homes().items() if each == home)


def name(said: Any) -> str:
    """Return the name of an event from what stands in `event`.

    In Zoom's documents some have a slip at the end, and some another name in the example than in the heading.
    """
    if not isinstance(said, str):
        return ""
    plain = said.strip().rstrip(".")
    return aliases().get(plain, plain)


def _decode(body: bytes | str) -> dict[str, Any]:
    try:
        content = codec.loads(body)
    except ValueError as cause:
        raise ValueError(f"the body of an event must be JSON: {cause}") from None
    if not isinstance(content, dict):
        raise ValueError(f"the body of an event must be a JSON object, not {type(content).__name__}")
    return content


class _Registry(Mapping[str, type[Event]]):
    """The class of each event by its name, or by another that it may have; a class is loaded when it is asked for."""

    def __init__(self, homes: dict[str, list[str]]) -> None:
        self._homes = homes

    def __getitem__(self, said: str) -> type[Event]:
        package, cls = self._homes[name(said)]
        kind: type[Event] = getattr(importlib.import_module(f"zoom_api_client.events.{package}"), cls)
        return kind

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)

    def __contains__(self, said: object) -> bool:
        return name(said) in self._homes

    def __repr__(self) -> str:
        return f"<registry of {len(self)} events>"


@cache
def registry() -> Mapping[str, type[Event]]:
    """Return the class of each event by its name (`meeting.started`)."""
    return _Registry(homes())


def homes() -> dict[str, list[str]]:
    """Return the package of events and the class of each event by its name, without loading them."""
    return _index("registry")


def aliases() -> dict[str, str]:
    """Return the names of events by others that they may come by."""
    return _index("aliases")


def documented() -> tuple[str, ...]:
    """Return the names of the events that Zoom's documents have; who knows of the others stands in `known_from`."""
    return tuple(name for name in homes() if name not in _index("known_from"))


@cache
def _index(what: str) -> dict[str, Any]:
    index: dict[str, Any] = resources.load("zoom_api_client.events", f"{what}.json")
    return index
