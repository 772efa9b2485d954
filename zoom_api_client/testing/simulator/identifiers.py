"""Ids: what is new gets one that looks like Zoom's, and that nothing else has."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import attrs

from zoom_api_client.testing.contract import Schema
from zoom_api_client.testing.fake_values import Dice, identifier, uuid
from zoom_api_client.testing.sample import Unsatisfiable, sample

_TRIES = 50


@attrs.define
class Identifiers:
    """A source of ids: equal seeds give equal ids in the same order."""

    seed: int = 0
    given: int = 0

    def new(self, name: str, schema: Schema, is_taken: Callable[[str], bool]) -> str:
        """Return an id as the contract has them under a name: eleven digits for a meeting, 22 characters for a user."""
        for _ in range(_TRIES):
            made = self._sample(name, schema)
            if made and not is_taken(made):
                return made
        return next(each for number in count(self.given) if not is_taken(each := f"{name}-{number}"))

    def uuid(self) -> str:
        """Return the UUID of an instance of a meeting: sixteen bytes in base64, of which some have slashes."""
        return uuid(self._dice(), "uuid")

    def text(self) -> str:
        """Return an id of 22 characters."""
        return identifier(self._dice(), "id")

    def _sample(self, name: str, schema: Schema) -> str:
        self.given += 1
        try:
            made = sample(schema, seed=self.seed * 1_000_003 + self.given, name=name)
        except (Unsatisfiable, KeyError):  # of a schema that refers to another one
            return self.text()
        return str(made) if isinstance(made, str | int) else ""

    def _dice(self) -> Dice:
        self.given += 1
        return Dice(self.seed * 1_000_003 + self.given, "id")
