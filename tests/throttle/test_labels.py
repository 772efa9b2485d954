"""A request falls under the limit that Zoom's page gives its operation."""

import pytest

from zoom_api_client.core.operations import operations
from zoom_api_client.transport.throttle.labels import family, find_label, subject


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/phone/users", "phone"),
        ("/phone", "phone"),
        ("/fax/files", "phone"),
        ("/contact_center/queues/{queueId}", "contact_center"),
        ("/accounts/abc/phone/users", "phone"),
        ("/accounts/{accountId}/contact_center/users", "contact_center"),
        ("/phonebook", ""),
        ("/users/phone", ""),
        ("/users/{userId}/phone", ""),
        ("/accounts/phone", ""),
    ],
)
def test_a_path_is_counted_in_its_family(path: str, expected: str) -> None:
    """Phone and Contact Center have tables of their own, also below a sub-account."""
    assert family(path) == expected


def test_an_operation_and_its_path_have_the_same_label() -> None:
    """What is called by path counts as the operation does, with ids in place of the parameters."""
    for operation in operations():
        path = operation.path.replace("{", "id-").replace("}", "")
        by_path, by_value = subject((operation.method.lower(), path + "?page_size=30")), subject(operation)
        same = {(each.rate_limit or "light") for each in operations() if each.path == by_path.template}
        assert by_path.label == by_value.label or by_path.label in same, operation


def test_a_literal_path_is_not_taken_for_an_id() -> None:
    """Of two templates that fit, the one with the literal segment is meant."""
    assert subject(("GET", "/users/email")).template == "/users/email"
    assert subject(("GET", "/users/me")).template == "/users/{userId}"


def test_a_sub_accounts_path_has_its_label() -> None:
    """A master account's call for a sub-account counts as the same call for its own."""
    assert subject(("GET", "/accounts/abc/report/daily")) == subject(("GET", "/report/daily"))
    assert subject(("GET", "/accounts/abc/settings")).template == "/accounts/{accountId}/settings"


def test_an_unknown_path_is_light() -> None:
    """A path that is not an operation's is light, and its family is seen."""
    about = subject(("GET", "/phone/something/new/of/zooms"))
    assert (about.template, about.label, about.family) == ("", "light", "phone")


@pytest.mark.parametrize(
    ("category", "label"),
    [
        ("Light", "light"),
        ("HEAVY", "heavy"),
        ("Resource-intensive", "resource-intensive"),
        ("Resource Intensive", "resource-intensive"),
        ("Enormous", None),
        ("", None),
        (None, None),
    ],
)
def test_a_category_is_read_in_zooms_spelling(category: str | None, label: str | None) -> None:
    """Zoom's spelling of the labels in headers."""
    assert find_label(category) == label
