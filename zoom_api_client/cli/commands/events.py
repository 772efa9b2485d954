"""`zoom-api events`: what events there are, and one of them sent to a receiver."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from zoom_api_client.cli.errors import Misused
from zoom_api_client.cli.exit_codes import ExitCode
from zoom_api_client.cli.options import kinds
from zoom_api_client.cli.output import writing
from zoom_api_client.cli.output.options import Output
from zoom_api_client.errors import ConnectionFailed

if TYPE_CHECKING:
    from zoom_api_client.testing import EventSender, SignedEvent

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
    """Send an event to a receiver once, made up from the contract and signed as Zoom signs it.

    It is signed with ZOOM_WEBHOOK_SECRET_TOKEN. The exit code is 1 if the receiver does not take it.
    """
    from zoom_api_client.testing import EventSender, zoom_event

    if not to.startswith(("http://", "https://")):
        raise Misused(f"--to {to!r} is not an address: give that of the receiver, http://127.0.0.1:8080/ for example")
    made = zoom_event(event, secret_token=secret_token(), seed=seed, **dict(map(_field, set)))
    with EventSender(to) as zoom:
        status = _send(zoom, made, to)
    writing.write_value({"event": event, "request_id": made.headers["x-zm-request-id"], "status": status}, output)
    return ExitCode.DONE if 200 <= status < 300 else ExitCode.FAILED


def _send(zoom: EventSender, made: SignedEvent, to: str) -> int:
    """Send an event, and return the status. Zoom would try again, for hours: somebody waits at a terminal here."""
    try:
        return zoom.send_once(made)
    except ConnectionFailed as failure:
        if failure.may_have_arrived:
            raise ConnectionFailed(f"{to} did not answer: look at what the receiver says") from None
        raise ConnectionFailed(f"{to} was not reached: is `zoom-api listen --port …` running?") from None


def secret_token() -> str:
    """Return the secret token of the app, which is not an argument: shells keep those."""
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
