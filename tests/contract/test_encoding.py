"""Which identifiers are percent-encoded twice: what the documents say in one place holds in all of a product."""

import re
from collections import defaultdict

import pytest

from zoom_api_client import Zoom
from zoom_api_client.api import operations
from zoom_api_client.core.operation import Operation
from zoom_api_client.testing import contract, mock_zoom

PATHS = {
    "accounts": {"meetingId": 6, "webinarId": 6},
    "iq": {"conversationId": 20},
    "meetings": {"meetingId": 27, "meetingUUID": 3, "webinarId": 12},
    "qss": {"meetingId": 1, "sessionId": 1, "webinarId": 1},
    "video_sdk": {"sessionId": 19},
}
QUERIES = {
    "accounts.get_survey_answers": ("instance_id",),
    "accounts.get_survey_instances": ("instance_id",),
    "healthcare.list_clinical_notes": ("meeting_id",),
}


def is_number(operation: Operation[object], name: str) -> bool:
    """Return whether an identifier in a path is a number alone, by the contract: a UUID cannot stand there."""
    declared = contract.operation(operation.product, operation.name).parameters("path")
    schema = next(each["schema"] for each in declared if each["name"] == name)
    return "string" not in str(schema.get("type"))


def test_identifiers_that_are_encoded_twice_are_these() -> None:
    """A new one is read and understood before it is listed here."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    queries = {}
    for operation in operations(master=True):
        places = set(re.findall(r"\{(\w+)\}", operation.path))
        for name in places & set(operation.twice):
            found[operation.product][name] += 1
        if others := tuple(name for name in operation.twice if name not in places):
            queries[str(operation)] = others
    assert found == PATHS
    assert queries == QUERIES


@pytest.mark.parametrize(("product", "name"), [(product, name) for product, names in PATHS.items() for name in names])
def test_no_sibling_is_forgotten(product: str, name: str) -> None:
    """The same identifier is written the same way in all operations that take a text for it."""
    for operation in operations(master=True):
        if operation.product == product and f"{{{name}}}" in operation.path and not is_number(operation, name):
            assert name in operation.twice, operation


def test_mock_reads_what_is_encoded_twice_as_zoom_does() -> None:
    """A test says what it means by the UUID, not by its spelling on the wire."""
    with mock_zoom() as mock, Zoom("any token") as zoom:
        zoom.api.healthcare.list_clinical_notes(meeting_id="/aB3d//Ef==")
        mock.healthcare.list_clinical_notes.called_once_with(meeting_id="/aB3d//Ef==")
