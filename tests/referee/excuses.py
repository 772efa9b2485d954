"""Where Prism finds fault and we do not mend: `prism_excuses.toml` has each place, and the reason."""

import re
import tomllib
from pathlib import Path

import attrs

from zoom_api_client.testing.violation import Violation

_ITEM = re.compile(r"\.\d+(?=\.|$)")


@attrs.frozen
class Excuse:
    """A reason, the rule of JSON Schema that Prism names, and where: an operation and a place in a message of it."""

    reason: str
    rule: str
    place: str

    def covers(self, found: Violation) -> bool:
        """Return whether it excuses a violation."""
        return (found.rule, f"{found.operation} {_ITEM.sub('.*', found.field)}") == (self.rule, self.place)


def _read(file: Path) -> tuple[Excuse, ...]:
    reasons = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(
        Excuse(reason, rule, place)
        for reason, rules in reasons.items()
        for rule, places in rules.items()
        for place in places
    )


EXCUSES = _read(Path(__file__).with_name("prism_excuses.toml"))
