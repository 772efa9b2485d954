import json
from typing import Any

import pytest

from zoom_api_client.testing import contract, examples, validator
from zoom_api_client.testing.messages import describe_value
from zoom_api_client.testing.violation import Violation

JSON = "application/json"
LOCAL = "2026-05-01T10:00:00"


def judged(
    method: str, target: str, body: Any = None, content_type: str = JSON, host: str = "api.zoom.us"
) -> list[Violation]:
    """Return the violations of a request at `/v2`."""
    path, _, query = target.partition("?")
    match = contract.find(method, host, f"/v2{path}")
    assert match is not None
    pairs = [(name, value) for name, _, value in (part.partition("=") for part in query.split("&") if part)]
    content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
    return validator.check_request(match, pairs, {}, content_type, content)


def said(*arguments: Any, **more: Any) -> list[str]:
    """Return the messages about a request."""
    return sorted(str(violation) for violation in judged(*arguments, **more))


def created(**body: Any) -> list[str]:
    """Return the messages about a meeting that is created with this body."""
    return said("POST", "/users/me/meetings", body)


def form(*parts: str) -> bytes:
    """Return a multipart body with the boundary `b`."""
    return "".join(f"--b\r\nContent-Disposition: form-data; {part}\r\n" for part in parts).encode() + b"--b--\r\n"


def test_violation_names_operation_field_and_rule() -> None:
    """Who reads the message must know what to mend without opening Zoom's documents."""
    assert judged("POST", "/users/me/meetings", {"duration": "30"}) == [
        Violation(
            operation="meetings.create_meeting",
            rule="type",
            field="body.duration",
            message="create_meeting: body.duration must be an integer, but is '30'",
        )
    ]


def test_typo_in_a_field_is_found_and_the_right_name_offered() -> None:
    """Zoom ignores unknown fields silently, which is why this is the mistake that costs most."""
    assert created(topc="x", settings={"host_vidoe": True}) == [
        "create_meeting: body.settings.host_vidoe is unknown to Zoom; did you mean 'host_video'?",
        "create_meeting: body.topc is unknown to Zoom; did you mean 'topic'?",
    ]
    assert said("GET", "/users/me/meetings?tipe=live") == [
        "list_meetings: query.tipe is unknown to Zoom; did you mean 'type'?"
    ]


def test_time_without_zone_passes_where_a_time_zone_may_stand_beside_it() -> None:
    """Zoom takes it: without `timezone` it is local to the user. The end of a series has no zone, and is UTC."""
    assert created(start_time=LOCAL, timezone="Asia/Tokyo") == []
    assert created(start_time=LOCAL) == []
    assert created(start_time="2026-05-01T10:00:00Z") == []
    assert created(recurrence={"type": 1, "end_date_time": LOCAL}) == [
        "create_meeting: body.recurrence.end_date_time must be a time with its zone such as 2026-03-31T09:00:00Z, "
        "but is '2026-05-01T10:00:00'"
    ]
    assert len(created(start_time="tomorrow", timezone="Asia/Tokyo")) == 1


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("from=2026-01-01&to=2026-02-01", []),
        ("from=2026-01-01T00:00:00Z&to=2026-01-01", []),
        ("", []),
        ("to=2026-01-01", []),
        ("from=2026-01-01&to=2026-02-02", ["query.to is 32 days after from, and a range has a month at most"]),
        ("from=2026-01-02&to=2026-01-01", ["query.from (2026-01-02) is after to (2026-01-01)"]),
        ("from=2026-01-02", ["query.to is missing beside from"]),
    ],
)
def test_range_that_zoom_refuses_is_refused(query: str, says: list[str]) -> None:
    """Zoom's schemas cannot say it, and its text does: a month at most, from before to, and both of them."""
    found = said("GET", f"/phone/call_history?{query}")
    assert found == [f"get_accounts_call_history: {each}" for each in says]


def test_limit_and_enum_say_what_is_allowed() -> None:
    """`out of range` helps nobody."""
    assert created(topic="x" * 300) == ["create_meeting: body.topic must have at most 200 characters, but has 300"]
    assert created(settings={"audio": "phone"}) == [
        "create_meeting: body.settings.audio must be one of 'both', 'telephony', 'voip', 'thirdParty', but is 'phone'"
    ]


def test_secret_is_not_shown_in_a_message() -> None:
    """Messages end up in logs and in public build output."""
    assert created(password="correct horse battery") == [
        "create_meeting: body.password must have at most 10 characters, but has 21"
    ]
    for field in ("body.password", "query.access_token", "body.settings.client_secret", "answer.start_url"):
        assert describe_value("s3cret", field) == "another string"
    assert describe_value({"password": "s3cret"}, "body") == "an object"


