"""`--dry-run` and `--yes`: what a command would send, and whether it may."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

import attrs
from cyclopts import Group, Parameter

from zoom_api_client.cli import session
from zoom_api_client.cli.errors import Misused
from zoom_api_client.cli.switches import switch
from zoom_api_client.core.operation import UNSET, Request
from zoom_api_client.transport.bounds import Bounds

_GROUP = Group("Safety", sort_key=92)


@Parameter(name="*", group=_GROUP)
@attrs.frozen(kw_only=True)
class Safety:
    """What happens before something is sent."""

    dry_run: Annotated[bool, switch("Check the request and show it, without sending it.")] = False
    yes: Annotated[
        bool,
        switch("Do not ask before something is deleted.", "--yes", "-y"),
    ] = False


class Shown(Exception):
    """A request was shown in the place of a list that it would begin."""


class DryRun:
    """Stands in for a client: it shows the requests of a named module, and sends none."""

    def __init__(self, access: session.Access) -> None:
        self._access = access
        self.bounds = Bounds()
        self.shown: list[dict[str, Any]] = []

    def send(self, request: Request[Any]) -> Any:
        """Keep what would be sent; of a list its first request says all."""
        self.shown.append(describe(request, self._access))
        if request.operation.method == "GET":
            raise Shown

    def __getattr__(self, name: str) -> Any:
        raise Misused("this command cannot be tried with --dry-run")


def describe(request: Request[Any], access: session.Access) -> dict[str, Any]:
    """Return a request as JSON; as it is for a sub-account, if one is named."""
    from zoom_api_client.transport import requests

    if access.account:
        from zoom_api_client.transport.sub_accounts import SubAccount

        request = SubAccount(access.account).request(request)
    query = urlencode(request.query)
    told = {
        "method": request.operation.method,
        "url": f"{requests.address(request, session.find_base_url(access))}{'?' if query else ''}{query}",
        "operation": str(request.operation),
    }
    return told if request.body is UNSET else {**told, "body": _jsonable(request)}


def _jsonable(request: Request[Any]) -> Any:
    return request.json if request.operation.media_type == "application/json" else "<a form with a file>"
