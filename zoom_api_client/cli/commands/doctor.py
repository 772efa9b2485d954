"""`zoom-api doctor`: check what a program needs, and say what to do."""

from __future__ import annotations

from functools import partial

import attrs
from cyclopts import App

from zoom_api_client.cli import checks, session
from zoom_api_client.cli.exit_codes import ExitCode
from zoom_api_client.cli.output import rows, writing
from zoom_api_client.cli.output.options import Output

command = App(name="doctor")


@command.default
def doctor(*, access: session.Access = session.Access(), output: Output = Output()) -> int:
    """Check state directory, webhook secret, network, clock, credentials, scopes and plan.

    The exit code is 1 if something is bad.
    """
    found = list(checks.run(partial(session.open_client, access)))
    if output.format == "table":
        print("\n".join(map(_tell, found)))
    else:
        writing.write_items(map(attrs.asdict, found), output)
    return ExitCode.FAILED if any(each.result == "bad" for each in found) else ExitCode.DONE


def _tell(found: checks.Finding) -> str:
    """Return a finding for people: on lines of its own, since a table would cut the advice."""
    told = f"{found.result.upper():8} {found.check}: {rows.escape(found.finding)}"
    return f"{told}\n{'':8} → {found.advice}" if found.advice else told
