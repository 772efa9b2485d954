"""`zoom-api events`: what events there are, and one of them sent to a receiver."""

from __future__ import annotations

import os
from typing import Annotated, Any

from cyclopts import App, Parameter

from zoom_api_client.cli.errors import Misused
from zoom_api_client.cli.exit_codes import ExitCode
from zoom_api_client.cli.options import kinds
from zoom_api_client.cli.output import writing
from zoom_api_client.cli.output.options import Output

command = App(name="events")


@command.command(name="list")
def list_events(
    words: Annotated[str, Parameter(help="Words of their names: meeting started.")] = "",
    /,
    *,
    output: Output = Output(),
) -> None:
    """List the events that Zoom sends."""
    from zoom_api_client.core.event import homes

    wanted = words.lower().split()
    found = ({"event": name, "product": home[0]} for name, home in homes().items())
    writing.write_items((each for each in found if all(word in each["event"] for word in wanted)), output)


@command.command
def send(
    event: Annotated[str, Parameter(help="Its name: meeting.started.")],
    /,
    *,
    to: Annotated[str, Parameter(help="The address of the receiver.")],
    set: Annotated[tuple[str, ...], Parameter(help="A field of it: topic=Standup.", negative="")] = (),
    seed: Annotated[int, Parameter(help="Other seeds give other data.")] = 0,
    output: Output = Output(),
) -> int:
    """Send an event to a receiver, made up from the contract and signed as Zoom signs it.

    It is signed with ZOOM_WEBHOOK_SECRET_TOKEN. The exit code is 1 if the receiver does not take it.
    """
    from zoom_api_client.testing import EventSender, zoom_event

    made = zoom_event(event, secret_token=secret_token(), seed=seed, **dict(map(_field, set)))
    with EventSender(to) as zoom:
        statuses = zoom.send(made)
    writing.write_value({"event": event, "request_id": made.headers["x-zm-request-id"], "statuses": statuses}, output)
    return ExitCode.DONE if 200 <= statuses[-1] < 300 else ExitCode.FAILED


def secret_token() -> str:
    """Return the secret token of the app, which is no argument: shells keep those."""
    given = os.environ.get("ZOOM_WEBHOOK_SECRET_TOKEN")
    if not given:
        raise Misused("set ZOOM_WEBHOOK_SECRET_TOKEN to the secret token of the app's page, under Feature")
    return given


def _field(given: str) -> tuple[str, Any]:
    name, is_set, value = given.partition("=")
    if not is_set:
        raise Misused(f"--set {given!r} has no value: write NAME=VALUE")
    try:
        return name, kinds.read_json(value)
    except ValueError:
        return name, value
