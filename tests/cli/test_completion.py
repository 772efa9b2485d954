"""Completion, as the shells have it after a tab."""

import shutil
from pathlib import Path

import pytest

from tests.cli.running import SCRIPT, Here
from tests.cli.terminal import run
from zoom_api_client.cli.commands.completion import _SCRIPTS

_ECHO = "\x01echo \n"  # Ctrl-A, so that what stands there is printed and not run
TYPED = {
    "meetings registrants l\t": "meetings registrants list",
    "scopes --lev\tmas\t": "scopes --level master",
    "api users upload-u\tme": "api users upload-users-profile-picture me",
    "webinars registrants import 1 peop\t": "webinars registrants import 1 people.csv",
}
SHELLS = {
    "bash": (".bashrc", 'PS1="ready> "'),
    "zsh": (".zshrc", 'PS1="ready> "; autoload -Uz compinit; compinit -u'),
    "fish": ("fish/config.fish", 'function fish_prompt; echo -n "ready> "; end; set -g fish_greeting'),
}
"""Where each has its settings, and what stands there before the line of the documentation."""


def complete(here: Here, *words: str) -> set[str]:
    """Return what may come in the place of the last word, as the scripts of the shells ask."""
    ran = here("__complete", CYCLOPTS_COMPLETION_WORDS="".join(f"{word}\x1f" for word in words))
    return {line.partition("\t")[0] for line in ran.out.split("\x1fbegin\n")[1].splitlines()}


def test_commands_options_and_choices_are_completed(here: Here) -> None:
    """The command completes at any depth of the tree."""
    assert {"meetings", "api"} <= complete(here, "")
    assert "list-users" in complete(here, "api", "users", "list")
    assert "--type" in complete(here, "meetings", "list", "me", "--t")
    assert "upcoming" in complete(here, "meetings", "list", "me", "--type", "up")
    assert {"--tls", "--webhook"} <= complete(here, "simulate", "--")


def test_every_script_is_tried() -> None:
    """Each script has a test in its own shell below."""
    assert set(_SCRIPTS) == set(SHELLS)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes(shell: str, home: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a terminal, after tabs: commands, options, values, operations, and files where nothing else is known."""
    if not (found := shutil.which(shell)):
        pytest.skip(f"there is no {shell}")
    file, before = SHELLS[shell]
    (tmp_path / file).parent.mkdir(exist_ok=True)
    asks = "zoom-api completion fish | source" if shell == "fish" else f'eval "$(zoom-api completion {shell})"'
    (tmp_path / file).write_text(f"{before}\n{asks}\n")
    (tmp_path / "people.csv").touch()
    monkeypatch.chdir(tmp_path)
    env = {**home, "ZDOTDIR": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    typed = "".join(f"zoom-api {each}{_ECHO}" for each in TYPED)
    path = f"{SCRIPT.parent}:{home['PATH']}"
    ran = run([found, "-i"], {**env, "PATH": path}, asked="ready> ", typed=f"{typed}exit\n", columns=200)
    printed = [line.strip() for line in ran.out.splitlines()]
    for wanted in TYPED.values():
        assert any(line.endswith(f"zoom-api {wanted}") for line in printed), wanted
