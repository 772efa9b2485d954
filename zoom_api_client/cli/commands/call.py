"""`zoom-api call`: any path of Zoom's API."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from cyclopts import App, Parameter

from zoom_api_client.cli import asking, safety, session
from zoom_api_client.cli.errors import Misused
from zoom_api_client.cli.options import kinds
from zoom_api_client.cli.output import writing
from zoom_api_client.cli.output.options import Output
from zoom_api_client.cli.switches import switch
from zoom_api_client.core.unset import UNSET

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

command = App(name="call", help="Call any path of Zoom's API.")


@command.default
def call(
    method: Annotated[str, Parameter(help="GET, POST, PUT, PATCH or DELETE.")],
    path: Annotated[str, Parameter(help="Below https://api.zoom.us/v2: /users/me/settings.")],
    /,
    *,
    query: Annotated[tuple[str, ...], Parameter(help="A parameter: option=meeting_security.", negative="")] = (),
    body: Annotated[str | None, Parameter(help="JSON, @FILE or - for stdin.", allow_leading_hyphen=True)] = None,
    all: Annotated[bool, switch("Read a whole list, page by page.")] = False,
    access: session.Access = session.Access(),
    output: Output = Output(),
    safe: safety.Safety = safety.Safety(),
) -> None:
    """Call any path of Zoom's API: zoom-api call GET /users --query status=active --all."""
    _check(method)
    params = _read(query)
    json = UNSET if body is None else kinds.read_json(body)
    if safe.dry_run:
        writing.write_requests([_describe(method, path, params, json, access)], output)
        return
    if method.upper() == "DELETE":
        asking.confirm(f"DELETE {path}", is_agreed=safe.yes)
    with session.open_client(access) as zoom:
        if all:
            writing.write_items(zoom.pages(method, path, params=params, json=json), output)
        else:
            writing.write_value(zoom.call(method, path, params=params, json=json), output)


def _check(method: str) -> None:
    if method.upper() not in _METHODS:
        raise Misused(f"{method!r} is not a method: give GET, POST, PUT, PATCH or DELETE")


def _read(given: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the parameters; one that is given twice has both values."""
    params: dict[str, list[str]] = {}
    for each in given:
        name, is_set, value = each.partition("=")
        if not is_set:
            raise Misused(f"--query {each!r} has no value: write NAME=VALUE")
        params.setdefault(name, []).append(value)
    return params


def _describe(
    method: str, path: str, params: dict[str, list[str]], json: Any, access: session.Access
) -> dict[str, Any]:
    from zoom_api_client.transport import requests
    from zoom_api_client.transport.sub_accounts import SubAccount

    requests.check_path(path)
    place = SubAccount(access.account).path(path) if access.account else path
    query = urlencode(params, doseq=True)
    told = {"method": method.upper(), "url": f"{session.find_base_url(access)}{place}{'?' if query else ''}{query}"}
    return told if json is UNSET else {**told, "body": json}
