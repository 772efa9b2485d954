"""Makes commands from functions: their options, their help, and which argument each given value is for."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from typing import Any

from cyclopts import App

from zoom_api_client.cli import safety, session
from zoom_api_client.cli.options import field_help
from zoom_api_client.cli.options.option import Option
from zoom_api_client.cli.output.options import Output

SHARED = {"access": session.Access, "output": Output, "safe": safety.Safety}
"""The options that each command has which sends something."""


def make(
    command: str,
    options: Iterable[tuple[inspect.Parameter, Option]],
    own: Iterable[inspect.Parameter],
    send: Callable[..., Any],
    *,
    says: str,
) -> App:
    """Return the command that calls `send` with arguments, the fields of a body, and options of its own.

    Args:
        command: as it is typed after `zoom-api`.
        options: of the arguments and of the body.
        own: more of its options, which `send` takes by their names, as it does `SHARED`.
        send: does it.
        says: what stands below the options in its help.
    """
    known = list(options)
    if field_help.asked.get():
        fields = [(_name(parameter), option) for parameter, option in known if option.place == "body"]
        known = [each for each in known if each[1].place != "body"]
        says = "\n".join(filter(None, [field_help.describe(fields), says]))
    places = [(parameter.name, option) for parameter, option in known]

    def run(*positional: Any, **named: Any) -> Any:
        values = [*positional, *(named.pop(name, None) for name, _ in places[len(positional) :])]
        given = [(option, value) for (_, option), value in zip(places, values, strict=True) if value is not None]
        arguments = {option.key: value for option, value in given if option.place == "argument"}
        fields = {option.key: value for option, value in given if option.place == "body"}
        shared = {each: named.pop(each, None) or kind() for each, kind in SHARED.items()}
        return send(arguments, fields, **shared, **named)

    parameters = [*(parameter for parameter, _ in known), *own, *map(_shared, SHARED)]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    app = App(name=command.split()[-1], usage=_usage(command, parameters), help_epilogue=says, help_format="plaintext")
    app.default(run)
    return app


def _usage(command: str, parameters: Iterable[inspect.Parameter]) -> str:
    """Return the line that cyclopts would make, for which it would look at each option once more."""
    places = [_name(each) for each in parameters if each.kind is each.POSITIONAL_ONLY]
    return f"Usage: zoom-api {' '.join([command, '[OPTIONS]', *places])}"


def _name(parameter: inspect.Parameter) -> str:
    name: str = parameter.annotation.__metadata__[0].name[0]
    return name


def reflow(text: str) -> str:
    """Return prose with its paragraphs on one line each, for a terminal of any width."""
    return re.sub(r"(?<=\S)\n(?=\S)", " ", inspect.cleandoc(text)).strip()


def merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Return an object with the fields of two, at any depth; those above win."""
    both = {**below, **above}
    for name in below.keys() & above.keys():
        if isinstance(below[name], dict) and isinstance(above[name], dict):
            both[name] = merge(below[name], above[name])
    return both


def _shared(name: str) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=SHARED[name])
