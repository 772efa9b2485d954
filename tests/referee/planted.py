"""Faults planted on purpose: a referee that does not see one of them is blind, and its silence says nothing."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import attrs

from tests.contract.calling import Wire
from tests.referee.documents import Declared, Index
from tests.referee.raw_judge import Fault, judge_facts, judge_request
from tests.referee.sending import UUID
from zoom_api_client import File, Zoom, errors
from zoom_api_client.api.clips import upload_clip_file
from zoom_api_client.api.meetings import (
    create_meeting,
    delete_meeting,
    get_past_meeting_details,
    list_meetings,
)
from zoom_api_client.api.scim2 import list_users
from zoom_api_client.api.users import upload_users_profile_picture
from zoom_api_client.core.operation import Operation
from zoom_api_client.transport.retry import Retry

ME = {"userId": "me"}
PICTURE = File(b"x", "a.png")


@attrs.frozen
class Planted:
    """An operation that is not as its document has it, or is asked for what the document does not have."""

    operation: Operation[Any]
    path: Mapping[str, Any] = attrs.field(factory=dict)
    more: Mapping[str, Any] = attrs.field(factory=dict)


def _but(module: Any, filled: Mapping[str, Any] | None = None, **changes: Any) -> Planted:
    return Planted(attrs.evolve(module.OPERATION, **changes), filled or {})


def _sending(module: Any, filled: Mapping[str, Any] | None = None, **more: Any) -> Planted:
    return Planted(module.OPERATION, filled or {}, more)


REQUESTS: dict[str, tuple[Planted, str]] = {
    "a misspelt name of a query": (_sending(list_meetings, ME, query={"tipe": "live"}), "query.tipe: is unknown"),
    "a renamed field of a body": (_sending(create_meeting, ME, body={"title": "x"}), "body.title: is unknown"),
    "SCIM under /v2": (_but(list_users, server="https://api.zoom.us/v2"), "address: is at api.zoom.us/v2"),
    "an upload to the other upload host": (
        _but(upload_clip_file, server="https://file.zoom.us/v2"),
        "address: is at file.zoom.us/v2",
    ),
    "a UUID encoded once": (
        _but(get_past_meeting_details, {"meetingId": UUID}, twice=()),
        "path.meetingId: is encoded once",
    ),
    "another method": (_but(create_meeting, ME, method="PUT"), "path: is not an operation"),
    "a path that does not exist": (
        _but(create_meeting, ME, path="/users/{userId}/meeting"),
        "path: is not an operation",
    ),
    "a field at the wrong depth": (
        _sending(create_meeting, ME, body={"host_video": True}),
        "body.host_video: is unknown",
    ),
    "an unknown name within a list": (
        _sending(create_meeting, ME, body={"tracking_fields": [{"field": "x", "shape": "y"}]}),
        "body.tracking_fields[].shape: is unknown",
    ),
    "a form where JSON is due": (
        Planted(_but(create_meeting, media_type="multipart/form-data").operation, ME, {"body": {"topic": "x"}}),
        "body: is multipart/form-data, and application/json by Zoom",
    ),
    "a body where none is taken": (
        _sending(delete_meeting, {"meetingId": 5}, body={"notify": True}),
        "body: is application/json, and none by Zoom",
    ),
    "an unknown part of a form": (
        _sending(upload_users_profile_picture, ME, body={"pic_file": PICTURE, "shape": PICTURE}),
        "body.shape: is unknown",
    ),
}

FACTS: dict[str, tuple[Operation[Any], str]] = {
    "a wrong label": (attrs.evolve(create_meeting.OPERATION, rate_limit="heavy"), "label: is heavy, and light by Zoom"),
    "a scope too many": (
        attrs.evolve(create_meeting.OPERATION, scopes=(*create_meeting.OPERATION.scopes, "meeting:write:all")),
        "scopes: differ in meeting:write:all",
    ),
    "a classic scope too few": (
        attrs.evolve(create_meeting.OPERATION, classic_scopes=("meeting:write",)),
        "scopes: differ in meeting:write:admin",
    ),
}


def unseen(index: Index, declared_as: Callable[[Operation[Any]], Declared]) -> Iterator[str]:
    """Yield the planted faults that the judge does not see."""
    for name, (planted, says) in REQUESTS.items():
        if not _says(_judge_sent(index, planted), says):
            yield name
    for name, (operation, says) in FACTS.items():
        if not _says(list(judge_facts(declared_as(operation), operation)), says):
            yield name


def _judge_sent(index: Index, planted: Planted) -> list[Fault]:
    wire = Wire()
    with Zoom("a token", transport=wire, guard=None, retry=Retry(attempts=1)) as zoom, suppress(errors.APIError):
        zoom.send(planted.operation.request(planted.path, **planted.more))
    return list(judge_request(index, wire.responder.exchanges[-1].request))


def _says(faults: list[Fault], wanted: str) -> bool:
    return any(f"{each.place}: {each.says}".startswith(wanted) for each in faults)
