"""The first hour of somebody with the script alone, all of it processes: the simulator, what logs in, what listens."""

import json
import re
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import pytest

from tests.cli import browser
from tests.cli.listening import listening
from tests.cli.running import Script
from tests.cli.simulated import steer
from zoom_api_client.triggers.inbox.sqlite import SQLiteInbox

ACCOUNT = """
users:
  - email: owner@example.com
    meetings: [{id: "85746065432", topic: Launch, settings: {approval_type: 0}}]
    recordings: [{id: "85746065432", topic: Launch, duration: 30}]
"""
MEETING = "85746065432"


@attrs.frozen
class Told:
    """What `zoom-api simulate` says of itself."""

    base_url: str
    account_id: str
    client_id: str
    client_secret: str
    secret_token: str


@pytest.fixture
def zoom(script: Script, tmp_path: Path) -> Iterator[Told]:
    """The simulator, until it is stopped by Ctrl-C."""
    fixture = tmp_path / "account.yaml"
    fixture.write_text(ACCOUNT)
    with script.start("simulate", "--fixture", str(fixture)) as process:
        assert process.stdout
        told = {"base_url": process.stdout.readline().split()[3]}
        while "client_secret" not in told:
            *name, value = process.stdout.readline().split()
            told["_".join(name)] = value
        yield Told(**{name: value for name, value in told.items() if name != "to_look_at"})
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


@pytest.fixture
def anybody(script: Script, zoom: Told) -> Script:
    """The script of somebody who has an app, and has not logged in."""
    env = {"ZOOM_BASE_URL": zoom.base_url, "BROWSER": f"python {browser.__file__} %s"}
    return Script({**script.env, **env, "ZOOM_WEBHOOK_SECRET_TOKEN": zoom.secret_token})


@pytest.fixture
def user(anybody: Script, zoom: Told) -> Script:
    """The script of somebody who has logged in."""
    words = ("--server-to-server", "--account-id", zoom.account_id, "--client-id", zoom.client_id)
    ran = anybody("login", *words, stdin=f"{zoom.client_secret}\n")
    assert ran.code == 0, ran.err
    return anybody


def test_there_are_three_ways_to_log_in(user: Script, zoom: Told) -> None:
    """Server to server, in the browser, and with a code on another machine; each is a profile until logout."""
    _use_and_forget(user, "default")
    words = ("login", "--client-id", zoom.client_id, "--profile")
    address = ("--redirect-uri", "http://127.0.0.1:8768/callback")
    ran = user(*words, "browser", *address, stdin=f"{zoom.client_secret}\n")
    assert ran.code == 0, ran.err
    _use_and_forget(user, "browser")
    with user.start(*words, "tv", "--device", ZOOM_CLIENT_SECRET=zoom.client_secret) as process:
        assert process.stderr
        shown = re.search(r"Open (\S+) on .* code: (\S+)", process.stderr.readline())
        assert shown
        browser.press("allow", shown[1], user_code=shown[2])
        assert process.wait(30) == 0
    _use_and_forget(user, "tv")


def _use_and_forget(user: Script, profile: str) -> None:
    assert json.loads(user("status", "--profile", profile).out)["user"] == "owner@example.com"
    assert user("logout", "--revoke", "--profile", profile).code == 0
    assert user("status", "--profile", profile).code == 4


def test_recordings_of_yesterday_are_downloaded(user: Script, zoom: Told, tmp_path: Path) -> None:
    """Found, and fetched whole though the connection drops in the middle of one; what is there is not fetched again."""
    (found,) = [json.loads(line) for line in user("recordings", "list", "me", "--from", "yesterday").out.splitlines()]
    assert found["topic"] == "Launch"
    film = user("recordings", "get", MEETING, "--show-secrets", "--jq", ".recording_files[0].download_url")
    stored = urlsplit(film.out.strip()).path.replace("/download/", "/storage/")
    steer(zoom.base_url, "POST", "faults", on=stored, truncates=True, times=1)
    words = ("recordings", "download", "--from", "yesterday", "--to-dir", str(tmp_path / "rec"))
    ran = user(*words)
    assert ran.code == 0, ran.err
    paths = [Path(json.loads(line)["path"]) for line in ran.out.splitlines()]
    assert sum(each.stat().st_size for each in paths) == found["total_size"]
    asked = steer(zoom.base_url, "GET", "requests")
    assert [each["status"] for each in asked if each["path"] == stored] == [200, 206]
    steer(zoom.base_url, "DELETE", "requests")
    assert user(*words).out == ran.out
    assert not [each for each in steer(zoom.base_url, "GET", "requests") if "/rec/" in each["path"]]