def test_query_is_judged_by_what_its_text_stands_for() -> None:
    """Everything in a URL is text; `page_size=30` is an integer all the same, `thirty` is not."""
    assert said("GET", "/users/me/meetings?page_size=30&type=live") == []
    assert said("GET", "/users/me/meetings?page_size=thirty") == [
        "list_meetings: query.page_size must be an integer, but is 'thirty'"
    ]
    assert said("GET", "/users/me/meetings?page_size=30&page_size=60") == [
        "list_meetings: query.page_size is given more than once"
    ]


def test_python_boolean_in_a_query_is_refused() -> None:
    """`str(True)` is `True`, and Zoom reads only `true`."""
    assert said("GET", "/users/me?encrypted_email=true") == []
    assert said("GET", "/users/me?encrypted_email=True") == [
        "get_user: query.encrypted_email must be true or false, but is 'True'"
    ]


def test_list_in_a_query_is_joined_or_repeated_as_declared() -> None:
    """One half of Zoom wants `a,b`, the other wants the name twice; mixing them up loses all but one."""
    joined = next(o for o in contract.operations("virtual_agent").values() if o.name == "get_zva_engagements")
    given = validator.parameters_of(joined, [("agent_types", "chat,ai_voice")])
    assert given == {"agent_types": ["chat", "ai_voice"]}
    repeated = contract.operation("number_management", "delete_phone_numbers")
    given = validator.parameters_of(repeated, [("numbers", "+1"), ("numbers", "+2,3")])
    assert given == {"numbers": ["+1", "+2,3"]}


def test_missing_part_is_named() -> None:
    """A required parameter, a required field and the whole body."""
    assert said("GET", "/report/users") == [
        "get_active_or_inactive_host_reports: query.from is missing",
        "get_active_or_inactive_host_reports: query.to is missing",
    ]
    assert said("POST", "/meetings/1/registrants") == ["add_meeting_registrant: body is missing"]
    assert said("POST", "/meetings/1/registrants", {"first_name": "Jane"}) == [
        "add_meeting_registrant: body.email is missing"
    ]


def test_body_of_the_wrong_kind_is_refused() -> None:
    """A form instead of JSON, JSON that is none, a body where Zoom reads none."""
    assert said("POST", "/users/me/meetings", b"topic=x", "application/x-www-form-urlencoded") == [
        "create_meeting: body is application/x-www-form-urlencoded, but must be application/json"
    ]
    assert said("POST", "/users/me/meetings", b"topic=x", "") == [
        "create_meeting: body is of no declared type, but must be application/json"
    ]
    (message,) = said("POST", "/users/me/meetings", b"{'topic': 1}")
    assert message.startswith("create_meeting: body is not JSON: ")
    assert said("GET", "/users/me", {}) == ["get_user: body is sent, but Zoom declares none"]


def test_json_with_charset_or_suffix_is_json() -> None:
    """Clients add a charset, and SCIM asks for `application/scim+json`."""
    body = json.dumps({"topic": "x"}).encode()
    assert said("POST", "/users/me/meetings", body, "Application/JSON; charset=utf-8") == []
    assert said("POST", "/users/me/meetings", body, "application/scim+json") == []


def test_union_takes_a_body_that_fits_one_member_and_names_the_nearest() -> None:
    """Closing every member of a union must not make it refuse all; of many faults only those of the closest count."""
    operation = contract.Operation(
        "demo", "POST", "/demo", contract.Document("zoom:/demo", {"components": {"schemas": {}}}), union_facts()
    )
    match = contract.Match(operation, {}, {})

    def found(body: Any) -> list[str]:
        content = json.dumps(body).encode()
        return [str(each) for each in validator.check_request(match, [], {}, JSON, content)]

    assert found({"to": {"email": "a@example.com"}}) == []
    assert found({"to": {"channel": 7}}) == []
    assert found({"to": {"channel": "seven"}}) == ["demo: body.to.channel must be an integer, but is 'seven'"]
    assert found({"to": 5}) == ["demo: body.to must be an object, but is 5"]
    assert found({"to": {"email": "a@example.com", "channel": 7}}) != []


def union_facts() -> dict[str, Any]:
    """Return an operation whose body takes one object or another."""
    members = [
        {"type": "object", "properties": {"email": {"type": "string"}}, "required": ["email"]},
        {"type": "object", "properties": {"channel": {"type": "integer"}}, "required": ["channel"]},
    ]
    schema = {"type": "object", "properties": {"to": {"anyOf": members}}}
    body = {"content": {JSON: {"schema": schema}}, "required": True}
    return {"operationId": "demo", "parameters": [], "requestBody": body, "responses": {"204": {}}}


