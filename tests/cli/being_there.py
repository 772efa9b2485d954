"""What a request is about is put into the simulator before it, so that any operation finds what it asks for."""

from collections.abc import Mapping
from typing import Any

from generator import casing
from tests.cli.simulated import Simulated
from zoom_api_client.core.operation import Operation
from zoom_api_client.testing import contract
from zoom_api_client.testing.simulator import resources
from zoom_api_client.testing.simulator.resources import Facts
from zoom_api_client.testing.simulator.store import Key, Row


def let_be_there(zoom: Simulated, operation: Operation[Any], given: Mapping[str, Any]) -> None:
    """Put there what the arguments of a call name: what its path is about, and what that belongs to."""
    facts = resources.facts_of(contract.operation(operation.product, operation.name))
    if facts is None:
        return
    texts = {name: str(given.get(casing.snake(name), "")) for name in (*facts.parents, *facts.scope, facts.id) if name}
    owner = _put_parents(zoom, facts, texts)
    if facts.id:
        _put(zoom, facts.resource, (*(texts[each] for each in facts.scope), texts[facts.id]), owner)


def _put_parents(zoom: Simulated, facts: Facts, texts: Mapping[str, str]) -> Key:
    key: Key = ()
    for name, parent in facts.parents.items():
        key = (*key, texts[name])
        if outer := resources.find(parent):
            _put(zoom, parent, key[-outer.depth - 1 :], ())
    return key


def _put(zoom: Simulated, resource: str, key: Key, owner: Key) -> None:
    state, found = zoom.simulator.state, resources.find(resource)
    fields = resources.look(found, 0) if found else {}
    if not state.store.get(state.owner.account, resource, key):
        state.store.put(Row(state.owner.account, resource, key, fields, (state.owner.user, *owner)))
