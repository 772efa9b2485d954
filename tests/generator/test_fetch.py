"""A bad day of Zoom's site must cost nothing: what was good stays, and what went wrong is reported."""

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest
import stamina

from generator.__main__ import main
from generator.fetch import Outcome, fetch
from generator.sources import HEADER, Source, load, save
from tests.storage.nearly_full import nearly_full

SITE = "https://developers.zoom.us/api-hub"
LONG_AGO = date(2020, 1, 1)


def endpoints(title: str = "Get a thing") -> dict[str, Any]:
    """Return a document as Zoom publishes it."""
    operation = {"summary": title, "operationId": "get", "description": "Gets it.", "responses": {"204": {}}}
    return {"paths": {"/things": {"get": operation}}, "openapi": "3.0.0", "info": {"title": "Ünïcode", "version": "2"}}


EVENTS: dict[str, Any] = {"openapi": "3.1.0", "info": {}, "webhooks": {"thing.made": {"post": {"operationId": "x"}}}}


class Mirror:
    """A directory laid out like Zoom's site, and the `openapi/` that is fetched from it."""

    def __init__(self, root: Path) -> None:
        self.site, self.openapi = root / "api-hub", root / "openapi"
        self.openapi.mkdir()
        self.name("things")

    def name(self, *products: str, site: str = SITE) -> None:
        """Name the products whose endpoints are to be read."""
        names = [Source(product, "endpoints", f"{site}/{product}/methods/endpoints.json") for product in products]
        save(self.openapi / "sources.toml", names)

    def publish(self, product: str, document: Any, path: str = "methods/endpoints.json") -> bytes:
        """Put a document, or any bytes, on the site."""
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        place = self.site / product / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body)
        return body

    def fetch(self, *products: str) -> list[Outcome]:
        """Fetch from the directory."""
        return fetch(self.openapi, directory=self.site, products=list(products))

    def text(self, file: str = "things/endpoints.json") -> str:
        """Return what lies below `openapi/`."""
        return (self.openapi / file).read_text(encoding="utf-8")

    def sources(self) -> list[Source]:
        """Return what is remembered of the documents."""
        return load(self.openapi / "sources.toml")


@pytest.fixture
def mirror(tmp_path: Path) -> Mirror:
    """A site without documents, and a list with one product."""
    return Mirror(tmp_path)


