"""Logging in and out, and where credentials are kept."""

import json
import re
import stat
import sys
import urllib.request
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.cli.conftest import Script
from zoom_api_client.testing import EmbeddedZoom, Responder

S2S = ("login", "--server-to-server", "--account-id", "account", "--client-id", "client")


@pytest.fixture
def at_zoom(script: Script, zoom: EmbeddedZoom) -> Script:
    """The script of somebody without credentials, whose Zoom is the embedded one."""
    return Script({**script.env, "ZOOM_BASE_URL": zoom.base_url})


def profile(script: Script, name: str = "default") -> Path:
    """Return where a profile lies."""
    return Path(script.env["XDG_STATE_HOME"]) / "zoom-api-client" / "profiles" / f"{name}.json"


def test_server_to_server_needs_nobody(at_zoom: Script, zoom: EmbeddedZoom) -> None:
    """The secret comes by stdin; the next command uses the profile and its token, which is asked for once."""
    ran = at_zoom(*S2S, stdin="the-secret\n")
    assert (ran.code, ran.out) == (0, "")
    assert "the-secret" not in ran.err
    assert at_zoom("meetings", "get", "1").code == 0
    assert at_zoom("meetings", "get", "1").code == 0
    assert [each.request.path for each in zoom.exchanges].count("/oauth/token") == 1


def test_a_user_consents_in_the_browser(at_zoom: Script, zoom: EmbeddedZoom) -> None:
    """The address to open is told; what comes back to the loopback address ends the wait."""
    words = ("login", "--client-id", "client", "--redirect-uri", "http://127.0.0.1:8769/callback")
    with at_zoom.start(*words, BROWSER="true", ZOOM_CLIENT_SECRET="s") as process:
        assert process.stderr
        process.stderr.readline()
        asked = parse_qs(urlsplit(process.stderr.readline()).query)
        back = urlencode({"code": "a-code", "state": asked["state"][0]})
        urllib.request.urlopen(f"http://127.0.0.1:8769/callback?{back}").close()
        assert process.wait(30) == 0
    assert at_zoom("meetings", "get", "1").code == 0


def test_a_device_code_is_shown(at_zoom: Script) -> None:
    """And confirmed on another machine, which the embedded Zoom does at once."""
    ran = at_zoom("login", "--device", "--client-id", "client", "--profile", "tv", stdin="s\n")
    assert ran.code == 0, ran.err
    assert re.search(r"type in this code: \S+", ran.err)
    assert at_zoom("meetings", "get", "1", ZOOM_PROFILE="tv").code == 0
    assert at_zoom("meetings", "get", "1", "--profile", "tv").code == 0
    assert at_zoom("meetings", "get", "1").code == 4


def test_status_tells_who_it_is(at_zoom: Script) -> None:
    """User, account, scopes, age of the token and what is left of the quota; never the token."""
    at_zoom(*S2S, stdin="the-secret\n")
    told = json.loads(at_zoom("status").out)
    assert told["profile"] == "default"
    assert "@" in told["user"]
    assert told["expires"].startswith("in 60 minutes")
    assert told["meetings_left_today"] == "100 of 100"


def test_wrong_credentials_make_no_profile(script: Script) -> None:
    """A profile is written when there is a token."""
    ran = script(*S2S, stdin="the-secret\n", ZOOM_BASE_URL="http://127.0.0.1:9/v2")
    assert ran.code == 6
    assert not profile(script).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_profile_that_others_can_read_is_refused(at_zoom: Script) -> None:
    """It is written for its owner alone; the message says how to mend it."""
    at_zoom(*S2S, stdin="the-secret\n")
    path = profile(at_zoom)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o640)
    ran = at_zoom("meetings", "get", "1")
    assert (ran.code, ran.out) == (1, "")
    assert f"chmod 600 {path}" in ran.err
    path.chmod(0o600)
    assert at_zoom("meetings", "get", "1").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links")
def test_a_profile_that_is_a_link_is_refused(at_zoom: Script, tmp_path: Path) -> None:
    """Who can put a link there would choose the credentials."""
    at_zoom(*S2S, stdin="the-secret\n")
    elsewhere = tmp_path / "elsewhere.json"
    profile(at_zoom).rename(elsewhere)
    profile(at_zoom).symlink_to(elsewhere)
    assert at_zoom("meetings", "get", "1").code == 1


