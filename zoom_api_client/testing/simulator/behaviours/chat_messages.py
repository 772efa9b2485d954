"""Messages of Team Chat: they are sent, answered, changed and deleted, and listed by day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zoom_api_client.testing.exchange import OutgoingAnswer
from zoom_api_client.testing.simulator import bare, conversations, days
from zoom_api_client.testing.simulator.behaviours.registry import behaviour
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.conversations import MESSAGES, Conversation
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Row
from zoom_api_client.testing.simulator.tasks import task

_DRAFTS = "chat.messages.schedule"


@behaviour("team_chat.send_chat_message")
def send(call: Call) -> dict[str, str]:
    """Send a message to a channel or a user: at once, or when the clock gets there."""
    conversation = conversations.find(call, call.body)
    if "reply_main_message_id" in call.body:
        _find(call, call.body["reply_main_message_id"])
    if "scheduled_time" in call.body:
        return {"id": _schedule(call, conversation).id}
    return {"id": conversation.post(call.body).id}


@behaviour("team_chat.list_users_chat_messages")
def list_messages(call: Call) -> list[Row]:
    """List the messages of a day, today unless another is named, or of a range; the latest first."""
    conversation = conversations.find(call, call.query)
    shows_deleted = call.query.get("include_deleted_and_edited_message", False)
    rows = [each for each in conversation.messages() if shows_deleted or each.fields["status"] != "Deleted"]
    if call.query.get("exclude_child_message"):
        rows = [each for each in rows if not each.fields.get("reply_main_message_id")]
    if "search_key" in call.query:
        searched = str(call.query.pop("search_key")).lower()
        rows = [each for each in rows if searched in each.fields["message"].lower()]
    if "from" in call.query or "to" in call.query:
        return rows
    day = call.query.setdefault("date", call.state.clock.now().date().isoformat())
    return [each for each in rows if each.fields["date_time"].startswith(day)]


@behaviour("team_chat.get_message")
def get_message(call: Call) -> Row:
    """Show a message that is not deleted."""
    return _find(call, call.path["messageId"])


@behaviour("team_chat.update_message")
def update(call: Call) -> Row:
    """Change what a message says."""
    message = _find(call, call.path["messageId"])
    changed = call.change(message, message=call.body.get("message", message.fields.get("message")), status="Edited")
    conversations.find_of(call, changed).emit("updated", changed)
    return changed


@behaviour("team_chat.delete_message")
def delete(call: Call) -> Row:
    """Delete a message: lists still have it, if they are asked for what is deleted."""
    message = _find(call, call.path["messageId"])
    deleted = call.change(message, status="Deleted")
    conversations.find_of(call, deleted).emit("deleted", deleted)
    return deleted


@behaviour("team_chat.retrieve_thread")
def get_thread(call: Call) -> OutgoingAnswer:
    """Show the answers to a message, and the message itself if it is asked for; the latest first."""
    main = _find(call, call.path["messageId"])
    rows = [each for each in conversations.find_of(call, main).messages() if each.fields["status"] != "Deleted"]
    rows = [each for each in rows if each.fields.get("reply_main_message_id") == main.id]
    rows += [main] if call.query.get("need_main_message") else []
    rows = [each for each in rows if _is_in_range(each, call.query)][: call.query.get("limit", 50)]
    if call.query.get("sort") == "asc":
        rows.reverse()
    answer = {"total": len(rows), "messages": [_in_thread(each, main) for each in rows]}
    return OutgoingAnswer.json(200, answer, operation=call.operation)


@behaviour("team_chat.react_to_chat_message")
def react(call: Call) -> OutgoingAnswer:
    """Add an emoji of the user to a message, or take it away."""
    message, user, emoji = _find(call, call.path["messageId"]), call.path["userId"], call.body.get("emoji", "")
    reactions = {each["emoji"]: each["user_ids"] for each in message.fields.get("reactions") or ()}
    others = [each for each in reactions.get(emoji, ()) if each != user]
    reactions[emoji] = [*others, user] if call.body.get("action") == "add" else others
    call.change(message, reactions=[_reaction(name, ids) for name, ids in reactions.items() if ids])
    return OutgoingAnswer(204, operation=call.operation)


def _find(call: Call, message_id: str) -> Row:
    message = call.state.store.get(call.account, MESSAGES, (message_id,))
    if message is None or message.fields.get("status") == "Deleted":
        raise call.refuse(4130, f"There is no message {message_id}.", 404)
    return message


def _schedule(call: Call, conversation: Conversation) -> Row:
    draft_id = call.state.identifiers.text()
    fields = bare.fields(_DRAFTS, {**call.body, "draft_id": draft_id})
    draft = call.state.store.put(Row(call.account, _DRAFTS, (draft_id,), fields))
    due = days.read(call.body["scheduled_time"])
    call.state.clock.schedule(due, "send_draft", call.account, conversation.user.id, draft_id)
    return draft


@task
def send_draft(state: State, account: str, user_id: str, draft_id: str) -> None:
    """Send a message whose time has come, unless it was deleted before."""
    with state.store.lock:
        draft = state.store.get(account, _DRAFTS, (draft_id,))
        user = state.store.get(account, "users", (user_id,))
        if draft is None or user is None:
            return
        state.store.delete(draft)
        if conversation := conversations.find_again(user, draft.fields, state):
            conversation.post(bare.known(draft.fields))


def _is_in_range(message: Row, query: Mapping[str, Any]) -> bool:
    when = days.read(message.fields["date_time"])
    first, last = (days.read(query[name]) if name in query else when for name in ("from", "to"))
    return first <= when <= last


def _in_thread(message: Row, main: Row) -> dict[str, Any]:
    shown = ("message", "timestamp", "message_type", "sender_display_name", "rich_text", "at_items")
    known = bare.known({name: message.fields.get(name) for name in shown})
    sender = {"sender_email": message.fields["sender"], "sender_user_id": message.fields["send_member_id"]}
    return {**known, **sender, "msg_id": message.id, "is_reply": message.id != main.id}


def _reaction(emoji: str, ids: list[str]) -> dict[str, Any]:
    """Return a reaction with what an item of a list says of it, and what a message by itself does."""
    senders = [{"user_id": each, "member_id": each} for each in ids]
    return {"emoji": emoji, "total_count": len(ids), "user_ids": ids, "member_ids": ids, "senders": senders}
