"""What is written, and where: data on stdout, all else on stderr; tables for people, JSON for programs."""

import csv
import io
import json
import re

import pytest

from tests.cli.running import SCRIPT, Here, Script
from tests.cli.simulated import MEETING, Simulated
from tests.cli.terminal import run

STYLE = re.compile(r"\x1b\[[\d;]*m")
COLOUR = re.compile(r"\x1b\[[\d;]*3\d[\d;]*m")
LIST = ("meetings", "list", "me")
GET = ("meetings", "get", MEETING)


def test_a_list_is_a_table_on_a_terminal(command: Script) -> None:
    """The table has the columns of the resource, in capitals and bold."""
    ran = run([str(SCRIPT), *LIST], command.env, columns=120)
    head, *rows = ran.out.splitlines()
    assert head.startswith("\x1b[1mID ")
    assert head.removesuffix("\x1b[0m").endswith("JOIN URL")
    assert len(rows) == 2
    assert ran.code == 0


@pytest.mark.parametrize("columns", [20, 40, 80])
@pytest.mark.parametrize("words", [LIST, GET, ("status",), ("api", "search", "call queue")])
def test_a_table_is_as_wide_as_the_terminal(words: tuple[str, ...], columns: int, command: Script) -> None:
    """No line is wider, whatever the text is."""
    ran = run([str(SCRIPT), *words], {**command.env, "NO_COLOR": "1"}, columns=columns)
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= columns


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("words", [(), ("meetings", "list"), ("api", "users")])
def test_help_is_as_wide_as_the_terminal(words: tuple[str, ...], columns: int, script: Script) -> None:
    """It fits into 40 columns too."""
    ran = run([str(SCRIPT), *words, "--help"], {**script.env, "NO_COLOR": "1"}, columns=columns)
    assert max(map(len, STYLE.sub("", ran.out).splitlines())) <= columns


def test_no_color_is_obeyed(command: Script) -> None:
    """With NO_COLOR tables are nothing but text, and help has no colours."""
    assert STYLE.search(run([str(SCRIPT), *LIST], command.env).out)
    assert not STYLE.search(run([str(SCRIPT), *LIST], {**command.env, "NO_COLOR": "1"}).out)
    assert COLOUR.search(run([str(SCRIPT), "--help"], command.env).out)
    assert not COLOUR.search(run([str(SCRIPT), "--help"], {**command.env, "NO_COLOR": "1"}).out)


def test_json_is_the_default_where_there_is_no_terminal(command: Script) -> None:
    """One item a line; what is one thing is one line."""
    assert [json.loads(line)["topic"] for line in command(*LIST).out.splitlines()]
    assert json.loads(command(*GET).out)["id"] == int(MEETING)


def test_csv_has_a_line_of_names(command_here: Here) -> None:
    """A line for each item follows, quoted where need be."""
    rows = list(csv.DictReader(io.StringIO(command_here(*LIST, "--csv", "--fields", "id,topic").out)))
    assert [set(row) for row in rows] == [{"id", "topic"}] * 2


def test_a_formula_is_quoted(command_here: Here, zoom: Simulated) -> None:
    """Who names a meeting `=cmd()` runs nothing in a spreadsheet; a telephone number stays one."""
    zoom.fail("meetings.list_meetings", pages=[{"id": 1, "topic": "=cmd()", "agenda": "+1 205 555"}])
    assert command_here(*LIST, "--csv", "--fields", "topic,agenda").out == "topic,agenda\n'=cmd(),+1 205 555\n"


def test_fields_are_found_by_their_path(command_here: Here) -> None:
    """Fields of inner objects can be chosen too; what is not there is null."""
    ran = command_here(*GET, "--fields", "id,settings.host_video,nothing")
    found = ran.json
    assert found == {"id": int(MEETING), "settings.host_video": found["settings.host_video"], "nothing": None}
    assert isinstance(found["settings.host_video"], bool)


