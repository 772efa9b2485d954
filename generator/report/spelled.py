"""Read a type as it is spelled: the types it may have, and the choices that it lists."""

import ast
import re

import attrs

_LITERAL = re.compile(r"Literal\[(.*?)\](?= \||\]|$)")
_LISTED = "Literal of "
_OPEN = re.compile(rf"{_LISTED}(\w+) \| \1\b")


@attrs.frozen
class Spelled:
    """A parameter or a field as it is spelled: its type, and whether it must be given or is surely there."""

    annotation: str = ""
    required: bool = False

    @property
    def options(self) -> set[str]:
        """The types that it may have, whatever their choices are: `Literal["a"] | str` is as wide as `str`."""
        bare = _OPEN.sub(r"\1", _LITERAL.sub(_kind, self.annotation)).replace(" | Unset", "")
        return {each.strip() for each in re.split(r" \| (?![^\[]*\])", bare)}

    def beyond(self, other: "Spelled") -> set[str]:
        """Return the types that it may have and the other may not."""
        return {each for each in self.options if not {each, each.replace(_LISTED, "")} & other.options}

    @property
    def choices(self) -> set[object]:
        """The values that its literal types list."""
        return {value for listed in _LITERAL.findall(self.annotation) for value in _values(listed)}


def _kind(literal: re.Match[str]) -> str:
    return f"{_LISTED}{' and '.join(sorted({type(value).__name__ for value in _values(literal[1])}))}"


def _values(listed: str) -> list[object]:
    return list(ast.literal_eval(f"[{listed}]"))
