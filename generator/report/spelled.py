"""Read a type as it is spelled: the types it may have, and the choices that it lists."""

import ast
import re

import attrs

_LITERAL = re.compile(r"Literal\[(.*?)\](?= \||\]|$)")


@attrs.frozen
class Spelled:
    """A parameter or a field as it is spelled: its type, and whether it must be given or is surely there."""

    annotation: str = ""
    required: bool = False

    @property
    def options(self) -> set[str]:
        """The types that it may have, whatever their choices are."""
        bare = _LITERAL.sub("Literal", self.annotation).replace(" | Unset", "")
        return {each.strip() for each in re.split(r" \| (?![^\[]*\])", bare)}

    @property
    def choices(self) -> set[object]:
        """The values that its literal types list."""
        return {value for listed in _LITERAL.findall(self.annotation) for value in ast.literal_eval(f"[{listed}]")}
