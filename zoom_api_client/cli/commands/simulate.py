"""`zoom-api simulate`: the Zoom of the test kit, with its own options."""

from __future__ import annotations

import inspect
from typing import Annotated, Any

from cyclopts import App, Parameter

from zoom_api_client.cli.errors import Misused
from zoom_api_client.testing.simulator import options
from zoom_api_client.testing.simulator.options import Option

command = App(name="simulate")


def simulate(**given: Any) -> None:
    """Serve a Zoom on this machine until interrupted, and print what it is asked.

    It prints its address, and the account, the app and the secret token that are there already.
    """
    from zoom_api_client.testing.simulator.command import run

    try:
        run(options.Options(**{name: _first(value) for name, value in given.items()}))
    except (OSError, ValueError) as failure:
        raise Misused(str(failure)) from None


def _first(value: Any) -> Any:
    """Return the value of an option; 0 of one that may have none, and was given without."""
    return next(iter(value), 0) if isinstance(value, list) else value


def _parameter(option: Option) -> inspect.Parameter:
    kind = list[option.type] if option.has_usual else option.type  # type: ignore[name-defined]
    says = Parameter(
        name=option.flag,
        help=f"{option.help[0].upper()}{option.help[1:]}.",
        negative="",
        consume_multiple=(0, 1) if option.has_usual else None,
    )
    keyword = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(option.name, keyword, default=None, annotation=Annotated[kind | None, says])


simulate.__signature__ = inspect.Signature([*map(_parameter, options.every())])  # type: ignore[attr-defined]
command.default(simulate)
