"""`zoom-api help`: what holds for all commands, by topic."""

from __future__ import annotations

from typing import Literal

from cyclopts import App

from zoom_api_client.cli.exit_codes import ExitCode

command = App(name="help")

_OUTPUT = """
Data goes to stdout; everything else, messages, questions and bars, to stderr.

On a terminal, results are tables, which are cut to its width. Elsewhere, and with --json, they are JSON: of a list
one item a line, as it is read. --csv writes CSV. --fields id,topic,settings.host_video chooses fields, --jq filters
each item. Colours are for terminals alone, and NO_COLOR turns them off.

Passcodes, start URLs and tokens are masked; --show-secrets shows them.
"""
_PROFILES = """
zoom-api login keeps the credentials of an app as a profile: "default", or another name with --profile. A command
uses the profile that --profile or ZOOM_PROFILE names; else ZOOM_ACCESS_TOKEN, or ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID
and ZOOM_CLIENT_SECRET; else the profile "default"; else the same names in a file .env.

Profiles and tokens are files that only you can read. A profile that others can read is refused.
"""
_SAFETY = """
What deletes, or changes many, asks on a terminal; elsewhere it takes --yes. --dry-run checks a request as it would
be checked before it is sent, and shows it: method, address and body, without secrets. It takes no account.

Secrets are not arguments, which shells keep and other users see: give - to be asked for one, or @FILE.
"""
_OPTIONS = """
Fields of a body are options, those of inner objects by their path: --settings.auto-recording cloud. A switch is
turned off by =false: --settings.host-video=false. A list is an option given several times. What is an object or a
list of objects is JSON, or @FILE with JSON. --body takes the whole body, and options go over it.

Days are 2026-10-01, today or yesterday, in UTC.
"""


TOPICS = {
    "exit-codes": "\n".join(f"{code:4d}  {code.meaning}" for code in ExitCode),
    "options": _OPTIONS,
    "output": _OUTPUT,
    "profiles": _PROFILES,
    "safety": _SAFETY,
}


@command.default
def explain(topic: Literal["exit-codes", "options", "output", "profiles", "safety"] | None = None, /) -> None:
    """Explain what holds for all commands; without a topic, list the topics."""
    print(TOPICS[topic].strip("\n") if topic else "\n".join(f"zoom-api help {each}" for each in TOPICS))
