"""One option of a command: what it is called, what it takes, and where its value goes."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal

import attrs
from cyclopts import Parameter

from zoom_api_client.cli.options import kinds

Place = Literal["argument", "body"]

_OPTION = re.compile(r"--[a-z]+(-[a-z]+)*(=.*)?")

TAKEN = frozenset(
    "all account body csv debug dry-run fields help jq json profile show-secrets to-file version yes".split()
)
"""Names that every command may have for options of its own."""


@attrs.frozen(kw_only=True)
class Option:
    """An argument of the library as an option.

    Attributes:
        place: what its value goes to: an argument of the function, or a field of the body.
        key: the name of the argument, or the path of the field: `settings.host_video`.
        hint: its type.
        is_required: whether a command without it is refused; fields of a body may come from `--body` too.
        is_positional: whether it is given by its place alone.
        help: what the library says of it.
    """

    place: Place
    key: str
    hint: Any
    is_required: bool = False
    is_positional: bool = False
    help: str = ""

    @property
    def name(self) -> str:
        """Its name in kebab case, with its place before it if every command has an option of that name."""
        name = ".".join(kebab(part) for part in self.key.split("."))
        return f"{self.place if self.place == 'body' else 'query'}.{name}" if name in TAKEN else name


def parameters(options: Iterable[Option]) -> list[tuple[inspect.Parameter, Option]]:
    """Return what cyclopts is to know of options. Of two with one name, that of the body says so in its name."""
    made, names = [], set[str]()
    for number, option in enumerate(options):
        name = f"body.{option.name}" if option.name in names else option.name
        names.add(name)
        made.append((_parameter(f"p{number}", name, option), option))
    return made


def kebab(name: str) -> str:
    """Return `auto-recording` for `auto_recording`, and for `autoRecording`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).replace("_", "-").lower().strip("-")


def _parameter(python_name: str, name: str, option: Option) -> inspect.Parameter:
    kind = kinds.of(option.hint, option.key)
    says = Parameter(
        name=kebab(option.key).upper() if option.is_positional else f"--{name}",
        help=f"{option.help} {kind.hint}".strip(),
        converter=kind.converter,
        show_choices=kind.shows_choices,
        negative="",
        consume_multiple=False,
        allow_leading_hyphen=kind.type in (str, Any),
        validator=_refuse_option if option.is_positional else None,
    )
    required = option.is_required and option.place == "argument"
    return inspect.Parameter(
        python_name,
        inspect.Parameter.POSITIONAL_ONLY if option.is_positional else inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if required else None,
        annotation=Annotated[kind.type if required else kind.type | None, says],
    )


def _refuse_option(_type: object, value: object) -> None:
    """Refuse an unknown option: an id may begin with a hyphen, and `--user` would be taken for one."""
    if isinstance(value, str) and _OPTION.fullmatch(value):
        raise ValueError(f"There is no option {value}.")
