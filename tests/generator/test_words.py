"""Zoom spells one thing in many ways; Python names must come out the same each time, and usable."""

import keyword

import pytest

from generator import casing


@pytest.mark.parametrize("text", ["host_id", "hostId", "HostID", "Host ID", "host-id ", "host.id", "HOST_ID", "HostId"])
def test_every_spelling_makes_the_same_name(text: str) -> None:
    """Every spelling of two words gives the same class name and the same snake_case name."""
    assert (casing.words(text), casing.pascal(text), casing.snake(text)) == (["host", "id"], "HostId", "host_id")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("meeting.participant_jbh_waiting", ["meeting", "participant", "jbh", "waiting"]),
        ("meetingUUID", ["meeting", "uuid"]),
        ("HTTPServerURL", ["http", "server", "url"]),
        ("v2Rooms", ["v2", "rooms"]),
        ("h323_password", ["h323", "password"]),
        ("H323Password", ["h323", "password"]),
        ("room_2", ["room", "2"]),
        ("IDs", ["i", "ds"]),  # as it is: no list of all acronyms
        ("", []),
        ("—", []),
    ],
)
def test_words_end_at_capitals_digits_and_punctuation(text: str, expected: list[str]) -> None:
    """Words end at capitals, digits and punctuation."""
    assert casing.words(text) == expected


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("tracking_fields", "tracking_field"),
        ("trackingFields", "tracking_field"),
        ("policies", "policy"),
        ("addresses", "address"),
        ("statuses", "status"),
        ("indices", "index"),
        ("boxes", "box"),
        ("branches", "branch"),
        ("classes", "class"),
        ("purchases", "purchase"),
        ("days", "day"),
        ("data", "data"),
        ("analytics", "analytics"),
        ("sms", "sms"),
        ("status", "status"),
        ("analysis", "analysis"),
        ("class", "class"),
        ("bus", "bus"),
        ("ies", "ies"),
        ("meeting", "meeting"),
        ("", ""),
    ],
)
def test_last_word_loses_its_plural(many: str, one: str) -> None:
    """The last word loses its plural, if it is one."""
    assert casing.singular(many) == one


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("create_meeting", "create_meeting"),
        ("gets_x", "get_x"),
        ("retrieves_list_of_all_users", "retrieve_list_of_all_users"),
        ("list_of_users_gets", "list_of_users_gets"),
        (
            "use_this_api_to_get_all_settings_of_specific_account_which_can_be_changed_by_owners",
            "use_this_api_get_settings_account_changed_owners",
        ),
        ("update_" + "something_" * 9, "update_something_something_something_something_something"),
    ],
)
def test_sentence_is_shortened_to_a_name(title: str, name: str) -> None:
    """A title that is a sentence loses its fillers first and its end last; a short one loses nothing."""
    assert casing.operation_name(title) == name
    assert len(name) <= casing.MAX_NAME


@pytest.mark.parametrize(
    ("wire", "name"),
    [
        ("meeting_id", "meeting_id"),
        ("meetingId", "meeting_id"),
        ("from", "from_"),
        ("None", "none"),
        ("self", "self_"),
        ("client", "client_"),
        ("display_name ", "display_name"),
        ("X-Trace-Id", "x_trace_id"),
        ("24x7", "field_24x7"),
        ("_links", "links"),
        ("@", "field"),
        ("", "field"),
        ("名前", "field"),
        ("v2", "v2"),
    ],
)
def test_every_field_can_be_written(wire: str, name: str) -> None:
    """Every wire name becomes an identifier that is not a keyword, and one that is fine already stays as it is."""
    assert casing.identifier(wire) == name
    assert name.isidentifier()
    assert not keyword.iskeyword(name)


def test_two_fields_have_two_names() -> None:
    """A name that is taken is not given again."""
    taken: set[str] = set()
    for wire in ("hostId", "host_id", "HostID"):
        taken.add(casing.identifier(wire, taken))
    assert taken == {"host_id", "host_id_", "host_id__"}
