"""Bring the users of an account in line with a CSV file: create, change, activate and, if asked, deactivate them.

    python examples/provision_users.py users.csv                               # says what it would do
    python examples/provision_users.py users.csv --apply                       # does it
    python examples/provision_users.py users.csv --deactivate-others --apply   # the file has everybody

The first line of the file names the columns: email, first_name, last_name and type (1 basic, 2 licensed). Every step is
checked before the first one is sent. A refused step is reported; the others are done, and the exit status is 1.

Scopes of the app (server-to-server): user:read:list_users:admin, user:write:user:admin, user:update:user:admin,
user:update:status:admin.
"""

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from zoom_api_client import Zoom, errors
from zoom_api_client.api import Request
from zoom_api_client.models.users import CreateUsersBody, UpdateUserBody, UpdateUserStatusBody, UserListUser

FIELDS = ("first_name", "last_name", "type")


@attrs.frozen
class Step:
    """Something to do, and the request that does it."""

    what: str
    request: Request[Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("users", type=Path, help="the CSV file")
    parser.add_argument("--apply", action="store_true", help="do it; without it nothing is changed")
    parser.add_argument("--deactivate-others", action="store_true", help="deactivate whom the file does not have")
    given = parser.parse_args(arguments)
    with given.users.open(newline="", encoding="utf-8-sig") as file, Zoom.from_env() as zoom:
        steps = list(plan(zoom, csv.DictReader(file), deactivate_others=given.deactivate_others))
        return do(zoom, steps, apply=given.apply)


def plan(zoom: Zoom, rows: Iterable[Mapping[str, str]], *, deactivate_others: bool) -> Iterator[Step]:
    """Yield what is to be done. Raises `ValueError` for a row that Zoom would refuse."""
    users = {user.email.casefold(): user for user in everybody(zoom)}
    for row in rows:
        email = row["email"].strip()
        wanted: dict[str, Any] = {name: row[name].strip() for name in FIELDS if row.get(name)}
        wanted["type"] = int(wanted.get("type", 1))
        user = users.pop(email.casefold(), None)
        if user is None:
            body = CreateUsersBody.from_dict({"action": "create", "user_info": {"email": email, **wanted}})
            yield Step(f"create {email} {wanted}", zoom.api.users.create_users.request(body=body))
            continue
        if user.status == "inactive":
            yield status(zoom, user, "activate")
        if changes := {name: each for name, each in wanted.items() if each != getattr(user, name)}:
            change = zoom.api.users.update_user.request(email, body=UpdateUserBody.from_dict(changes))
            yield Step(f"change {email} {changes}", change)
    if deactivate_others:
        yield from (status(zoom, user, "deactivate") for user in users.values() if user.status == "active")


def everybody(zoom: Zoom) -> Iterator[UserListUser]:
    """Yield all users: also those who are deactivated, or have not accepted their invitation yet."""
    yield from zoom.api.users.list_users.all(status="active")
    yield from zoom.api.users.list_users.all(status="inactive")
    yield from zoom.api.users.list_users.all(status="pending")


def status(zoom: Zoom, user: UserListUser, action: str) -> Step:
    """Return the step that activates or deactivates a user."""
    body = UpdateUserStatusBody.from_dict({"action": action})
    return Step(f"{action} {user.email}", zoom.api.users.update_user_status.request(user.email, body=body))


def do(zoom: Zoom, steps: Iterable[Step], *, apply: bool) -> int:
    """Do the steps, or say what they are, and return the exit status."""
    refused = 0
    for step in steps:
        print(step.what if apply else f"would {step.what}")
        try:
            if apply:
                zoom.send(step.request)
        except (errors.InvalidRequest, errors.NotFound, errors.Conflict) as error:
            refused = 1
            print(f"refused: {error}", file=sys.stderr)
    return refused


if __name__ == "__main__":
    sys.exit(main())
