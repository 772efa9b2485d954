"""Where Prism finds fault and we do not mend, each with the reason: most often the document contradicts itself."""

import re

import attrs

from zoom_api_client.testing.violation import Violation


@attrs.frozen
class Excuse:
    """A reason, the rule of JSON Schema that Prism names, and where: patterns of an operation and a place in it."""

    reason: str
    rule: str
    places: tuple[str, ...]

    def covers(self, found: Violation) -> bool:
        """Tell whether it excuses a violation."""
        where = f"{found.operation} {found.field}"
        return found.rule in self.rule.split("|") and any(re.fullmatch(each, where) for each in self.places)


EXCUSES = (
    Excuse(
        "a day for Prism; the document's text takes a day or a time",
        "format",
        (
            r"phone\.\w+ request\.query\.(from|to)",
            r"contact_center\.list_(accounts_inbox_messages|inboxs_messages|sms_logs) request\.query\.to",
            r"contact_center\.list_agents_time_sheet_reports request\.query\.to",
            r"virtual_agent\.get_zva_\w+ request\.query\.(from|to)",
        ),
    ),
    Excuse(
        "a time with an offset for Prism; the document's text asks for local times without",
        "format",
        (r"meetings\.create_(meeting|webinar) request\.body\.start_time",),
    ),
    Excuse(
        "a time with seconds and an offset for Prism; the document's text and examples have hh:mm",
        "format",
        (r"phone\.\w+_setting_template(_details)? (request|response)\.body\..*\.custom_hours\.\d+\.(from|to)",),
    ),
    Excuse(
        "an address of e-mail for Prism; the document's text or example has a name",
        "format",
        (
            r"users\.(get|update)_user (request|response)\.body\.manager",
            r"marketplace\.get_apps_user_requests response\.body\.requests\.\d+\.request_user_department",
        ),
    ),
    Excuse(
        "an address or any text, of which exactly one must fit: an address is both",
        "oneOf|format",
        (
            r"team_chat\.\w+ request\..*\.(to_contact|at_contact|identifier)",
            r"team_chat\.update_channel(_of_user)? request\..*\.designated_posting_members\.\d+",
        ),
    ),
    Excuse(
        "several forms, of which exactly one must fit, without required fields: what fits one fits others",
        "oneOf",
        (
            r"accounts\.(get|update)_(account|locked)_settings (request|response)\.body",
            r"calendar\.update_specified_event_on_specified_calendar request\.body\.(start|end)",
            r"(clips|events)\.initiate_and_complete_multipart_file_upload\w* response\.body",
            r"cobrowse_sdk\.get_session_details response\.body",
            r"contact_center\.(create|get)_outbound_campaign (request|response)\.body\.dialing_method_settings",
            r"events\.list_session_interpreters response\.body\.interpreters\.\d+\.target_language_display_name",
            r"marketplace\.rotate_client_secret response\.body",
            r"phone\.(add|get|update)_common_area_settings? (request|response)\.body",
            r"phone\.add_call_handling_setting response\.body",
            r"phone\.update_phone_site_details request\.body\.policy\.schedule_firmware_update\.repeat_setting",
            r"rooms\.(get|update)_(location|zoom_room_account|zoom_room)_settings (request|response)\.body",
            r"scim2\.update_group request\.body",
            r"team_chat\.update_message request\.body\.interactive_cards\.\d+",
            r"users\.(get|update)_(groups|locked|user)_settings (request|response)\.body",
        ),
    ),
    Excuse(
        "the forms of a setting are joined in our contract: name and value of an example may be of two",
        "oneOf|enum|pattern",
        (r"calendar\.get_specified_user_calendar_settings_of_authenticated_user response\.body(\.id|\.value)?",),
    ),
    Excuse(
        "a number or text, of which exactly one must fit: Prism reads a number from a path as both",
        "oneOf",
        (
            r"meetings\.get_meeting_poll_reports request\.path\.meetingid",
            r"accounts\.get_(meeting_sharing_recording_details|post_meeting_feedback) request\.path\.meetingid",
        ),
    ),
    Excuse(
        "one value for Prism; the document's text or example has several, with commas between them",
        "enum|type|maxLength",
        (
            r"commerce\.\w+ request\.(query|body)\.(status|partner_type|professional_services_delivered_by)",
            r"contact_center\.list_assets request\.query\.asset_type",
            r"iq\.unassign_team_managers request\.query\.user_ids",
            r"meetings\.get_history_meeting_and_webinar_list request\.query\.meeting_feature",
            r"team_chat\.get_chat_message_reports request\.query\.include_fields",
            r"team_chat\.search_company_contacts request\.query\.contact_types",
        ),
    ),
    Excuse(
        "the rule for the items of a list stands at the list, or the other way round",
        "enum|maxLength",
        (
            r"contact_center\.list_historical_\w+_dataset_data request\.query\.(enter_)?channel(_source)?",
            r"contact_center\.list_historical_\w+ request\.query\.(expert_assist_feature|origin_method)",
            r"events\.create_event request\.body\.categories",
            r"iq\.assign_team_managers request\.body\.\d+",
            r"phone\.\w+ (request|response)\.body\.delegation\.privileges",
            r"scim2\.(create|update)_user request\.body\..*\.zoomContactCenterAddonsPlan",
        ),
    ),
    Excuse(
        "one of the values of the enum stands for any others, by the document's text or example",
        "enum",
        (
            r"contact_center\.\w+_system_status(es)? response\.body\.(statuses\.\d+\.)?status_name",
            r"iq\.get_conversation_content_analysis(_deprecated)? response\.body\..*\.section\.\d+\.marked_by",
        ),
    ),
    Excuse(
        "a way to write times, written as the pattern: no time fits",
        "pattern",
        (
            r"contact_center\.list_historical_engagement_log_data request\.query\.(start|end)_time_(from|to)",
            r"contact_center\.list_historical_zoom_phone_contact_center_call_journey_data request\.query\.(from|to)",
            r"contact_center\.list_historical_\w+ response\.body\.(engagement_logs|journeys)\.\d+\.(start|end)_time",
            r"rooms\.update_digital_signage_content_item_attributes request\.body\.expiration_time",
        ),
    ),
    Excuse(
        "what is required is no field in the document",
        "required",
        (
            r"commerce\.get_all_valid_deal_registrations_for_partner response\.body",
            r"commerce\.retrieve_valid_zoom_campaigns_deal_registration_associated response\.body\.campaigns\.\d+",
            r"contact_center\.(create|update)_address_book_contact request\.body",
            r"contact_center\.list_campaign_contact_lists response\.body\.contact_lists\.\d+",
            r"events\.add_vod_channel_videos request\.body",
            r"events\.create_tickets response\.body\.tickets\.\d+",
            r"meetings\.change_device_association request\.body",
            r"scheduler\.insert_schedules request\.body",
            r"team_chat\.move_shared_space_channels response\.body",
        ),
    ),
    Excuse(
        "an object for Prism; the document's text and example have text, or a file",
        "type|enum|anyOf",
        (
            r"calendar\.list_events_on_specified_calendar response\.body\.description",
            r"clips\.download_clip response\.body",
            r"commerce\.get_detailed_information_invoice_distributor_reseller response\.body\.target_date",
            r"commerce\.preview_delta_quote_metrics_and_subscriptions_in_quote response\.body\..*\.subscription_number",
            r"meetings\.(get_meetings|list)_archived_files response\.body\.(.*\.)?complete_time",
            r"phone\.upload_fax_file request\.body\.file",
        ),
    ),
    Excuse(
        "Prism reads no lists and no files in a form",
        "type|required",
        (
            r"contact_center\.create_asset request\.body",
            r"team_chat\.send_chat_file request\.body\.files",
        ),
    ),
    Excuse(
        "nothing at all for Prism, which is how the first page is asked for",
        "required",
        (r"rooms\.list_all_zoom_room_tags request\.query",),
    ),
    Excuse(
        "a number for Prism; elsewhere the document has text for the same",
        "type",
        (r"phone\.remove_calling_plan_from_zoom_room request\.path\.type",),
    ),
    Excuse(
        "the limits are 0 and 0, and the document's example is beyond them",
        "maximum",
        (r"rooms\.list_workspaces response\.body\.workspaces\.\d+\.point_coordinate_x",),
    ),
    Excuse(
        "the only success in the document, 200, is a refusal by its text: success is 204",
        "prism",
        (
            r"accounts\.update_locked_settings response",
            r"meetings\.(delete_h323_sip_device|update_webinar_status) response",
        ),
    ),
    Excuse(
        "the answer is JSON of an empty schema in the document, and by its text there is none",
        "prism",
        (
            r"phone\.(assign_entity_to_device|add_members_to_monitoring_group) response",
            r"phone\.add_customized_outbound_caller_id_phone_numbers response",
            r"phone\.add_phone_numbers_for_accounts_customized_outbound_caller_id response",
        ),
    ),
    Excuse(
        "the document has the redirect to a file alone, and not the file",
        "prism",
        (r"phone\.download_phone_recording_transcript response",),
    ),
    Excuse(
        "a notice of Prism's, no fault",
        "deprecated",
        (r"contact_center\.\w+ request\.query\.(queue_ids?|channel_types?)",),
    ),
)
