"""The event that each operation sends when it creates, changes or deletes something.

A behaviour that sends an event itself sends all of its own: a reply is not a second message.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from zoom_api_client.testing.simulator import resources
from zoom_api_client.testing.simulator.call import Call
from zoom_api_client.testing.simulator.store import Row

EVENTS: Final[Mapping[str, str]] = {
    "accounts.create_sub_account": "account.created",
    "accounts.disassociate_sub_account": "account.disassociated",
    "accounts.update_account_settings": "account.settings_updated",
    "accounts.update_locked_settings": "account.lock_settings_updated",
    "accounts.create_information_barrier_policy": "information_barriers.policy_created",
    "accounts.remove_information_barrier_policy": "information_barriers.policy_deleted",
    "accounts.update_information_barriers_policy": "information_barriers.policy_updated",
    "calendar.create_new_acl_rule": "calendar.acl_create",
    "calendar.delete_existing_acl_rule": "calendar.acl_delete",
    "calendar.update_specified_acl_rule": "calendar.acl_update",
    "calendar.insert_new_event_to_specified_calendar": "calendar.event_create",
    "calendar.delete_existing_event_from_specified_calendar": "calendar.event_delete",
    "calendar.update_specified_event_on_specified_calendar": "calendar.event_update",
    "calendar.insert_existing_calendar_to_users_own_calendarlist": "calendar.calendarlist_create",
    "calendar.delete_existing_calendar_from_users_own_calendarlist": "calendar.calendarlist_delete",
    "calendar.update_existing_calendar_in_users_own_calendarlist": "calendar.calendarlist_update",
    "calendar.patch_specified_user_calendar_settings_of_authenticated_user": "calendar.setting_update",
    "contact_center.create_asset": "contact_center.asset_created",
    "contact_center.delete_asset": "contact_center.asset_deleted",
    "contact_center.update_asset": "contact_center.asset_updated",
    "contact_center.create_business_hours": "contact_center.business_hours_created",
    "contact_center.delete_business_hours": "contact_center.business_hours_deleted",
    "contact_center.update_business_hours": "contact_center.business_hours_updated",
    "contact_center.create_closure_set": "contact_center.closure_created",
    "contact_center.delete_closure_set": "contact_center.closure_deleted",
    "contact_center.update_closure_set": "contact_center.closure_updated",
    "contact_center.create_queue": "contact_center.queue_created",
    "contact_center.delete_queue": "contact_center.queue_deleted",
    "contact_center.update_queues_operating_hours": "contact_center.queue_operating_hours_updated",
    "contact_center.assign_queue_agents": "contact_center.queue_agent_assigned",
    "contact_center.unassign_queue_agent": "contact_center.queue_agent_unassigned",
    "contact_center.assign_queue_supervisors": "contact_center.queue_supervisor_assigned",
    "contact_center.unassign_queue_supervisor": "contact_center.queue_supervisor_unassigned",
    "contact_center.delete_recording": "contact_center.recording_deleted",
    "contact_center.create_team": "contact_center.team_created",
    "contact_center.delete_team": "contact_center.team_deleted",
    "contact_center.update_team": "contact_center.team_updated",
    "contact_center.move_team": "contact_center.team_moved",
    "contact_center.create_users_profile": "contact_center.user_created",
    "contact_center.delete_users_profile": "contact_center.user_deleted",
    "contact_center.update_users_profile": "contact_center.user_updated",
    "contact_center.update_users_status": "contact_center.user_status_changed",
    "contact_center.assign_users_skills": "contact_center.user_skills_assigned skills[]",
    "contact_center.unassign_users_skill": "contact_center.user_skills_unassigned skills[]",
    "events.update_event": "zoom_events.event_updated",
    "events.create_exhibitor": "zoom_events.exhibitor_created",
    "events.delete_exhibitor": "zoom_events.exhibitor_deleted",
    "events.update_exhibitor_for_event": "zoom_events.exhibitor_updated",
    "events.create_session": "zoom_events.session_created",
    "events.delete_session": "zoom_events.session_deleted",
    "events.update_session": "zoom_events.session_updated",
    "events.create_speaker": "zoom_events.speaker_created",
    "events.delete_speaker": "zoom_events.speaker_deleted",
    "events.update_speaker": "zoom_events.speaker_updated",
    "events.create_event_ticket_type": "zoom_events.ticket_type_created",
    "events.delete_ticket_type": "zoom_events.ticket_type_deleted",
    "events.update_ticket_type_for_event": "zoom_events.ticket_type_updated",
    "events.create_tickets": "zoom_events.ticket_created",
    "events.delete_ticket": "zoom_events.ticket_deleted",
    "events.update_ticket": "zoom_events.ticket_updated",
    "events.vod_channel_registration": "zoom_events.vod_registration_created",
    "meetings.create_meeting": "meeting.created",
    "meetings.update_meeting": "meeting.updated",
    "meetings.delete_meeting": "meeting.deleted",
    "meetings.add_meeting_registrant": "meeting.registration_created registrant",
    "meetings.delete_meeting_registrant": "meeting.registration_cancelled registrant",
    "meetings.create_recording_registrant": "recording.registration_created registrant",
    "meetings.delete_meeting_or_webinar_recordings": "recording.trashed",
    "meetings.delete_meeting_or_webinar_summary": "meeting.summary_deleted",
    "meetings.add_users_tsp_account": "user.tsp_created",
    "meetings.delete_users_tsp_account": "user.tsp_deleted",
    "meetings.update_tsp_account": "user.tsp_updated",
    "meetings.create_webinar": "webinar.created",
    "meetings.update_webinar": "webinar.updated",
    "meetings.delete_webinar": "webinar.deleted",
    "meetings.add_webinar_registrant": "webinar.registration_created registrant",
    "meetings.delete_webinar_registrant": "webinar.registration_cancelled registrant",
    "phone.delete_users_call_log": "phone.call_log_deleted call_logs[]",
    "phone.delete_fax_log": "phone.fax_log_deleted",
    "phone.delete_call_recording": "phone.recording_deleted recordings[]",
    "phone.delete_voicemail": "phone.voicemail_deleted voice_mails[]",
    "phone.update_group_policy": "phone.group_settings_updated",
    "phone.update_phone_account_settings": "phone.account_settings_updated",
    "rooms.add_zoom_room": "zoomroom.created",
    "rooms.delete_zoom_room": "zoomroom.deleted",
    "rooms.update_zoom_room_profile": "zoomroom.updated",
    "rooms.add_location": "zoomroom.location_created",
    "rooms.delete_location": "zoomroom.location_deleted",
    "rooms.update_zoom_room_location_profile": "zoomroom.location_updated",
    "rooms.send_invitation": "visitor_management.invitation_created",
    "rooms.delete_invitation": "visitor_management.invitation_deleted",
    "rooms.update_invitation": "visitor_management.invitation_updated",
    "rooms.create_workspace": "workspace.created",
    "rooms.delete_workspace": "workspace.deleted",
    "rooms.update_workspace": "workspace.updated",
    "rooms.set_desk_assignment": "workspace.user_assigned",
    "rooms.delete_desk_assignment": "workspace.user_unassigned",
    "rooms.create_reservation": "workspace.reservation_created",
    "rooms.delete_reservation": "workspace.reservation_deleted",
    "rooms.update_reservation": "workspace.reservation_update",
    "scheduler.delete_scheduled_events": "scheduler.scheduled_event_canceled",
    "tasks.create_new_task": "task.created",
    "tasks.delete_task": "task.deleted",
    "tasks.update_task_fields": "task.updated",
    "tasks.add_assignees_to_task": "task.assignee_updated",
    "tasks.remove_assignee_from_task": "task.assignee_updated",
    "tasks.add_collaborators_to_task": "task.collaborator_updated",
    "tasks.remove_collaborator_from_task": "task.collaborator_updated",
    "tasks.add_comment_to_task": "task.comment_updated",
    "tasks.delete_tasks_comment": "task.comment_updated",
    "team_chat.create_channel": "chat_channel.created",
    "team_chat.update_channel": "chat_channel.updated",
    "team_chat.update_channel_of_user": "chat_channel.updated",
    "team_chat.delete_channel": "chat_channel.deleted",
    "team_chat.delete_channel_of_user": "chat_channel.deleted",
    "team_chat.invite_channel_members": "chat_channel.member_invited members[]",
    "team_chat.remove_member": "chat_channel.member_removed members[]",
    "team_chat.batch_remove_members_from_channel": "chat_channel.member_removed members[]",
    "team_chat.send_chat_message": "chat_message.sent",
    "team_chat.update_message": "chat_message.updated",
    "team_chat.delete_message": "chat_message.deleted",
    "team_chat.delete_custom_emoji": "team_chat.emoji_removed",
    "team_chat.delete_chat_file": "team_chat.file_deleted",
    "team_chat.upload_chat_file": "team_chat.file_uploaded",
    "team_chat.update_shared_space_settings": "team_chat.shared_spaces_edited",
    "team_chat.add_members_to_shared_space": "team_chat.shared_spaces_member_invited members[]",
    "team_chat.remove_members_from_shared_space": "team_chat.shared_spaces_member_removed members[]",
    "users.create_users": "user.created",
    "users.update_user": "user.updated",
    "users.update_users_email": "user.updated",
    "users.delete_user": "user.deleted",
    "users.update_user_settings": "user.settings_updated",
    "users.update_users_presence_status": "user.presence_status_updated",
    "users.create_group": "group.created",
    "users.update_group": "group.updated",
    "users.delete_group": "group.deleted",
    "users.add_group_admins": "group.admin_added admins[]",
    "users.delete_group_admin": "group.admin_deleted admins[]",
    "users.add_group_members": "group.member_added members[]",
    "users.delete_group_member": "group.member_deleted members[]",
    "users.update_groups_settings": "group.settings_updated",
    "users.update_locked_settings": "group.lock_settings_updated",
    "whiteboard.create_new_whiteboard": "whiteboard.created",
    "whiteboard.delete_whiteboard": "whiteboard.deleted",
    "whiteboard.update_whiteboard_share_setting": "whiteboard.share_settings_updated",
    "whiteboard.share_whiteboard_to_new_users_or_team_chat_channels": "whiteboard.shared",
}
"""By our name of the operation: the event, and where in its object the row stands, if the object is what owns it."""


def emit(call: Call, result: Any) -> None:
    """Send the event of what a call did to a row, or to several."""
    event, _, place = EVENTS.get(str(call.operation), "").partition(" ")
    rows = [each for each in (result if isinstance(result, list) else [result]) if isinstance(each, Row)]
    if not event or call.state.emitted or not rows:
        return
    if place.endswith("[]"):
        call.emit(event, {**_owner(call, rows[0]), place[:-2]: [resources.known(each) for each in rows]})
        return
    for row in rows:
        call.emit(event, {**_owner(call, row), place: resources.known(row)} if place else row)


def row_before(call: Call) -> Row | None:
    """Return the row that a call is going to change, if there is one and somebody may want to know how it was."""
    facts = resources.facts_of(call.operation)
    if facts is None or facts.action != "change" or str(call.operation) not in EVENTS:
        return None
    return call.state.store.get(call.account, facts.resource, call.key)


def _owner(call: Call, row: Row) -> dict[str, Any]:
    owner = call.state.store.get(row.account, row.owner[0], row.owner[1:]) if row.owner else None
    return resources.known(owner) if owner else {}
