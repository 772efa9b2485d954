"""Switches: options that are given or not, without a value, a negative and a default that is shown."""

from cyclopts import Parameter


def switch(help: str, *names: str) -> Parameter:
    """Return what cyclopts is to know of a switch.

    Args:
        help: what it does.
        names: if they are not that of the argument.
    """
    return Parameter(name=names or None, help=help, negative="", show_default=False)