def test_upload_is_judged_part_by_part() -> None:
    """A file sent as text, a part of a wrong name and a number that is none look alike on the wire."""
    file = 'name="file"; filename="a.mp4"\r\nContent-Type: video/mp4\r\n\r\n\x00\x01 binary'
    good = form(file, 'name="part_number"\r\n\r\n1', 'name="upload_context"\r\n\r\nabc')
    upload = {"content_type": "multipart/form-data; boundary=b", "host": "fileapi.zoom.us"}
    assert said("POST", "/clips/files/multipart", good, **upload) == []
    bad = form('name="file"\r\n\r\ntext', 'name="part_number"\r\n\r\none', 'name="uploadcontext"\r\n\r\nabc')
    assert said("POST", "/clips/files/multipart", bad, **upload) == [
        "upload_clip_multipart_files: body.file must be a file: a part with a filename",
        "upload_clip_multipart_files: body.part_number must be an integer, but is 'one'",
        "upload_clip_multipart_files: body.upload_context is missing",
        "upload_clip_multipart_files: body.uploadcontext is unknown to Zoom; did you mean 'upload_context'?",
    ]


def test_torn_upload_is_refused() -> None:
    """A body that ends before its last boundary was cut on the way."""
    torn = form('name="file"; filename="a"\r\n\r\nx').removesuffix(b"--b--\r\n")
    assert said("POST", "/clips/files", torn, "multipart/form-data; boundary=b", host="fileapi.zoom.us") == [
        "upload_clip_file: body is not multipart, or ends before its last boundary"
    ]


def test_object_inside_an_upload_is_read_as_json_or_by_its_path() -> None:
    """Contact center's assets are lists of objects with a file in each; no document says how: both ways are taken."""
    named = ['name="asset_name"\r\n\r\nx', 'name="asset_type"\r\n\r\naudio']
    flat = form(
        *named,
        'name="asset_items[0].asset_item_name"\r\n\r\nenglish',
        'name="asset_items[0].upload_file"; filename="a.mp3"\r\n\r\nxx',
    )
    whole = form(*named, 'name="asset_items"\r\n\r\n[{"asset_item_name": "english"}]')
    wrong = form(*named, 'name="asset_items[0].asset_item_nam"\r\n\r\nenglish')
    path, kind = "/contact_center/asset_library/assets", "multipart/form-data; boundary=b"
    assert said("POST", path, flat, kind) == []
    assert said("POST", path, whole, kind) == []
    assert "did you mean 'asset_item_name'" in said("POST", path, wrong, kind)[0]


def test_uuid_that_is_encoded_only_once_is_refused() -> None:
    """Zoom's gateway decodes first: the slash ends the segment and another operation answers, or none."""
    assert said("GET", "/past_meetings/%252FaB3%253D%253D") == []
    assert said("GET", "/past_meetings/aB3%2FcD%3D%3D") == []
    (message,) = said("GET", "/past_meetings/%2FaB3%3D%3D")
    assert message.endswith("begins with a slash or has two in a row, so it must be percent-encoded twice")


def test_answer_outside_the_contract_is_seen() -> None:
    """An override that Zoom would never send makes a wrong test; unknown fields are what Zoom adds without notice."""
    operation = contract.operation("meetings", "get_meeting")

    _, whole = examples.make_answer(operation)

    def found(status: int, value: Any) -> list[str]:
        return [str(each) for each in validator.check_answer(operation, status, value)]

    assert found(200, {**whole, "brand_new": True}) == []
    assert found(200, {**whole, "duration": "long"}) == [
        "get_meeting: answer.duration must be an integer, but is 'long'"
    ]
    assert found(200, None) == ["get_meeting: answer must be an object, but is null"]
    assert found(404, {"code": 3001, "message": "gone"}) == []
    assert found(418, None)[0].startswith("get_meeting: answer has the status 418, but Zoom declares only ")
    delete = contract.operation("meetings", "delete_meeting")
    assert [each.rule for each in validator.check_answer(delete, 204, {})] == ["unknown"]


def test_event_outside_the_contract_is_seen() -> None:
    """A receiver must be tested with what Zoom posts."""
    assert [str(each) for each in validator.check_event("meeting.started", {"event": "meeting.started"})]
    with pytest.raises(KeyError):
        validator.check_event("meeting.begun", {})
