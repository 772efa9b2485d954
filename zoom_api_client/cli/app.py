"""The tree of commands, and `main`. What a command needs is loaded when that command is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from zoom_api_client._version import __version__
from zoom_api_client.storage.extras import require_extra

with require_extra("cli", "the command zoom-api"):
    from cyclopts import App, Group

from zoom_api_client.cli import exit_codes, failures

_COMMANDS = "zoom_api_client.cli.commands"

_OF_FLAGS = "This command"

TREE = {
    "Connection": {
        "login": "Connect an account: in the browser, with a device code, or server to server.",
        "logout": "Forget a profile and its tokens.",
        "status": "Show who is connected, what the token may do, and what is left of the limits.",
        "scopes": "List the least scopes that an app needs.",
        "doctor": "Check clock, network, credentials, scopes, plan and files, and say what to do.",
    },
    "Modules": {
        "meetings": "Meetings, and who registers for them.",
        "webinars": "Webinars, their registrants and panelists.",
        "recordings": "Cloud recordings of meetings and webinars.",
        "phone": "Phone numbers and calls.",
        "chat": "Messages of Team Chat.",
    },
    "Every operation": {
        "api": "Call any operation of Zoom's by product and name, or search for one.",
        "call": "Call any path of Zoom's API.",
    },
    "Events": {
        "listen": "Print events as they come, by webhook or WebSocket.",
        "events": "List events, and send one to a receiver, signed.",
        "inbox": "Look at the inbox of a receiver, and replay or purge dead letters.",
    },
    "Without an account": {
        "simulate": "Serve a Zoom on this machine.",
        "demo": "Show the library at work against an embedded Zoom.",
    },
    _OF_FLAGS: {
        "completion": "Print the completion script of a shell.",
        "help": "Explain exit codes, output, profiles and safety.",
    },
}
"""The commands by group, each in the module of its name."""


def build() -> App:
    """Return the command, without anything of its subcommands."""
    app = App(
        name="zoom-api",
        help="Zoom from a terminal: all modules, operations and events.",
        help_format="plaintext",
        version=f"zoom-api {__version__}",
    )
    groups = {name: Group(name, sort_key=order) for order, name in enumerate(TREE)}
    for group, commands in TREE.items():
        for name, text in commands.items():
            app.command(f"{_COMMANDS}.{name}:command", name=name, help=text, group=groups[group])
    for flag in ("--help", "--version"):
        app[flag].group = groups[_OF_FLAGS]
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit code. A process runs one: what showed its help lacks options afterwards."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _settle_streams()
    if is_debugged := "--debug" in given:
        os.environ.setdefault("ZOOM_LOG", "debug")
    try:
        failures.show_warnings()
        code = _run(build(), given)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except SystemExit as end:
        if end.__context__ and exit_codes.is_broken_pipe(end.__context__):  # rich, which writes help, exits with 1
            return failures.report(end.__context__, is_debugged=is_debugged)
        return end.code if isinstance(end.code, int) else 1
    except BaseException as failure:
        return failures.report(failure, is_debugged=is_debugged)


def _run(app: App, given: list[str]) -> object:
    if given[-1:] in (["--help"], ["-h"]):
        # Asked the usual way, cyclopts makes all options of the command twice, to see whether one is a --help.
        from zoom_api_client.cli.options import field_help

        field_help.asked.set(True)
        app.help_print(given[:-1])
        return None
    return app(given, print_error=False, exit_on_error=False, result_action="return_value")


def _settle_streams() -> None:
    """Read and write UTF-8 in files and pipes on every system, and on terminals what they can show."""
    if isinstance(sys.stdin, TextIOWrapper) and not sys.stdin.isatty():
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
