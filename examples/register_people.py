"""Register the people of a CSV file for a webinar, and report the rows that were refused.

    python examples/register_people.py 93847566001 people.csv           # says what it would do
    python examples/register_people.py 93847566001 people.csv --apply   # does it

The first line of the file names the columns: email, first_name, and any other field of a registrant (last_name, org,
job_title, phone …). Who is registered already is left alone, so it can be run again. Refused rows go to
people.refused.csv with the reason, and the exit status is 1; mend them there, and run it on that file.

Scopes of the app (server-to-server): webinar:read:list_registrants:admin, webinar:write:registrant:admin.
"""

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from zoom_api_client import Zoom, errors
from zoom_api_client.models.meetings import AddWebinarRegistrantBody

Row = Mapping[str, str]
REASON = "refused"


def main(arguments: Sequence[str] | None = None) -> int:
    """Register what the command line says, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("webinar", help="number of the webinar")
    parser.add_argument("people", type=Path, help="the CSV file")
    parser.add_argument("--apply", action="store_true", help="register; without it the rows are only checked")
    given = parser.parse_args(arguments)
    with Zoom.from_env() as zoom:
        refused = list(register(zoom, given.webinar, read(given.people), apply=given.apply))
    if refused:
        report = given.people.with_suffix(".refused.csv")
        write(report, refused)
        print(f"{len(refused)} rows were refused: {report}", file=sys.stderr)
    return 1 if refused else 0


def register(zoom: Zoom, webinar: str, people: Iterable[Row], *, apply: bool) -> Iterator[Row]:
    """Register people who are not registered yet, and yield the rows that cannot be, each with the reason."""
    known = {each.email.casefold() for each in zoom.webinars.list_registrants(webinar, status="all")}
    for row in people:
        email = row.get("email", "").casefold()
        if email in known:
            continue
        try:
            body = AddWebinarRegistrantBody(**fields(row))
            request = zoom.api.meetings.add_webinar_registrant.request(webinar, body=body)  # checked, not sent
            if apply:
                zoom.send(request)
        except (TypeError, ValueError, errors.InvalidRequest, errors.Conflict) as error:
            yield {**row, REASON: str(error)}
        else:
            known.add(email)
            print("registered" if apply else "would register", email)


def fields(row: Row) -> dict[str, Any]:
    """Return the fields of a row that are not empty."""
    return {name: text.strip() for name, text in row.items() if name != REASON and text and text.strip()}


def read(path: Path) -> list[Row]:
    """Read a CSV file, also one of Excel's, which begins with a mark."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def write(path: Path, table: Sequence[Row]) -> None:
    """Write a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, table[0])
        writer.writeheader()
        writer.writerows(table)


if __name__ == "__main__":
    sys.exit(main())
