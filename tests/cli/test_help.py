"""Help by topic, and what works without an account."""

import itertools
import re
import shlex
from pathlib import Path

import pytest

from tests.cli.pictures import COMMANDS
from tests.cli.running import Here, Script
from tests.page_examples import PAGES
from zoom_api_client.cli.commands.help import TOPICS
from zoom_api_client.cli.exit_codes import ExitCode
from zoom_api_client.testing.simulator import options


def _list_commands() -> list[str]:
    """Return what pages say behind `zoom-api`, each once."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    return sorted({command.strip() for command in re.findall(r"(?:^    |`)zoom-api (\w[^`\n#]+)", text, re.MULTILINE)})


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_explained(topic: str, here: Here) -> None:
    """The list of topics names it."""
    assert f"zoom-api help {topic}" in here("help").out
    assert len(here("help", topic).out.splitlines()) > 3


def test_the_simulator_has_the_options_of_the_kit(here: Here) -> None:
    """They have the same words in both, and the help looks like that of the other commands."""
    told = " ".join(here("simulate", "--help", COLUMNS="300").out.split())
    assert told.startswith("Usage: zoom-api simulate [OPTIONS]")
    for option in options.every():
        assert re.search(rf"{option.flag} \S* *.{re.escape(option.help[1:])}\.", told)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("--port x", "Invalid value for --port"),
        ("--port 99999", "99999 is not a port"),
        ("--plan gold", "gold"),
        ("--host 203.0.113.1", "203.0.113.1"),
        ("--tls 1 2", "--tls"),
        ("--fixture no-such-file", "No such file"),
    ],
)
def test_what_cannot_be_simulated_is_said(words: str, says: str, here: Here) -> None:
    """The error is one line, with the exit code of wrong arguments."""
    ran = here("simulate", *words.split())
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert says in ran.err


def test_the_demo_needs_nothing(script: Script) -> None:
    """It ends well, without an account."""
    ran = script("demo")
    assert ran.code == 0, ran.err
    assert "meetings.create" in ran.out


def test_the_page_has_every_exit_code() -> None:
    """The page has the words of the command."""
    page = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
    for code in ExitCode:
        assert f"| {code:d} | {code.meaning} |" in page


@pytest.mark.parametrize("command", _list_commands())
def test_command_that_a_page_names_is_there(command: str, here: Here) -> None:
    """Help of a command that there is not would be that of all of them."""
    words = itertools.takewhile(lambda word: not word.startswith("-") and "…" not in word, shlex.split(command))
    ran = here(*words, "--help")
    assert ran.code == 0
    assert "zoom-api COMMAND" not in ran.out


@pytest.mark.parametrize("picture", COMMANDS)
def test_the_page_shows_each_picture(picture: str) -> None:
    """Which is there."""
    docs = Path(__file__).parents[2] / "docs"
    assert f"](pictures/{picture}.svg)" in (docs / "command-line.md").read_text(encoding="utf-8")
    assert (docs / "pictures" / f"{picture}.svg").exists()
