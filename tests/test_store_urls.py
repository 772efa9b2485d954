"""One parser for the URLs of tokens, counts, reservations and events: each of the four refuses what the others do."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from zoom_api_client import errors
from zoom_api_client.connection.stores.base import open_store
from zoom_api_client.quota.stores import open_store as open_counts
from zoom_api_client.storage.extras import require_extra
from zoom_api_client.storage.redis import RedisServer
from zoom_api_client.storage.url import REDIS, StoreURL, parse_store_url, state_path
from zoom_api_client.transport.throttle.clock import SystemClock
from zoom_api_client.transport.throttle.stores import open_store as open_reservations
from zoom_api_client.triggers.inbox.url import open_inbox

ALL = ("memory", "sqlite", "file", "keyring", *REDIS)
PASSWORD = "5ecr3t"


def now() -> int:
    """Return the microseconds since 1970."""
    return int(datetime.now(UTC).timestamp() * 1e6)


OPENERS: dict[str, Callable[[str], Any]] = {
    "tokens": open_store,
    "counts": lambda url: open_counts(url, now),
    "reservations": lambda url: open_reservations(url, SystemClock()),
    "events": open_inbox,
}
FILE_SCHEMES = {"tokens": "file", "counts": "sqlite", "events": "sqlite"}


def parse(url: str) -> StoreURL:
    """Return the parts of a URL of which every kind may be."""
    return parse_store_url(url, "store", ALL, named=True)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///var/lib/a.db", "/var/lib/a.db"),
        ("sqlite:////var/lib/a.db", "/var/lib/a.db"),
        ("sqlite://localhost/var/a.db", "/var/a.db"),
        ("SQLITE:///var/a.db", "/var/a.db"),
        ("sqlite:///var/a%20b.db", "/var/a b.db"),
        ("sqlite:///var/100%.db", "/var/100%.db"),
        ("sqlite:///var/a%23b%3Fc.db", "/var/a#b?c.db"),
        ("sqlite:///var/a#b.db", "/var/a#b.db"),
        ("file:///var/tokens/", "/var/tokens"),
        ("sqlite://", None),
        ("sqlite:///", None),
        ("file://", None),
        ("keyring://", None),
        ("memory://", None),
    ],
)
def test_path_of_a_url_is_the_one_that_was_meant(url: str, path: str | None) -> None:
    """Four slashes, a percent sign and a number sign are as common as mistakes with them."""
    assert parse(url).path == (None if path is None else Path(path))


def test_path_of_windows_has_its_drive(monkeypatch: pytest.MonkeyPatch) -> None:
    """The drive follows the third slash."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert str(parse("sqlite:///C:/state/a.db").path) == "C:/state/a.db"


@pytest.mark.parametrize("store", FILE_SCHEMES)
@pytest.mark.parametrize(
    "rest", ["data/a.db", "a.db", "host/a.db", "//?mode=ro", "/a.db?mode=ro", "/a\0.db", "/a%00.db"]
)
def test_file_that_is_not_a_whole_path_is_refused_everywhere(store: str, rest: str) -> None:
    """A relative path after two slashes would be a host, and be dropped; options would be part of the name."""
    with pytest.raises(ValueError, match=r"three slashes|no options|NUL"):
        OPENERS[store](f"{FILE_SCHEMES[store]}://{rest}")


@pytest.mark.parametrize("store", ["counts", "events"])
def test_directory_is_refused_where_a_file_is_wanted(store: str, tmp_path: Path) -> None:
    """SQLite would say that it cannot open the database file."""
    with pytest.raises(ValueError, match="name a file"):
        OPENERS[store](f"sqlite://{tmp_path}/")


@pytest.mark.parametrize("store", OPENERS)
@pytest.mark.parametrize(
    ("url", "says"),
    [
        (f"redis://:{PASSWORD}@host/zero", "database"),
        (f"redis://:{PASSWORD}@host/0?db=one", "database"),
        (f"rediss://:{PASSWORD}@host/-1", "database"),
        (f"redis://:{PASSWORD}@host:port/0", "port"),
        (f"redis:///0?password={PASSWORD}", "no host"),
        (f"redis://:{PASSWORD}#rest@host/0", "percent-encode"),
        (f"redis://:{PASSWORD}@host/0?max_conections=5", "option"),
        (f"redis+sentinel://:{PASSWORD}@host:26379", "mymaster"),
        (f"redis+sentinel://:{PASSWORD}@host:port/mymaster", "Sentinel"),
        (f"redis+sentinel://:{PASSWORD}@host,host/mymaster/zero", "database"),
        (f"redis+sentinel://:{PASSWORD}@host/mymaster/0?max_conections=5", "option"),
        ("unix://run/redis.sock", "three slashes"),
        ("unix://", "three slashes"),
        ("mongodb://host/0", "redis://"),
        (f"{PASSWORD}@host", "redis://"),
        ("", "redis://"),
        ("memory://here", "nothing after it"),
    ],
)
def test_mistake_in_a_url_is_refused_by_every_store(store: str, url: str, says: str) -> None:
    """redis-py reads a database that is not a number as 0: two apps would share what they must not."""
    with pytest.raises(ValueError, match=says) as refused:
        OPENERS[store](url)
    assert PASSWORD not in str(refused.value)


@pytest.mark.parametrize("store", ["tokens", "counts", "reservations"])
def test_name_of_a_second_inbox_is_refused_by_other_stores(store: str) -> None:
    """It would be dropped without a word."""
    with pytest.raises(ValueError, match="#name"):
        OPENERS[store]("redis://host/0#billing")


def test_inboxes_have_names() -> None:
    """One Redis serves several apps."""
    place = parse("redis://:pw@host:1/2#billing%20app")
    assert (place.server, place.name) == ("redis://:pw@host:1/2", "billing app")
    assert "pw" not in repr(place)


