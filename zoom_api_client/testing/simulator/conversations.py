"""Conversations of Team Chat: what is written to a channel, or from one user to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from zoom_api_client.testing.simulator import bare
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Key, Row

CHANNELS: Final = "chat.channels"
MEMBERS: Final = "chat.channels.members"
MESSAGES: Final = "chat.messages"

_PAIRS: Final = "chat.users"

_TEAM_EVENTS: Mapping[str, str] = {"sent": "posted", "replied": "posted", "updated": "updated", "deleted": "deleted"}


@attrs.frozen
class Conversation:
    """The messages of a channel, or of two users."""

    state: State
    user: Row
    channel: Row | None
    contact: Row | None

    @property
    def path(self) -> Key:
        """What its messages belong to: the channel, which takes them along when it is deleted, or two users."""
        if self.channel:
            return self.channel.path
        return (_PAIRS, *sorted({self.user.id, self.contact.id if self.contact else ""}))

    def messages(self) -> list[Row]:
        """Return the messages, the latest first, also those that are deleted."""
        return self.state.store.rows(self.user.account, MESSAGES, self.path)[::-1]

    def post(self, said: Mapping[str, Any]) -> Row:
        """Write a message."""
        state, now = self.state, self.state.clock.now()
        shown = ("message", "rich_text", "at_items", "reply_main_message_id")
        known = {name: said[name] for name in shown if name in said}
        sender = {
            "sender": self.user.fields["email"], "send_member_id": self.user.id,
            "sender_display_name": self.user.fields.get("display_name", self.user.fields["email"]),
        }  # fmt: skip
        when = {"date_time": state.now(), "timestamp": int(now.timestamp() * 1000)}
        usual = {"session_id": "_".join(self.path[1:]), "status": "Normal", "message_type": "plain_text_message"}
        fields = bare.fields(MESSAGES, {**usual, **when, **sender, **known})
        row = Row(self.user.account, MESSAGES, (state.identifiers.text(),), fields, self.path)
        self.emit("replied" if "reply_main_message_id" in known else "sent", row)
        return state.store.put(row)

    def emit(self, event: str, message: Row) -> None:
        """Send both events that Zoom has for what happened to a message: the older one and the newer one."""
        shown = ("message", "date_time", "timestamp", "session_id", "reply_main_message_id", "rich_text", "at_items")
        about: dict[str, Any] = {"id": message.id, "message_id": message.id, **operator(self.user)}
        about |= bare.known({name: message.fields.get(name) for name in shown})
        about |= {"parent_msg_id": message.fields.get("reply_main_message_id"), "by_external_user": False}
        about |= self._where()
        self.state.emit(f"chat_message.{event}", bare.known(about), self.user.account)
        kind = "channel" if self.channel else "dm"
        self.state.emit(f"team_chat.{kind}_message_{_TEAM_EVENTS[event]}", bare.known(about), self.user.account)

    def _where(self) -> dict[str, Any]:
        if self.channel:
            name = self.channel.fields.get("name", "")
            known = {"channel_id": self.channel.id, "channel_name": name, "channel_owner_account_id": self.user.account}
            return {"type": "to_channel", **known}
        assert self.contact is not None
        known = {"contact_id": self.contact.id, "contact_member_id": self.contact.id}
        email = self.contact.fields["email"]
        return {"type": "to_contact", **known, "contact_email": email, "contact_account_id": self.user.account}


def find(call: Call, named: Mapping[str, Any]) -> Conversation:
    """Return the conversation that a query or a body names. Raises `Refused` for a channel or a user not there."""
    user = call.state.store.get(call.account, "users", (call.path["userId"],))
    if user is None:
        raise call.refuse(1001, "There is no user of this id.", 404)
    if "to_channel" in named:
        channel = call.state.store.get(call.account, CHANNELS, (str(named["to_channel"]),))
        if channel is None:
            raise call.refuse(4130, f"There is no channel {named['to_channel']}.", 404)
        return Conversation(call.state, user, channel, None)
    if "to_contact" not in named:
        raise call.refuse(300, "Name a contact or a channel.", 400)
    contact = call.state.store.find(call.account, "users", str(named["to_contact"]))
    if contact is None:
        raise call.refuse(1001, f"There is no contact {named['to_contact']}.", 404)
    return Conversation(call.state, user, None, contact)


def find_again(user: Row, named: Mapping[str, Any], state: State) -> Conversation | None:
    """Return the conversation that was found once, unless its channel or its contact has gone meanwhile."""
    channel = state.store.get(user.account, CHANNELS, (str(named.get("to_channel")),))
    contact = state.store.find(user.account, "users", str(named.get("to_contact")))
    return Conversation(state, user, channel, contact) if channel or contact else None


def find_of(call: Call, message: Row) -> Conversation:
    """Return the conversation that a message is in, as the user of the path sees it."""
    store, user_id = call.state.store, call.path["userId"]
    user = store.get(call.account, "users", (user_id,)) or message
    channel = store.get(call.account, CHANNELS, message.owner[1:]) if message.owner[:1] == (CHANNELS,) else None
    other = next((each for each in message.owner[1:] if each != user_id), user_id)
    return Conversation(call.state, user, channel, store.get(call.account, "users", (other,)) or user)


def operator(user: Row) -> dict[str, str]:
    """Return what events say of who did something."""
    return {"operator": user.fields.get("email", ""), "operator_id": user.id, "operator_member_id": user.id}
