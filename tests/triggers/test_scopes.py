"""The scopes that events need: as Zoom's documents say, and no more."""

import json
from pathlib import Path

import pytest

from tests.triggers.conftest import Seen
from zoom_api_client import events
from zoom_api_client.core import event_groups
from zoom_api_client.triggers import Receiver, scopes

OPENAPI = Path(__file__).parents[2] / "openapi"


def _documented() -> dict[str, dict[str, list[str]]]:
    """Read what Zoom's documents say, without what was generated from them."""
    return {
        name: operation["post"].get("x-zoom", {}).get("scopes", {"classic": [], "granular": []})
        for path in OPENAPI.glob("*/webhooks.json")
        for name, operation in json.loads(path.read_text())["webhooks"].items()
    }


DOCUMENTED = _documented()


def test_every_event_has_one_of_its_own_scopes() -> None:
    """A scope too few, and Zoom sends nothing and says nothing."""
    for name in events.registry():
        granular = DOCUMENTED.get(name, {"granular": []})["granular"]  # of those beyond the documents none is known
        if granular:
            (scope,) = scopes([name])
            assert scope in granular
            assert set(scopes([name], level="admin")) <= set(granular)
    assert sum(not any(each.values()) for each in DOCUMENTED.values()) < 0.1 * len(DOCUMENTED)


def test_set_is_small_and_serves_all() -> None:
    """61 events of meetings do not take 61 scopes."""
    asked = scopes(event_groups.MEETINGS.events)
    assert len(asked) == 14
    assert all(set(DOCUMENTED[name]["granular"]) & set(asked) for name in event_groups.MEETINGS.events)


def test_levels_and_kinds_are_told_apart() -> None:
    """An app of the account has other scopes than one of a user, and an old app others again."""
    assert scopes(["meeting.started"]) == ("meeting:read:meeting",)
    assert scopes(["meeting.started"], level="admin") == ("meeting:read:meeting:admin",)
    assert scopes(["meeting.started"], kind="classic") == ("meeting:read",)
    assert scopes(["bot_installed", "session.started"]) == ()
    assert scopes([]) == ()


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (["meeting.strated"], "did you mean 'meeting.started'"),
        (["started"], "not an event of Zoom's"),
        ("meeting.started", "give a list"),
        (["session.user_qos"], "no granular scope"),
    ],
)
def test_question_that_has_no_answer_is_refused(of: list[str], said: str) -> None:
    """An empty answer would look like one."""
    with pytest.raises(ValueError, match=said):
        scopes(of)
    with pytest.raises(ValueError, match="level is 'owner': give one of 'user', 'admin', 'master'"):
        scopes([], level="owner")  # type: ignore[arg-type]


def test_names_are_read_once() -> None:
    """A generator is empty the second time, and an app that asks for no scope is sent nothing."""
    assert scopes(name for name in ["meeting.started"]) == scopes(["meeting.started"]) != ()


def test_receiver_names_the_scopes_of_what_it_watches(receiver: Receiver, seen: Seen) -> None:
    """Least privilege by asking."""
    assert receiver.scopes() == ()
    receiver.watch_user_activity()(seen)
    assert receiver.scopes() == ("user:read:presence_status", "user:read:user")
    receiver.watch_meetings("started")(seen)
    assert receiver.scopes(level="admin") == (
        "meeting:read:meeting:admin", "user:read:presence_status:admin", "user:read:user:admin"
    )  # fmt: skip
