from urllib.parse import quote

import pytest

from zoom_api_client.core import operations
from zoom_api_client.testing import contract
from zoom_api_client.testing.routes import Routes

API = "api.zoom.us"
UUID = "/aB3dEfGh//IjKlMnOpQ=="
ENCODED_TWICE = "%252FaB3dEfGh%252F%252FIjKlMnOpQ%253D%253D"


def found(method: str, path: str, host: str = API) -> str:
    """Return the operation that a request means, "" for none."""
    match = contract.find(method, host, path)
    return str(match.operation) if match else ""


def test_literal_segment_is_not_taken_for_an_id() -> None:
    """`/users/summary` is an operation of its own although `/users/{userId}` would take it."""
    assert found("GET", "/v2/users/summary") == "users.get_user_summary"
    assert found("GET", "/v2/users/summary2") == "users.get_user"


def test_literal_segment_without_the_method_does_not_hide_the_template() -> None:
    """A literal branch that has no such method leads back to the template beside it."""
    routes: Routes[str] = Routes()
    routes.add("GET", "/things/mine", "mine")
    routes.add("DELETE", "/things/{id}", "delete")
    assert list(routes.find("DELETE", ["things", "mine"])) == [("delete", ("mine",))]


def test_path_that_two_products_claim_is_not_silently_given_to_one() -> None:
    """Two declarations of one path are a fault of the contract and must be seen."""
    routes: Routes[str] = Routes()
    routes.add("GET", "/things/{id}", "one")
    with pytest.raises(ValueError, match="declared twice"):
        routes.add("GET", "/things/{thingId}", "other")


def test_every_path_begins_with_a_name() -> None:
    """The routes are read by the first segment of a request: a template there would never be found."""
    assert not [row["path"] for row in operations.rows() if not row["path"][1:2].isalpha()]


def test_first_segment_may_be_encoded() -> None:
    """A server decodes each segment, the first one too."""
    assert found("GET", "/v2/%75sers/summary") == "users.get_user_summary"


def test_uuid_that_is_encoded_twice_arrives_whole() -> None:
    """A UUID that begins with a slash comes as `%252F…` and must be decoded to what the caller meant."""
    match = contract.find("GET", API, f"/v2/past_meetings/{ENCODED_TWICE}/participants")
    assert match is not None
    assert list(match.path.values()) == [UUID]
    assert list(match.once.values()) == [quote(UUID, safe="")]


def test_identifier_with_encoded_characters_is_decoded_once() -> None:
    """An e-mail as user id has `%40`; what is not a UUID is never decoded a second time."""
    match = contract.find("GET", API, "/v2/users/100%25%40example.com")
    assert match is not None
    assert match.path == {"userId": "100%@example.com"}


def test_call_for_a_sub_account_means_the_normal_operation() -> None:
    """Master accounts put `/accounts/{accountId}` before any path; the documents do not repeat the operations."""
    match = contract.find("GET", API, "/v2/accounts/sub%2F1/users/me")
    assert match is not None
    assert (str(match.operation), match.account_id) == ("users.get_user", "sub/1")


def test_own_path_under_accounts_wins_over_the_sub_account_prefix() -> None:
    """`/accounts/{accountId}/settings` is an operation, not a sub-account call of `/settings`."""
    match = contract.find("GET", API, "/v2/accounts/me/settings")
    assert match is not None
    assert (str(match.operation), match.account_id) == ("accounts.get_account_settings", "")


def test_upload_at_the_wrong_host_is_not_accepted() -> None:
    """Zoom serves uploads at their own hosts only; a mock that takes them anywhere hides the mistake."""
    assert found("POST", "/v2/clips/files", "fileapi.zoom.us") == "clips.upload_clip_file"
    assert found("POST", "/v2/clips/files", API) == ""
    assert found("GET", "/v2/users/me", "fileapi.zoom.us") == ""


def test_loopback_stands_for_all_hosts_with_and_without_base() -> None:
    """A client that maps every host to one loopback base must reach uploads and SCIM there too."""
    assert found("POST", "/v2/clips/files", "127.0.0.1:8000") == "clips.upload_clip_file"
    assert found("GET", "/scim2/Users", "127.0.0.1:8000") == found("GET", "/v2/scim2/Users", "localhost")
    assert found("GET", "/users/me", "localhost") == "users.get_user"


def test_base_path_is_needed_at_zoom_itself() -> None:
    """`https://api.zoom.us/users/me` is a mistake that people make, and SCIM is the one that has no `/v2`."""
    assert found("GET", "/users/me") == ""
    assert found("GET", "/scim2/Users") == "scim2.list_users"
    assert found("GET", "/v2/scim2/Users") == ""


def test_regional_host_serves_what_the_global_one_does() -> None:
    """`api_url` of the token answer may name a regional host."""
    assert found("GET", "/v2/users/me", "api-eu.zoom.us") == "users.get_user"


@pytest.mark.parametrize("path", ["/v2/users/", "/v2/users//settings", "/v2", "/", "", "/v2/nothing"])
def test_path_with_an_empty_or_unknown_segment_means_nothing(path: str) -> None:
    """An empty id would silently turn one operation into another."""
    assert found("GET", path) == ""


def test_methods_of_a_path_are_known_for_the_message() -> None:
    """Who uses PUT where Zoom has PATCH should be told."""
    assert contract.methods("/v2/meetings/123") == ["DELETE", "GET", "PATCH"]


def test_operation_and_event_are_found_by_name() -> None:
    """Overrides, demos and tests ask by name, and a wrong name must not pass."""
    assert contract.operation("meetings", "create_meeting").path == "/users/{userId}/meetings"
    assert contract.event("meeting.started").product == "meetings"
    with pytest.raises(KeyError):
        contract.event("meeting.begun")
