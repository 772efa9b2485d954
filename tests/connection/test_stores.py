"""Every store keeps the promises of the protocol; each has some of its own."""

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
from cryptography.fernet import Fernet

from tests.client.loopback import Reply
from tests.connection.authorization_server import CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, AuthorizationServer
from tests.connection.conftest import Clock
from tests.connection.renewing import connection as shared_connection
from tests.connection.test_single_flight import expired
from zoom_api_client.connection import Store, Token, UserOAuth
from zoom_api_client.connection.stores import base
from zoom_api_client.connection.stores.base import open_store
from zoom_api_client.connection.stores.keyring import KeyringStore
from zoom_api_client.connection.stores.redis import RedisStore, _name
from zoom_api_client.core import executor
from zoom_api_client.errors import ConnectionFailed, MissingExtra, StoreFailed

KEY = "userOAuth-1"


def test_what_is_saved_comes_back_until_it_is_deleted(any_store: str) -> None:
    """A save ends what was received, and a delete ends both."""
    store = open_store(any_store)
    with store.lock(KEY):
        assert (store.load(KEY), store.load_answer(KEY)) == (None, None)
        store.save(KEY, '{"é": 1}')
        with store.record_answer(KEY) as keep:
            assert keep(b"one\xff") > 0
            assert store.load_answer(KEY) == b"one\xff"
            keep(b"two")
        assert (store.load(KEY), store.load_answer(KEY)) == ('{"é": 1}', b"one\xfftwo")
        with store.record_answer(KEY) as keep:
            keep(b"three")
        assert store.load_answer(KEY) == b"three"
        store.save(KEY, "{}")
        assert (store.load(KEY), store.load_answer(KEY)) == ("{}", None)
    with store.lock(KEY), store.record_answer(KEY) as keep:
        keep(b"four")
        store.delete(KEY)
    with store.lock("another"), store.lock(KEY):
        assert (store.load(KEY), store.load_answer(KEY), store.load("another")) == (None, None, None)
    closed(store)


