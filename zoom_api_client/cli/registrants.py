"""`registrants import`: people of a CSV file, registered one by one."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from zoom_api_client.cli import safety, session
from zoom_api_client.cli.errors import Misused
from zoom_api_client.cli.failures import say
from zoom_api_client.cli.output import writing
from zoom_api_client.cli.output.options import Output
from zoom_api_client.errors import ZoomError

Line = tuple[int, dict[str, str]]


def importer(module: str) -> Callable[..., None]:
    """Return the command for the registrants of meetings, or of webinars."""

    def run(
        id: Annotated[str, Parameter(help="The number of the meeting or webinar.")],
        file: Annotated[Path, Parameter(help="Its first line names the fields: email,first_name,last_name.")],
        /,
        *,
        from_line: Annotated[int, Parameter(help="Begin with this line of the file, where an import stopped.")] = 2,
        access: session.Access = session.Access(),
        output: Output = Output(),
        safe: safety.Safety = safety.Safety(),
    ) -> None:
        """Register the people of a CSV file, one after the other."""
        lines = [each for each in read(file) if each[0] >= from_line]
        if safe.dry_run:
            writing.write_requests(_shown(module, id, lines, access), output)
            return
        with session.open_client(access) as zoom:
            writing.write_items(_register(getattr(zoom, module), id, lines), output)

    return run


def read(file: Path) -> list[Line]:
    """Return the lines of a CSV file with their numbers; raise `Misused` for a line without an e-mail address."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened)
            names = reader.fieldnames or ()
            lines = [(reader.line_num, {name: value for name, value in row.items() if value}) for row in reader]
    except OSError as failure:
        raise Misused(f"{file} cannot be read: {failure.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as failure:
        raise Misused(f"{file} cannot be read as CSV: {failure}") from None
    if "email" not in names:
        raise Misused(f"{file} has no column 'email': its first line names the fields, email,first_name for example")
    for number, row in lines:
        _check(f"{file}, line {number}", row)
    return lines


def _check(where: str, row: dict[str, str]) -> None:
    if None in row:
        raise Misused(f"{where} has more values than there are columns: a value with a comma stands in quotes")
    if "email" not in row:
        raise Misused(f"{where} has no e-mail address")


def _shown(module: str, number: str, lines: list[Line], access: session.Access) -> list[dict[str, Any]]:
    from zoom_api_client.cli.named import Method

    method = Method(module, "add_registrant")
    key = "meeting_id" if module == "meetings" else "webinar_id"
    return [each for _, row in lines for each in method.shown({key: number}, dict(row), access)]


def _register(people: Any, number: str, lines: list[Line]) -> Iterator[dict[str, Any]]:
    """Yield what Zoom says of each; where it stops, say how to go on."""
    for line, row in lines:
        try:
            done = people.add_registrant(number, **row)
        except ZoomError:
            say(f"zoom-api: line {line} was not taken, those before it were: go on with --from-line {line}")
            raise
        yield {"line": line, "email": row["email"], "registrant_id": done.registrant_id, "join_url": done.join_url}
