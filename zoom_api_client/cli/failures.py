"""How the command ends when something fails: one line on stderr, and an exit code."""

from __future__ import annotations

import os
import sys
import warnings
from typing import Any

from zoom_api_client.cli import exit_codes
from zoom_api_client.cli.exit_codes import ExitCode


def report(failure: BaseException, *, is_debugged: bool) -> int:
    """Say what failed and what to do, and return the exit code."""
    code = exit_codes.find(failure)
    if code is ExitCode.BROKEN_PIPE:
        # The interpreter flushes stdout at its end, and would complain about the pipe once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return code
    if is_debugged:
        import traceback

        traceback.print_exception(failure)
    if code is not ExitCode.INTERRUPTED:
        is_of_parser = hasattr(failure, "command_chain")  # an error of cyclopts, which is not loaded for this
        say(f"zoom-api: {_describe_misuse(failure) if is_of_parser else describe(failure)}")
    return code


def describe(failure: BaseException) -> str:
    """Return the message of an error on one line, without secrets."""
    from zoom_api_client.core.redaction import quote_text

    text = " ".join(str(failure).split())
    return quote_text(text) if text else type(failure).__name__


def _describe_misuse(failure: Any) -> str:
    """Return what cyclopts says of arguments; a secret is never among them."""
    failure.verbose = False
    text = " ".join(str(failure).split())
    if type(failure).__name__ == "UnusedCliTokensError":
        text = f"Too many arguments: {' '.join(failure.unused_tokens)}"
    end = "" if text.endswith((".", "?", "!")) else "."
    return f"{text}{end} See {' '.join(('zoom-api', *(failure.command_chain or ())))} --help."


def say(text: str) -> None:
    """Write a line for people to stderr; data alone goes to stdout."""
    print(text, file=sys.stderr, flush=True)


def show_warnings() -> None:
    """Let warnings, of deprecated operations for example, be lines on stderr like errors are."""
    warnings.simplefilter("default", DeprecationWarning)
    warnings.showwarning = _show_warning  # type: ignore[assignment]  # of what it is given, two are shown


def _show_warning(message: Warning | str, category: type[Warning], *_: object) -> None:
    if "zoom" in str(message).lower():
        say(f"zoom-api: warning: {message}")
