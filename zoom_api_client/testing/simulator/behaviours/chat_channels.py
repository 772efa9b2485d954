"""Channels of Team Chat: who made them, who is in them, and the events of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zoom_api_client.testing.exchange import OutgoingAnswer
from zoom_api_client.testing.simulator import conversations
from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.conversations import CHANNELS, MEMBERS
from zoom_api_client.testing.simulator.store import Row

_SHOWN = ("email", "first_name", "last_name")


@behaviour("team_chat.create_channel")
def create(call: Call) -> Row:
    """Create a channel, whose owner is the user, with its first members."""
    channel_id = call.state.identifiers.text()
    address = f"https://zoom.us/launch/chat?channel={channel_id}"
    known = {"name": "Channel", "type": 1, **call.body, "channel_url": address, "jid": f"{channel_id}@xmpp.zoom.us"}
    channel = call.put(channel_id, {name: each for name, each in known.items() if name != "members"})
    owner = call.state.store.get(call.account, "users", (call.path["userId"],))
    invited = [{"email": owner.fields["email"], "role": "owner"}] if owner else []
    members = _invite(call, channel, [*invited, *call.body.get("members", [])])
    _emit(call, "chat_channel.created", channel, members)
    return channel


@behaviour("team_chat.list_users_channels")
def list_channels(call: Call) -> list[Row]:
    """List the channels that a user is in."""
    user = call.path["userId"]
    rows = call.state.store.rows(call.account, CHANNELS)
    return [each for each in rows if each.owner == ("users", user) or _find_member(call, each.id, user)]


@behaviour("team_chat.update_channel", "team_chat.update_channel_of_user")
def update(call: Call) -> Row:
    """Change a channel."""
    channel = call.change()
    _emit(call, "chat_channel.updated", channel)
    return channel


@behaviour("team_chat.delete_channel", "team_chat.delete_channel_of_user")
def delete(call: Call) -> Row:
    """Delete a channel, with its members and messages."""
    channel = call.delete()
    _emit(call, "chat_channel.deleted", channel)
    return channel


@behaviour("team_chat.invite_channel_members", "team_chat.invite_channel_members_of_user")
def invite(call: Call) -> list[Row]:
    """Invite users, who are in the channel at once."""
    channel = _find(call)
    members = _invite(call, channel, call.body.get("members", []))
    _emit(call, "chat_channel.member_invited", channel, members)
    return members


@behaviour("team_chat.remove_member", "team_chat.remove_member_of_user")
def remove(call: Call) -> Row:
    """Remove a member, by id or e-mail address."""
    named = call.path["identifier"]
    user = call.state.store.find(call.account, "users", named)
    member = _find_member(call, call.path["channelId"], user.id if user else named)
    if member is None:
        raise call.refuse(300, f"There is no member {named} in this channel.")
    call.state.store.delete(member)
    _emit(call, "chat_channel.member_removed", _find(call), [member])
    return member


@behaviour("team_chat.join_channel")
def join(call: Call) -> OutgoingAnswer:
    """Let the caller join a channel."""
    channel, user = _find(call), call.state.store.get(call.account, "users", (call.caller.user,))
    (member,) = _invite(call, channel, [{"email": user.fields["email"]}] if user else [])
    _emit(call, "chat_channel.member_joined", channel)
    answer = {"id": member.id, "member_id": member.id, "added_at": call.state.now()}
    return OutgoingAnswer.json(201, answer, operation=call.operation)


@behaviour("team_chat.leave_channel")
def leave(call: Call) -> OutgoingAnswer:
    """Let the caller leave a channel."""
    channel = _find(call)
    member = _find_member(call, channel.id, call.caller.user)
    if member is None:
        raise call.refuse(5301, "You are not in this channel.", 400)
    call.state.store.delete(member)
    _emit(call, "chat_channel.member_left", channel)
    return OutgoingAnswer(204, operation=call.operation)


def _find(call: Call) -> Row:
    channel = call.state.store.get(call.account, CHANNELS, (call.path["channelId"],))
    if channel is None:
        raise call.refuse(5301, f"There is no channel {call.path['channelId']}.", 400)
    return channel


def _find_member(call: Call, channel: str, user: str) -> Row | None:
    return call.state.store.get(call.account, MEMBERS, (channel, user))


def _invite(call: Call, channel: Row, invited: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Put members into a channel; who is there already stays as they are."""
    members = [_member(call, channel, each) for each in invited]
    return [_find_member(call, channel.id, each.id) or call.state.store.put(each) for each in members]


def _member(call: Call, channel: Row, item: Mapping[str, Any]) -> Row:
    """Return a member of a channel: a user of the account, or somebody outside of it."""
    named = str(item.get("email") or item.get("id") or item.get("user_id") or "")
    user = call.state.store.find(call.account, "users", named)
    known = user.fields if user else {"email": named, "display_name": named}
    member_id = user.id if user else call.state.identifiers.text()
    fields = {name: str(known.get(name, "")) for name in _SHOWN}
    about = {"role": "member", "name": known.get("display_name", named), "is_external": user is None, **item}
    row_id = {"id": member_id, "member_id": member_id}
    return Row(call.account, MEMBERS, (channel.id, member_id), {**fields, **about, **row_id}, channel.path)


def _emit(call: Call, event: str, channel: Row, members: Iterable[Row] = ()) -> None:
    now = call.state.clock.now()
    user = call.state.store.get(call.account, "users", (call.path.get("userId", call.caller.user),))
    about: dict[str, Any] = {"id": channel.id, "date_time": call.state.now()}
    about |= {"name": channel.fields.get("name", ""), "type": channel.fields.get("type", 1)}
    about |= {"timestamp": int(now.timestamp() * 1000), **(conversations.operator(user) if user else {})}
    named = [{"id": each.id, "display_name": each.fields.get("name", "")} for each in members]
    call.emit(event, {**about, "members": named} if named else about)
