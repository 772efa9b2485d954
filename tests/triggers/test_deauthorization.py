"""When the app is removed its tokens go, and the user's own hook is called."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.triggers.conftest import Seen
from zoom_api_client.connection import Connection, ConsentNeeded, Token, UserOAuth
from zoom_api_client.events.marketplace import AppDeauthorized
from zoom_api_client.testing.events import SECRET_TOKEN, zoom_event
from zoom_api_client.triggers import Receiver


def connection(store: Path, installation: str = "default", client_id: str = "app1") -> UserOAuth:
    """Return a connection that has a token."""
    made = UserOAuth(client_id, "a client secret", store=f"file://{store}", installation=installation)
    with made.store.lock(made._key):
        made._keep(Token("an access token", refresh_token="a refresh token"), None)
    return made


def removal(at: float | None = None, **fields: Any) -> bytes:
    """Return the body of the event."""
    return zoom_event("app_deauthorized", at=at, **{"client_id": "app1", "user_id": "user1", **fields}).body


def receiving(connections: Any) -> Receiver:
    """Return a receiver that knows connections."""
    return Receiver(secret_token=SECRET_TOKEN, inbox="memory://", connections=connections)


def is_forgotten(given: Connection) -> bool:
    """Return whether neither the object nor the store knows a token."""
    return given.store.load(given._key) is None and given._current is None


async def test_tokens_are_gone_and_the_hook_is_called(tmp_path: Path, seen: Seen) -> None:
    """They are gone from memory and from the disk; and Zoom may send it twice."""
    kept = connection(tmp_path)
    receiver = receiving(kept)
    receiver.on("app_deauthorized")(seen)
    for _ in range(2):
        await receiver.dispatch(removal())
    assert is_forgotten(kept)
    assert [type(each) for each in seen.events] == [AppDeauthorized] * 2
    with pytest.raises(ConsentNeeded):
        kept.token()
    receiver.close()


async def test_only_the_one_who_removed_the_app_loses_tokens(tmp_path: Path) -> None:
    """An app that many have added has a connection for each."""
    kept = {name: connection(tmp_path, name) for name in ("user1", "user2")}
    receiver = receiving(lambda event: kept.get(event.payload.user_id))
    await receiver.dispatch(removal(user_id="nobody of ours"))
    assert not any(map(is_forgotten, kept.values()))
    await receiver.dispatch(removal())
    assert [is_forgotten(each) for each in kept.values()] == [True, False]
    receiver.close()


async def test_event_of_another_app_takes_no_tokens(tmp_path: Path) -> None:
    """Two apps may have one receiver, and one secret is not the other's."""
    kept = connection(tmp_path, client_id="app2")
    receiver = receiving(kept)
    await receiver.dispatch(removal())
    assert not is_forgotten(kept)
    receiver.close()


@pytest.mark.parametrize("body", [b'{"event":"app_deauthorized"}', b'{"event":"app_deauthorized","payload":[]}'])
async def test_odd_event_does_what_it_says(body: bytes, tmp_path: Path) -> None:
    """It is signed: the app was removed."""
    kept = connection(tmp_path)
    receiver = receiving(kept)
    await receiver.dispatch(body)
    assert is_forgotten(kept)
    receiver.close()


async def test_hook_is_called_though_tokens_cannot_be_removed(seen: Seen) -> None:
    """The event is handled again until they can be."""

    def unknown(event: AppDeauthorized) -> Connection:
        raise OSError("the disk is away")

    receiver = receiving(unknown)
    receiver.on("app_deauthorized")(seen)
    body = removal()
    for _ in range(2):
        with pytest.raises(OSError, match="the disk is away"):
            await receiver.dispatch(body)
    assert len(seen.events) == 1
    receiver.close()


async def test_removal_that_is_older_than_the_consent_takes_no_tokens(tmp_path: Path) -> None:
    """Who has added the app again keeps its tokens, whenever the old event comes, and after renewals too."""
    consented = datetime.now(UTC)
    answer = {"access_token": "a", "refresh_token": "b", "expires_in": 3600}
    kept = UserOAuth("app1", "a client secret", store=f"file://{tmp_path}")
    with kept.store.lock(kept._key):
        first = kept._keep(Token.from_answer(answer, consented), None)
        renewed = Token.from_answer({**answer, "access_token": "c"}, consented + timedelta(hours=2), refresh_token="b")
        kept._keep(renewed, first)
    again = UserOAuth("app1", "a client secret", store=f"file://{tmp_path}")  # as another process knows it
    receiver = receiving(again)
    moment = consented.timestamp()
    await receiver.dispatch(removal(moment - 1))
    assert not is_forgotten(kept)
    assert again.token().access_token == "c"
    await receiver.dispatch(removal(moment + 1))
    assert again.store.load(again._key) is None
    receiver.close()


def test_consent_is_noted_where_a_user_gave_it() -> None:
    """Not with a renewal, and not with a token of the app itself; and it is kept in the store."""
    now = datetime.now(UTC)
    answer = {"access_token": "a", "refresh_token": "b"}
    token = Token.from_answer(answer, now)
    assert Token.from_json(token.to_json()).consented_at == now
    assert Token.from_answer(answer, now, refresh_token="old").consented_at is None
    assert Token.from_answer({"access_token": "a"}, now).consented_at is None
