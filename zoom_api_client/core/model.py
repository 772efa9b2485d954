"""What a model is: an attrs class of fields around the JSON object that Zoom sent.

The `__dict__` of a model *is* that object. Decoding therefore adopts it as it stands, and only turns the objects inside
it into the models that the fields declare; times are parsed when they are read. Whatever else Zoom sends (unknown
fields and enum values, null, "", text for a number) stays where it was, and `to_dict()` gives it back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from datetime import UTC, date, datetime
from typing import Any, ClassVar, TypeVar, cast, dataclass_transform

import attrs

from zoom_api_client.core import codec, decoding
from zoom_api_client.core.unset import UNSET, File, Unset

M = TypeVar("M", bound="Model")
F = TypeVar("F", bound=Callable[..., Any])

_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_NAMES_A_MODEL = re.compile(r"\b(?!(?:Any|Literal|Unset|File|None)\b)[A-Z]\w*")
_TIME = re.compile(r"\b(datetime|date)\b")


def named(wire: str, *, default: Any = attrs.NOTHING) -> Any:
    """Declare a field whose name in JSON is not a Python name: `from_: str = named("from")`."""
    return attrs.field(default=default, metadata={"wire": wire})


def _declare(cls: type[Model]) -> None:
    """Make an attrs class of a declaration of fields, with `UNSET` for what an answer does not carry."""
    attrs.define(cls, slots=False, kw_only=True, eq=False, repr=False)
    nested: dict[str, Callable[[Any], Any]] = {}
    fields: dict[str, str] = {}
    for field in attrs.fields(cast(Any, cls)):
        wire = field.metadata.get("wire", field.name)
        hint = _QUOTED.sub("''", field.type)
        fields[wire] = field.name
        time = _TIME.search(hint)
        if time:
            setattr(cls, field.name, _Time(wire, datetime if time.group() == "datetime" else date))
        elif wire != field.name:
            setattr(cls, field.name, _Renamed(wire))
        else:
            setattr(cls, field.name, UNSET)
        if _NAMES_A_MODEL.search(hint):
            nested[wire] = decoding.Nested(cls, field.type)
    cls._fields, cls._nested = fields, tuple(nested.items())


class _Renamed:
    """A field that stands in the JSON object under another name."""

    def __init__(self, wire: str) -> None:
        self.wire = wire

    def __get__(self, instance: Model | None, owner: type[Model]) -> Any:
        return UNSET if instance is None else instance.__dict__.get(self.wire, UNSET)

    def __set__(self, instance: Model, value: Any) -> None:
        instance.__dict__[self.wire] = value

    def __delete__(self, instance: Model) -> None:
        del instance.__dict__[self.wire]


class _Time(_Renamed):
    """A time that stays the text that Zoom sent, and is parsed when it is read; other text is given as it is."""

    def __init__(self, wire: str, kind: type[date]) -> None:
        super().__init__(wire)
        self.parse: Callable[[str], date] = kind.fromisoformat

    def __get__(self, instance: Model | None, owner: type[Model]) -> Any:
        value = UNSET if instance is None else instance.__dict__.get(self.wire, UNSET)
        if not isinstance(value, str):
            return value
        try:
            return self.parse(value)
        except ValueError:
            return value


class _Method:
    """A method that a field of the same name in an answer cannot hide."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.__doc__ = function.__doc__

    def __get__(self, instance: Model | None, owner: type[Model]) -> Any:
        return self.function if instance is None else self.function.__get__(instance, owner)

    def __set__(self, instance: Model, value: Any) -> None:
        raise AttributeError(f"{self.function.__name__} is a method")


def _method(function: F) -> F:
    return cast(F, _Method(function))


@dataclass_transform(kw_only_default=True, field_specifiers=(named,))
class Model:
    """Base of all models: they are made by keyword, or from JSON with `from_dict`."""

    _fields: ClassVar[dict[str, str]] = {}
    _nested: ClassVar[tuple[tuple[str, Callable[[Any], Any]], ...]] = ()

    def __init_subclass__(cls) -> None:
        _declare(cls)

    @classmethod
    def from_dict(cls: type[M], source: Mapping[str, Any]) -> M:
        """Return the model of a JSON object, which is copied; nothing in it is refused or lost."""
        return cls._adopt(cast(dict[str, Any], codec.copy(dict(source))))

    @classmethod
    def _adopt(cls: type[M], source: dict[str, Any]) -> M:
        """Return the model around a decoded JSON object that belongs to nobody else."""
        for wire, decode in cls._nested:
            value = source.get(wire)
            if value.__class__ is dict or value.__class__ is list:
                source[wire] = decode(value)
        instance = cls.__new__(cls)
        instance.__dict__ = source
        return instance

    @_method
    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object: what Zoom sent, as it was, with the changes made since, without `UNSET` fields."""
        return {wire: codec.plain(value) for wire, value in self.__dict__.items() if value is not UNSET}

    @property
    def additional_properties(self) -> MutableMapping[str, Any]:
        """The fields of the JSON object that the model does not declare; they can be changed and added to."""
        return _Additional(self)

    @additional_properties.setter
    def additional_properties(self, value: Mapping[str, Any]) -> None:
        kept = dict(value)
        extra = _Additional(self)
        extra.clear()
        extra.update(kept)

    def __eq__(self, other: object) -> bool:
        return self.to_dict() == other.to_dict() if isinstance(other, self.__class__) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # a model can be changed

    def __repr__(self) -> str:
        names = type(self)._fields
        shown = (f"{names.get(wire, wire)}={codec.shown(wire, value)}" for wire, value in self.__dict__.items())
        return f"{type(self).__name__}({', '.join(each for each in shown if not each.endswith('=UNSET'))})"


class Event(Model):
    """Base of all events. `event` is the name, `event_ts` the time in milliseconds, `payload` what happened."""

    @property
    def occurred_at(self) -> datetime | None:
        """When it happened: `event_ts` as an aware datetime in UTC, None if it has no time that can be read.

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


class _Additional(MutableMapping[str, Any]):
    """A view of the undeclared fields of a model."""

    def __init__(self, of: Model) -> None:
        self._all, self._declared = of.__dict__, type(of)._fields

    def __getitem__(self, key: str) -> Any:
        if key in self._declared:
            raise KeyError(key)
        return self._all[key]

    def __setitem__(self, key: str, value: Any) -> None:
        if key in self._declared:
            raise KeyError(f"{key} is a declared field: set it as an attribute")
        self._all[key] = value

    def __delitem__(self, key: str) -> None:
        self[key]
        del self._all[key]

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._all if key not in self._declared)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return codec.shown("", dict(self))


__all__ = ["UNSET", "Event", "File", "Model", "Unset", "named"]
