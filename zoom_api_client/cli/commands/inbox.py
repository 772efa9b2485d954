"""`zoom-api inbox`: the inbox of a receiver, and its dead letters."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

from cyclopts import App, Parameter

from zoom_api_client.cli import asking
from zoom_api_client.cli.errors import Misused, NotThere
from zoom_api_client.cli.failures import say
from zoom_api_client.cli.output import writing
from zoom_api_client.cli.output.options import Output
from zoom_api_client.cli.switches import switch
from zoom_api_client.storage.url import state_path
from zoom_api_client.triggers.inbox import DeadLetter, Inbox, open_inbox

command = App(name="inbox")

_Inbox = Annotated[
    str | None,
    Parameter(
        name="--inbox",
        help="sqlite:///… or redis://…; else that of the app of ZOOM_WEBHOOK_SECRET_TOKEN, or the only one there is.",
        env_var="ZOOM_INBOX",
    ),
]
_Key = Annotated[str | None, Parameter(help="Of one dead letter; all unless given.")]


@command.command(name="list")
def list_counts(*, inbox: _Inbox = None, output: Output = Output()) -> None:
    """Show how many events wait, are being handled, and were given up, and for how long the oldest has waited."""
    with _opened(inbox) as opened:
        counts = opened.counts()
        told = {
            "waiting": counts.waiting,
            "running": counts.running,
            "dead": counts.dead,
            "lag": round(opened.lag(), 1),
        }
        writing.write_value(told, output)


@command.command
def dead(*, inbox: _Inbox = None, most: int = 100, output: Output = Output()) -> None:
    """List dead letters: events whose handler failed each time."""
    with _opened(inbox) as opened:
        columns = ("key", "event", "attempts", "died_at", "error")
        writing.write_items(map(_describe, opened.dead(most)), output, columns=columns)


@command.command
def replay(key: _Key = None, /, *, inbox: _Inbox = None) -> None:
    """Let a dead letter, or all, be handled anew by the receiver."""
    with _opened(inbox) as opened:
        say(f"{_done(opened.replay(key), key)} will be handled anew")


@command.command
def purge(
    key: _Key = None,
    /,
    *,
    inbox: _Inbox = None,
    yes: Annotated[bool, switch("Do not ask.", "--yes", "-y")] = False,
) -> None:
    """Forget a dead letter, or all, for good."""
    asking.confirm(f"This forgets {f'the dead letter {key}' if key else 'all dead letters'} for good", is_agreed=yes)
    with _opened(inbox) as opened:
        say(f"{_done(opened.purge(key), key)} forgotten")


def _done(count: int, key: str | None) -> int:
    if key and not count:
        raise NotThere(f"there is no dead letter {key!r}: zoom-api inbox dead lists them")
    return count


@contextmanager
def _opened(url: str | None) -> Iterator[Inbox]:
    opened = open_inbox(url) if url else open_inbox("sqlite://", name=_name())
    try:
        yield opened
    finally:
        opened.close()


def _name() -> str:
    """Return the name of the file of the app's inbox, as a receiver would."""
    if secret := os.environ.get("ZOOM_WEBHOOK_SECRET_TOKEN"):
        return hashlib.sha256(secret.encode()).hexdigest()
    found = sorted(path.stem for path in state_path("inbox").glob("*.db"))
    if len(found) != 1:
        known = f"there are {len(found)} of this user" if found else "this user has none"
        raise Misused(f"say which inbox ({known}): --inbox sqlite:///…, or set ZOOM_WEBHOOK_SECRET_TOKEN")
    return found[0]


def _describe(letter: DeadLetter) -> dict[str, Any]:
    from zoom_api_client.core import codec

    try:
        content = codec.loads(letter.delivery.body)
    except ValueError:
        content = letter.delivery.body.decode(errors="replace")
    return {
        "key": letter.delivery.key,
        "event": content.get("event") if isinstance(content, dict) else None,
        "attempts": letter.attempts,
        "died_at": datetime.fromtimestamp(letter.died_at, UTC).isoformat(timespec="seconds"),
        "error": letter.error,
        "content": content,
    }
