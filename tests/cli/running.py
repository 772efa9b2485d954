"""Runs the command: as the installed script, a process, or in the process of the tests."""

import contextvars
import io
import json
import os
import subprocess
import sys
import warnings
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

import attrs

from zoom_api_client.cli.app import main

SCRIPT = Path(sys.executable).with_name("zoom-api")


@attrs.frozen
class Ran:
    """What a command did: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it wrote, if it was done."""
        assert self.code == 0, self.err
        return json.loads(self.out)


@attrs.define
class Script:
    """Runs the script. `env` is all that it knows of its surroundings."""

    env: dict[str, str]

    def __call__(self, *words: str, stdin: str = "", **env: str) -> Ran:
        done = subprocess.run(
            [SCRIPT, *words], input=stdin, env={**self.env, **env}, capture_output=True, encoding="utf-8", timeout=60
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def start(self, *words: str, **env: str) -> subprocess.Popen[str]:
        """Start it, with pipes, and return the process."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [SCRIPT, *words], env={**self.env, **env}, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8"
        )


@attrs.frozen
class Here:
    """Runs the command in this process, which takes a tenth of the time: where the test is not about a process."""

    env: dict[str, str]

    def __call__(self, *words: str, stdin: str = "", **env: str) -> Ran:
        if words[-1:] == ("--help",):  # what was made to show its help stays so, and lacks options for what runs next
            return Script(self.env)(*words, stdin=stdin, **env)
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with (
            patch.dict(os.environ, {**self.env, **env}, clear=True),
            patch.object(sys, "stdin", io.StringIO(stdin)),
            redirect_stdout(out),
            redirect_stderr(err),
            warnings.catch_warnings(),
        ):
            code = contextvars.copy_context().run(main, words)
        return Ran(code, _written(out), _written(err))


def _written(to: io.TextIOWrapper) -> str:
    to.flush()
    assert isinstance(to.buffer, io.BytesIO)
    return to.buffer.getvalue().decode()
