"""Files are replaced whole or not at all, and not through links."""

import os
import stat
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from tests.storage.nearly_full import nearly_full
from zoom_api_client.storage import files


def names(directory: Path) -> list[str]:
    """Return the names of what is in a directory."""
    return sorted(each.name for each in directory.iterdir())


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """Nothing of the old file is left, and nothing beside the new one."""
    path = tmp_path / "tokens.json"
    files.replace(path, b"first, and longer")
    files.replace(path, b"second")
    assert path.read_bytes() == b"second"
    assert names(tmp_path) == ["tokens.json"]


def test_a_nearly_full_disk_keeps_the_good_file(tmp_path: Path) -> None:
    """One `write` takes a part and reports no error: the next one does."""
    path = tmp_path / "tokens.json"
    files.replace(path, b"good")
    with nearly_full(10), pytest.raises(OSError, match="large"):
        files.replace(path, b"much more than ten bytes")
    assert path.read_bytes() == b"good"
    assert names(tmp_path) == ["tokens.json"]


def test_short_writes_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal, a pipe or a network file system may take one byte at a time; a system that takes none is full."""

    class Short(FileIO):
        most = 1

        def write(self, content: Any) -> int:
            return super().write(bytes(content)[: self.most])

    monkeypatch.setattr(files, "FileIO", Short)
    files.replace(tmp_path / "a.json", b"letter by letter")
    assert (tmp_path / "a.json").read_bytes() == b"letter by letter"
    monkeypatch.setattr(Short, "most", 0)
    with pytest.raises(OSError, match="No space left"):
        files.replace(tmp_path / "a.json", b"nothing")
    assert (tmp_path / "a.json").read_bytes() == b"letter by letter"


def test_a_failure_before_the_renaming_keeps_the_good_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk may take every byte, and say at the end that it did not."""

    def fail(descriptor: int) -> None:
        raise OSError("input/output error")

    files.replace(tmp_path / "a.json", b"good")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="input/output"):
        files.replace(tmp_path / "a.json", b"new")
    assert (tmp_path / "a.json").read_bytes() == b"good"


def test_the_mode_of_a_secret_is_its_owners(tmp_path: Path) -> None:
    """Whatever the old file had."""
    path = tmp_path / "a.json"
    path.touch(0o666)
    files.replace(path, b"secret", mode=files.SECRET)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_links_are_replaced_and_not_followed(tmp_path: Path) -> None:
    """Both the file's own name and the name of the new one may have been laid there by somebody else."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / "a.json").symlink_to(victim)
    (tmp_path / "a.new").symlink_to(victim)
    files.replace(tmp_path / "a.json", b"new")
    assert victim.read_bytes() == b"precious"
    assert not (tmp_path / "a.json").is_symlink()


@pytest.mark.parametrize("kind", ["link", "link to nothing", "pipe", "directory"])
def test_only_regular_files_are_opened(tmp_path: Path, kind: str) -> None:
    """A link writes elsewhere, and a pipe waits forever."""
    path = tmp_path / "a"
    (tmp_path / "victim").touch()
    if kind.startswith("link"):
        path.symlink_to(tmp_path / ("victim" if kind == "link" else "nothing"))
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    with pytest.raises(OSError, match=r"regular file|directory"):
        files.open_regular(path, os.O_RDWR | os.O_CREAT)
    assert not (tmp_path / "nothing").exists()


def test_a_file_with_another_name_is_not_written_to(tmp_path: Path) -> None:
    """Who put the name there, in a directory that is shared, would choose the file that is overwritten."""
    theirs, ours = tmp_path / "theirs", tmp_path / "film.mp4.part"
    theirs.write_bytes(b"theirs")
    ours.hardlink_to(theirs)
    with pytest.raises(OSError, match="it is a link"):
        files.open_regular(ours, os.O_RDWR | os.O_CREAT)
    os.close(files.open_regular(ours, os.O_RDONLY))
    assert theirs.read_bytes() == b"theirs"
