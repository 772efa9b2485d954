"""`zoom-api doctor`: check what a program needs, and say what to do."""

from __future__ import annotations

from functools import partial

import attrs
from cyclopts import App

from zoom_api_client.cli import checks, session
from zoom_api_client.cli.exit_codes import ExitCode
from zoom_api_client.cli.output import writing
from zoom_api_client.cli.output.options import Output

command = App(name="doctor")


@command.default
def doctor(*, access: session.Access = session.Access(), output: Output = Output()) -> int:  # noqa: B008 - frozen
    """Check state directory, webhook secret, network, clock, credentials, scopes and plan.

    The exit code is 1 if something is bad.
    """
    found = list(checks.run(partial(session.open_client, access)))
    writing.write_items(map(attrs.asdict, found), output, columns=("check", "result", "finding", "advice"))
    return ExitCode.FAILED if any(each.result == "bad" for each in found) else ExitCode.DONE
