"""Find the two states that are compared: directories, or revisions of git."""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def state(named: str, root: Path) -> Iterator[Path]:
    """Give the `openapi/` of a directory or, if there is none of this name, of a revision of the project."""
    directory = Path(named)
    if directory.is_dir():
        yield directory / "openapi" if (directory / "openapi").is_dir() else directory
        return
    command = ["git", "-C", str(root), "archive", "--format=tar", named, "openapi"]
    done = subprocess.run(command, capture_output=True)
    if done.returncode:
        raise ValueError(f"{named} is neither a directory nor a revision: {done.stderr.decode().strip()}")
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(scratch, filter="data")
        yield Path(scratch) / "openapi"
