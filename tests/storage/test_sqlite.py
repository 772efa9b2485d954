"""A SQLite file, whoever keeps something in it."""

import gc
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from zoom_api_client.storage.sqlite import SQLiteFile


@pytest.mark.parametrize("name", ["counts.db", None])
def test_file_that_nobody_has_any_more_is_closed(tmp_path: Path, name: str | None) -> None:
    """Who forgets to close a throttle or a guard leaves nothing open."""
    file: Any = SQLiteFile(tmp_path / name if name else None, lambda database: None, timeout=1.0)
    connection = file.connection()
    file.itself = file  # what is in a circle is not closed with its last reference alone
    del file
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")
