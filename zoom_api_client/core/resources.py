"""The JSON files that the package comes with: indexes of operations and events, contracts."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from zoom_api_client.core import codec


def load(package: str, name: str) -> Any:
    """Decode a file of a package. It is ours: to look how deep it is nested would take half as long again."""
    return codec.decode((files(package) / name).read_bytes())
