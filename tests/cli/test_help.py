"""Help by topic, completion, and what works without an account."""

import itertools
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import SCRIPT, Script
from tests.cli.pictures import COMMANDS
from tests.page_examples import PAGES
from zoom_api_client.cli.app import main
from zoom_api_client.cli.commands.completion import _SCRIPTS
from zoom_api_client.cli.commands.help import TOPICS
from zoom_api_client.cli.exit_codes import ExitCode


def _list_commands() -> list[str]:
    """Return what pages say behind `zoom-api`, each once."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    return sorted({command.strip() for command in re.findall(r"(?:^    |`)zoom-api (\w[^`\n#]+)", text, re.MULTILINE)})


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_explained(topic: str, script: Script) -> None:
    """And named in the list of topics."""
    assert f"zoom-api help {topic}" in script("help").out
    assert len(script("help", topic).out.splitlines()) > 3


def complete(script: Script, *words: str) -> set[str]:
    """Return what may come in the place of the last word, as the scripts of the shells ask."""
    ran = script("__complete", CYCLOPTS_COMPLETION_WORDS="".join(f"{word}\x1f" for word in words))
    return {line.partition("\t")[0] for line in ran.out.split("\x1fbegin\n")[1].splitlines()}


def test_commands_options_and_choices_are_completed(script: Script) -> None:
    """At any depth."""
    assert {"meetings", "api"} <= complete(script, "")
    assert "list-users" in complete(script, "api", "users", "list")
    assert "--type" in complete(script, "meetings", "list", "me", "--t")
    assert "upcoming" in complete(script, "meetings", "list", "me", "--type", "up")


@pytest.mark.parametrize("shell", _SCRIPTS)
def test_a_completion_script_is_one_of_its_shell(shell: str, script: Script) -> None:
    """The shell can read it, if it is there."""
    written = script("completion", shell).out
    assert "zoom-api" in written
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=written, text=True, check=True)


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_bash_completes(script: Script) -> None:
    """As after a tab."""
    says = f"""
        eval "$('{SCRIPT}' completion bash)"
        COMP_WORDS=(zoom-api meetings registrants l); COMP_CWORD=3
        _zoom_api; echo "${{COMPREPLY[@]}}"
    """
    path = f"{SCRIPT.parent}:{script.env['PATH']}"
    ran = subprocess.run(["bash", "-c", says], env={**script.env, "PATH": path}, capture_output=True, text=True)
    assert ran.stdout.split() == ["list"]


def test_the_simulator_has_its_own_help(script: Script) -> None:
    """Its options are those of the test kit, and its name is that of the command, in errors too."""
    told = script("simulate", "--help").out
    assert "--port" in told
    assert told.startswith("usage: zoom-api simulate ")
    assert "zoom-api simulate: error:" in script("simulate", "--port", "x").err


def test_the_demo_needs_nothing(script: Script) -> None:
    """It ends well, without an account."""
    ran = script("demo")
    assert ran.code == 0, ran.err
    assert "meetings.create" in ran.out


def test_the_page_has_every_exit_code() -> None:
    """With the words of the command."""
    page = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
    for code in ExitCode:
        assert f"| {code:d} | {code.meaning} |" in page


@pytest.mark.parametrize("command", _list_commands())
def test_command_that_a_page_names_is_there(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Help of a command that there is not would be that of all of them."""
    words = itertools.takewhile(lambda word: not word.startswith("-") and "…" not in word, shlex.split(command))
    assert main([*words, "--help"]) in (0, None)
    assert "zoom-api COMMAND" not in capsys.readouterr().out


@pytest.mark.parametrize("picture", COMMANDS)
def test_the_page_shows_each_picture(picture: str) -> None:
    """Which is there."""
    docs = Path(__file__).parents[2] / "docs"
    assert f"](pictures/{picture}.svg)" in (docs / "command-line.md").read_text(encoding="utf-8")
    assert (docs / "pictures" / f"{picture}.svg").exists()
