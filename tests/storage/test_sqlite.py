"""A SQLite file, whoever keeps something in it."""

import gc
import shutil
import sqlite3
import stat
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from zoom_api_client.storage.sqlite import SQLiteFile, prepare, transaction

deleted_while_open = pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no file that is open")


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


def _count(file: SQLiteFile) -> int:
    """Add a row as those do who count, and return how many there are."""
    with transaction(file) as database:
        database.execute("INSERT INTO counted VALUES (1)")
        (found,) = database.execute("SELECT count(*) FROM counted").fetchone()
    return int(found)


def _counter(path: Path) -> SQLiteFile:
    return SQLiteFile(path, partial(prepare, schema=["CREATE TABLE IF NOT EXISTS counted (row)"]), timeout=0)


@deleted_while_open
@pytest.mark.parametrize("gone", ["the directory", "the file", "the file and its log"])
def test_a_file_that_is_deleted_while_it_is_open_is_put_back(tmp_path: Path, gone: str) -> None:
    """Whoever opens the path later begins with what was in it, and both go on with one file."""
    path = tmp_path / "state" / "counts.db"
    first, other = _counter(path), _counter(path)
    assert [_count(first), _count(other), _count(first)] == [1, 2, 3]
    if gone == "the directory":
        shutil.rmtree(path.parent)
    else:
        for each in [path] if gone == "the file" else path.parent.iterdir():
            each.unlink()
    later = _counter(path)
    assert [_count(first), _count(later), _count(other), _count(first)] == [4, 5, 6, 7]
    for file in (first, other, later):
        file.close()
    assert [(each.name, stat.S_IMODE(each.stat().st_mode)) for each in path.parent.iterdir()] == [("counts.db", 0o600)]


@deleted_while_open
def test_a_file_that_was_replaced_is_the_one_that_counts(tmp_path: Path) -> None:
    """Who puts another file in the place of an open one means that one."""
    path, copy = tmp_path / "counts.db", tmp_path / "copy.db"
    file, other = _counter(path), _counter(copy)
    assert [_count(file), _count(file), _count(other)] == [1, 2, 1]
    other.close()
    for each in tmp_path.glob("counts.db-*"):
        each.unlink()
    copy.replace(path)
    assert _count(file) == 2
    file.close()


@deleted_while_open
def test_a_file_that_cannot_be_put_back_counts_nothing(tmp_path: Path) -> None:
    """Until its place can be written again, nothing is counted where nobody would find it."""
    path = tmp_path / "state" / "counts.db"
    file = _counter(path)
    assert _count(file) == 1
    shutil.rmtree(path.parent)
    path.parent.write_text("in the way")
    with pytest.raises(OSError, match="state"):
        _count(file)
    path.parent.unlink()
    assert _count(file) == 2
    file.close()
