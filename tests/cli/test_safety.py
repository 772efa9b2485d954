"""What deletes asks, what is tried sends nothing, and no secret is an argument."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import SCRIPT, Script
from tests.cli.terminal import run
from zoom_api_client.testing import EmbeddedZoom

DELETES = [
    ("meetings", "delete", "1"),
    ("meetings", "end", "1"),
    ("webinars", "panelists", "remove", "1", "p"),
    ("recordings", "delete", "1"),
    ("meetings", "registrants", "update", "1", "deny", "ann@example.com"),
    ("api", "meetings", "delete-meeting", "1"),
    ("call", "DELETE", "/meetings/1"),
]


@pytest.mark.parametrize("words", DELETES, ids=" ".join)
def test_what_deletes_asks_on_a_terminal(words: tuple[str, ...], command: Script, zoom: EmbeddedZoom) -> None:
    """Nothing is sent for a no; for a yes, and with --yes, it is."""
    refused = run([str(SCRIPT), *words], command.env, typed="n\n")
    assert refused.code == 1
    assert "Go on? [y/N]" in refused.out
    assert not zoom.exchanges
    assert run([str(SCRIPT), *words], command.env, typed="y\n").code == 0
    assert command(*words, "--yes").code == 0
    assert len(zoom.exchanges) == 2


@pytest.mark.parametrize("words", DELETES, ids=" ".join)
def test_what_deletes_takes_yes_where_nobody_can_be_asked(words: tuple[str, ...], command: Script, zoom) -> None:
    """A script must say that it means it."""
    ran = command(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert not zoom.exchanges


@pytest.mark.parametrize("words", DELETES, ids=" ".join)
def test_a_dry_run_sends_nothing(words: tuple[str, ...], command: Script, zoom: EmbeddedZoom) -> None:
    """It shows what would be sent, and asks nothing."""
    assert json.loads(command(*words, "--dry-run").out)["method"] in ("DELETE", "PUT")
    assert not zoom.exchanges


def test_a_dry_run_is_checked(script: Script) -> None:
    """What the library refuses before it sends, a dry run refuses too."""
    ran = script("meetings", "registrants", "add", "1", "--first-name", "Ann", "--dry-run")
    assert ran.code == 2
    assert "email" in ran.err


def test_a_dry_run_is_for_the_sub_account(script: Script) -> None:
    """As the request would be."""
    ran = script("meetings", "list", "me", "--account", "a-1", "--dry-run")
    assert "/v2/accounts/a-1/users/me/meetings" in ran.out


def test_a_secret_is_not_an_argument(script: Script, tmp_path: Path) -> None:
    """It is taken from a file, from stdin, or asked for without being shown."""
    words = ["meetings", "create", "me", "--dry-run", "--show-secrets", "--password"]
    given = script(*words, "p4ss")
    assert given.code == 2
    assert "p4ss" not in given.err
    (tmp_path / "passcode").write_text("p4ss\n")
    assert json.loads(script(*words, f"@{tmp_path / 'passcode'}").out)["body"] == {"password": "p4ss"}
    assert json.loads(script(*words, "-", stdin="p4ss\n").out)["body"] == {"password": "p4ss"}
    typed = run([str(SCRIPT), *words, "-"], script.env, typed="p4ss\n")
    assert typed.out.count("p4ss") <= 2  # what was typed before the question, and the request that is shown


def test_a_dry_run_masks_secrets(script: Script, tmp_path: Path) -> None:
    """As all output does."""
    (tmp_path / "passcode").write_text("p4ss")
    ran = script("meetings", "create", "me", "--dry-run", "--password", f"@{tmp_path / 'passcode'}")
    assert json.loads(ran.out)["body"] == {"password": "…"}


@pytest.mark.parametrize(
    "words", [("meetings", "get", "1"), ("api", "meetings", "get-meeting", "1"), ("call", "GET", "/meetings/1")]
)
def test_a_dry_run_shows_where_the_request_would_go(words: tuple[str, ...], script: Script) -> None:
    """To the address of the environment, or of the profile, if it is not Zoom's."""
    here = "http://127.0.0.1:9/v2"
    assert json.loads(script(*words, "--dry-run", ZOOM_BASE_URL=here).out)["url"] == f"{here}/meetings/1"
    profile = Path(script.env["XDG_STATE_HOME"]) / "zoom-api-client" / "profiles" / "default.json"
    profile.parent.mkdir(parents=True)
    profile.touch(0o600)
    profile.write_text(json.dumps({"kind": "browser", "client_id": "x", "base_url": here}))
    assert json.loads(script(*words, "--dry-run").out)["url"] == f"{here}/meetings/1"
    assert script(*words, "--dry-run", "--profile", "nobody").code == 4
