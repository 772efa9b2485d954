"""Logging in and out, and where credentials are kept."""

import json
import re
import socket
import stat
import sys
from pathlib import Path

import pytest

from tests.cli import browser
from tests.cli.running import Here, Script
from tests.cli.simulated import Simulated
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT

SECRET = f"{DEFAULT.client_secret}\n"
BROWSER = f"{sys.executable} {browser.__file__} %s"
CLIENT = ("login", "--client-id", DEFAULT.client_id)


@pytest.fixture
def at_zoom(script: Script, zoom: Simulated) -> Script:
    """The script of somebody without credentials, whose Zoom is the simulator."""
    return Script({**script.env, "ZOOM_BASE_URL": zoom.base_url})


@pytest.fixture
def s2s(zoom: Simulated) -> tuple[str, ...]:
    """The words that log in without a user."""
    return (*CLIENT, "--server-to-server", "--account-id", zoom.account_id)


@pytest.fixture
def user(at_zoom: Script, s2s: tuple[str, ...]) -> Script:
    """The script of somebody who has logged in, server to server."""
    ran = at_zoom(*s2s, stdin=SECRET)
    assert (ran.code, ran.out) == (0, ""), ran.err
    assert DEFAULT.client_secret not in ran.err
    return at_zoom


def profile(script: Script, name: str = "default") -> Path:
    """Return where a profile lies."""
    return Path(script.env["XDG_STATE_HOME"]) / "zoom-api-client" / "profiles" / f"{name}.json"


def test_server_to_server_needs_nobody(user: Script, zoom: Simulated) -> None:
    """The secret comes by stdin; the next command uses the profile and its token, which is asked for once."""
    assert user("meetings", "list", "me").code == 0
    assert user("meetings", "list", "me").code == 0
    assert [each.request.path for each in zoom.exchanges].count("/oauth/token") == 1


def redirect_uri() -> str:
    """Return a loopback address at which nobody listens yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/callback"


def test_a_user_consents_in_the_browser(at_zoom: Script) -> None:
    """The browser is opened with Zoom's page; what it is sent back to ends the wait."""
    ran = at_zoom(*CLIENT, "--redirect-uri", redirect_uri(), stdin=SECRET, BROWSER=BROWSER)
    assert (ran.code, ran.out) == (0, ""), ran.err
    assert "/oauth/authorize?" in ran.err
    assert at_zoom("meetings", "list", "me").code == 0


def test_a_user_who_declines_is_reported(at_zoom: Script) -> None:
    """There is no profile then."""
    with at_zoom.start(*CLIENT, "--redirect-uri", redirect_uri(), BROWSER="true", ZOOM_CLIENT_SECRET="s") as process:
        assert process.stderr
        process.stderr.readline()
        browser.press("deny", process.stderr.readline().strip())
        assert process.wait(30) == 4
        assert "declined" in process.stderr.read()
    assert not profile(at_zoom).exists()


def test_a_device_code_is_shown(at_zoom: Script) -> None:
    """The user confirms it on another machine."""
    with at_zoom.start(*CLIENT, "--device", "--profile", "tv", ZOOM_CLIENT_SECRET=SECRET.strip()) as process:
        assert process.stderr
        shown = re.search(r"Open (\S+) on any machine, and type in this code: (\S+)", process.stderr.readline())
        assert shown
        browser.press("allow", shown[1], user_code=shown[2])
        assert process.wait(30) == 0
    assert at_zoom("meetings", "list", "me", ZOOM_PROFILE="tv").code == 0
    assert at_zoom("meetings", "list", "me", "--profile", "tv").code == 0
    assert at_zoom("meetings", "list", "me").code == 4


def test_credentials_are_needed_to_log_in(here: Here) -> None:
    """Who gives none is told before anything is asked of Zoom."""
    ran = here("login", stdin="")
    assert (ran.code, ran.err) == (2, "zoom-api: nothing was given for: Client id\n")


def test_status_tells_who_it_is(user: Script) -> None:
    """User, account, scopes, age of the token and what is left of the quota; never the token."""
    told = json.loads(user("status").out)
    assert told["profile"] == "default"
    assert told["user"] == "owner@example.com"
    assert told["expires"].startswith("in 60 minutes")
    assert told["meetings_left_today"] == "100 of 100"


def test_wrong_credentials_make_no_profile(at_zoom: Script, s2s: tuple[str, ...]) -> None:
    """A profile is written when there is a token."""
    assert at_zoom(*s2s, stdin="a guess\n").code == 4
    assert at_zoom(*s2s, stdin=SECRET, ZOOM_BASE_URL="http://127.0.0.1:9/v2").code == 6
    assert not profile(at_zoom).exists()
    assert at_zoom("status").code == 4


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_profile_that_others_can_read_is_refused(user: Script) -> None:
    """It is written for its owner alone; the message says how to mend it."""
    path = profile(user)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    ran = user("meetings", "list", "me")
    assert (ran.code, ran.out) == (1, "")
    assert f"chmod 600 {path}" in ran.err
    path.chmod(0o600)
    assert user("meetings", "list", "me").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links")
