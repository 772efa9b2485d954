"""Refuses the ranges of days and times that Zoom refuses, which its pages say and no schema can.

Of the operations in `BY_MONTH`, Zoom's documents say that a range is a month at most, and of the phone's that `to` is
required beside `from`. No reading of a month has more than 31 days.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from zoom_api_client.testing.contract import Operation
from zoom_api_client.testing.violation import Violation

_LONGEST_MONTH = timedelta(days=31)
BY_MONTH = {
    product: frozenset(names.split())
    for product, names in {
        "accounts": """
            get_chat_metrics get_crc_port_usage get_issues_of_zoom_rooms get_meeting_quality_scores
            get_top_25_issues_of_zoom_rooms get_top_25_zoom_rooms_with_issues get_zoom_meetings_client_feedback
            get_zoom_rooms_details list_client_meeting_satisfaction list_meetings list_webinars
            list_zoom_meetings_client_feedback
        """,
        "clips": """
            list_all_clips
        """,
        "cobrowse_sdk": """
            list_past_sessions
        """,
        "contact_center": """
            list_accounts_inbox_messages list_agent_leg_reports list_agents_time_sheet_reports
            list_engagement_recordings list_engagements list_historical_agent_performance_dataset_data
            list_historical_agent_timecard_dataset_data list_historical_disposition_dataset_data
            list_historical_engagement_dataset_data list_historical_expert_assist_dataset_data
            list_historical_flow_performance_dataset_data list_historical_outbound_dialer_performance_dataset_data
            list_historical_queue_performance_dataset_data
            list_historical_zoom_phone_contact_center_call_journey_data list_inboxs_messages list_operation_logs
            list_queue_recordings list_recordings list_sms_logs list_users_recordings list_variable_logs
            list_voice_call_logs
        """,
        "meetings": """
            get_active_or_inactive_host_reports get_cloud_recording_usage_report get_history_meeting_and_webinar_list
            get_meeting_activities_report get_meeting_or_webinar_recordings_analytics_details
            get_meeting_or_webinar_recordings_analytics_summary get_meeting_reports get_operation_logs_report
            get_remote_support_report get_sign_in_sign_out_activity_report get_telephone_reports
            get_upcoming_events_report list_all_recordings
        """,
        "phone": """
            get_account_voicemails get_accounts_call_history get_accounts_call_logs get_accounts_sms_sessions
            get_call_charges_usage_report get_call_queue_recordings get_call_recordings get_fax_charges_usage_report
            get_operation_logs_report get_sms_mms_charges_usage_report get_sms_session_details get_users_call_history
            get_users_call_logs get_users_recordings get_users_sms_sessions get_users_voicemails list_call_logs
            list_past_call_metrics
        """,
        "rooms": """
            list_released_workspaces_by_timeout
        """,
        "team_chat": """
            get_chat_message_reports get_chat_sessions_reports
        """,
        "video_sdk": """
            get_cloud_recording_usage_report get_operation_logs_report get_telephone_report
            list_recordings_of_account list_sessions
        """,
        "virtual_agent": """
            get_zva_engagements get_zva_query_details get_zva_surveys get_zva_transcripts get_zva_variable_details
        """,
        "whiteboard": """
            list_all_whiteboards
        """,
    }.items()
}  # fmt: skip
_SHORTENED = frozenset({"meetings.list_all_recordings"})
"""Where Zoom takes a longer range, and answers for a month of it without a word."""


def check(operation: Operation, query: Mapping[str, Any], *, closed: bool = True) -> list[Violation]:
    """Return what is wrong with the range of a query whose values are right one by one; not what Zoom takes if open."""
    is_taken = not closed and str(operation) in _SHORTENED
    is_by_month = operation.name in BY_MONTH.get(operation.product, ()) and not is_taken
    if is_by_month and "from" in query and "to" not in query:
        return [Violation.of(str(operation), "range", "query.to", "is missing beside from")]
    first, last = _moment(query.get("from")), _moment(query.get("to"))
    if first is None or last is None:
        return []
    if first > last:
        return [Violation.of(str(operation), "range", "query.from", f"({query['from']}) is after to ({query['to']})")]
    if is_by_month and last - first > _LONGEST_MONTH:
        says = f"is {(last - first).days} days after from, and a range has a month at most"
        return [Violation.of(str(operation), "range", "query.to", says)]
    return []


def _moment(text: Any) -> datetime | None:
    """Return the time that a text of a query stands for, of a day its start; None for what is neither."""
    try:
        read = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return read and (read if read.tzinfo else read.replace(tzinfo=UTC))
