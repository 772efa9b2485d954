"""The requests of a master account for one of its sub-accounts: the same, under `/accounts/{accountId}`."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import quote, unquote

import attrs

from zoom_api_client import errors
from zoom_api_client.core.checks import check_text
from zoom_api_client.core.operation import Request

T = TypeVar("T")


def _names_something(account: SubAccount, attribute: attrs.Attribute[str], value: str) -> None:
    check_text("the id of the sub-account", value)
    if not value.strip() or value in (".", ".."):
        raise ValueError(f"the account {value!r} names nothing: the address would be the master account's")


@attrs.frozen
class SubAccount:
    """A sub-account, to which requests go instead of to the account of the token."""

    id: str = attrs.field(validator=_names_something)

    def request(self, request: Request[T]) -> Request[T]:
        """Return the request of an operation for the sub-account.

        Raises `NotForSubAccounts` if Zoom does not have the operation for sub-accounts.
        """
        variant = request.operation.of_sub_account()
        if variant is None:
            raise errors.NotForSubAccounts(request.operation)
        return attrs.evolve(request, operation=variant, path=self.path(request.path))

    def path(self, path: str) -> str:
        """Return a path for the sub-account. One that names an account itself must name this one, or `me`."""
        segments = path.partition("?")[0].split("/")
        place = f"/accounts/{quote(self.id, safe='')}"
        if unquote(segments[1]) != "accounts":
            return place + path
        if unquote(segments[2] if len(segments) > 2 else "") not in ("me", self.id):
            raise ValueError(f"the path {path!r} is not of the account {self.id!r}: use the client it belongs to")
        return place + path[len("/".join(segments[:3])) :]
