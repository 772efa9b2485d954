"""What a tenant's client costs, and a thousand tenants with a call each against one with a thousand calls."""

import gc
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from benchmarks.answering import serve
from benchmarks.figure import Figure, count, ratio, seconds
from benchmarks.rounds import Spread, interleave, time_calls
from zoom_api_client import Zoom
from zoom_api_client.connection import MemoryStore, Token, UserOAuth

TENANTS = 1000
ROUNDS = 7
# The budgets: of one connection and client, and of many tenants against one.
SECONDS = 0.0002
BYTES = 20_000
SPREAD = 1.3


def run() -> Iterator[Figure]:
    """Make clients for the tenants of a web application, whose tokens are in one store, and call a server."""
    with serve(b"{}") as origin, Zoom("a token", base_url=f"{origin}/v2", guard=None) as zoom:
        zoom.call("GET", "/users/me")
        store, numbers = MemoryStore(), range(TENANTS)
        apps = [_app(origin, store, number) for number in numbers]
        for app in apps:
            store.save(app._key, Token("a", datetime.now(UTC) + timedelta(hours=1), "r").to_json())
        making = time_calls(lambda: [zoom.for_connection(_app(origin, store, each)) for each in numbers], times=1)
        made = interleave({"clients": making}, ROUNDS)["clients"]
        what = "a tenant's connection and client"
        yield seconds(what, Spread(tuple(each / TENANTS for each in made.rounds)), SECONDS)
        yield count(f"bytes of {what}", _bytes(zoom, origin, store), BYTES)

        def call(app: UserOAuth) -> object:
            return zoom.for_connection(app).call("GET", "/users/me")

        taken = interleave(
            {
                "each": time_calls(lambda: [call(_app(origin, store, number)) for number in numbers], times=1),
                "one": time_calls(lambda: [call(apps[0]) for _ in numbers], times=1),
            },
            ROUNDS,
        )
        what = f"{TENANTS} tenants with a call each, against one with {TENANTS}"
        yield ratio(what, taken["each"].over(taken["one"]), SPREAD)


def _app(origin: str, store: MemoryStore, number: int) -> UserOAuth:
    return UserOAuth("client", "secret", store=store, installation=str(number), oauth_url=origin)


def _bytes(zoom: Zoom, origin: str, store: MemoryStore) -> int:
    gc.collect()
    tracemalloc.start()
    kept = [zoom.for_connection(_app(origin, store, number)) for number in range(TENANTS)]
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return taken // len(kept)