def test_jq_filters_each_item(command_here: Here) -> None:
    """A filter may give several values, or none."""
    ran = command_here(*LIST, "--jq", ".id, (.topic | length)")
    assert len([int(line) for line in ran.out.splitlines()]) == 4
    assert command_here(*LIST, "--jq", ".[").code == 2


def test_a_text_of_jq_has_no_quotes(command_here: Here, zoom: Simulated) -> None:
    """A shell can use it as it is; it stays on one line, and does not act on a terminal."""
    zoom.fail("meetings.list_meetings", pages=[{"id": 1, "topic": 'a "b"\nc\x1b[2J'}])
    assert command_here(*LIST, "--jq", ".topic, [.topic]").out.splitlines() == [
        'a "b" c\\u001b[2J', '["a \\"b\\"\\nc\\u001b[2J"]',
    ]  # fmt: skip


def test_secrets_are_masked(command_here: Here) -> None:
    """Unless they are asked for."""
    masked = json.loads(command_here(*GET).out)
    shown = json.loads(command_here(*GET, "--show-secrets").out)
    assert (masked["password"], masked["start_url"]) == ("…", "…")
    assert "…" not in (shown["password"], shown["start_url"])


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_names_do_not_act_on_a_terminal(form: list[str], command: Script, zoom: Simulated) -> None:
    """A topic is anybody's words: what would clear the screen, or go on in the next line, is spelled."""
    zoom.fail("meetings.list_meetings", pages=[{"id": 1, "topic": "a\x1b[2Jb\nc\x9bd"}])
    ran = run([str(SCRIPT), *LIST, *form], {**command.env, "NO_COLOR": "1"})
    assert "\x1b" not in ran.out
    assert "\x9b" not in ran.out
    assert len(ran.out.splitlines()) == (1 if form else 2)


def test_messages_go_to_stderr(command: Script) -> None:
    """A command that has no data to write writes none."""
    ran = command("meetings", "get", "x y z")
    assert ran.out == ""
    assert ran.err.startswith("zoom-api: ")
    assert ran.err.count("\n") == 1


def test_debug_shows_requests_and_where_an_error_came_from(command: Script) -> None:
    """They go to stderr, without secrets."""
    ran = command("meetings", "get", "1", "--debug")
    assert "Traceback" in ran.err
    assert "meetings.get_meeting: 404 in " in ran.err
    assert command.env["ZOOM_ACCESS_TOKEN"] not in ran.err
    assert (ran.code, ran.out) == (3, "")


def test_a_deprecated_operation_is_reported(command: Script) -> None:
    """What Zoom has deprecated works, with a line on stderr."""
    ran = command("api", "iq", "get-indicators-settings-deprecated")
    assert ran.code == 0
    assert "deprecated" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("recordings list me --from 2026-10-01", "no recordings (user id me, from 2026-10-01)"),
        (
            "recordings list me --from 2026-10-01 --trash-type meeting_recordings",
            "no recordings (user id me, from 2026-10-01, trash type meeting_recordings)",
        ),
        (
            "phone calls me --directions inbound --directions outbound",
            "no call logs (user id me, directions inbound, outbound)",
        ),
        ("meetings registrants list 1", "no registrants (meeting id 1)"),
        (
            "recordings download --to-dir . --from 2026-10-01 --to 2026-10-02",
            "no recordings of me between 2026-10-01 and 2026-10-02",
        ),
        ("recordings download --to-dir .", "no recordings of me today (UTC): give --from"),
        ("recordings download --to-dir . --dry-run", "no recordings of me today (UTC): give --from"),
    ],
)
def test_a_list_without_items_is_reported(words: str, says: str, command_here: Here, zoom: Simulated) -> None:
    """The word of it goes to stderr: a program reads an empty list."""
    for operation in ("list_all_recordings", "list_meeting_registrants"):
        zoom.fail(f"meetings.{operation}", pages=[])
    ran = command_here(*words.split())
    assert (ran.code, ran.out, ran.err) == (0, "", f"zoom-api: {says}\n")