def test_url_of_sentinels_says_all_of_both() -> None:
    """The password is of Redis; Sentinels have one of their own, if any, and TLS is for both."""
    url = "rediss+sentinel://user:p%40w@one,[::1]:5/mymaster/2?ssl_ca_certs=/a.pem&sentinel_password=own"
    pool = RedisServer(url, "store").client.connection_pool
    options = pool.connection_kwargs
    assert (options["username"], options["password"], options["db"]) == ("user", "p@w", 2)
    assert pool.connection_class.__name__ == "SentinelManagedSSLConnection"
    assert (pool.service_name, pool.max_connections) == ("mymaster", 50)
    watched = [each.connection_pool.connection_kwargs for each in pool.sentinel_manager.sentinels]
    assert [(each["host"], each["port"]) for each in watched] == [("one", 26379), ("::1", 5)]
    assert [(each["password"], each["ssl_ca_certs"]) for each in watched] == [("own", "/a.pem")] * 2


@pytest.mark.parametrize("url", ["redis://:5ecr3t@127.0.0.1:1/0", "unix:///nowhere/redis.sock?password=5ecr3t"])
@pytest.mark.parametrize(
    ("store", "ask"),
    [
        ("tokens", lambda store: store.load("key")),
        ("counts", lambda store: store.recall("name")),
        ("reservations", lambda store: store.hold("account", "key", 1.0)),
        ("events", lambda store: store.counts()),
    ],
)
def test_redis_that_is_not_there_is_named_without_its_password(url: str, store: str, ask: Callable[[Any], Any]) -> None:
    """Who reads the log must see which Redis it was, and why."""
    with pytest.raises(errors.ZoomError) as failed:
        ask(OPENERS[store](url))
    said = str(failed.value)
    assert "redis://127.0.0.1:1/0" in said or "unix:///nowhere/redis.sock" in said
    assert "ConnectionError" in said
    assert PASSWORD not in said


def test_redis_has_one_set_up() -> None:
    """It answers within seconds or not at all, and is not asked twice for what may have been done."""
    server = RedisServer("redis://host/0", "store")
    options = server.client.connection_pool.connection_kwargs
    assert options["socket_timeout"] == options["socket_connect_timeout"] == 5.0
    assert "TimeoutError" not in {each.__name__ for each in options["retry"]._supported_errors}


def test_state_lies_in_one_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens, counts and events are found, backed up and deleted together."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    places = [open_store("file://").directory, open_counts("sqlite://", now).path, state_path("x")]  # type: ignore[attr-defined]
    open_inbox("sqlite://").close()
    assert {place.parent for place in places} == {tmp_path / "zoom-api-client"}
    assert (tmp_path / "zoom-api-client" / "inbox" / "inbox.db").is_file()


@pytest.mark.parametrize("kind", OPENERS)
def test_a_client_of_redis_is_known_as_one(kind: str) -> None:
    """All kinds of stores use it as it is, and leave it open for whoever gave it."""
    redis = pytest.importorskip("redis", reason="the extra 'redis' is not installed")
    client = redis.Redis(port=1)
    assert OPENERS[kind](client)._server.client is client
    assert parse_store_url(client, "store", ("sqlite",)).server is client


@pytest.mark.parametrize("kind", ["counts", "reservations", "events"])
def test_what_is_not_a_place_is_reported_by_its_type(kind: str) -> None:
    """A path, for example: it may be of a SQLite file or of something else."""
    with pytest.raises(TypeError, match="is a PurePosixPath: give its URL, or a redis-py client"):
        OPENERS[kind](PurePosixPath("/x"))  # type: ignore[arg-type]


def test_missing_extra_is_named() -> None:
    """The message can be pasted into a shell."""
    with pytest.raises(errors.MissingExtra, match=r'a trick needs no_such_library: pip install "zoom-api-client\[x\]"'):  # noqa: SIM117
        with require_extra("x", "a trick"):
            import no_such_library.part  # type: ignore[import-not-found]  # noqa: F401


def test_other_import_errors_are_not_taken_for_a_missing_extra() -> None:
    """A fault of our own must not send anybody to pip."""
    with pytest.raises(ModuleNotFoundError) as fault, require_extra("x", "a trick"):
        import zoom_api_client.no_such_module  # noqa: F401
    assert not isinstance(fault.value, errors.MissingExtra)


@pytest.mark.parametrize(
    "url", [f"sqlite://user:{PASSWORD}@host/x", f"sqlite://{PASSWORD}@host", f"file://u:{PASSWORD}@h/x"]
)
def test_password_where_none_belongs_is_not_quoted(url: str) -> None:
    """Who changes a scheme may forget the rest of the address."""
    with pytest.raises(ValueError, match="names a host") as caught:
        parse_store_url(url, "store", ("sqlite", "file"))
    assert PASSWORD not in str(caught.value)


@pytest.mark.parametrize("kind", OPENERS)
def test_a_scheme_is_spelled_in_any_case(kind: str) -> None:
    """So says RFC 3986, and redis-py knows lower case alone."""
    pytest.importorskip("redis", reason="the extra 'redis' is not installed")
    OPENERS[kind]("REDIS://127.0.0.1:1/0")


@pytest.mark.parametrize("kind", OPENERS)
def test_a_url_that_decodes_is_refused(kind: str) -> None:
    """Tokens and events are bytes; a client that decodes is refused too."""
    pytest.importorskip("redis", reason="the extra 'redis' is not installed")
    with pytest.raises(ValueError, match="leave out decode_responses"):
        OPENERS[kind]("redis://127.0.0.1:1/0?decode_responses=True")
