"""The controls of a simulator: each by a method and a name under `/_simulator/`, JSON in and JSON out.

GET     clock          the time            PUT  clock   {"now": "2026-03-31T09:00:00Z", "frozen": true}
                                           PUT  clock   {"advance": 3600}
GET     state          everything          PUT  state   what GET state gave      DELETE state   begin again
POST    seed           a fixture, in YAML or JSON
GET     requests       what was asked      DELETE requests   forget them
GET     violations     what left the contract
GET     faults         those switched on   POST faults  {"on": "meetings.*", "raises": 503, "times": 2}
DELETE  faults         switch all off      DELETE faults/0   switch one off
GET     apps           without secrets     POST apps    {"client_id": "…", "client_secret": "…"}
DELETE  tokens         they all expire     POST deauthorizations   {"client_id": "…", "user_id": "…"}
GET     subscriptions  who wants events    POST subscriptions   {"url": "…", "events": ["meeting.*"]}
PUT     subscriptions/{id}    enable it again   DELETE subscriptions/{id}   end it
POST    events  {"event": "meeting.started", "about": {"id": 1}}
POST    do/{name}      what people do      {"meeting_id": 1}: start_meeting, join, record, call …
GET     deliveries     what was sent       GET  accounts, rows   what accounts hold
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import attrs

from zoom_api_client.testing import contract, parsing
from zoom_api_client.testing.simulator import views
from zoom_api_client.testing.simulator.authorization import App
from zoom_api_client.testing.simulator.simulator import Simulator

_MOST = 1000  # items of a list
_DONE_BY_PEOPLE = (
    "start_meeting", "end_meeting", "start_webinar", "end_webinar", "join", "leave", "record", "call", "set_presence",
)  # fmt: skip
"""What no operation of Zoom's does: by the names that it has in Python, with the arguments by theirs."""


class NotThere(Exception):
    """A control, or a thing that it is about, does not exist."""


@attrs.frozen
class Order:
    """What is asked of a simulator: its parts, and what came with the request."""

    simulator: Simulator
    id: str
    query: Mapping[str, str]
    body: bytes

    @property
    def fields(self) -> dict[str, Any]:
        """The body, which is an object. Raises `ValueError`."""
        read = parsing.read_json(self.body)
        if not isinstance(read, dict):
            raise ValueError("the body is a JSON object")
        return read

    @property
    def most(self) -> int:
        """How many of the newest are wanted: the query's `limit`."""
        return max(1, min(int(self.query.get("limit", _MOST)), _MOST))


Control = Callable[[Order], Any]


def act(simulator: Simulator, method: str, name: str, query: Mapping[str, str], body: bytes) -> tuple[int, Any]:
    """Do what is asked; return the status and the JSON to show.

    Raises `NotThere`, and `ValueError`, `TypeError` or `LookupError` for what cannot be done.
    """
    kind, _, of = name.partition("/")
    control = _CONTROLS.get(f"{method} {kind}")
    if control is None:
        raise NotThere(f"there is no {method} {name}; there are {', '.join(_CONTROLS)}")
    shown = control(Order(simulator, of, query, body))
    return (204, None) if shown is None else (201 if method == "POST" else 200, shown)


def _overview(order: Order) -> Any:
    """Return what the page shows."""
    simulator = order.simulator
    return {
        "clock": views.clock(simulator.clock),
        "accounts": views.accounts(simulator.state),
        "requests": _list_requests(order),
        "violations": len(simulator.violations),
        "faults": _list_faults(order),
        "subscriptions": _list_subscriptions(order),
        "deliveries": _list_deliveries(order),
    }


def _list_faults(order: Order) -> Any:
    return [each.describe() for each in order.simulator.faults]


def _list_subscriptions(order: Order) -> Any:
    return [views.subscription(each) for each in order.simulator.events.subscriptions]


def _list_deliveries(order: Order) -> Any:
    return [views.delivery(each) for each in [*order.simulator.events.deliveries][-order.most :]]


