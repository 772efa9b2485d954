"""Bare rows show known fields only, where values of an example would be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zoom_api_client.testing.simulator import resources


def fields(resource: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a row, in which all that is not known is None, and so left out of answers."""
    found = resources.find(resource)
    return {**(dict.fromkeys(resources.look(found, 0)) if found else {}), **known}


def known(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are not None."""
    return {name: each for name, each in given.items() if each is not None}
