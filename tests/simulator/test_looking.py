"""The page of the simulator, in a browser: what happens is seen, and a fault is switched on by pressing a button."""

from collections.abc import Iterator

import httpx
import pytest

from tests.simulator.browser import FOUND, Page, browsing
from tests.simulator.frozen import FrozenZoom
from zoom_api_client.testing.simulator.serving import Addresses, serve_in_thread

pytestmark = pytest.mark.skipif(not FOUND, reason="there is no Chromium")
HEADERS = {"Authorization": "Bearer any"}
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def zoom() -> FrozenZoom:
    """Return a simulator that takes any token."""
    return FrozenZoom(open=True)


@pytest.fixture(scope="module")
def served(zoom: FrozenZoom) -> Iterator[Addresses]:
    """Serve it."""
    with serve_in_thread(zoom) as addresses:
        yield addresses


@pytest.fixture(scope="module")
def page(served: Addresses, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Open its page in a browser."""
    with browsing(tmp_path_factory.mktemp("browser") / "profile") as page:
        page.open(served.base_url.removesuffix("v2") + "_simulator/")
        page.until("document.querySelector('#status')?.textContent === 'live'")
        yield page


def create(served: Addresses, topic: str) -> int:
    """Create a meeting; return the status."""
    answer = httpx.post(f"{served.base_url}/users/me/meetings", json={"topic": topic}, headers=HEADERS)
    return answer.status_code


def press(page: Page, text: str) -> None:
    """Press the button of a text."""
    page.evaluate(f"[...document.querySelectorAll('button')].find((each) => each.textContent === '{text}').click()")


def test_requests_appear_as_they_come(served: Addresses, page: Page) -> None:
    """They have their verdicts, and the page is not reloaded."""
    create(served, "Planning")
    httpx.post(f"{served.base_url}/users/me/meetings", json={"tipic": "Planning"}, headers=HEADERS)
    page.until("document.querySelector('#requests').textContent.includes('1 found')")
    assert "201POST /v2/users/me/meetings" in page.text("#requests")
    assert page.text("#verdict") == "1 left the contract"


def test_what_an_account_holds_is_looked_at(served: Addresses, page: Page) -> None:
    """A resource is chosen, and its rows are read; what they say is text, whatever it says."""
    create(served, HOSTILE)
    page.until("[...document.querySelectorAll('button')].some((each) => each.textContent.startsWith('meetings '))")
    page.evaluate(
        "[...document.querySelectorAll('button')].find((each) => each.textContent.startsWith('meetings ')).click()"
    )
    page.until("document.querySelector('#rows').textContent.includes('onerror')")
    assert HOSTILE in page.text("#rows")
    assert page.evaluate("document.querySelectorAll('#rows img').length") == 0


def test_faults_are_switched_on_and_off_by_hand(served: Addresses, page: Page) -> None:
    """A program is watched while it meets one."""
    page.evaluate("document.querySelector('#fault [name=on]').value = 'meetings.create_meeting'")
    press(page, "Switch on")
    page.until("document.querySelector('#faults').textContent.includes('raises 503')")
    assert create(served, "Refused") == 503
    press(page, "Switch off")
    page.until("document.querySelector('#faults').textContent === 'nothing yet'")
    assert create(served, "Planning") == 201


def test_fault_that_is_none_is_refused_in_words(page: Page) -> None:
    """A name that is misspelt is told where it was typed."""
    page.evaluate("document.querySelector('#fault [name=on]').value = 'meetings.creat_meeting'")
    press(page, "Switch on")
    page.until("document.querySelector('#refusal').textContent.includes('did you mean')")


def test_clock_is_moved_by_hand(zoom: FrozenZoom, page: Page) -> None:
    """The hour of a token, or the minutes of a repeat, are over at a press."""
    before = zoom.clock.now()
    press(page, "+1 h")
    page.until("document.querySelector('#now').textContent.includes('13:00')")
    assert (zoom.clock.now() - before).total_seconds() == 3600


def test_deliveries_are_shown_with_their_answers(zoom: FrozenZoom, served: Addresses, page: Page) -> None:
    """Whoever waits for an event sees that it was sent, and what came of it."""
    zoom.events.subscribe(events=["meeting.created"])
    create(served, "Planning")
    page.until("document.querySelector('#deliveries').textContent.includes('lost: no WebSocket is connected')")
    assert "meeting.created" in page.text("#deliveries")


def test_page_complains_about_nothing_and_fits_a_telephone(page: Page) -> None:
    """No error in the console, nothing that the policy forbids, and nothing wider than the screen."""
    known = [each for each in page.problems if "faults" not in each]  # the fault that was refused above
    assert known == []
    page._call("Emulation.setDeviceMetricsOverride", width=360, height=800, deviceScaleFactor=1, mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
