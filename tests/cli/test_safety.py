"""What deletes asks, what is tried sends nothing, and no secret is an argument."""

import json
from pathlib import Path

import pytest

from tests.cli.running import SCRIPT, Here, Script
from tests.cli.simulated import MEETING, WEBINAR, Simulated
from tests.cli.terminal import run
from zoom_api_client.cli.exit_codes import ExitCode

DELETES = [
    ("meetings", "delete", MEETING),
    ("meetings", "end", MEETING),
    ("webinars", "panelists", "remove", WEBINAR, "p-1"),
    ("recordings", "delete", MEETING),
    ("meetings", "registrants", "update", MEETING, "deny", "ann@example.com"),
    ("api", "meetings", "delete-meeting", MEETING),
    ("call", "DELETE", f"/meetings/{MEETING}"),
]


@pytest.mark.parametrize("words", DELETES, ids=" ".join)
def test_what_deletes_asks_on_a_terminal(words: tuple[str, ...], command: Script, zoom: Simulated) -> None:
    """Nothing is sent for a no; for a yes it is."""
    refused = run([str(SCRIPT), *words], command.env, asked="Go on? [y/N]", typed="n\n")
    assert refused.code == 1
    assert not zoom.exchanges
    assert run([str(SCRIPT), *words], command.env, asked="Go on? [y/N]", typed="y\n").code == 0
    assert [each.answer.status for each in zoom.exchanges] == [204]


@pytest.mark.parametrize("words", DELETES, ids=" ".join)
def test_what_deletes_takes_yes_where_nobody_can_be_asked(
    words: tuple[str, ...], command_here: Here, zoom: Simulated
) -> None:
    """A script must say that it means it."""
    ran = command_here(*words)
    assert (ran.code, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert not zoom.exchanges
    assert command_here(*words, "--yes").code == 0
    assert len(zoom.exchanges) == 1


@pytest.mark.parametrize("words", DELETES, ids=" ".join)
def test_a_dry_run_sends_nothing(words: tuple[str, ...], command_here: Here, zoom: Simulated) -> None:
    """It shows what would be sent, and asks nothing."""
    assert json.loads(command_here(*words, "--dry-run").out)["method"] in ("DELETE", "PUT")
    assert not zoom.exchanges


def test_a_dry_run_is_checked(here: Here) -> None:
    """What the library refuses before it sends, a dry run refuses too."""
    ran = here("meetings", "registrants", "add", "1", "--first-name", "Ann", "--dry-run")
    assert ran.code == 2
    assert "email" in ran.err


@pytest.mark.parametrize("words", ["meetings list me", "api meetings list-meetings me", "call GET /users/me/meetings"])
def test_a_dry_run_is_for_the_sub_account(words: str, here: Here) -> None:
    """The path is that of the request itself."""
    ran = here(*words.split(), "--account", "a-1", "--dry-run")
    assert "/v2/accounts/a-1/users/me/meetings" in ran.out


def test_a_secret_is_not_an_argument(here: Here, tmp_path: Path) -> None:
    """It is taken from a file, from stdin, or asked for without being shown."""
    words = ["meetings", "create", "me", "--dry-run", "--show-secrets", "--password"]
    given = here(*words, "p4ss")
    assert given.code == 2
    assert "p4ss" not in given.err
    (tmp_path / "passcode").write_text("p4ss\n")
    assert json.loads(here(*words, f"@{tmp_path / 'passcode'}").out)["body"] == {"password": "p4ss"}
    assert json.loads(here(*words, "-", stdin="p4ss\n").out)["body"] == {"password": "p4ss"}
    asked = run([str(SCRIPT), *words, "-"], here.env, asked="--password: ", typed="p4ss\n")
    assert asked.out.count("p4ss") == 1  # in the request that is shown


def test_a_dry_run_masks_secrets(here: Here, tmp_path: Path) -> None:
    """It is output like any other."""
    (tmp_path / "passcode").write_text("p4ss")
    ran = here("meetings", "create", "me", "--dry-run", "--password", f"@{tmp_path / 'passcode'}")
    assert ran.json["body"] == {"password": "…"}


@pytest.mark.parametrize(
    "words", [("meetings", "get", "1"), ("api", "meetings", "get-meeting", "1"), ("call", "GET", "/meetings/1")]
)
def test_a_dry_run_shows_where_the_request_would_go(words: tuple[str, ...], here: Here) -> None:
    """It shows the address of the environment, or of the profile, if that is not Zoom's."""
    address = "http://127.0.0.1:9/v2"
    assert json.loads(here(*words, "--dry-run", ZOOM_BASE_URL=address).out)["url"] == f"{address}/meetings/1"
    profile = Path(here.env["XDG_STATE_HOME"]) / "zoom-api-client" / "profiles" / "default.json"
    profile.parent.mkdir(parents=True)
    profile.touch(0o600)
    profile.write_text(json.dumps({"kind": "browser", "client_id": "x", "base_url": address}))
    assert json.loads(here(*words, "--dry-run").out)["url"] == f"{address}/meetings/1"
    assert here(*words, "--dry-run", "--profile", "nobody").code == 4


@pytest.mark.parametrize("words", ["meetings delete --occurence --yes", "recordings list --user --dry-run"])
def test_an_unknown_option_is_not_an_id(words: str, script: Script) -> None:
    """A misspelt option in the place of an id would be the thing that is deleted."""
    ran = script(*words.split())
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert "There is no option --" in ran.err


def test_arguments_that_are_too_many_are_named(script: Script) -> None:
    """The words of the parser's own say little."""
    ran = script("recordings", "list", "me", "extra")
    assert (ran.code, "Too many arguments: extra" in ran.err) == (ExitCode.USAGE, True)


def test_an_id_may_begin_with_hyphens(script: Script) -> None:
    """Zoom's ids do now and then."""
    assert "/users/--Ab3/" in script("recordings", "list", "--Ab3", "--dry-run").json["url"]
