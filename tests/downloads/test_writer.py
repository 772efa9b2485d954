"""Pieces are written behind the line, in order, all of them, and a disk that fails is heard of."""

import errno
import os
import random
from io import FileIO
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.storage.nearly_full import nearly_full
from zoom_api_client.downloads import partial_file, writer
from zoom_api_client.downloads.partial_file import PartialFile
from zoom_api_client.downloads.response import Body, DownloadRefused


@pytest.fixture
def part(tmp_path: Path) -> PartialFile:
    """A part of nothing, which has begun."""
    begun = PartialFile(tmp_path / "talk.mp4")
    begun.begin(Body(0, None, '"1"'))
    return begun


def test_all_pieces_are_written_in_order(part: PartialFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of many batches, and the last that fill none."""
    monkeypatch.setattr(writer, "BATCH", 1000)
    chance = random.Random(1)
    pieces = [chance.randbytes(chance.randrange(1, 400)) for _ in range(500)]
    with part:
        with writer.Writer(part) as behind:
            for piece in pieces:
                busy = behind.add(piece)
                if busy:
                    busy.result()
            assert behind.length == sum(map(len, pieces))
        part.finish()
    assert part.path.read_bytes() == b"".join(pieces)


def test_a_slow_disk_is_waited_for(part: PartialFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes faster than it can be written must not pile up."""
    monkeypatch.setattr(writer, "BATCH", 10)
    go_on, append = Event(), part.append

    def slow(piece: bytes) -> None:
        go_on.wait()
        append(piece)

    monkeypatch.setattr(part, "append", slow)
    with part, writer.Writer(part) as behind:
        assert behind.add(b"x" * 10) is None
        busy = behind.add(b"y" * 10)
        assert busy is not None
        go_on.set()
        busy.result()
        assert behind.add(b"z") is None
    assert part.length == 21


def test_a_part_that_somebody_takes_away_is_reported(part: PartialFile) -> None:
    """A cleaner of temporary files, for example: not a bare `FileNotFoundError`."""
    with part:
        part.append(b"x")
        part.path.with_name("talk.mp4.part").unlink()
        with pytest.raises(DownloadRefused, match=r"talk\.mp4"):
            part.finish()


def break_off(part: PartialFile, failure: BaseException) -> None:
    """Write more than the disk takes, and fail for another reason as well."""
    with part, nearly_full(15), writer.Writer(part) as behind:
        behind.add(b"x" * 20)
        raise failure


def test_a_full_disk_is_heard_of(part: PartialFile) -> None:
    """It is, even if the line breaks at the same time: a resumed download must not skip what was not written."""
    with pytest.raises(DownloadRefused, match="large"):
        break_off(part, ConnectionError())


def test_a_full_disk_hides_no_interruption(part: PartialFile) -> None:
    """Ctrl-C is Ctrl-C."""
    with pytest.raises(KeyboardInterrupt):
        break_off(part, KeyboardInterrupt())


def test_a_part_is_not_let_go_while_a_thread_finishes_it(part: PartialFile, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cancelled task leaves while its thread is at it: another download must not write to the same part yet."""
    begun, go_on, left, fsync = Event(), Event(), Event(), os.fsync

    def slow(descriptor: int) -> None:
        begun.set()
        go_on.wait()
        fsync(descriptor)

    def leave() -> None:
        part.__exit__(None, None, None)
        left.set()

    part.append(b"film")
    monkeypatch.setattr(os, "fsync", slow)
    threads = [Thread(target=part.finish), Thread(target=leave)]
    threads[0].start()
    begun.wait()
    threads[1].start()
    assert not left.wait(0.05)
    go_on.set()
    for thread in threads:
        thread.join()
    assert part.path.read_bytes() == b"film"


def test_a_part_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails as soon as the part is opened is told as one that fails later."""

    class Broken(FileIO):
        def seek(self, *_: int) -> int:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(partial_file, "FileIO", Broken)
    with pytest.raises(DownloadRefused, match=os.strerror(errno.EIO)):
        PartialFile(tmp_path / "talk.mp4")