def test_a_stored_token_is_read_without_the_lock_and_another_thread(
    any_store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A web application has a connection for each request that it serves, and may renew a token meanwhile."""
    store = open_store(any_store)
    first, second = (UserOAuth(CLIENT_ID, CLIENT_SECRET, store=store) for _ in range(2))
    token = Token("a token", datetime.now(UTC) + timedelta(hours=1), "a refresh token")
    with store.lock(first._key):
        store.save(first._key, token.to_json())
        monkeypatch.setattr(executor, "submit", None)
        assert second.token() == token
    closed(store)


def test_locks_leave_nothing_behind_where_no_token_is_kept(tmp_path: Path, clean_redis: str) -> None:
    """Whoever asks for installations that there are not would fill the disk, and the memory of Redis.

    A day later there is nothing in Redis: until then a holder that was paused is told from a later one.
    """
    for url in (f"file://{tmp_path}", clean_redis):
        store = open_store(url)
        with store.lock("asked for"):
            pass
        with store.lock("forgotten"):
            store.save("forgotten", "{}")
            store.delete("forgotten")
        for each in ("kept", "received"):
            with store.lock(each), store.record_answer(each) as keep:
                keep(b"one")
                store.delete(each)
        with store.lock("kept"):
            store.save("kept", "{}")
        with store.lock("received"), store.record_answer("received") as keep:
            keep(b"one")
        closed(store)
    assert sorted({path.stem for path in tmp_path.iterdir()}) == ["kept", "received"]
    with redis.Redis.from_url(clean_redis) as client:
        lasting = {key for key in ("asked for", "forgotten", "kept", "received") if client.ttl(_name(key)) == -1}
        assert lasting == {"kept", "received"}
        assert client.ttl(_name("asked for")) <= 86_400


def test_only_one_holds_the_lock(any_store: str) -> None:
    """Twenty threads, one at a time."""
    store, inside, most = open_store(any_store), 0, 0

    def hold() -> None:
        nonlocal inside, most
        with store.lock(KEY):
            inside += 1
            most = max(most, inside)
            time.sleep(0.002)
            inside -= 1

    threads = [threading.Thread(target=hold) for _ in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert most == 1
    closed(store)


def test_waiting_for_the_lock_ends(tmp_path: Path, clean_redis: str, a_keyring: None) -> None:
    """A holder that never ends is a failure that is reported, for the others."""
    for holder, other in (
        (KeyringStore(tmp_path), KeyringStore(tmp_path, wait=0.05)),
        (RedisStore(clean_redis), RedisStore(clean_redis, wait=0.05)),
    ):
        with holder.lock(KEY), pytest.raises(ConnectionFailed, match="held the lock"), other.lock(KEY):
            pass
        closed(holder, other)


def test_the_lock_of_the_dead_ends_and_that_of_the_living_does_not(clean_redis: str) -> None:
    """A holder prolongs its lock while it lives; what nobody prolongs is free after the lease."""
    store, other = RedisStore(clean_redis, lease=0.3), RedisStore(clean_redis, wait=0.6)
    with store.lock(KEY), pytest.raises(ConnectionFailed, match="held the lock"), other.lock(KEY):
        pass
    with redis.Redis.from_url(clean_redis) as client:
        client.set(f"zoom:token:{{{KEY}}}:lock", "somebody who was killed", px=300)
    with other.lock(KEY):
        other.save(KEY, "{}")
    closed(store, other)


def test_a_late_holder_overwrites_nothing_newer(clean_redis: str) -> None:
    """It was paused, its lock is another's: what that one saved stays, and nothing is sent any more."""
    late, other = RedisStore(clean_redis), RedisStore(clean_redis)
    with redis.Redis.from_url(clean_redis) as client, late.lock(KEY), late.record_answer(KEY) as keep_late:
        client.delete(f"zoom:token:{{{KEY}}}:lock")
        with other.lock(KEY):
            late.save(KEY, "late, and the only one")
            assert other.load(KEY) == "late, and the only one"
            with other.record_answer(KEY) as keep:
                keep(b"newer")
                assert keep_late(b"late") == 4
                assert other.load_answer(KEY) == b"newer"
            other.save(KEY, "newer")
        with pytest.raises(ConnectionFailed, match="newer token"):
            late.save(KEY, "late")
        with pytest.raises(ConnectionFailed, match="nothing was sent"), late.record_answer(KEY):
            pass
        with pytest.raises(ConnectionFailed, match="newer token"):
            late.delete(KEY)
        assert late.load(KEY) == "newer"
    closed(late, other)


def test_a_connection_that_was_overtaken_uses_what_is_newer(server: AuthorizationServer, clean_redis: str) -> None:
    """The attempt counts as one that was never sent, and the next has the newer token."""
    connection = expired(server, clean_redis)
    store, read = connection.store, server._answered

    def overtaken(*sent: object) -> object:
        reply = read(*sent)  # type: ignore[arg-type]
        with redis.Redis.from_url(clean_redis) as client:
            client.delete(f"zoom:token:{{{connection._key}}}:lock")
        other = RedisStore(clean_redis)
        with other.lock(connection._key):
            other.save(connection._key, '{"access_token": "newer"}')
        other.close()
        return reply

    server._answered = overtaken  # type: ignore[method-assign, assignment]
    assert connection.token().access_token == "newer"
    assert server.count["refresh_token"] == 1
    closed(store)


def test_a_refresh_token_that_another_spent_asks_for_no_consent(
    server: AuthorizationServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another machine, which a lock did not keep out, was first: what it saved is used, and nobody has to consent."""
    connection, answered = expired(server, f"file://{tmp_path}"), server._answered

    def first(*sent: Any) -> Reply:
        monkeypatch.setattr(server, "_answered", answered)
        newer = Token.from_answer(json.loads(answered(*sent).body), datetime.now(UTC))
        connection.store.save(connection._key, newer.to_json())
        return answered(*sent)

    monkeypatch.setattr(server, "_answered", first)
    assert connection.token().refresh_token == server.current_refresh
    assert server.count["refresh_token"] == 2


def test_a_redis_that_goes_away_loses_no_token(server: AuthorizationServer, clean_redis: str) -> None:
    """What Zoom answered meanwhile is used from memory, and saved when Redis is back."""
    connection = expired(server, clean_redis)
    store, answered = connection.store, server._answered
    assert isinstance(store, RedisStore)
    there = store._client

    def gone(*sent: object) -> object:
        store._client = store._begin = store._keep = store._save = away  # type: ignore[assignment]
        return answered(*sent)  # type: ignore[arg-type]

    def away(*given: object, **named: object) -> object:
        raise redis.ConnectionError("SECRET-answer")

    kept = store._begin, store._keep, store._save
    server._answered = gone  # type: ignore[method-assign, assignment]
    assert connection.token().refresh_token == server.current_refresh
    store._client, (store._begin, store._keep, store._save) = there, kept
    connection._patient_until = None  # as after half a minute
    assert connection.token().refresh_token == server.current_refresh
    with store.lock(connection._key):
        assert server.current_refresh in (store.load(connection._key) or "")
    assert server.count["refresh_token"] == 1
    closed(store)


def test_a_redis_that_is_away_stops_no_living_token(
    server: AuthorizationServer, clean_redis: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Renewal begins 5 minutes early: until the hour is over the old token serves."""
    server.expires_in = 240
    connection = shared_connection(server.origin, clean_redis)
    token = connection.exchange(server.consent(connection.authorize_url()))
    monkeypatch.setattr(connection, "_is_good", lambda token, rejected: False)
    closed(connection.store)
    monkeypatch.setattr(connection.store, "lock", RedisStore("redis://127.0.0.1:9").lock)
    assert connection.token() == token


@pytest.mark.parametrize("loss", ["emptied", "rolled back"])
def test_a_store_that_lost_the_newest_token_gets_it_back(
    loss: str, any_store: str, server: AuthorizationServer, clock: Clock
) -> None:
    """A store that was emptied, or restored from a copy, is given what the process holds: no consent is needed."""
    connection = UserOAuth(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, oauth_url=server.origin, store=any_store, now=clock)
    connection.exchange(server.consent(connection.authorize_url()))
    key, store = connection._key, connection.store
    copy = store.load(key)
    assert copy is not None
    clock.forward(hours=1)
    renewed = connection.token()
    with store.lock(key):
        if loss == "emptied":
            store.delete(key)
        else:
            store.save(key, copy)
    clock.forward(hours=1)
    newest = connection.token()
    assert newest != renewed
    assert Token.from_json(store.load(key) or "") == newest
    closed(store)


def test_a_redis_that_is_not_there_is_reported() -> None:
    """Without the password that stands in the URL."""
    store = RedisStore("redis://user:SECRET-pass@127.0.0.1:9/1")
    with pytest.raises(ConnectionFailed, match="Redis could not be asked"), store.lock(KEY):
        pass
    assert repr(store) == "RedisStore('redis://127.0.0.1:9/1')"
    closed(store)


@pytest.mark.parametrize("kind", ["file", "keyring", "redis"])
def test_what_is_not_a_text_of_the_store_is_reported(
    kind: str, tmp_path: Path, clean_redis: str, a_keyring: None
) -> None:
    """Another program wrote it, or another key sealed it: the error says what to do, and quotes nothing."""
    url = clean_redis if kind == "redis" else f"{kind}://{tmp_path}"
    store = open_store(url)
    with store.lock(KEY):
        store.save(KEY, "text")
    if isinstance(store, RedisStore):
        store._client.hset(_name(KEY), "text", b"secret \xff")
    else:
        (tmp_path / f"{KEY}.{store.suffix}").write_bytes(b"secret \xff")  # type: ignore[attr-defined]
    with pytest.raises(StoreFailed, match=rf"{KEY} is not a token .* delete\(\) it") as told:
        store.load(KEY)
    assert (told.value.__cause__, told.value.__context__) == (None, None)
    assert "secret" not in str(told.value)
    if kind == "keyring":
        (tmp_path / f"{KEY}.sealed").write_bytes(Fernet(Fernet.generate_key()).encrypt(b"text"))
        with pytest.raises(StoreFailed, match="the key in the keyring is not the one"):
            store.load(KEY)
    with store.lock(KEY):
        store.delete(KEY)
    assert store.load(KEY) is None
    closed(store)


def test_stores_of_one_redis_share_a_bounded_client(clean_redis: str) -> None:
    """A thousand tenants were a thousand connections."""
    stores = [RedisStore(clean_redis) for _ in range(50)]
    with ThreadPoolExecutor(60) as pool:
        list(pool.map(lambda number: stores[number % 50].load(str(number)), range(300)))
    assert len({id(store._client) for store in stores}) == 1
    assert len(stores[0]._client.connection_pool._connections) <= 50
    for store in stores[1:]:
        store.close()
    assert stores[0].load("key") is None  # closed by the others, it would have to connect anew
    stores[0].close()


@pytest.mark.parametrize(("url", "extra"), [("redis://127.0.0.1", "redis"), ("keyring://", "keyring")])
def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, url: str, extra: str) -> None:
    """What to install, in the words of pip."""
    monkeypatch.delitem(sys.modules, f"{base.__package__}.{extra}")
    for module in ("redis", "redis_pool"):
        monkeypatch.delitem(sys.modules, f"zoom_api_client.storage.{module}", raising=False)
    monkeypatch.setitem(sys.modules, extra, None)
    with pytest.raises(MissingExtra, match=rf'pip install "zoom-api-client\[{extra}\]"'):
        open_store(url)


def closed(*used: Store) -> None:
    """Close what a store has open."""
    for each in used:
        if isinstance(each, RedisStore):
            each.close()