def test_a_profile_that_is_a_link_is_refused(user: Script, tmp_path: Path) -> None:
    """Who can put a link there would choose the credentials."""
    elsewhere = tmp_path / "elsewhere.json"
    profile(user).rename(elsewhere)
    profile(user).symlink_to(elsewhere)
    assert user("meetings", "list", "me").code == 1


@pytest.mark.parametrize("name", ["../evil", "", "a/b", ".hidden", "n\u00e4me", "x" * 65])
def test_a_name_is_not_a_path(name: str, here: Here) -> None:
    """A profile lies among profiles."""
    assert here(*CLIENT, "--device", f"--profile={name}", stdin=SECRET).code == 2


@pytest.mark.parametrize("content", [b"\xff", b"[]", b'{"odd": 1}', b'{"kind": "device"'])
def test_a_file_that_is_not_a_profile_is_reported(content: bytes, user: Script) -> None:
    """The error names the file and what to do, and shows nothing that is in it."""
    profile(user).write_bytes(content)
    ran = Here(user.env)("meetings", "list", "me")
    assert ran.code == 1
    assert "default.json is not a profile: zoom-api login --profile default" in ran.err


def test_a_file_that_is_not_text_is_reported(here: Here, tmp_path: Path) -> None:
    """Where an option takes a text from it."""
    (tmp_path / "odd.json").write_bytes(b"\xff")
    ran = here("call", "POST", "/users", "--body", f"@{tmp_path}/odd.json")
    assert ran.code == 2
    assert "is not text in UTF-8" in ran.err


def test_logout_forgets(user: Script, zoom: Simulated) -> None:
    """The profile is gone; with `--revoke` the token is ended at Zoom too."""
    assert user("logout", "--revoke").code == 0
    assert zoom.exchanges[-1].request.path == "/oauth/revoke"
    assert zoom.exchanges[-1].answer.status == 200
    assert not profile(user).exists()
    assert user("meetings", "list", "me").code == 4
    assert user("logout").code == 4


def test_the_environment_goes_before_the_default(user: Script, zoom: Simulated) -> None:
    """A token that is set for one command is used by it; a profile that is named goes before that."""
    mine = {"ZOOM_ACCESS_TOKEN": zoom.give_token()}
    user("meetings", "list", "me", **mine)
    assert zoom.exchanges[-1].request.header("authorization") == f"Bearer {mine['ZOOM_ACCESS_TOKEN']}"
    user("meetings", "list", "me", "--profile", "default", **mine)
    assert zoom.exchanges[-1].request.header("authorization") != f"Bearer {mine['ZOOM_ACCESS_TOKEN']}"
    assert zoom.exchanges[-1].answer.status == 200


def test_scopes_need_no_account(here: Here) -> None:
    """Without credentials they are listed all the same."""
    listed = here("scopes", "--of", "meetings.create", "recordings.list")
    assert [json.loads(line)["held"] for line in listed.out.splitlines()] == ["unknown"] * 2


@pytest.mark.parametrize(("kind", "suffix"), [("user", ""), ("server-to-server", ":admin")])
def test_scopes_that_the_token_lacks_are_missing(kind: str, suffix: str, at_zoom: Script, zoom: Simulated) -> None:
    """Others are held, for the user or for the account; what needs one that is missing is refused with what to add."""
    scopes = [f"meeting:write:meeting{suffix}", f"user:read:user{suffix}"]
    zoom.steer("POST", "apps", client_id=kind, client_secret="s", kind=kind, scopes=scopes)
    how = ("--server-to-server", "--account-id", zoom.account_id) if suffix else ("--redirect-uri", redirect_uri())
    assert at_zoom("login", "--client-id", kind, *how, stdin="s\n", BROWSER=BROWSER).code == 0
    listed = at_zoom("scopes", "--of", "meetings.create", "recordings.list")
    held = {json.loads(line)["scope"]: json.loads(line)["held"] for line in listed.out.splitlines()}
    assert held == {"meeting:write:meeting": "yes", "cloud_recording:read:list_user_recordings": "missing"}
    assert json.loads(at_zoom("status").out)["scopes"] == scopes
    refused = at_zoom("recordings", "list", "me")
    assert refused.code == 4
    assert "cloud_recording:read:list_user_recordings" in refused.err


def test_doctor_says_what_to_do(command: Script, script: Script) -> None:
    """Each check has a result; what is bad has advice, and the exit code says so."""
    good = command("doctor")
    found = {each["check"]: each for each in map(json.loads, good.out.splitlines())}
    assert good.code == 0
    assert {"clock", "network", "credentials", "scopes", "plan", "webhook secret", "state directory"} == set(found)
    bad = script("doctor")
    assert bad.code == 1
    assert all(each["advice"] for each in map(json.loads, bad.out.splitlines()) if each["result"] == "bad")