def test_diff_of_openapi_is_quiet(mirror: Mirror) -> None:
    """Facts are written sorted, one a line, as UTF-8; the list has the hash of Zoom's own file and the day."""
    body = mirror.publish("things", endpoints())
    [outcome] = mirror.fetch()
    facts = json.loads(mirror.text())
    assert (outcome.fault, outcome.changed) == ("", True)
    assert mirror.text() == json.dumps(facts, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    assert facts["info"]["title"] == "Ünïcode"
    [source] = mirror.sources()
    assert (source.sha256, source.read) == (hashlib.sha256(body).hexdigest(), datetime.now(UTC).date())
    assert mirror.text("sources.toml").startswith(HEADER)


def test_unchanged_document_keeps_its_day(mirror: Mirror) -> None:
    """A second reading of the same document leaves its day and its file as they were."""
    mirror.publish("things", endpoints())
    [first] = mirror.fetch()
    save(
        mirror.openapi / "sources.toml",
        [Source("things", "endpoints", first.source.url, first.source.sha256, LONG_AGO)],
    )
    written = (mirror.openapi / "things/endpoints.json").stat().st_mtime_ns
    [outcome] = mirror.fetch()
    assert (outcome.fault, outcome.changed) == ("", False)
    assert [each.read for each in mirror.sources()] == [LONG_AGO]
    assert (mirror.openapi / "things/endpoints.json").stat().st_mtime_ns == written


def test_document_without_a_date_is_not_older(mirror: Mirror) -> None:
    """It is at home where it was: one from a directory without a date lost its operations to a product of March."""
    mirror.publish("things", endpoints())
    mirror.fetch()
    [source] = load(mirror.openapi / "sources.toml")
    save(mirror.openapi / "sources.toml", [attrs.evolve(source, dated="2026-08")])
    mirror.publish("things", endpoints("Get the thing"))
    mirror.fetch()
    [source] = load(mirror.openapi / "sources.toml")
    assert source.dated == "2026-08"


def test_new_prose_is_not_a_change(mirror: Mirror) -> None:
    """A document whose words alone differ has been read anew, and its facts have not changed."""
    mirror.publish("things", endpoints())
    mirror.fetch()
    body = mirror.publish("things", {**endpoints(), "externalDocs": {"description": "New!"}})
    [outcome] = mirror.fetch()
    assert not outcome.changed
    assert [each.sha256 for each in mirror.sources()] == [hashlib.sha256(body).hexdigest()]


BROKEN: dict[str, Any] = {
    "absent": None,
    "truncated": json.dumps(endpoints())[:-20].encode(),
    "html": b"<!doctype html><title>Back soon</title>",
    "no-paths": {"openapi": "3.0.0", "info": {}, "paths": {}},
    "events": EVENTS,
    "no-operation": {"openapi": "3.0.0", "paths": {"/x": {"get": None}}},
    "nameless-parameter": {"openapi": "3.0.0", "paths": {"/x": {"get": {"parameters": [{"in": "query"}]}}}},
    "not-utf-8": b"\xff",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_bad_document_leaves_the_good_one(mirror: Mirror, kind: str) -> None:
    """What is absent or broken, wherever, is reported, keeps its last good version, and stops no other."""
    mirror.name("things", "others")
    mirror.publish("things", endpoints())
    mirror.fetch("things")
    good, [remembered, _] = mirror.text(), mirror.sources()
    if BROKEN[kind]:
        mirror.publish("things", BROKEN[kind])
    else:
        (mirror.site / "things/methods/endpoints.json").unlink()
    mirror.publish("others", endpoints("Get another"))
    broken, other = mirror.fetch()
    assert broken.fault
    assert (mirror.text(), mirror.sources()[0]) == (good, remembered)
    assert (other.fault, other.changed, mirror.sources()[1].read) == ("", True, datetime.now(UTC).date())


def test_broken_document_is_passed_over_in_silence(mirror: Mirror, capfd: pytest.CaptureFixture[str]) -> None:
    """The command names each document that failed, whether a version of it is left, and fails if any did."""
    mirror.name("things", "others", "new")
    mirror.publish("things", endpoints())
    mirror.publish("others", endpoints())
    assert main(["--root", str(mirror.openapi.parent), "fetch", "--from", str(mirror.site)]) == 1
    mirror.publish("others", b"<html>")
    assert main(["--root", str(mirror.openapi.parent), "fetch", "--from", str(mirror.site), "others", "new"]) == 1
    told = " ".join(capfd.readouterr().err.split())
    assert "things/endpoints.json: changed, 1 operations" in told
    assert "others/endpoints.json: it is not JSON" in told
    assert "its last good version stays" in told
    assert "new/endpoints.json: FileNotFoundError" in told
    assert "there is no earlier version" in told
    assert "2 documents read, 0 changed, 2 absent or broken" in told


def test_misspelt_product_is_refused(mirror: Mirror) -> None:
    """A product that the list does not have stops the command, with the way out."""
    with pytest.raises(ValueError, match=r"has no product thigns: add a line"):
        mirror.fetch("thigns", "things")


def test_new_product_needs_only_a_line(mirror: Mirror) -> None:
    """A line with product, kind and URL is all; the others keep theirs, and their order."""
    mirror.publish("things", endpoints())
    mirror.fetch()
    text = mirror.text("sources.toml")
    line = f'    {{ product = "others", kind = "webhooks", url = "{SITE}/others/events/webhooks.json" }},\n'
    (mirror.openapi / "sources.toml").write_text(text.replace("documents = [\n", f"documents = [\n{line}"))
    mirror.publish("others", EVENTS, "events/webhooks.json")
    assert [outcome.fault for outcome in mirror.fetch("others")] == [""]
    assert [each.product for each in mirror.sources()] == ["others", "things"]
    assert [each for each in mirror.text("sources.toml").splitlines() if "things" in each] == text.splitlines()[4:5]
    assert list(json.loads(mirror.text("others/webhooks.json"))["webhooks"]) == ["thing.made"]


def test_malformed_line_is_shown(mirror: Mirror) -> None:
    """A line with a misspelt key stops the command and is shown."""
    (mirror.openapi / "sources.toml").write_text('documents = [{ product = "x", kind = "endpoints", ulr = "y" }]')
    with pytest.raises(ValueError, match=r"sources\.toml: the line .*'ulr'.* needs product, kind and url"):
        mirror.fetch()


class Site(http.server.ThreadingHTTPServer):
    """A site on loopback: `answers` has what each path answers in turn, the last one from then on."""

    answers: dict[str, list[tuple[int, Any]]]
    meeting: threading.Barrier | None = None
    asked: list[str]


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers what its site says."""

    server: Site

    def do_GET(self) -> None:
        """Wait for the others if they are to meet, and answer."""
        self.server.asked.append(self.path)
        if self.server.meeting:
            self.server.meeting.wait()
        answers = self.server.answers[self.path]
        status, body = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        if status == 302:
            self.send_header("location", body)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def site() -> Iterator[Site]:
    """A running site; retries do not wait."""
    server = Site(("127.0.0.1", 0), Answers)
    server.answers, server.asked = {}, []
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    with stamina.set_testing(True, attempts=10, cap=True):
        yield server
    server.shutdown()
    thread.join()
    server.server_close()


def over_http(mirror: Mirror, site: Site, **answers: list[tuple[int, Any]]) -> list[Outcome]:
    """Fetch from a site that answers so."""
    mirror.name(*answers, site=f"http://127.0.0.1:{site.server_port}/api-hub")
    site.answers |= {f"/api-hub/{product}/methods/endpoints.json": answers[product] for product in answers}
    return fetch(mirror.openapi)


def test_site_out_of_breath_is_asked_again(mirror: Mirror, site: Site) -> None:
    """What is refused for a moment is asked for again."""
    [outcome] = over_http(mirror, site, things=[(503, {}), (503, {}), (200, endpoints())])
    assert (outcome.fault, outcome.changed, len(site.asked)) == ("", True, 3)


def test_site_that_stays_down_is_asked_four_times(mirror: Mirror, site: Site) -> None:
    """After four times it is a fault, of this document alone."""
    down, up = over_http(mirror, site, things=[(503, {})], others=[(200, endpoints())])
    assert "503" in down.fault
    assert (up.fault, len(site.asked)) == ("", 5)


def test_moved_document_is_followed(mirror: Mirror, site: Site) -> None:
    """A redirect is followed."""
    site.answers["/elsewhere"] = [(200, endpoints())]
    [outcome] = over_http(mirror, site, things=[(302, "/elsewhere")])
    assert (outcome.fault, outcome.changed) == ("", True)


def test_documents_are_fetched_side_by_side(mirror: Mirror, site: Site) -> None:
    """Documents are read side by side: the site answers none before four have been asked for."""
    site.meeting = threading.Barrier(4, timeout=10)
    outcomes = over_http(mirror, site, **{f"p{n}": [(200, endpoints())] for n in range(4)})
    assert [outcome.fault for outcome in outcomes] == [""] * 4


def test_half_of_a_character_keeps_the_good_document(mirror: Mirror) -> None:
    """JSON can say it, and no file can hold it: the document was emptied before that was noticed."""
    mirror.publish("things", endpoints())
    mirror.fetch()
    good = mirror.text()
    broken = endpoints()
    broken["info"]["title"] = "\ud800"
    mirror.publish("things", broken)
    (outcome,) = mirror.fetch()
    assert "lone surrogate" in outcome.fault
    assert mirror.text() == good


def test_a_full_disk_keeps_the_good_documents(mirror: Mirror) -> None:
    """Documents and their list are replaced whole or not at all."""
    mirror.publish("things", endpoints())
    mirror.fetch()
    good, known = mirror.text(), (mirror.openapi / "sources.toml").read_text()
    mirror.publish("things", endpoints("Get another thing"))
    with nearly_full(40), pytest.raises(OSError, match="large"):
        mirror.fetch()
    assert (mirror.text(), (mirror.openapi / "sources.toml").read_text()) == (good, known)
