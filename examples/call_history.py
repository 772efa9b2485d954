"""Bring the call history of an account into a SQLite file; each run adds what is new.

    python examples/call_history.py calls.db --since 2026-11-01
    sqlite3 calls.db "SELECT direction, count(*), sum(seconds) / 60 FROM calls GROUP BY direction"

Zoom lists the last six months. A run after the first goes on a day before the last call that is there, since a call is
listed when it has ended. Run it as often as you like: a call is one row, however often it is read.

Scopes of the app (server-to-server): phone:read:list_call_logs:admin.
"""

import argparse
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any

from zoom_api_client import Zoom, month_ranges
from zoom_api_client.models.phone import AccountsCallHistoryCallHistory, CallLog

Call = AccountsCallHistoryCallHistory | CallLog
TABLE = """
CREATE TABLE IF NOT EXISTS calls (
    id TEXT PRIMARY KEY, start_time TEXT, direction TEXT, result TEXT, seconds INTEGER,
    caller TEXT, callee TEXT, json TEXT  -- all that Zoom sent: json ->> '$.site_name'
)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Bring what the command line says, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", help="the SQLite file, made if need be")
    a_month_ago = datetime.now(UTC).date() - timedelta(days=30)
    parser.add_argument("--since", type=date.fromisoformat, default=a_month_ago, help="the first day of the first run")
    given = parser.parse_args(arguments)
    with Zoom.from_env() as zoom, closing(sqlite3.connect(given.database)) as database:
        database.execute(TABLE)
        bring(zoom, database, latest(database) or given.since)
        [[known]] = database.execute("SELECT count(*) FROM calls")
    print(f"{known} calls, up to now")
    return 0


def latest(database: sqlite3.Connection) -> date | None:
    """Return the day before that of the last call that is there."""
    [[newest]] = database.execute("SELECT max(start_time) FROM calls")
    return date.fromisoformat(newest[:10]) - timedelta(days=1) if newest else None


def bring(zoom: Zoom, database: sqlite3.Connection, first: date) -> None:
    """Write the calls since a day; the earliest month first, so that an interrupted run leaves no gap behind it."""
    for begin, end in reversed(month_ranges(first)):
        with database:  # a month as a whole
            calls = zoom.api.phone.get_accounts_call_history.all(from_=begin, to=end)
            database.executemany("INSERT OR REPLACE INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(row, calls))


def row(call: Call) -> tuple[Any, ...]:
    """Return the columns of a call."""
    key = call.id if isinstance(call, CallLog) else call.call_history_uuid
    start = call.start_time.isoformat() if call.start_time else None
    caller, callee = call.caller_did_number or call.caller_name, call.callee_did_number or call.callee_name
    columns = (key, start, call.direction, call.call_result, call.duration, caller, callee, call.to_json())
    return tuple(each or None for each in columns)


if __name__ == "__main__":
    sys.exit(main())
