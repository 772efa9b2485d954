"""Tell a chat elsewhere who is present and what is written in Zoom: forward events to a webhook.

    ZOOM_SECRET_TOKEN=… python examples/forward_events.py https://hooks.example.com/services/… --port 8080

The other side gets `{"text": "jane@example.com is available"}`, as Slack and Mattermost take it. An event is stored
before Zoom has its answer: if the other side is down it is sent again later, and so may arrive twice. Zoom wants https
with a certificate that everybody trusts: have a proxy or a tunnel in front of the port.

Events to tick in the app, under Feature: Users' presence status updated, and of Team Chat: message posted in a channel
and in a direct message. The secret token stands on the same page. Needs: pip install "zoom-api-client[server]".
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial

import httpx

from zoom_api_client.events.team_chat import TeamChatChannelMessagePosted, TeamChatDmMessagePosted
from zoom_api_client.events.users import UserPresenceStatusUpdated
from zoom_api_client.triggers import Receiver


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("webhook", help="the address that texts are posted to")
    parser.add_argument("--port", type=int, default=8080, help="where Zoom's events come in (8080)")
    given = parser.parse_args(arguments)
    if "ZOOM_SECRET_TOKEN" not in os.environ:
        parser.error("set ZOOM_SECRET_TOKEN: it stands on the app's page, under Feature")
    forwarding(os.environ["ZOOM_SECRET_TOKEN"], partial(post, given.webhook)).run(port=given.port)
    return 0


def forwarding(secret_token: str, tell: Callable[[str], None], inbox: str | None = None) -> Receiver:
    """Return a receiver that tells of presence and of messages."""
    receiver = Receiver(secret_token=secret_token, inbox=inbox)

    @receiver.watch_user_activity("user.presence_status_updated")
    def on_presence(event: UserPresenceStatusUpdated) -> None:
        person = event.payload.object
        tell(f"{person.email} is {person.presence_status.replace('_', ' ').lower()}")

    @receiver.watch_chat_messages("team_chat.channel_message_posted", "team_chat.dm_message_posted")
    def on_message(event: TeamChatChannelMessagePosted | TeamChatDmMessagePosted) -> None:
        tell(f"{event.payload.operator}: {event.payload.object.message}")

    return receiver


def post(webhook: str, text: str) -> None:
    """Post a text; what the other side refuses raises, and the receiver tries again later."""
    httpx.post(webhook, json={"text": text}, timeout=30).raise_for_status()


if __name__ == "__main__":
    sys.exit(main())
