"""Places: which rows a path means, whatever names them in it: an id, `me`, an e-mail address, a UUID."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

import attrs

from zoom_api_client.testing.contract import Match
from zoom_api_client.testing.simulator import refusals, resources, telephony
from zoom_api_client.testing.simulator.resources import Facts
from zoom_api_client.testing.simulator.state import Caller, State
from zoom_api_client.testing.simulator.store import Key, Row

_USERS = frozenset({"userId", "user_id", "userIdentifier", "hostUserId"})

_ENROLLED = {"user_email": "email", "display_name": "display_name"}


@attrs.frozen
class Place:
    """The ids of a path by the names of its parameters, and the resource and the key of what its rows belong to."""

    account: str
    ids: Mapping[str, str]
    owner: Key


def account_of(match: Match, state: State, caller: Caller) -> str:
    """Return the account that a call is for: the caller's, or the sub-account that the path names."""
    named = match.account_id or match.path.get("accountId", "me")
    if named in ("me", caller.account):
        return caller.account
    if match.account_id and state.store.find(caller.account, "accounts", named) is None:
        raise refusals.unknown(match.operation, "accounts", named)
    return named if match.account_id else caller.account


def find(match: Match, facts: Facts | None, state: State, caller: Caller) -> Place:
    """Return the place of a path. Raises `Refused` if what its rows belong to is not there."""
    account = account_of(match, state, caller)
    parents = facts.parents if facts else {}
    known = _Known(state, caller, account)
    ids: dict[str, str] = {}
    owner: Key = ()
    for name, text in match.path.items():
        resource = parents.get(name) or (facts.resource if facts and name == facts.id else "")
        ids[name] = known.id(name, text, resource)
        if text == "me" and name in _USERS:
            known.enrol(resource)
        if name in parents:
            owner = _path(resource, tuple(ids.values()))
            if not known.has(owner):
                raise refusals.unknown(match.operation, resource, text)
    return Place(account, ids, owner)


@attrs.frozen
class _Known:
    state: State
    caller: Caller
    account: str

    def id(self, name: str, text: str, resource: str) -> str:
        """Return the id that a text means."""
        if text == "me":
            return self.caller.account if name == "accountId" else self.caller.user if name in _USERS else text
        store = self.state.store
        found = store.find(self.account, resource, text) or store.find(self.account, resource, unquote(text))
        if found is None and name in _USERS:
            found = store.find(self.account, "users", text)
        return found.id if found else text

    def enrol(self, name: str) -> None:
        """Make the caller a user of a product: who says `me` to one has it, as the owner of an account does."""
        resource, user = resources.find(name), self.state.store.get(self.account, "users", (self.caller.user,))
        if user is None or resource is None or not name.endswith(".users") or resource.depth:
            return
        if name == telephony.USERS:
            telephony.set_up(self.state, user)
        elif self.state.store.get(self.account, name, user.key) is None:
            fields = {each: user.fields.get(of) for each, of in _ENROLLED.items()}
            self.state.store.put(Row(self.account, name, user.key, fields, user.path))

    def has(self, path: Key) -> bool:
        """Return True if a row is there, or may be: of what nobody creates, there is everything."""
        name, *key = path
        resource = resources.find(name)
        if resource is None or not resource.is_created or path == ("accounts", self.caller.account):
            return True
        return self.state.store.get(self.account, name, tuple(key)) is not None


def _path(name: str, ids: Key) -> Key:
    """Return the path of a row whose id is the last of some: its key has only as many as tell it apart."""
    resource = resources.find(name)
    return (name, *(ids[-1 - resource.depth :] if resource else ids))
