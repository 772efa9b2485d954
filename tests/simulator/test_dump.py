"""A dump has all that a simulator remembers and all that waits: whoever loads it goes on where it stood."""

import base64
import json
import random
import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import attrs
import pytest

from tests.simulator.calling import Calling
from tests.simulator.frozen import FrozenZoom, read
from tests.simulator.receiving import SECRET, Receiver, receiving
from zoom_api_client.testing.simulator import limits
from zoom_api_client.testing.simulator.authorization import App
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT, DEVICE_CODE

BACK = "http://localhost:3000/back"


@attrs.define
class Morning:
    """A few hours in a simulator, step by step, in each of which something begins to wait or has waited."""

    receiver: Receiver
    zoom: FrozenZoom = attrs.field(factory=lambda: FrozenZoom(open=True, plan="pro"))
    known: dict[str, Any] = attrs.field(factory=dict)

    @property
    def calling(self) -> Calling:
        """Calls with any token."""
        return Calling(self.zoom)

    def subscribe(self) -> None:
        """Let somebody hear, who does not take the first event."""
        founded = dict.fromkeys(("created_at", "user_created_at"), self.zoom.state.now())
        self.zoom.seed({"users": [{"email": "owner@example.com", **founded}]})
        self.zoom.events.subscribe(self.receiver.url, ["meeting.*", "recording.*"], secret_token=SECRET)
        self.zoom.events.deliver()
        self.receiver.statuses = [503, 200]

    def schedule(self) -> None:
        """Schedule meetings, and ask for the first page of them."""
        for topic in ("One", "Two", "Three"):
            self.known["meeting"] = self.calling.post("/users/me/meetings", {"topic": topic})["id"]
        self.known["page"] = self.calling.get("/users/me/meetings", page_size=1)["next_page_token"]
        self.zoom.events.deliver()

    def turn_page(self) -> None:
        """Ask for the second page, ten minutes later, at which the event is taken that was not before."""
        self.zoom.clock.advance(timedelta(minutes=10))
        page = self.calling.get("/users/me/meetings", page_size=1, next_page_token=self.known["page"])
        assert [each["topic"] for each in page["meetings"]] == ["Two"]
        self.zoom.events.deliver()

    def record(self) -> None:
        """Record something, which is then in process."""
        self.zoom.record(self.known["meeting"], minutes=2)
        self.zoom.events.deliver()

    def consent(self) -> None:
        """Get a code."""
        asked = {"response_type": "code", "client_id": DEFAULT.client_id, "redirect_uri": BACK, "decision": "allow"}
        answer = self.zoom.browse("POST", "/oauth/authorize", asked)
        self.known["code"] = answer.headers["Location"].partition("code=")[2].partition("&")[0]

    def ask_for_device(self) -> None:
        """Get a code for a device, and ask too early whether the user has said yes."""
        self.known["device"] = read(self.zoom.ask("/oauth/devicecode", client_id=DEFAULT.client_id))
        form = {"grant_type": DEVICE_CODE, "device_code": self.known["device"]["device_code"]}
        assert read(self.zoom.ask("/oauth/token", **form))["error"] == "authorization_pending"

    def exchange(self) -> None:
        """Bring the code back, once."""
        form = {"grant_type": "authorization_code", "code": self.known["code"], "redirect_uri": BACK}
        self.known["token"] = read(self.zoom.ask("/oauth/token", **form))["access_token"]
        assert self.zoom.ask("/oauth/token", **form).status == 400

    def connect_device(self) -> None:
        """Say yes to the device, which asks again some seconds later."""
        typed = {"user_code": self.known["device"]["user_code"], "decision": "allow"}
        assert self.zoom.browse("POST", "/oauth_device", typed).status == 200
        self.zoom.clock.advance(60)
        form = {"grant_type": DEVICE_CODE, "device_code": self.known["device"]["device_code"]}
        assert self.zoom.ask("/oauth/token", **form).status == 200

    def write_for_later(self) -> None:
        """Write a message that is sent in an hour."""
        later = (self.zoom.clock.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        said = {"message": "Good morning", "to_contact": "another@example.com", "scheduled_time": later}
        self.calling.post("/chat/users/me/messages", said)

    def break_down(self) -> None:
        """Let two requests fail, of which one comes now."""
        self.zoom.faults.add("users.get_user", raises=503, times=2)
        assert self.calling.answer("GET", "/users/me").status == 503

    def break_down_again(self) -> None:
        """Let the other request fail, and no third."""
        assert [self.calling.answer("GET", "/users/me").status for _ in range(2)] == [503, 200]

    def wait_for_files(self) -> None:
        """Find the recording that was in process, and that it was told of."""
        self.zoom.clock.advance(timedelta(minutes=5))
        self.zoom.events.deliver()
        assert self.calling.get(f"/meetings/{self.known['meeting']}/recordings")["recording_count"] == 3
        assert "recording.completed" in self.receiver.events

    def read_message(self) -> None:
        """Find the message that was written for later."""
        self.zoom.clock.advance(timedelta(hours=1))
        (message,) = self.calling.get("/chat/users/me/messages", to_contact="another@example.com")["messages"]
        assert message["message"] == "Good morning"

    def reach_the_limit(self) -> None:
        """Schedule as many meetings as may be in a day: three were scheduled before."""
        statuses = []
        for _ in range(8):
            self.zoom.clock.advance(1)
            statuses.append(self.calling.answer("POST", "/users/me/meetings", {"topic": "More"}).status)
        assert statuses == [201] * 7 + [429]

    def be_expired(self) -> None:
        """Find that the token has ended with its hour."""
        self.zoom.authorization._open = False
        assert read(self.zoom.call(self.known["token"]))["code"] == 124
        self.zoom.authorization._open = True

    def steps(self) -> list[Callable[[], None]]:
        """Return all that happens, in its order."""
        return [
            self.subscribe, self.schedule, self.turn_page, self.record, self.consent, self.ask_for_device,
            self.exchange, self.connect_device, self.write_for_later, self.break_down, self.break_down_again,
            self.wait_for_files, self.read_message, self.be_expired, self.reach_the_limit,
        ]  # fmt: skip

    def go_on_elsewhere(self) -> None:
        """Load the dump, as JSON, into another simulator, and go on there."""
        dumped = json.dumps(self.zoom.dump())
        self.zoom = FrozenZoom(open=True, plan="pro", seed=7)
        self.zoom.load(json.loads(dumped))
        assert json.dumps(self.zoom.dump()) == dumped


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Return a receiver that takes everything."""
    with receiving(Receiver()) as receiver:
        yield receiver


@pytest.fixture(autouse=True)
def chance(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let tokens be the same each time, and ten meetings a day be too many; return what begins anew."""
    dice = random.Random()

    def token(size: int = 16) -> str:
        return base64.urlsafe_b64encode(dice.randbytes(size)).decode().rstrip("=")

    monkeypatch.setattr(secrets, "token_urlsafe", token)
    monkeypatch.setattr(secrets, "token_hex", lambda size: dice.randbytes(size).hex())
    monkeypatch.setattr(secrets, "choice", dice.choice)
    monkeypatch.setattr(limits, "PER_USER", 10)
    return lambda: dice.seed(0)


def test_a_morning_that_is_cut_anywhere_ends_as_one_that_is_not(receiver: Receiver, chance: Callable[[], None]) -> None:
    """Whatever waits at the cut (repeats, files, codes, drafts, limits, faults) waits on in the other simulator."""

    def live(cut: int | None) -> tuple[dict[str, Any], list[bytes]]:
        chance()
        receiver.came, receiver.statuses = [], [200]
        morning = Morning(receiver)
        for number in range(len(morning.steps())):
            if number == cut:
                morning.go_on_elsewhere()
            morning.steps()[number]()
        return morning.zoom.dump(), [body for _, body in receiver.came]

    uncut = live(None)
    for cut in range(1, len(Morning(receiver).steps())):
        assert live(cut) == uncut, Morning(receiver).steps()[cut].__name__


def test_clock_that_runs_is_as_far_from_the_real_one(chance: Callable[[], None]) -> None:
    """A state that was set to next month is there after a restart, and time has not stood still meanwhile."""
    zoom = FrozenZoom()
    zoom.clock.set(zoom.clock.real() + timedelta(days=30), frozen=False)
    other = FrozenZoom()
    other.load(zoom.dump())
    assert timedelta(days=29, hours=23) < other.clock.now() - other.clock.real() < timedelta(days=30, hours=1)
    assert not other.clock.is_frozen


@pytest.mark.parametrize(
    "damage",
    [
        lambda state: state.pop("owner"),
        lambda state: state["rows"].append({"account": 1}),
        lambda state: state["rows"][0].update(fields=[]),
        lambda state: state["rows"][0].update(key=[7]),
        lambda state: state["clock"]["due"].append(["2026-11-25T12:00:00+00:00", "os.system", "true"]),
        lambda state: state["clock"]["due"].append(["2026-11-25T12:00:00+00:00", "send_draft"]),
        lambda state: state["clock"].update(moved="far"),
        lambda state: state["clock"].update(moved=1e300),
        lambda state: state["clock"].update(stands="noon"),
        lambda state: state["authorization"].update(tokens=[{}]),
        lambda state: state["events"].update(deliveries=[{"event": "x"}]),
        lambda state: state["faults"].append({"on": "nobody.knows", "raises": 503}),
        lambda state: state["limits"].update(days=[["today", 1]]),
        lambda state: state.update(seed="seven"),
        lambda state: state.update(authorization=None),
    ],
)
def test_damaged_dump_is_refused_and_changes_nothing(damage: Callable[[dict[str, Any]], None]) -> None:
    """Half of a state is worse than none: the one that was there stays."""
    zoom = FrozenZoom(plan="pro")
    zoom.authorization.apps.register(App("mine"))
    state = json.loads(json.dumps(zoom.dump()))
    damage(state)
    before = zoom.dump()
    with pytest.raises(ValueError, match="not a state that a simulator wrote"):
        zoom.load(state)
    assert zoom.dump() == before
