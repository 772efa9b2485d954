"""Pseudonyms for values that identify a person or grant access: equal values have equal pseudonyms everywhere."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from itertools import count

import attrs

from zoom_api_client.core.redaction import is_secret, redact_text
from zoom_api_client.testing import fake_values
from zoom_api_client.testing.sample import Schema, Unsatisfiable, sample

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"https?://[^\s\"'<>]+")
_LONG = re.compile(r"\+?\d{9,}|[A-Za-z0-9_+/=-]{20,}")
_ID = re.compile(r"(^|_)(id|number|pmi)$|[a-z]Id$")
_TIME = re.compile(r"\d{4}-\d\d-\d\d([T ][\d:.]+(Z|[+-]\d\d:?\d\d)?)?")
# Fields whose text is one of Zoom's own words, even where no enum says so: all others get a pseudonym.
_KEPT = re.compile(
    r"(^|_)(type|status|state|event|action|method|option|mode|kind|category|direction|result|extension|level|unit|"
    r"timezone|language|country|currency|version)s?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w./-]{1,40}")


@attrs.define
class Pseudonyms:
    """The pseudonyms of one recording. They cannot be traced back: they are made with a number that nobody keeps."""

    salt: str = attrs.field(factory=secrets.token_hex, repr=False)
    known: dict[str, str] = attrs.field(factory=dict, repr=False)

    def text(self, name: str, value: str, schema: Schema) -> str:
        """Return what stands for a text in a field of that name."""
        if not value or value in schema.get("enum", ()):
            return value
        if not is_secret(name) and (value == "me" or _TIME.fullmatch(value)):
            return value
        if value not in self.known and _KEPT.search(name) and _WORD.fullmatch(value) and not _LONG.search(value):
            return value
        return self._new(value, lambda turn: self._make(name, value, schema, turn))

    def number(self, name: str, value: int) -> int:
        """Return what stands for a number: another one, if it is a secret or an id that tells something."""
        if is_secret(name):
            return int(self._new(str(value), lambda turn: self._digits(str(value), turn)))
        if not _ID.search(name) or value < 10**8:
            return value
        made = self._new(str(value), lambda turn: str(fake_values.meeting_number(self._dice(str(value), turn))))
        return int(made) if made.isdecimal() else value

    def scrub(self, text: str) -> str:
        """Return a sentence with pseudonyms for what in it looks like an address, a link or an id."""
        text = _EMAIL.sub(lambda found: self.text("email", found[0], {}), redact_text(text))
        text = _URL.sub(lambda found: self.text("url", found[0], {}), text)
        return _LONG.sub(lambda found: self.text("id", found[0], {}), text)

    def _digits(self, value: str, turn: int) -> str:
        least = 10 ** (len(value) - 1)
        return str(least + self._dice(value, turn).number % (9 * least))

    def _new(self, value: str, make: Callable[[int], str]) -> str:
        if value not in self.known:
            taken = set(self.known.values())
            self.known[value] = next(made for made in map(make, count()) if made not in taken)
        return self.known[value]

    def _make(self, name: str, value: str, schema: Schema, turn: int) -> str:
        dice = self._dice(value, turn)
        if _EMAIL.fullmatch(value):
            return f"user-{dice.digest[:4].hex()}@example.com"
        if value.isdecimal() and len(value) >= 9:
            return str(fake_values.meeting_number(dice))
        try:
            made = sample({"type": "string", **_rules(schema)}, seed=dice.number, name=name)
        except Unsatisfiable:
            made = ""
        return made if turn < 3 and made else fake_values.identifier(dice, name)[: schema.get("maxLength", 22)]

    def _dice(self, value: str, turn: int) -> fake_values.Dice:
        return fake_values.Dice(turn, f"{self.salt}:{value}")


def _rules(schema: Schema) -> Schema:
    return {rule: schema[rule] for rule in ("format", "pattern", "minLength", "maxLength") if rule in schema}
