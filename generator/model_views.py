"""Views of models give the template the names, annotations and limits of classes and fields, ready to be written."""

import re
import textwrap
from typing import Any

import attrs
from openapi_python_client.parser.properties import ModelProperty

from generator import casing
from generator.annotations import QUOTED, hint, names_in, optional
from generator.metadata import limits_of
from zoom_api_client.core.event import Event
from zoom_api_client.core.model import Model

_WIDTH = 116
_OF_ALL_EVENTS = ("event", "event_ts")  # these stand in the base class
_MODEL_NAME = re.compile(rf"(?!{QUOTED})\b(?!(?:Any|Literal|Unset|File|None)\b)[A-Z]\w*(?=[\]| ]|$)")


@attrs.frozen
class FieldView:
    """One field of a model."""

    name: str
    wire: str
    annotation: str
    required: bool
    doc: str
    limits: str

    @property
    def declaration(self) -> str:
        """The field as it stands in the class."""
        default = "" if self.required else ", default=UNSET"
        value = f" = named({self.wire!r}{default})" if self.name != self.wire else "" if self.required else " = UNSET"
        line = f"{self.name}: {self.annotation}{value}"
        if len(line) <= _WIDTH or "Literal[" not in self.annotation:
            return line
        return f"{self.name}: (\n{_wrap(self.annotation)}\n    ){value}  # fmt: skip"

    @property
    def keyword(self) -> str:
        """The field among the keyword arguments of a module's method: a model may be given as a dict."""
        given = _MODEL_NAME.sub(r"\g<0> | dict[str, Any]", self.annotation.replace(" | Unset", ""))
        return f"{self.name}: {f'Required[{given}]' if self.required else given}"


def _wrap(annotation: str) -> str:
    """Fill lines with the values of a long enumeration: a formatter would give each a line of its own."""
    whole = re.sub(QUOTED, lambda quoted: quoted[0].replace(" ", "\0"), annotation)
    indent = " " * 8
    wrapped = textwrap.wrap(
        whole, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(wrapped).replace("\0", " ")


@attrs.frozen
class ModelView:
    """One class, for `models_module.py.jinja`."""

    name: str
    base: str
    doc: str
    fields: list[FieldView]
    mentions: set[str]
    keywords: bool

    @property
    def names(self) -> list[str]:
        """The names that its file offers."""
        return [self.name, f"{self.name}Fields"] if self.keywords else [self.name]


def model_view(
    prop: ModelProperty,
    schema: dict[str, Any],
    place: str,
    base: str,
    locked: dict[str, str],
    *,
    keywords: bool,
    limits: bool,
    answered: bool = True,
) -> ModelView:
    """Return the view of a model: required fields first, each group in Zoom's order; `locked` names are kept.

    `keywords` says that a method takes its fields, `limits` that bodies have it, `answered` that Zoom sends it.
    """
    taken = {name for name in dir(Event if base == "Event" else Model) if not name.startswith("_")}
    fields: list[FieldView] = []
    found = {
        each.name.get_untrusted_value(): each
        for each in [*(prop.required_properties or []), *(prop.optional_properties or [])]
    }
    spellings = {wire: wire for wire in found if base != "Event" or wire not in _OF_ALL_EVENTS}
    for wire, name in casing.identifiers(spellings, locked, taken).items():
        each = found[wire]
        annotation = optional(hint(each, answered=answered), each.required)
        part = schema["properties"][wire]
        said = limits_of(part) if limits else []
        doc = "; ".join([part["description"].rstrip("."), *said]) if part.get("description") else ""
        fields.append(FieldView(name, wire, annotation, each.required, doc, "" if doc else ", ".join(said)))
    fields = _unhide(fields, locked)
    return ModelView(
        prop.class_info.name, base, place, fields, names_in(field.annotation for field in fields), keywords
    )


def _unhide(fields: list[FieldView], locked: dict[str, str]) -> list[FieldView]:
    """Rename fields that would hide a name from the fields below: after `list: str` there is no `list[str]`.

    One that has been called so before goes to the end instead.
    """
    below: set[str] = set()
    names = {field.name for field in fields}
    kept: list[FieldView] = []
    last = [each for each in fields if locked.get(each.wire) == each.name and _hides(each, fields)]
    for field in reversed([*(each for each in fields if each not in last), *last]):
        name = field.name
        while name in below or (name != field.name and name in names):
            name += "_"
        kept.append(attrs.evolve(field, name=name))
        below |= _used(field)
    return kept[::-1]


def _hides(field: FieldView, fields: list[FieldView]) -> bool:
    return any(field.name in _used(each) for each in fields[fields.index(field) + 1 :])


def _used(field: FieldView) -> set[str]:
    """Return the names, such as `list`, that the declaration of a field uses and a field may have too."""
    used = set(re.findall(r"\b[a-z]\w*", re.sub(QUOTED, "", field.annotation)))
    return used | ({"named"} if "= named(" in field.declaration else set())


__all__ = ["FieldView", "ModelView", "model_view"]
