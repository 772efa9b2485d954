"""Views: what a simulator shows of itself over HTTP, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from zoom_api_client.testing import parsing
from zoom_api_client.testing.exchange import Exchange
from zoom_api_client.testing.simulator import resources
from zoom_api_client.testing.simulator.authorization import App
from zoom_api_client.testing.simulator.clock import Clock
from zoom_api_client.testing.simulator.events.deliveries import Delivery
from zoom_api_client.testing.simulator.events.subscriptions import Subscription
from zoom_api_client.testing.simulator.state import State
from zoom_api_client.testing.simulator.store import Row
from zoom_api_client.testing.violation import Violation

_SECRET = ("access_token",)


def clock(shown: Clock) -> dict[str, Any]:
    """Return the time, and whether it stands."""
    return {"now": shown.now().isoformat(), "frozen": shown.is_frozen}


def accounts(state: State) -> list[dict[str, Any]]:
    """Return the accounts, with the number of rows of each resource."""
    return [
        {"id": each, "is_owner": each == state.owner.account, "holds": state.store.counts(each)}
        for each in state.store.accounts()
    ]


def rows(state: State, account: str, resource: str, most: int) -> list[dict[str, Any]]:
    """Return the newest rows of a resource: what is known of them, and not what examples add."""
    found = state.store.rows(account, resource)[-most:]
    return [{"id": each.id, "belongs_to": list(each.owner), "fields": _without_secret(each)} for each in found]


def request(shown: Exchange) -> dict[str, Any]:
    """Return a request and what was found of it. What is not for an operation is shown without body: it has secrets."""
    asked, answer = shown.request, shown.answer
    return {
        "id": answer.headers.get("x-zm-trackingid", ""),
        "method": asked.method,
        "path": asked.path,
        "query": {name: "…" if name in _SECRET else text for name, text in asked.query},
        "body": _body(shown),
        "operation": str(shown.operation) if shown.operation else None,
        "status": answer.status,
        "violations": [str(each) for each in shown.violations],
        "tolerated": [str(each) for each in shown.tolerated],
    }


def violations(found: Iterable[Violation]) -> list[dict[str, Any]]:
    """Return what left the contract."""
    return [attrs.asdict(each) for each in found]


def app(shown: App) -> dict[str, Any]:
    """Return an app without its secrets."""
    return {name: each for name, each in shown.dump().items() if "secret" not in name}


def subscription(shown: Subscription) -> dict[str, Any]:
    """Return a subscription without its secret; without a URL, the path of its WebSocket."""
    told = attrs.asdict(shown, filter=lambda field, _: field.name != "secret_token")
    told["is_disabled"] = shown.is_disabled
    return {**told, "websocket": "" if shown.url else f"/ws?subscriptionId={shown.id}"}


def delivery(shown: Delivery) -> dict[str, Any]:
    """Return a delivery, with each attempt and its answer."""
    return {**attrs.asdict(shown), "body": shown.json, "is_taken": shown.is_taken, "is_over": shown.is_over}


def _without_secret(row: Row) -> dict[str, Any]:
    return {name: each for name, each in resources.known(row).items() if name != "secret_token"}


def _body(shown: Exchange) -> Any:
    asked = shown.request
    if shown.operation is None or "json" not in asked.header("content-type"):
        return None
    try:
        return parsing.read_json(asked.body)
    except ValueError:
        return None
