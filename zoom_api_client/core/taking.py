"""Selects the fields of a model that a body takes: what was read can be written back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin

from zoom_api_client.core import checks, codec, conformance, decoding, fields, validation
from zoom_api_client.core.protocols import ModelLike, is_model
from zoom_api_client.core.unset import UNSET

M = TypeVar("M", bound=ModelLike)


def take(cls: type[M], source: ModelLike | Mapping[str, Any], changes: Mapping[str, Any]) -> M:
    """Return the model that has what it can take from a source, then the changes, by their Python names."""
    content = codec.plain(source)
    checks.check_mapping(f"what {cls.__name__} takes from", content)
    taken = cls._adopt(_fields_of(cls, content))
    for name, value in changes.items():
        if name not in cls._wires:
            raise TypeError(fields.unknown_field(cls, name))
        setattr(taken, name, value)
    return taken


def _fields_of(cls: Any, source: Mapping[str, Any]) -> dict[str, Any]:
    hints = validation.hints_of(cls)
    kept = {wire: _fit(source[wire], hint) for wire, (_, hint) in hints.items() if wire in source}
    return {wire: value for wire, value in kept.items() if value is not UNSET}


def _fit(value: Any, hint: Any) -> Any:
    """Return as much of a value as a field takes, `UNSET` if that is nothing; of several kinds, the one with most."""
    kept = (_as(value, option) for option in decoding.options_of(hint))
    return max((each for each in kept if each is not UNSET), key=_size, default=UNSET)


def _size(kept: Any) -> int:
    return len(kept) if isinstance(kept, dict) else 0


def _as(value: Any, option: Any) -> Any:
    if isinstance(value, dict) and is_model(option):
        kept = _fields_of(option, value)
        is_whole = all(option._wires[name] in kept for name in option._required)
        return kept if kept and is_whole else UNSET
    if isinstance(value, list) and get_origin(option) is list:
        items = [_fit(each, get_args(option)[0]) for each in value]
        items = [each for each in items if each is not UNSET]
        return items if items or not value else UNSET
    return value if conformance.fits(value, option) else UNSET
