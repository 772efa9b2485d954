"""Hosting: what people do in meetings and webinars, and no operation does: they start, join, leave and end them.

    simulator.start_meeting(85746065432)
    simulator.join(85746065432, "Mei Chen", "mei@example.com")
    simulator.clock.advance(1800)
    simulator.end_meeting(85746065432)

From here on it is a past meeting, with its participants.
"""

from __future__ import annotations

from zoom_api_client.testing.simulator import sessions
from zoom_api_client.testing.simulator.live import Session
from zoom_api_client.testing.simulator.sessions import KINDS, MEETINGS, WEBINARS, Kind
from zoom_api_client.testing.simulator.state import State

Id = int | str


class Hosting:
    """The part of a simulator that lets people meet. Each of its methods sends the events that Zoom sends then."""

    state: State

    def start_meeting(self, meeting_id: Id) -> None:
        """Start a meeting, as its host does, who joins it. It gets the UUID of this one time."""
        with self.state.store.lock:
            self._session(MEETINGS, meeting_id).start()

    def end_meeting(self, meeting_id: Id) -> None:
        """End a meeting, and let all leave who are in it."""
        with self.state.store.lock:
            self._session(MEETINGS, meeting_id).end()

    def start_webinar(self, webinar_id: Id) -> None:
        """Start a webinar, as its host does, who joins it."""
        with self.state.store.lock:
            self._session(WEBINARS, webinar_id).start()

    def end_webinar(self, webinar_id: Id) -> None:
        """End a webinar, and let all leave who are in it."""
        with self.state.store.lock:
            self._session(WEBINARS, webinar_id).end()

    def join(self, session_id: Id, name: str, email: str = "") -> str:
        """Let somebody join a meeting or a webinar that is started; return the `user_id` that they have in it.

        Who has the e-mail address of a registrant or of a user is taken for them.
        """
        with self.state.store.lock:
            return self._live(session_id).join(name, email)

    def leave(self, session_id: Id, who: str) -> None:
        """Let somebody leave, by the `user_id`, the e-mail address or the name that they joined with."""
        with self.state.store.lock:
            session = self._live(session_id)
            present = session.present()
            known = ("user_id", "user_email", "name")
            row = next((each for each in present if who in [each.fields[name] for name in known]), None)
            if row is None:
                raise LookupError(f"{who!r} is not in it; there are {[each.fields['name'] for each in present]}")
            session.leave(row)

    def _live(self, session_id: Id) -> Session:
        for kind in KINDS:
            row = sessions.find(self.state, self.state.owner.account, kind, session_id)
            if row and (session := Session(self.state, kind, row)).live:
                return session
        raise LookupError(f"{session_id} is not started: start_meeting and start_webinar do it")

    def _session(self, kind: Kind, session_id: Id) -> Session:
        row = sessions.find(self.state, self.state.owner.account, kind, session_id)
        if row is None:
            raise LookupError(f"there is no {kind.name} {session_id}: create it first, or put it there with seed()")
        return Session(self.state, kind, row)
