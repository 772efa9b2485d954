"""Events of the simulator: what is delivered to whom, how it is signed, and how often it is tried."""

import json
from collections.abc import Iterator

import pytest

from tests.simulator.calling import Calling
from tests.simulator.frozen import FrozenZoom, read
from tests.simulator.receiving import CHALLENGE, SECRET, Receiver, receiving, sign
from zoom_api_client.testing import validator
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT
from zoom_api_client.testing.simulator.events.subscriptions import is_near


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Return a receiver that takes everything."""
    with receiving(Receiver()) as receiver:
        yield receiver


@pytest.fixture
def zoom() -> Calling:
    """Return a simulator whose clock stands."""
    return Calling(FrozenZoom(open=True))


def subscribe(zoom: Calling, receiver: Receiver, *events: str) -> None:
    """Subscribe a receiver to events, and let its URL be challenged."""
    zoom.simulator.events.subscribe(receiver.url, events or ("*",), secret_token=SECRET)
    zoom.simulator.events.deliver()


def test_what_is_created_changed_and_deleted_is_reported(zoom: Calling, receiver: Receiver) -> None:
    """A receiver hears of each, in order, with what was created."""
    subscribe(zoom, receiver)
    meeting = zoom.post("/users/me/meetings", {"topic": "Planning"})["id"]
    zoom.patch(f"/meetings/{meeting}", {"topic": "Other"})
    zoom.delete(f"/meetings/{meeting}")
    assert zoom.simulator.events.deliver() == 3
    assert receiver.events == ["meeting.created", "meeting.updated", "meeting.deleted"]
    created, updated, _ = (json.loads(body)["payload"] for _, body in receiver.came)
    assert (created["object"]["id"], created["object"]["topic"]) == (meeting, "Planning")
    assert (updated["old_object"]["topic"], updated["object"]["topic"]) == ("Planning", "Other")
    assert (created["account_id"], created["operator"]) == (zoom.simulator.state.owner.account, "owner@example.com")


def test_deliveries_are_signed_as_zoom_signs(zoom: Calling, receiver: Receiver) -> None:
    """The signature is over the bytes that came; its time is the receiver's, whatever the simulator's clock says."""
    subscribe(zoom, receiver)
    zoom.post("/users/me/meetings", {"topic": "Résumé"})
    zoom.simulator.events.deliver()
    headers, body = receiver.came[0]
    stamp = headers["x-zm-request-timestamp"]
    assert headers["x-zm-signature"] == "v0=" + sign(SECRET, b"v0:" + stamp.encode() + b":" + body)
    assert abs(int(stamp) - zoom.simulator.clock.real().timestamp()) < 60
    assert json.loads(body)["event_ts"] == zoom.simulator.clock.now().timestamp() * 1000


def test_failed_delivery_is_repeated_on_the_clock(zoom: Calling, receiver: Receiver) -> None:
    """After 5, 20 and 60 minutes: the same body under the same name, and then never again."""
    receiver.statuses = [500, 503, 500, 500]
    subscribe(zoom, receiver, "meeting.created")
    zoom.post("/users/me/meetings", {"topic": "Planning"})
    came = []
    for minutes in (0, 4, 1, 19, 1, 59, 1, 600):
        zoom.simulator.clock.advance(minutes * 60)
        zoom.simulator.events.deliver()
        came.append(len(receiver.came))
    assert came == [1, 1, 2, 2, 3, 3, 4, 4]
    assert len({(headers["x-zm-request-id"], body) for headers, body in receiver.came}) == 1
    assert [each.status for each in zoom.simulator.events.deliveries[-1].attempts] == [500, 503, 500, 500]


@pytest.mark.parametrize("status", [204, 302, 404])
def test_what_the_receiver_answered_is_not_repeated(zoom: Calling, receiver: Receiver, status: int) -> None:
    """Only a failure is: Zoom drops what was refused."""
    receiver.statuses = [status]
    subscribe(zoom, receiver, "meeting.created")
    zoom.post("/users/me/meetings", {"topic": "Planning"})
    for _ in range(3):
        zoom.simulator.events.deliver()
        zoom.simulator.clock.advance(7200)
    assert len(receiver.came) == 1


def test_nothing_is_delivered_to_a_url_that_fails_the_challenge(zoom: Calling, receiver: Receiver) -> None:
    """The receiver has to know the secret; when it does, it gets what happens from then on."""
    receiver.secret = "another"
    subscribe(zoom, receiver)
    zoom.post("/users/me/meetings", {"topic": "Lost"})
    zoom.simulator.events.deliver()
    assert receiver.came == []
    receiver.secret = SECRET
    zoom.post("/users/me/meetings", {"topic": "Planning"})
    zoom.simulator.events.deliver()
    assert receiver.events == ["meeting.created"]
    assert [each.event for each in zoom.simulator.events.deliveries].count(CHALLENGE) == 3


def test_api_subscribes_and_ends_it(zoom: Calling, receiver: Receiver) -> None:
    """A program that manages its subscriptions finds them in the list, and is told of what it asked for only."""
    receiver.secret = DEFAULT.secret_token
    asked = {"event_webhook_url": receiver.url, "events": ["user.created"], "subscription_scope": "account"}
    made = zoom.post("/marketplace/app/event_subscription", asked)["event_subscription_id"]
    listed = zoom.get("/marketplace/app/event_subscription", user_id="me", account_id="me")
    assert [each["event_subscription_id"] for each in listed["event_subscriptions"]] == [made]
    assert DEFAULT.secret_token not in json.dumps(listed)
    people = [{"email": f"{name}@example.com", "type": 1, "first_name": name} for name in ("Mei", "Omar")]
    zoom.post("/users/me/meetings", {"topic": "Planning"})
    zoom.post("/users", {"action": "create", "user_info": people[0]})
    zoom.simulator.events.deliver()
    assert (receiver.events, receiver.challenges) == (["user.created"], 1)
    zoom.delete(f"/marketplace/app/event_subscription/{made}")
    zoom.post("/users", {"action": "create", "user_info": people[1]})
    assert zoom.simulator.events.deliver() == 0


def test_examples_in_tests_are_not_sent_to_strangers(zoom: Calling) -> None:
    """The URL of an example is somebody's: what is subscribed so is challenged in no network."""
    asked = {"event_webhook_url": "https://example.com/hook", "events": ["*"], "subscription_scope": "account"}
    zoom.post("/marketplace/app/event_subscription", asked)
    zoom.simulator.events.deliver()
    assert [each.answer for each in zoom.simulator.events.deliveries[0].attempts] == [
        "not sent: the URL is not of this machine or its network"
    ]


