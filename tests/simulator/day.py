"""A day of a user: consent, meetings, a webinar, a recording, calls, chat, events, the next day, and the end of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, make_server

import attrs
import httpx
import pytest

from tests.client.worlds import AT_ONCE, World
from tests.simulator.receiving import SECRET
from zoom_api_client import errors
from zoom_api_client.connection import UserOAuth
from zoom_api_client.quota import Guard
from zoom_api_client.testing.simulator import Simulator
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT
from zoom_api_client.triggers import Receiver

FAMILIES = (
    "watch_meetings", "watch_webinars", "watch_recordings", "watch_phone_calls", "watch_chat_channels",
    "watch_chat_messages", "watch_user_activity",
)  # fmt: skip
OUTSIDE = "+12055550199"


@attrs.define
class Day:
    """A user's client of a simulator that is served, and what their receiver hears."""

    world: World
    simulator: Simulator
    base_url: str
    files: Path
    connection: UserOAuth = attrs.field(init=False)
    heard: SimpleQueue[tuple[str, str]] = attrs.field(factory=SimpleQueue, init=False)
    seen: list[tuple[str, str]] = attrs.field(factory=list, init=False)
    zoom: Any = attrs.field(init=False)

    async def live(self) -> None:
        """Live through it all, in its order."""
        self.connection = UserOAuth(DEFAULT.client_id, DEFAULT.client_secret, base_url=self.base_url, store="memory://")
        self.consent()
        self.zoom = self.client(guard=Guard("memory://", now=self.simulator.clock.now))
        with self.receiving():
            for hour in (
                self.meet, self.reach_the_limit, self.begin_another_day, self.hold_a_webinar, self.record, self.call,
                self.write, self.be_away, self.leave,
            ):  # fmt: skip
                await hour()
        await self.world.close(self.zoom)

    def client(self, **options: Any) -> Any:
        """Return a client of the kind of this world."""
        return self.world.kind(self.connection, base_url=self.base_url, retry=AT_ONCE, **options)

    def consent(self) -> None:
        """Press Allow on the consent page, and bring the code back."""
        page, _, query = self.connection.authorize_url().partition("?")
        assert httpx.get(f"{page}?{query}").status_code == 200
        said = httpx.post(page, data={**dict(parse_qsl(query)), "decision": "allow"})
        self.connection.exchange(said.headers["Location"])

    async def meet(self) -> None:
        """Hold a meeting with a guest; it is a past one then."""
        meeting = (await self.do(self.zoom.meetings.create("me", topic="Standup", duration=30))).id
        self.simulator.start_meeting(meeting)
        self.simulator.join(meeting, "Mei Chen", "mei@example.com")
        self.simulator.clock.advance(timedelta(minutes=30))
        await self.do(self.zoom.meetings.end(meeting))
        self.hear("watch_meetings", "meeting.created", "meeting.started", "meeting.participant_joined", "meeting.ended")
        past = await self.do(self.zoom.call("GET", f"/past_meetings/{meeting}"))
        assert (past["topic"], past["participants_count"]) == ("Standup", 2)

    async def reach_the_limit(self) -> None:
        """Schedule 100 meetings that day: one more is kept back here, and refused there."""
        for _ in range(99):
            await self.do(self.zoom.meetings.create("me", topic="Standup"))
        asked = len(self.simulator.exchanges)
        with pytest.raises(errors.QuotaExceeded):
            await self.do(self.zoom.meetings.create("me", topic="One too many"))
        assert "POST" not in [each.request.method for each in self.simulator.exchanges[asked:]]
        unguarded = self.client(guard=None)
        with pytest.raises(errors.RateLimited) as refusal:
            await self.do(unguarded.meetings.create("me", topic="One too many"))
        assert refusal.value.status == 429
        await self.world.close(unguarded)

    async def begin_another_day(self) -> None:
        """Go on with another token, and create again."""
        before = self.tokens_asked()
        self.simulator.clock.advance(timedelta(days=1))
        assert len(await self.all(self.zoom.meetings.list("me", page_size=100))) == 100
        assert (await self.do(self.zoom.meetings.create("me", topic="Retro"))).topic == "Retro"
        assert self.tokens_asked() == before + 1

    def tokens_asked(self) -> int:
        """Return how often a token was asked for."""
        return [each.request.path for each in self.simulator.exchanges].count("/oauth/token")

    async def hold_a_webinar(self) -> None:
        """Invite people to a webinar, of whom one registers and one speaks."""
        settings = {"approval_type": 1}
        webinar = (await self.do(self.zoom.webinars.create("me", topic="Launch", settings=settings))).id
        jane = {"email": "jane@example.com", "first_name": "Jane"}
        await self.do(self.zoom.webinars.add_registrant(webinar, **jane))
        await self.do(self.zoom.webinars.update_registrant_status(webinar, "approve", ["jane@example.com"]))
        approved = await self.all(self.zoom.webinars.list_registrants(webinar, status="approved"))
        await self.do(self.zoom.webinars.add_panelists(webinar, [{"name": "Omar", "email": "omar@example.com"}]))
        panelists = await self.all(self.zoom.webinars.list_panelists(webinar))
        assert ([each.email for each in approved], [each.name for each in panelists]) == (
            ["jane@example.com"],
            ["Omar"],
        )
        self.simulator.start_webinar(webinar)
        self.simulator.end_webinar(webinar)
        self.hear("watch_webinars", "webinar.created", "webinar.started", "webinar.ended")

    async def record(self) -> None:
        """Download what was recorded, once it is processed, through an answer that is cut and one that never comes."""
        meeting = (await self.do(self.zoom.meetings.create("me", topic="Demo"))).id
        self.simulator.start_meeting(meeting)
        await self.do(self.zoom.call("PATCH", f"/live_meetings/{meeting}/events", json={"method": "recording.start"}))
        self.simulator.clock.advance(timedelta(minutes=2))
        self.simulator.end_meeting(meeting)
        with pytest.raises(errors.NotFound, match="in process"):
            await self.do(self.zoom.recordings.for_meeting(meeting))
        self.simulator.clock.advance(timedelta(minutes=10))
        self.hear("watch_recordings", "recording.started", "recording.stopped", "recording.completed")
        self.simulator.faults.add("/rec/storage/*", truncates=True, times=1)
        self.simulator.faults.add("/rec/download/*", drops_connection=True, times=1)
        paths = await self.do(self.zoom.recordings.download(meeting, to=self.files))
        known = (await self.do(self.zoom.recordings.for_meeting(meeting))).recording_files
        assert not list(self.simulator.faults)
        assert sorted(each.stat().st_size for each in paths) == sorted(each.file_size for each in known)

    async def call(self) -> None:
        """Take a call, and find it in the log."""
        self.simulator.call(OUTSIDE, "owner@example.com", minutes=3)
        self.hear("watch_phone_calls", "phone.callee_ringing", "phone.callee_answered", "phone.callee_ended")
        (log,) = await self.all(self.zoom.phone.list_call_logs("me"))
        assert (log.caller_did_number, log.direction) == (OUTSIDE, "inbound")

    async def write(self) -> None:
        """Open a channel, and write there."""
        channel = await self.do(self.zoom.call("POST", "/chat/users/me/channels", json={"name": "Launch", "type": 1}))
        await self.do(self.zoom.chat.send_message("We are live", to_channel=channel["id"]))
        asked = {"to_channel": channel["id"]}
        read = await self.all(self.zoom.pages("GET", "/chat/users/me/messages", params=asked))
        assert [each["message"] for each in read] == ["We are live"]
        self.hear("watch_chat_channels", "chat_channel.created")
        self.hear("watch_chat_messages", "chat_message.sent")

    async def be_away(self) -> None:
        """Be away, which others see."""
        await self.do(self.zoom.call("PUT", "/users/me/presence_status", json={"status": "Away"}))
        assert (await self.do(self.zoom.call("GET", "/users/me/presence_status")))["status"] == "Away"
        self.hear("watch_user_activity", "user.presence_status_updated")

    async def leave(self) -> None:
        """Remove the app: its tokens end, and it is told and forgets them."""
        self.simulator.deauthorize(DEFAULT.client_id)
        self.hear("on", "app_deauthorized")
        with pytest.raises(errors.ConsentNeeded):
            await self.do(self.zoom.meetings.get(85746065432))

    async def do(self, result: Any) -> Any:
        """Return the result of a method."""
        return await self.world.of(result)

    async def all(self, pages: Any) -> list[Any]:
        """Return all of a list."""
        return await self.world.all(pages)

    def hear(self, trigger: str, *events: str) -> None:
        """Wait until a trigger has had all of some events."""
        wanted = {(trigger, each) for each in events}
        while wanted - set(self.seen):
            self.seen.append(self.heard.get(timeout=20))

    @contextmanager
    def receiving(self) -> Iterator[None]:
        """Serve a receiver with all seven triggers, to which the simulator delivers everything."""
        receiver = Receiver(secret_token=SECRET, inbox="memory://", connections=self.connection)
        for name in FAMILIES:
            getattr(receiver, name)()(self._hearing(name))
        receiver.on("app_deauthorized")(self._hearing("on"))
        server = make_server("127.0.0.1", 0, receiver.wsgi(), handler_class=_Quiet)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        self.simulator.events.subscribe(f"http://127.0.0.1:{server.server_port}/zoom", ["*"], secret_token=SECRET)
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
            receiver.close()

    def _hearing(self, name: str) -> Any:
        async def awaited(event: Any) -> None:
            self.heard.put((name, event.event))

        return (lambda event: self.heard.put((name, event.event))) if self.world.kind.__name__ == "Zoom" else awaited


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what came is in the day."""
