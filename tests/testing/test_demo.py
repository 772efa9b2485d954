import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from zoom_api_client import errors
from zoom_api_client.cli.tour import __main__ as demo, world
from zoom_api_client.cli.tour.actions import Action, Stage
from zoom_api_client.cli.tour.stage import FILE, open_stage
from zoom_api_client.cli.tour.world import Ran

ROWS = [*range(1, 35)]


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Ran], list[Ran]]:
    """What both worlds did."""
    return demo.run(tmp_path_factory.mktemp("files"))


@pytest.fixture(params=[0, 1], ids=["blocking", "awaited"])
def ran(request: pytest.FixtureRequest, worlds: tuple[list[Ran], list[Ran]]) -> Callable[..., Ran]:
    """What one world did, by the number or the name of an action, or so many rows after it."""
    done: list[Ran] = worlds[request.param]

    def find(what: str, after: int = 0) -> Ran:
        at = next(index for index, each in enumerate(done) if what in (each.action.number, each.action.name))
        return done[at + after]

    return find


def test_every_action_of_the_list_is_shown(worlds: tuple[list[Ran], list[Ran]]) -> None:
    """Who counts the actions counts those of the list of modules, in its order."""
    for done in worlds:
        assert [int(each.action.number) for each in done if each.action.number] == ROWS
        assert len({each.operation.product for ran in done for each in ran.exchanges if each.operation}) == 31


def test_nothing_leaves_the_contract(worlds: tuple[list[Ran], list[Ran]]) -> None:
    """The demo is the first thing that a newcomer runs."""
    assert [fault for done in worlds for each in done for fault in each.faults] == []


def test_worlds_differ_in_nothing_that_zoom_sees(worlds: tuple[list[Ran], list[Ran]]) -> None:
    """A world that sends something else has a fault of its own."""
    first, second = ([sorted(map(str, each.exchanges)) for each in done] for done in worlds)
    assert first == second


@pytest.mark.parametrize("number", ["4", "14"])
def test_list_is_whole_though_a_page_token_fails(ran: Callable[..., Ran], number: str) -> None:
    """The fault must have happened, and nothing be lost or doubled by it."""
    statuses = [each.answer.status for each in ran(number).exchanges]
    assert len({each.id for each in ran(number).result}) == len(ran(number).result) == 250
    assert (len(statuses), statuses.count(400)) == (5, 1 if number == "4" else 0)


@pytest.mark.parametrize("number", ["10", "20"])
def test_more_than_thirty_go_in_batches(ran: Callable[..., Ran], number: str) -> None:
    """Zoom takes 30 at a time, and the demo gives 65."""
    assert len(ran(number).exchanges) == 3


@pytest.mark.parametrize("number", ["24", "29"])
def test_long_range_is_cut_into_months(ran: Callable[..., Ran], number: str) -> None:
    """Zoom shortens a longer one without a word."""
    assert len(ran(number).exchanges) == 3


@pytest.mark.parametrize(("created", "seen", "listed", "changed"), [("2", "3", "4", "5"), ("12", "13", "14", "15")])
def test_what_is_created_is_seen_again(
    ran: Callable[..., Ran], created: str, seen: str, listed: str, changed: str
) -> None:
    """A demo that forgets shows only that requests are taken."""
    row, again = ran(created).result, ran(changed, after=1).result
    assert (ran(seen).result.id, ran(seen).result.topic) == (row.id, row.topic)
    assert row.id in [each.id for each in ran(listed).result]
    assert (again.id, again.topic) == (row.id, "Retro" if created == "2" else "Relaunch")


def test_what_is_deleted_is_gone(ran: Callable[..., Ran]) -> None:
    """A meeting, a webinar, a panelist and a file: what is read then is what is left."""
    assert isinstance(ran("7", after=2).result, errors.NotFound)
    assert isinstance(ran("16", after=1).result, errors.NotFound)
    assert len(ran("21").result) - len(ran("22", after=1).result) == 1
    files = [[each.id for each in ran(*which).result.recording_files] for which in (("24", 1), ("26", 1))]
    assert set(files[0]) - set(files[1]) == {FILE}


def test_what_is_written_is_read(ran: Callable[..., Ran]) -> None:
    """The message to the channel is there, and not the one to a contact."""
    assert [each["message"] for each in ran("32", after=1).result] == ["Well done, @Jane!"]


