"""What is known of an operation without calling it."""

from typing import Any

from tests.totals import MASTER_ONLY, OPERATIONS
from zoom_api_client.api.meetings import (
    delete_meeting,
    get_meeting,
)
from zoom_api_client.core.operations import operations
from zoom_api_client.models.meetings import Meeting


def test_there_is_an_operation_for_everything() -> None:
    """The index has all of them, and those of master accounts, once, in order, with what its columns promise."""
    every = operations(master=True)
    assert len(every) == OPERATIONS + MASTER_ONLY
    assert len(every) == len({str(each) for each in every}) == len({(each.method, each.path) for each in every})
    assert [(each.product, each.name) for each in every] == sorted((each.product, each.name) for each in every)
    assert {each.method for each in every} == {"GET", "POST", "PUT", "PATCH", "DELETE"}
    assert all(200 <= status < 300 for each in every for status in each.results)


def test_operation_tells_what_zoom_says_of_it() -> None:
    """Quotas, scopes and documentation are looked up by these."""
    found = next(each for each in operations(master=True) if str(each) == "meetings.get_meeting")
    assert (found.method, found.path, found.operation_id) == ("GET", "/meetings/{meetingId}", "meeting")
    assert (found.rate_limit, found.deprecated, found.product) == ("light", False, "meetings")
    assert found.scopes == ("meeting:read:meeting", "meeting:read:meeting:admin")
    assert found.module == "zoom_api_client.api.meetings.get_meeting"


def test_answer_can_be_decoded_without_asking_zoom() -> None:
    """Tests and recorded answers go through the same decoding as live ones; an unknown status is read as the first."""
    for status in (200, 299):
        meeting = get_meeting.OPERATION.decode(status, {"id": 1, "settings": {"new": 1}})
        assert type(meeting) is Meeting
        assert meeting.to_dict() == {"id": 1, "settings": {"new": 1}}
    odd: Any = get_meeting.OPERATION.decode(200, "no object")
    assert odd == "no object"
    assert get_meeting.OPERATION.decode(200, None) is None
    assert delete_meeting.OPERATION.decode(204, None) is None
