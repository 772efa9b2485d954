"""Models are attrs classes of fields around the JSON object that Zoom sent.

The `__dict__` of a model *is* that object. Decoding therefore adopts it as it stands, and only turns the objects inside
it into the models that the fields declare; times are parsed when they are read. Whatever else Zoom sends (unknown
fields and enum values, null, "", text for a number) stays where it was, and `to_dict()` gives it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from itertools import repeat
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, cast, dataclass_transform

from zoom_api_client.core import checks, codec, fields, redaction
from zoom_api_client.core.fields import named
from zoom_api_client.core.unset import UNSET, File, Unset

F = TypeVar("F", bound=Callable[..., Any])

_set = object.__setattr__
_new = object.__new__  # found once: a list of 300 models is made a third faster


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
    """The Python name of each field by its name in JSON; `_wires` is the reverse."""
    _wires: ClassVar[dict[str, str]] = {}
    _required: ClassVar[tuple[str, ...]] = ()
    _nested: ClassVar[tuple[tuple[str, Any], ...]] = ()
    """The name in JSON of each field with models in it, and what decodes its values, a `decoding.Nested`."""
    __signature__: ClassVar[Any] = fields.Signature()

    def __init_subclass__(cls) -> None:
        fields.declare(cls)

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(fields.collect(type(self), values))

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Self:
        """Return the model of a JSON object, which is copied; nothing in it is refused or lost."""
        checks.check_mapping(f"the JSON object of {cls.__name__}", source)
        return cls._adopt(cast(dict[str, Any], codec.copy(dict(source))))

    @classmethod
    def taking(cls, source: Model | Mapping[str, Any], **changes: Any) -> Self:
        """Return a body made of what another model says, as far as Zoom takes it back, with some fields changed.

        `UpdateMeetingBody.taking(meeting, topic="New")` has the fields of the meeting that the body declares, at every
        depth, without those whose values it does not take: null, an unknown choice, another type.
        """
        from zoom_api_client.core import taking

        return taking.take(cls, source, changes)

    @classmethod
    def _adopt(cls, source: dict[str, Any]) -> Self:
        """Return the model around a decoded JSON object that belongs to nobody else."""
        for wire, nested in cls._nested:
            value = source.get(wire)
            if value.__class__ is dict:
                source[wire] = nested.one(value)
            elif value.__class__ is list:
                source[wire] = nested.many(value)
        instance = _new(cls)
        _set_object(instance, source)
        return instance

    @classmethod
    def _adopt_all(cls, sources: list[dict[str, Any]]) -> list[Self]:
        """Do the same for the items of a list; a loop that runs in C takes two thirds of what as many calls take."""
        if cls._nested:
            return list(map(cls._adopt, sources))
        instances = list(map(_new, repeat(cls, len(sources))))
        any(map(_set_object, instances, sources))  # of None alone: it goes through all
        return instances

    @_method
    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object: what Zoom sent, as it was, with the changes made since, without `UNSET` fields."""
        return {wire: codec.plain(value) for wire, value in self.__dict__.items() if value is not UNSET}

    @_method
    def to_json(self, *, indent: int | None = None) -> str:
        """Return the JSON text of `to_dict()`, on one line, or indented by `indent` spaces."""
        return codec.text(self.to_dict(), indent)

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
        if not isinstance(other, self.__class__):
            return NotImplemented
        try:
            return self.to_dict() == other.to_dict()
        except TypeError:  # an upload: its files are nothing that JSON has
            return self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]  # a model can be changed

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in type(self)._wires and not isinstance(getattr(type(self), name, None), property):
            raise AttributeError(fields.unknown_field(type(self), name), name=name)
        _set(self, name, value)

    if not TYPE_CHECKING:  # a `__getattr__` that type checkers saw would give every model every field

        def __getattr__(self, name: str) -> Any:
            says = fields.unknown_field(type(self), name) if name[:1] != "_" else name
            raise AttributeError(says, name=name)

    def __repr__(self) -> str:
        from zoom_api_client.core import display

        return display.line(type(self).__name__, display.pairs(self))

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        from zoom_api_client.core import display

        return display.pairs(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Print on several lines in IPython and in notebooks."""
        from zoom_api_client.core import display

        display.pretty(self, printer)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Let pydantic validate and serialise fields of this type."""
        from zoom_api_client.core import pydantic_schema

        return pydantic_schema.core_schema(cls, cls.from_dict)


_set_object = Model.__dict__["__dict__"].__set__


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
        return repr(redaction.redact_value("", dict(self)))


__all__ = ["UNSET", "File", "Model", "Unset", "named"]
