"""Where Prism finds fault and we do not mend: each with the reason, which is the document's or Prism's own."""

import re

import attrs

from zoom_api_client.testing.violation import Violation


@attrs.frozen
class Excuse:
    """What Prism says wrongly, told by patterns for the whole of each: product and operation, place, rule."""

    operation: str
    place: str
    rule: str
    reason: str

    def covers(self, found: Violation) -> bool:
        """Tell whether it excuses a violation."""
        pairs = ((self.operation, found.operation), (self.place, found.field), (self.rule, found.rule))
        return all(re.fullmatch(pattern, text) for pattern, text in pairs)


# What has several forms in one body, and what answers nothing.
FORMS = (
    r"phone\.((add|update)_common_area_setting|get_common_area_settings|add_call_handling_setting|update_phone_site_details)"
    r"|team_chat\.update_message|users\.(get|update)_(groups_settings|locked_settings|user_settings)"
)
EMPTY = (
    r"phone\.(assign_entity_to_device|add_members_to_monitoring_group|add_customized_outbound_caller_id_phone_numbers"
    r"|add_phone_numbers_for_accounts_customized_outbound_caller_id)"
)

EXCUSES = (
    Excuse(
        r"meetings\.create_(meeting|webinar)", r"request\.body\.start_time", "format",
        "`start_time` is a date-time for Prism, with an offset; the document's text asks for local times without",
    ),
    Excuse(
        r"phone\..*", r"request\.query\.(from|to)", "format",
        "`from` and `to` are dates for Prism; the document's text takes a day or a time in UTC",
    ),
    Excuse(
        r"team_chat\..*",
        r"request\..*\.(to_contact|at_contact|identifier|designated_posting_members\.\d+)", "oneOf|format",
        "an e-mail address or any text, of which exactly one must fit: an address is both, two ids are the same",
    ),
    Excuse(
        FORMS, r"(request|response)\.body(\..*)?", "oneOf",
        "several forms, of which exactly one must fit, without required fields: what fits one fits others",
    ),
    Excuse(
        r"meetings\.change_device_association", r"request\.body", "required",
        "the required `action` is no field of the body in the document",
    ),
    Excuse(
        r"meetings\.get_history_meeting_and_webinar_list|team_chat\.get_chat_message_reports",
        r"request\.query\.(meeting_feature|include_fields)", "enum",
        "the document's text takes several values with commas between them, its enum one",
    ),
    Excuse(
        r"team_chat\.search_company_contacts", r"request\.query\.contact_types", "type",
        "the document's text takes several numbers with commas between them, its type one",
    ),
    Excuse(
        r"phone\.remove_calling_plan_from_zoom_room", r"request\.path\.type", "type",
        "the document types a calling plan as a number here, and elsewhere as text",
    ),
    Excuse(
        r"phone\..*", r"(request|response)\.body\.delegation\.privileges", "enum",
        "the enum of the numbers in a list stands at the list, which equals none of them",
    ),
    Excuse(
        r"phone\..*", r"(request|response)\.body\..*\.custom_hours\.\d+\.(from|to)", "format",
        "the document's text and examples have hh:mm; a time for Prism has seconds and an offset",
    ),
    Excuse(
        r"phone\.upload_fax_file|team_chat\.send_chat_file", r"request\.body\.files?", "type",
        "Prism reads a file of a form as text, the document declares an object or a list",
    ),
    Excuse(
        r"meetings\.(get_meetings_archived_files|list_archived_files)", r"response\.body\.(.*\.)?complete_time",
        "type|enum|anyOf",
        "the time must be text and an object at once in the document: nothing is both",
    ),
    Excuse(
        r"meetings\.(delete_h_323_sip_device|update_webinar_status)", "response", "prism",
        "the only success in the document, 200, is a refusal by its text; success is 204",
    ),
    Excuse(
        EMPTY, "response", "prism",
        "the answer is declared as JSON of an empty schema, and by its text there is none",
    ),
    Excuse(
        r"phone\.download_phone_recording_transcript", "response", "prism",
        "the document has the redirect to the file alone, and not the file behind it",
    ),
    Excuse(
        r"team_chat\.move_shared_space_channels", r"response\.body", "required",
        "the required `channel_details` and `moved_channel_count` are no fields of the answer in the document",
    ),
    Excuse(
        r"meetings\.get_meeting_poll_reports", r"request\.path\.meetingid", "oneOf",
        "Prism reads a number as a number or as text, and neither for `oneOf` of both",
    ),
    Excuse(
        r"users\.(get|update)_user", r"(request|response)\.body\.manager", "format",
        "the document's text takes the name of a manager too, its format an address alone",
    ),
)  # fmt: skip