def test_registrants_are_approved_and_denied(ran: Callable[..., Ran]) -> None:
    """Who registers is listed, and stands where the host put them."""
    guest = ran("8").result.registrant_id
    assert guest in [each.id for each in ran("9").result]
    assert len(ran("10", after=1).result) == 65
    assert guest not in [each.id for each in ran("10", after=1).result]
    assert ran("17").result.registrant_id in [each.id for each in ran("18").result]


def test_identifiers_are_sent_as_zoom_takes_them(ran: Callable[..., Ran]) -> None:
    """Spaces are left out, and a UUID with slashes is encoded twice."""
    assert ran("6").exchanges[0].request.path == f"/v2/meetings/{ran('2').result.id}/status"
    assert "/%252FaB3dEfGh%252F%252FIjKlMnOpQ%253D%253D/" in ran("26").exchanges[0].request.path


def test_request_beyond_the_limit_never_reaches_zoom(worlds: tuple[list[Ran], list[Ran]]) -> None:
    """The guard stands in front of the request: a refusal by Zoom would count."""
    for done in worlds:
        (refused,) = [each for each in done if isinstance(each.result, errors.QuotaExceeded)]
        sent = [each.request.path for each in refused.exchanges if each.request.method == "POST"]
        assert sent == ["/v2/users/carol%40example.com/meetings"] * 100
        assert (refused.result.limit, refused.result.used) == (100, 100)


def test_downloaded_files_are_whole(ran: Callable[..., Ran]) -> None:
    """What comes through HTTP is what Zoom has."""
    *_, meeting = [json.loads(each.answer.body) for each in ran("25").exchanges if each.operation]
    sizes = [each["file_size"] for each in meeting["recording_files"]]
    assert sorted(path.stat().st_size for path in ran("25").result) == sorted(sizes)


def test_page_in_place_of_a_recording_is_not_a_file(worlds: tuple[list[Ran], list[Ran]]) -> None:
    """Zoom refuses a token with status 200: the page must not be found among the recordings."""
    for done in worlds:
        (refused,) = [each for each in done if isinstance(each.result, errors.DownloadError)]
        assert refused.exchanges[-1].answer.body.startswith(b"<!DOCTYPE html>")
        assert not refused.result.path.exists()


def _unreachable(why: str) -> None:
    raise errors.ConnectionFailed(why)


@pytest.mark.parametrize("number", ["1", "11", "23", "27", "30", "31", "33"])
def test_trigger_gets_what_was_sent(ran: Callable[..., Ran], number: str) -> None:
    """The event must come through signature, inbox and handler, and no double of the one before."""
    deliveries = ran(number).exchanges
    assert [each.answer.status for each in deliveries] == [200] * (2 if number == "1" else 1)
    assert ran(number).result.to_dict() == json.loads(deliveries[0].request.body)


def test_forged_event_is_refused(worlds: tuple[list[Ran], list[Ran]]) -> None:
    """Anybody can send a request to a receiver."""
    for done in worlds:
        assert [ran.result for ran in done if [each.answer.status for each in ran.exchanges] == [401]] == [None]


def wrong(stage: Stage) -> list[Action]:
    """Return what leaves the contract, and an error that does not come."""
    zoom = stage.zoom
    return [
        Action("call", "Ask wrongly", (lambda: zoom.call("GET", "/users", params={"page_size": "many"}),)),
        Action("", "", (partial(_unreachable, "nothing was sent [at all]"),)),
        Action("call", "Fail", (lambda: zoom.call("GET", "/users/me"),), expects=errors.NotFound),
    ]


def test_fault_is_reported_and_fails_the_demo(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A demo that always succeeds shows nothing."""
    monkeypatch.setattr(demo, "all_actions", wrong)
    assert demo.main() == 1
    shown = capsys.readouterr().out
    assert "list_users: query.page_size" in shown
    assert "nothing was sent [at all]" in shown
    with open_stage() as zoom:
        faults = [each.faults for each in asyncio.run(world.run_awaited(zoom, wrong, tmp_path))]
    assert [len(each) for each in faults] == [2, 1, 1]


def test_output_is_readable_in_a_file() -> None:
    """Logs of CI have no colours, and lines of any length, which nobody reads."""
    command = [sys.executable, "-m", "zoom_api_client.cli.tour"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *lines, last = done.stdout.splitlines()
    assert "\x1b" not in done.stdout
    assert "_token" not in done.stdout
    assert max(map(len, lines)) <= 130
    assert last.endswith(": 0 violations")
    assert done.stderr == ""
