"""Team Chat: the methods of `zoom.chat`."""

# Derived from zoom_api_client/_async/modules/chat.py by `python -m generator build`: do not edit.
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from zoom_api_client.arguments import chat
from zoom_api_client.arguments.chat import Mention
from zoom_api_client.core.unset import UNSET, Unset

if TYPE_CHECKING:
    from datetime import datetime

    from zoom_api_client._sync.protocols import Sender
    from zoom_api_client.models.team_chat import (
        InteractiveCardCardJson,
        RichText,
        SendChatMessageAtItem,
        SendChatMessageResponse,
    )


class Chat:
    """Messages to contacts and channels.

    Each method raises `APIError` if Zoom refuses, `ConnectionFailed` if it cannot be reached, and before anything is
    sent `ValueError` or `TypeError` for what Zoom would surely refuse.
    """

    def __init__(self, zoom: Sender) -> None:
        self._zoom = zoom

    def send_message(
        self,
        message: str,
        *,
        to_contact: str | Unset = UNSET,
        to_channel: str | Unset = UNSET,
        user_id: str = "me",
        mentions: Iterable[Mention] = (),
        at_items: Iterable[SendChatMessageAtItem | Mapping[str, Any]] = (),
        rich_text: Iterable[RichText | Mapping[str, Any]] = (),
        file_ids: Iterable[str] = (),
        interactive_cards: Iterable[InteractiveCardCardJson | Mapping[str, Any]] = (),
        reply_main_message_id: str | Unset = UNSET,
        scheduled_time: datetime | Unset = UNSET,
    ) -> SendChatMessageResponse:
        """Send a message to a contact or to a channel: to exactly one of them.

        Zoom takes 10 messages a second, 30 in 10 seconds, 60 in 100 and 450 in 1,000, and then blocks the sender for up
        to 300 seconds.

        `POST /chat/users/{userId}/messages`; rate limit: medium; scopes, one of: team_chat:write:user_message,
        team_chat:write:user_message:admin.
        https://developers.zoom.us/docs/api/team-chat/#tag/chat-messages/POST/chat/users/{userId}/messages

        Args:
            message: the text, 1024 characters at most.
            to_contact: the e-mail address, user id or member id of the contact.
            to_channel: the id of the channel.
            user_id: the id or e-mail address of the sender, or `me`.
            mentions: who is mentioned in a message to a channel, and by which of its words.
            at_items: mentions, with places that you counted yourself.
            rich_text: formats, with their places in the text.
            file_ids: uploaded files, 6 at most.
            interactive_cards: cards of the app's own, 5 at most.
            reply_main_message_id: the message that is answered.
            scheduled_time: when it is sent: an aware datetime, 30 minutes to 180 days ahead. The answer is then the id
                of a draft.
        """
        from zoom_api_client.api.team_chat import send_chat_message
        from zoom_api_client.models.team_chat import SendChatMessageBody

        chat.check_message(message, to_contact, to_channel, scheduled_time)
        body: dict[str, Any] = {
            "message": message,
            "to_contact": to_contact,
            "to_channel": to_channel,
            "at_items": [*at_items, *chat.place_mentions(message, mentions)] or UNSET,
            "rich_text": [*rich_text] or UNSET,
            "file_ids": chat.check_list("file_ids", file_ids, 6),
            "interactive_cards": chat.check_list("interactive_cards", interactive_cards, 5),
            "reply_main_message_id": reply_main_message_id,
            "scheduled_time": scheduled_time,
        }
        return self._zoom.send(send_chat_message.request(user_id, body=SendChatMessageBody(**body)))