@pytest.mark.parametrize("name", ["../evil", "", "a/b", ".hidden"])
def test_a_name_is_not_a_path(name: str, at_zoom: Script) -> None:
    """A profile lies among profiles."""
    assert at_zoom(*S2S, f"--profile={name}", stdin="s\n").code == 2


@pytest.mark.parametrize("content", [b"\xff", b"[]", b'{"odd": 1}', b'{"kind": "device"'])
def test_a_file_that_is_no_profile_is_told(content: bytes, at_zoom: Script) -> None:
    """By its name, with what to do, and without what is in it."""
    at_zoom(*S2S, stdin="the-secret\n")
    profile(at_zoom).write_bytes(content)
    ran = at_zoom("meetings", "get", "1")
    assert ran.code > 0
    assert "default.json is not a profile: zoom-api login --profile default" in " ".join(ran.err.split()).replace(
        " .", "."
    )


def test_a_file_that_is_not_text_is_told(at_zoom: Script, tmp_path: Path) -> None:
    """Where an option takes a text from it."""
    (tmp_path / "odd.json").write_bytes(b"\xff")
    ran = at_zoom("call", "POST", "/users", "--body", f"@{tmp_path}/odd.json")
    assert ran.code > 0
    assert "is not text in UTF-8" in " ".join(ran.err.split())


def test_logout_forgets(at_zoom: Script, zoom: EmbeddedZoom) -> None:
    """The profile is gone; with `--revoke` the token is ended at Zoom too."""
    at_zoom(*S2S, stdin="the-secret\n")
    assert at_zoom("logout", "--revoke").code == 0
    assert zoom.exchanges[-1].request.path == "/oauth/revoke"
    assert not profile(at_zoom).exists()
    assert at_zoom("meetings", "get", "1").code == 4
    assert at_zoom("logout").code == 4


def test_the_environment_goes_before_the_default(at_zoom: Script, zoom: EmbeddedZoom) -> None:
    """A token that is set for one command is used by it; a profile that is named goes before that."""
    at_zoom(*S2S, stdin="the-secret\n")
    at_zoom("meetings", "get", "1", ZOOM_ACCESS_TOKEN="mine")
    assert zoom.exchanges[-1].request.header("authorization") == "Bearer mine"
    at_zoom("meetings", "get", "1", "--profile", "default", ZOOM_ACCESS_TOKEN="mine")
    assert zoom.exchanges[-1].request.header("authorization") != "Bearer mine"


def test_scopes_are_held_against_the_token(at_zoom: Script, script: Script) -> None:
    """Without credentials they are listed all the same."""
    listed = script("scopes", "--of", "meetings.create", "recordings.list")
    assert [json.loads(line)["held"] for line in listed.out.splitlines()] == ["unknown"] * 2


def test_scopes_that_the_token_lacks_are_missing(script: Script) -> None:
    """Others are held; what needs one that is missing is refused with what to add."""
    with EmbeddedZoom(Responder(scopes=("meeting:write:meeting", "user:read:user"))) as zoom:
        at = {"ZOOM_BASE_URL": zoom.base_url}
        assert script(*S2S, stdin="s\n", **at).code == 0
        listed = script("scopes", "--of", "meetings.create", "recordings.list")
        held = {json.loads(line)["scope"]: json.loads(line)["held"] for line in listed.out.splitlines()}
        assert held == {"meeting:write:meeting": "yes", "cloud_recording:read:list_user_recordings": "missing"}
        assert json.loads(script("status").out)["scopes"] == ["meeting:write:meeting", "user:read:user"]
        refused = script("recordings", "list", "me")
        assert refused.code == 4
        assert "cloud_recording:read:list_user_recordings" in refused.err


def test_doctor_says_what_to_do(command: Script, script: Script) -> None:
    """Each check has a result; what is bad has an advice, and the exit code says so."""
    good = command("doctor")
    found = {each["check"]: each for each in map(json.loads, good.out.splitlines())}
    assert good.code == 0
    assert {"clock", "network", "credentials", "scopes", "plan", "webhook secret", "state directory"} == set(found)
    bad = script("doctor")
    assert bad.code == 1
    assert all(each["advice"] for each in map(json.loads, bad.out.splitlines()) if each["result"] == "bad")