def _set_clock(order: Order) -> Any:
    clock, fields = order.simulator.clock, order.fields
    if "advance" in fields:
        clock.advance(float(fields["advance"]))
    else:
        clock.set(
            datetime.fromisoformat(fields["now"]) if "now" in fields else clock.now(), frozen=fields.get("frozen")
        )
    return views.clock(clock)


def _list_requests(order: Order) -> Any:
    return [views.request(each) for each in order.simulator.exchanges[-order.most :]]


def _add_fault(order: Order) -> Any:
    fields = order.fields
    return order.simulator.faults.add(fields.pop("on", ""), **fields).describe()


def _remove_faults(order: Order) -> None:
    faults = order.simulator.faults
    if not order.id:
        return faults.clear()
    standing = dict(enumerate(faults))
    if (number := int(order.id)) not in standing:
        raise NotThere(f"there is no fault {number}; there are {len(standing)}")
    return faults.remove(standing[number])


def _subscribe(order: Order) -> Any:
    fields = order.fields
    return views.subscription(order.simulator.events.subscribe(fields.pop("url", ""), **fields))


def _enable(order: Order) -> Any:
    enabled = order.simulator.events.subscriptions.enable(order.id)
    if enabled is None:
        raise NotThere(f"there is no subscription {order.id!r}")
    return views.subscription(enabled)


def _unsubscribe(order: Order) -> None:
    if not order.simulator.events.subscriptions.remove(order.id):
        raise NotThere(f"there is no subscription {order.id!r}")


def _emit(order: Order) -> Any:
    name, about = order.fields.get("event", ""), order.fields.get("about", {})
    try:
        contract.event(name)
    except KeyError:
        raise ValueError(f"Zoom has no event {name!r}") from None
    if not isinstance(about, dict):
        raise ValueError("about is an object of fields, by Zoom's names")
    order.simulator.events.emit(name, about, order.simulator.state.owner.account)
    return {"event": name}


def _do(order: Order) -> Any:
    if order.id not in _DONE_BY_PEOPLE:
        raise NotThere(f"there is no do/{order.id}; there are {', '.join(_DONE_BY_PEOPLE)}")
    return {"result": getattr(Simulator, order.id)(order.simulator, **order.fields)}


def _deauthorize(order: Order) -> Any:
    return {"tokens": order.simulator.deauthorize(**order.fields)}


def _rows(order: Order) -> Any:
    state = order.simulator.state
    account = order.query.get("account", state.owner.account)
    return views.rows(state, account, order.query.get("resource", "users"), order.most)


_CONTROLS: Mapping[str, Control] = {
    "GET overview": _overview,
    "GET clock": lambda order: views.clock(order.simulator.clock),
    "PUT clock": _set_clock,
    "GET state": lambda order: order.simulator.dump(),
    "PUT state": lambda order: order.simulator.load(order.fields),
    "DELETE state": lambda order: order.simulator.reset(),
    "POST seed": lambda order: order.simulator.seed(order.body.decode()),
    "GET accounts": lambda order: views.accounts(order.simulator.state),
    "GET rows": _rows,
    "GET requests": _list_requests,
    "DELETE requests": lambda order: order.simulator.exchanges.clear(),
    "GET violations": lambda order: views.violations(order.simulator.violations),
    "GET faults": _list_faults,
    "POST faults": _add_fault,
    "DELETE faults": _remove_faults,
    "GET apps": lambda order: [views.app(each) for each in order.simulator.authorization.apps],
    "POST apps": lambda order: views.app(order.simulator.authorization.apps.register(App(**order.fields))),
    "DELETE tokens": lambda order: order.simulator.authorization.tokens.expire(),
    "POST deauthorizations": _deauthorize,
    "GET subscriptions": _list_subscriptions,
    "POST subscriptions": _subscribe,
    "PUT subscriptions": _enable,
    "DELETE subscriptions": _unsubscribe,
    "POST events": _emit,
    "POST do": _do,
    "GET deliveries": _list_deliveries,
}