def test_people_are_imported(user: Script, tmp_path: Path) -> None:
    """First tried, then done: they are registered, and nobody was before."""
    people = tmp_path / "people.csv"
    people.write_text(
        "email,first_name,last_name\nann@example.com,Ann,A\nbjörk@example.com,Björk,Ö\n", encoding="utf-8"
    )
    words = ("meetings", "registrants", "import", MEETING, str(people))
    tried = user(*words, "--dry-run")
    assert [json.loads(line)["body"]["first_name"] for line in tried.out.splitlines()] == ["Ann", "Björk"]
    assert user("meetings", "registrants", "list", MEETING).out == ""
    people.write_text(people.read_text(encoding="utf-8").replace("björk@", "bjork@"), encoding="utf-8")
    assert user(*words).code == 0
    listed = user("meetings", "registrants", "list", MEETING, "--fields", "email,first_name", "--csv")
    assert listed.out == "email,first_name\nann@example.com,Ann\nbjork@example.com,Björk\n"


def test_events_are_heard(user: Script, zoom: Told) -> None:
    """What is done in the account comes as a signed webhook, and by WebSocket too."""
    path = steer(zoom.base_url, "POST", "subscriptions", events=["meeting.*"])["websocket"]
    address = zoom.base_url.replace("http", "ws", 1).removesuffix("/v2") + path
    with listening(user) as (url, webhooks), user.start("listen", "meeting.updated", "--websocket", address) as socket:
        steer(zoom.base_url, "POST", "subscriptions", url=url, secret_token=zoom.secret_token)
        assert webhooks.stdout
        heard = _change_until_heard(user, socket)
        assert json.loads(webhooks.stdout.readline())["event"] == "meeting.updated"
        socket.send_signal(signal.SIGINT)
        assert socket.wait(30) == 0
    assert json.loads(heard)["payload"]["object"]["topic"].startswith("Launch")
    assert webhooks.returncode == 0


def test_a_dead_letter_is_handled_anew(user: Script, zoom: Told, tmp_path: Path) -> None:
    """The command of an event failed until it was given up; it is mended, and the event replayed."""
    inbox = tmp_path / "inbox.db"
    at = Script({**user.env, "ZOOM_INBOX": f"sqlite://{inbox}"})
    tried, seen = tmp_path / "tried", tmp_path / "seen"
    with listening(at, "--exec", f'touch "{tried}"; exit 3') as (url, _):
        assert at("events", "send", "meeting.ended", "--to", url).code == 0
        _wait_for(tried)
    _give_up(inbox)
    (dead,) = [json.loads(line) for line in at("inbox", "dead").out.splitlines()]
    assert dead["event"] == "meeting.ended"
    with listening(at, "--exec", f'echo "$ZOOM_EVENT" > "{seen}.new"; mv "{seen}.new" "{seen}"'):
        assert "1 will be handled anew" in at("inbox", "replay", dead["key"]).err
        _wait_for(seen)
    assert seen.read_text() == "meeting.ended\n"
    assert json.loads(at("inbox", "list").out)["dead"] == 0


def _change_until_heard(user: Script, listener: subprocess.Popen[str]) -> str:
    """Change the meeting until a listener, which takes a moment to connect, hears of it; return its first line."""
    assert listener.stdout
    for attempt in range(20):
        assert user("meetings", "update", MEETING, "--topic", f"Launch {attempt}").code == 0
        if select.select([listener.stdout], [], [], 1)[0]:
            return listener.stdout.readline()
    raise TimeoutError("nothing was heard")


def _wait_for(file: Path) -> None:
    deadline = time.monotonic() + 30
    while not file.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _give_up(path: Path) -> None:
    """Let the attempts of every event be spent, as they are after some hours."""
    inbox = SQLiteInbox(path, now=lambda: time.time() + 86_400)
    for task in inbox.claim(10, lease=60):
        inbox.bury(task, error="CommandFailed: the command ended with 3")
    inbox.close()
