"""Protocols of models and operations, for the modules that `core.model` and `core.operation` stand on."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any, ClassVar, Protocol, Self, TypeGuard


class ModelLike(Protocol):
    """A model: declared fields around the JSON object that is its `__dict__`."""

    _fields: ClassVar[dict[str, str]]
    _wires: ClassVar[dict[str, str]]
    _required: ClassVar[tuple[str, ...]]
    _nested: ClassVar[tuple[tuple[str, Any], ...]]  # each a `decoding.Nested`

    @classmethod
    def from_dict(cls, source: Mapping[str, Any]) -> Self:
        """Return the model of a JSON object, which is copied."""
        ...

    @classmethod
    def _adopt(cls, source: dict[str, Any]) -> Self:
        """Return the model around a decoded JSON object that belongs to nobody else."""
        ...

    @classmethod
    def _adopt_all(cls, sources: list[dict[str, Any]]) -> list[Self]:
        """Return the models around decoded JSON objects that belong to nobody else."""
        ...

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object."""
        ...

    @property
    def additional_properties(self) -> MutableMapping[str, Any]:
        """The fields of the JSON object that the model does not declare."""
        ...


class OperationLike(Protocol):
    """An operation, as far as its arguments are concerned: the module that calls it, and the package of its models."""

    @property
    def module(self) -> str:
        """The module whose `request` has the arguments."""
        ...

    @property
    def models(self) -> str:
        """The package of the models."""
        ...


def is_model(kind: Any) -> TypeGuard[type[ModelLike]]:
    """Return whether a type is a class of models; no other class has `_wires`."""
    return hasattr(kind, "_wires")
