"""Find the two states that are compared: directories, or revisions of git."""

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

PACKAGE = "zoom_api_client"


@attrs.frozen
class State:
    """A state of the project: its documents, and the generated package and the overlays if there are any."""

    openapi: Path
    package: Path | None = None
    overlays: Path | None = None


@contextmanager
def state(named: str, root: Path) -> Iterator[State]:
    """Give the state in a directory or, if there is none of this name, in a revision of the project."""
    directory = Path(named)
    if directory.is_dir():
        yield of_directory(directory)
        return
    with tempfile.TemporaryDirectory() as scratch:
        for folders in (["openapi"], ["overlays"], [f"{PACKAGE}/{part}" for part in ("api", "models", "events")]):
            _extract(named, root, folders, Path(scratch), needed=folders == ["openapi"])
        yield of_directory(Path(scratch))


def of_directory(directory: Path) -> State:
    """Return the state of a project, or of a directory of distilled documents alone."""
    openapi, package, overlays = (directory / name for name in ("openapi", PACKAGE, "overlays"))
    return State(
        openapi if openapi.is_dir() else directory,
        package if package.is_dir() else None,
        overlays if overlays.is_dir() else None,
    )


def _extract(revision: str, root: Path, folders: list[str], target: Path, *, needed: bool) -> None:
    command = ["git", "-C", str(root), "archive", "--format=tar", revision, *folders]
    done = subprocess.run(command, capture_output=True)
    if done.returncode and needed:
        raise ValueError(f"{revision} is neither a directory nor a revision: {done.stderr.decode().strip()}")
    if not done.returncode:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(target, filter="data")