@pytest.mark.parametrize(
    ("url", "near"),
    [
        ("http://127.0.0.1:8080/", True), ("http://localhost/x", True), ("http://app:8000/hook", True),
        ("https://10.1.2.3/", True), ("http://host.docker.internal/", True), ("http://[::1]:80/", True),
        ("https://example.com/", False), ("http://8.8.8.8/", False), ("ftp://localhost/", False), ("http://[", False),
        ("", False),
    ],
)  # fmt: skip
def test_near_is_this_machine_and_its_network(url: str, near: bool) -> None:
    """Containers call each other by names without a dot."""
    assert is_near(url) is near


def test_reset_keeps_what_was_subscribed_beside_the_api(zoom: Calling, receiver: Receiver) -> None:
    """Tests that begin again each time would have to subscribe again each time."""
    subscribe(zoom, receiver, "meeting.created")
    zoom.simulator.reset()
    zoom.post("/users/me/meetings", {"topic": "Planning"})
    zoom.simulator.events.deliver()
    assert receiver.events == ["meeting.created"]


def test_removed_app_is_told_and_its_tokens_end(zoom: Calling, receiver: Receiver) -> None:
    """Deauthorization: what the app has of the user is over at once, and it hears why."""
    frozen = FrozenZoom()
    zoom = Calling(frozen)
    subscribe(zoom, receiver)
    token = frozen.give(client_id=DEFAULT.client_id)
    assert frozen.call(token).status == 200
    assert frozen.deauthorize(DEFAULT.client_id) == 1
    assert (frozen.call(token).status, read(frozen.call(token))["code"]) == (401, 124)
    frozen.events.deliver()
    content = json.loads(receiver.came[0][1])
    assert (content["event"], content["payload"]["client_id"]) == ("app_deauthorized", DEFAULT.client_id)
    assert content["payload"]["user_id"] == frozen.state.owner.user
    assert validator.check_event("app_deauthorized", content) == []
