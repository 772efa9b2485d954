"""Other systems: what Windows has not is not used, and any encoding and any terminal does."""

import ast
import errno
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import zoom_api_client.cli
from tests.cli.running import SCRIPT, Script
from tests.cli.terminal import run
from zoom_api_client.cli import exit_codes
from zoom_api_client.cli.exit_codes import ExitCode

NOT_ON_WINDOWS = {"fcntl", "grp", "pty", "pwd", "resource", "termios", "tty", "fork", "getuid", "geteuid"}
NOT_ON_WINDOWS |= {"chown", "getpgid", "killpg", "mkfifo", "setsid", "SIGALRM", "SIGHUP", "SIGPIPE", "SIGUSR1"}
COMMANDS = [
    "--help",
    "meetings list --help",
    "api meetings create-meeting --help",
    "help output",
    "scopes --of meetings --json",
    "meetings create me --dry-run --topic S\u00fcd\u2014\U0001f389\u6771\u4eac",
]


def _names(tree: ast.AST) -> Iterator[str]:
    """Yield the modules that a file imports, and the attributes that it uses."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Attribute):
            yield node.attr


def test_what_windows_has_not_is_not_used() -> None:
    """Neither modules nor signals of Unix, which would be told as an error of Python there."""
    for file in Path(zoom_api_client.cli.__path__[0]).rglob("*.py"):
        assert not NOT_ON_WINDOWS.intersection(_names(ast.parse(file.read_text(encoding="utf-8")))), file


@pytest.mark.parametrize("words", COMMANDS)
def test_a_pipe_gets_utf_8(words: str, script: Script) -> None:
    """Whatever the system's encoding is: that of Windows in western Europe has neither boxes nor emoji."""
    ran = script(*words.split(), PYTHONIOENCODING="cp1252")
    assert (ran.code, ran.err) == (0, "")
    if "--dry-run" in words:
        assert ran.json["body"]["topic"] == words.split()[-1]


def test_stdin_is_utf_8(script: Script) -> None:
    """The mark that PowerShell writes before it is taken; any other encoding is reported."""
    words = ("call", "POST", "/users/me/meetings", "--body", "-", "--dry-run")
    ran = script(*words, stdin='\ufeff{"topic": "S\u00fcd"}', PYTHONIOENCODING="cp1252")
    assert ran.json["body"] == {"topic": "S\u00fcd"}
    done = subprocess.run([SCRIPT, *words], input=b'{"topic": "S\xfcd"}', env=script.env, capture_output=True)
    assert (done.returncode, done.stderr) == (2, b"zoom-api: stdin is not text in UTF-8\n")


@pytest.mark.parametrize("term", ["", "dumb", "vt100", "no-such-terminal"])
@pytest.mark.parametrize("words", ["--help", "scopes --of meetings"])
def test_any_terminal_does(words: str, term: str, script: Script) -> None:
    """One that says nothing of itself, has no colours, or an encoding without the characters of frames."""
    ran = run([str(SCRIPT), *words.split()], {**script.env, "TERM": term, "PYTHONIOENCODING": "cp1252"})
    assert ran.code == 0
    assert "Traceback" not in ran.out
    assert "\x1b" not in ran.out or term != "dumb"


def test_paths_may_have_spaces_and_umlauts(script: Script, tmp_path: Path) -> None:
    """Files and the directory of the state have such names."""
    odd = tmp_path / "Eigene Dateien \u00fc"
    odd.mkdir()
    (odd / "a b.json").write_text('{"topic": "Standup"}', encoding="utf-8")
    words = ("call", "POST", "/users/me/meetings", "--body", f"@{odd}{os.sep}a b.json", "--dry-run")
    assert json.loads(script(*words, XDG_STATE_HOME=str(odd)).out)["body"] == {"topic": "Standup"}


@pytest.mark.parametrize(
    ("system", "failure", "code"),
    [
        ("win32", OSError(errno.EINVAL, "Invalid argument"), ExitCode.BROKEN_PIPE),
        ("win32", OSError(errno.EINVAL, "Invalid argument", "a:b?.mp4"), ExitCode.FAILED),
        ("linux", OSError(errno.EINVAL, "Invalid argument"), ExitCode.FAILED),
        ("linux", BrokenPipeError(), ExitCode.BROKEN_PIPE),
    ],
)
def test_windows_says_otherwise_that_nobody_reads(
    monkeypatch: pytest.MonkeyPatch, system: str, failure: OSError, code: ExitCode
) -> None:
    """There a pipe that is closed is an invalid argument; a file name that is none is one too, and names the file."""
    monkeypatch.setattr("sys.platform", system)
    assert exit_codes.find(failure) is code
