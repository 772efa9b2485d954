"""What was created shows what was given and what Zoom adds, not what the contract's example happens to say."""

import pytest

from tests.simulator.calling import Calling
from zoom_api_client.testing.simulator import resources
from zoom_api_client.testing.simulator.resources import LOOKS, Resource, facts
from zoom_api_client.testing.simulator.shapes import body
from zoom_api_client.testing.simulator.store import Row

CREATED = [each for each in resources.every().values() if each.by_action("create", "add")]


@pytest.mark.parametrize("kind", ["meetings", "webinars"])
def test_a_session_is_its_creators(kind: str) -> None:
    """It has the host's address and one number, and nothing that only a creator can say."""
    zoom = Calling()
    made = zoom.post(f"/users/me/{kind}", {"topic": "Launch"})
    for shown in (made, zoom.get(f"/{kind}/{made['id']}")):
        assert (shown["host_email"], shown["topic"], shown["agenda"]) == ("owner@example.com", "Launch", "")
        assert shown["join_url"].startswith(f"https://zoom.us/j/{made['id']}?")
        assert not shown.keys() & {"occurrences", "recurrence", "tracking_fields", "template_id", "assistant_id"}
        assert not shown["settings"].keys() & {"contact_email", "contact_name", "language_interpretation"}
        assert not shown["settings"].keys() & {"custom_keys", "enforce_login_domains", "authentication_name"}


@pytest.mark.parametrize("kind", ["meetings", "webinars"])
def test_a_registrant_has_told_no_more_than_was_sent(kind: str) -> None:
    """A list of three columns that is imported comes back without an address or answers to questions."""
    zoom, sent = Calling(), {"email": "mei@example.com", "first_name": "Mei", "last_name": "Lin"}
    made = zoom.post(f"/users/me/{kind}", {"topic": "Launch", "settings": {"approval_type": 0}})
    zoom.post(f"/{kind}/{made['id']}/registrants", sent)
    (registrant,) = zoom.get(f"/{kind}/{made['id']}/registrants")["registrants"]
    assert registrant.keys() - sent.keys() <= {"id", "status", "create_time", "join_url"}
    assert registrant.items() >= sent.items()


def test_a_user_has_only_what_was_said() -> None:
    """A later change may add more: a department, a phone number, a language."""
    zoom = Calling()
    zoom.post("/users", {"action": "create", "user_info": {"email": "mei@example.com", "type": 1, "first_name": "Mei"}})
    shown = zoom.get("/users/mei@example.com")
    assert (shown["first_name"], shown["type"]) == ("Mei", 1)
    assert not shown.keys() & {"dept", "job_title", "company", "location", "phone_number", "language", "manager"}


def test_a_default_is_shown_where_nothing_is_said() -> None:
    """False and 0 are defaults as well."""
    settings = Calling().post("/users/me/meetings", {"topic": "Launch"})["settings"]
    assert (settings["audio"], settings["mute_upon_entry"], settings["jbh_time"]) == ("both", False, 0)


@pytest.mark.parametrize("resource", CREATED, ids=lambda each: each.name)
def test_what_nobody_said_is_its_default_or_nothing(resource: Resource) -> None:
    """This holds for every field of a body, whichever example a row looks like."""
    operations = resource.by_action("create", "add", "change")
    bodies = [body(each).at(facts(each).body or facts(each).items).fields or {} for each in operations]
    for number in range(LOOKS):
        shown = resources.look_of(Row("account", resource.name, (str(number),), {}))
        for fields in bodies:
            told = {name: value for name, value in shown.items() if name in fields and not isinstance(value, dict)}
            assert all(value == fields[name].default for name, value in told.items())
