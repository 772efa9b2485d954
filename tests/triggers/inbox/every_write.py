"""Take six events into the inbox of a file, and handle them: `python -m tests.triggers.inbox.every_write FILE FIRST`.

Prints `took` and the topic of each event that was answered 200, `handled` and that of each that a handler saw.
"""

import os
import sys
import time
from contextlib import suppress

from zoom_api_client.testing.events import SECRET_TOKEN, zoom_event
from zoom_api_client.triggers import Receiver
from zoom_api_client.triggers.inbox import InboxFailed

_PATIENCE = 3.0


def tell(what: str, topic: str) -> None:
    """Write a line at once: the process may be killed after it."""
    os.write(1, f"{what} {topic}\n".encode())


def main(path: str, first: int) -> None:
    """Take, and handle what waits."""
    receiver = Receiver(secret_token=SECRET_TOKEN, inbox=f"sqlite://{path}")
    for number in range(first, first + 6):
        event = zoom_event("meeting.started", seed=number, topic=f"topic{number}")
        if receiver.handle(event.headers, event.body).status == 200:
            tell("took", f"topic{number}")
    receiver.on("meeting.started")(lambda event: tell("handled", event.payload.object.topic))
    with suppress(InboxFailed):
        receiver.start()
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with suppress(InboxFailed):
            if receiver.inbox.counts().waiting == 0:
                break
        time.sleep(0.02)
    receiver.close()
    tell("ended", "")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
