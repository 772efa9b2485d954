import base64
import http.client
import logging
import os
import random
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.simulator.frozen import FrozenZoom
from tests.waiting import wait_until
from zoom_api_client import Zoom
from zoom_api_client.connection import ServerToServer
from zoom_api_client.testing import IncomingRequest, OutgoingAnswer
from zoom_api_client.testing.simulator.authorization.apps import DEFAULT
from zoom_api_client.testing.simulator.serving import Addresses, Ports, serve_in_thread

BEARER = {"Authorization": "Bearer any"}
PROGRAM = (
    "import httpx; print(httpx.get('https://api.zoom.us/v2/users/me', headers={'Authorization': 'Bearer x'}).text)"
)


class Dropping(FrozenZoom):
    """Drops what asks for it, as a fault that is switched on does."""

    def answer(self, request: IncomingRequest) -> OutgoingAnswer:
        return OutgoingAnswer(0) if request.path.endswith("/drop") else super().answer(request)


@pytest.fixture(scope="module")
def served() -> Iterator[Addresses]:
    """Serve for the tests of this module, which remember nothing."""
    with serve_in_thread(Dropping(open=True), Ports(tls=0, proxy=0)) as addresses:
        yield addresses


@pytest.fixture
def environment(served: Addresses) -> dict[str, str]:
    """Return what a program that cannot be configured is started with."""
    proxies = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "http_proxy"), served.proxy_url)
    trusted = dict.fromkeys(("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"), str(served.ca_file))
    return {"PATH": os.environ["PATH"], **proxies, **trusted}


def test_plain_http_answers_at_the_base_url(served: Addresses) -> None:
    """The simplest way in: a base URL, as for any stand-in."""
    answer = httpx.get(f"{served.base_url}/users/me", headers=BEARER)
    assert (answer.status_code, answer.json().keys() >= {"id", "email"}) == (200, True)


def test_whole_library_works_against_it(served: Addresses) -> None:
    """Token and call go to the same origin, as `base_url` on this machine has it."""
    connection = ServerToServer("account", DEFAULT.client_id, DEFAULT.client_secret)
    with Zoom(connection, base_url=served.base_url) as zoom:
        assert zoom.meetings.get(85746065432).topic == "Standup"


def test_library_trusts_the_certificates_of_a_file(served: Addresses) -> None:
    """A company's own authority is a file: httpx deprecates the path of one, and the library does not."""
    with Zoom("any token", base_url=served.tls_url, verify=str(served.ca_file)) as zoom:
        assert zoom.meetings.get(85746065432).topic == "Standup"


def test_tls_shows_a_certificate_of_its_own_authority(served: Addresses) -> None:
    """Only who trusts the authority gets through; nobody switches verification off."""
    trusting = ssl.create_default_context(cafile=str(served.ca_file))
    assert httpx.get(f"{served.tls_url}/users/me", headers=BEARER, verify=trusting).status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{served.tls_url}/users/me", headers=BEARER)


@pytest.mark.parametrize("name", ["zoom.us", "api.zoom.us", "api-eu.zoom.us", "FILE.zoom.us", "api.zoomgov.com"])
def test_every_host_of_zooms_has_its_certificate(served: Addresses, name: str) -> None:
    """API, tokens, uploads, downloads and regions are hosts of their own."""
    with open_tls(served, name) as connection:
        assert ("DNS", name.lower()) in connection.getpeercert()["subjectAltName"]  # type: ignore[index]


def test_no_other_name_has_a_certificate(served: Addresses) -> None:
    """An authority that somebody trusts must not speak for a bank."""
    with pytest.raises(ssl.SSLError):
        open_tls(served, "bank.example")


def open_tls(served: Addresses, name: str) -> ssl.SSLSocket:
    """Connect as if the simulator were the host of a name."""
    parts = urlsplit(served.tls_url)
    raw = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10)
    try:
        return ssl.create_default_context(cafile=str(served.ca_file)).wrap_socket(raw, server_hostname=name)
    except ssl.SSLError:
        raw.close()
        raise


def test_python_program_reaches_it_unchanged(environment: dict[str, str]) -> None:
    """A proxy and a certificate in the environment are all that it takes."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
    assert '"email"' in done.stdout


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
def test_curl_gets_a_token_and_calls_unchanged(environment: dict[str, str]) -> None:
    """The commands of Zoom's own pages, host and all."""
    user = f"{DEFAULT.client_id}:{DEFAULT.client_secret}"
    form = ["-d", "grant_type=account_credentials", "-d", "account_id=account"]
    given = run(["curl", "-sS", "-u", user, *form, "https://zoom.us/oauth/token"], environment)
    assert '"api_url":"https://api.zoom.us"' in given
    assert '"id"' in run(
        ["curl", "-sS", "-H", "Authorization: Bearer x", "https://api.zoom.us/v2/users/me"], environment
    )


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
@pytest.mark.parametrize("url", ["https://example.org/", "http://example.org/", "https://zoom.us.example.org/"])
def test_proxy_reaches_nobody_else(environment: dict[str, str], url: str) -> None:
    """A proxy that is open would send a test's secrets anywhere."""
    command = ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code} %{http_connect}", url]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "403" in done.stdout


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
def test_plain_http_to_zooms_host_is_refused_as_unsafe(environment: dict[str, str]) -> None:
    """Whoever forgets the s in https hears of it."""
    assert "must be sent with https" in run(["curl", "-sS", "http://api.zoom.us/v2/users/me"], environment)


def run(command: list[str], environment: dict[str, str]) -> str:
    """Return what a command prints."""
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_proxy_lets_a_connection_ask_for_one_plain_request_only(served: Addresses) -> None:
    """The host of the first request was judged, that of a second one would not be."""
    host = urlsplit(served.proxy_url)
    with socket.create_connection((host.hostname or "", host.port or 0), timeout=10) as connection:
        asked = b"GET http://%s/v2/users/me HTTP/1.1\r\nHost: %s\r\nConnection: keep-alive\r\n\r\n"
        connection.sendall(asked % (b"api.zoom.us", b"api.zoom.us") + asked % (b"bank.example", b"bank.example"))
        answers = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answers.count(b"HTTP/1.1 ") == 1


def test_whole_https_address_is_taken_like_a_tunnel(served: Addresses) -> None:
    """Axios 1.7 asks a proxy so, and Zoom's own JavaScript client is built on axios."""
    host = urlsplit(served.proxy_url)
    with socket.create_connection((host.hostname or "", host.port or 0), timeout=10) as connection:
        connection.sendall(
            b"GET https://api.zoom.us/v2/users/me HTTP/1.1\r\nHost: api.zoom.us\r\nAuthorization: Bearer x\r\n\r\n"
        )
        assert connection.recv(12) == b"HTTP/1.1 200"


def test_dropped_connection_brings_no_byte(served: Addresses, caplog: pytest.LogCaptureFixture) -> None:
    """A fault is what the program under test would see; and the server is none the worse for it."""
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        http_get(served, "/v2/drop")
    assert http_get(served, "/v2/users/me") == 200
    assert not caplog.records


def http_get(served: Addresses, path: str) -> int:
    """Return the status of an answer."""
    connection = http.client.HTTPConnection(urlsplit(served.base_url).netloc, timeout=10)
    try:
        connection.request("GET", path, headers=BEARER)
        return connection.getresponse().status
    finally:
        connection.close()


def test_certificate_is_where_it_was_wanted_and_goes_where_it_was_not(tmp_path: Path) -> None:
    """Containers mount a path; others leave nothing behind."""
    wanted = tmp_path / "authority.pem"
    with serve_in_thread(FrozenZoom(), Ports(tls=0, ca_file=wanted)) as addresses:
        assert addresses.ca_file == wanted
    assert wanted.read_text().startswith("-----BEGIN CERTIFICATE-----")
    with serve_in_thread(FrozenZoom(), Ports(tls=0)) as addresses:
        assert addresses.ca_file is not None
        assert addresses.ca_file.exists()
    assert not addresses.ca_file.parent.exists()


def test_port_that_is_taken_is_reported(served: Addresses) -> None:
    """A second simulator at the same port must fail at once, and not share the requests."""
    with (
        pytest.raises(OSError, match="in use"),
        serve_in_thread(FrozenZoom(), Ports(urlsplit(served.base_url).port or 0)),
    ):
        pass


PIECES = [
    b"GET ", b"POST ", b"CONNECT ", b"/v2/users/me", b"/oauth/token", b"/oauth/authorize?", b"//", b"%", b"%00", b"%ff",
    b" HTTP/1.1\r\n", b" HTTP/9\r\n", b"Host: a\r\n", b"Host: [\r\n", b"Authorization: Bearer \xff\r\n",
    b"Authorization: Basic ====\r\n", b"X-Forwarded-Host: \x01\r\n", b"Content-Length: -1\r\n", b"\r\n", b"\r\n\r\n",
    b"Content-Length: 99999999999999\r\n", b"Transfer-Encoding: chunked\r\n\r\n", b"FFFFFFFF\r\n", b"\x00",
    b"\x16\x03\x01", b"Content-Type: application/json\r\n", b"[" * 5000, b"client_id=\xff&", b"http://[::1",
    b"?" + b"a=b&" * 500, b"{}",
]  # fmt: skip


@pytest.mark.parametrize("way", ["base_url", "tls_url", "proxy_url"])
def test_hostile_bytes_bring_an_answer_or_an_end(served: Addresses, way: str, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever comes, the server stays, and says nothing of its own insides."""
    chance = random.Random(way)
    parts = urlsplit(getattr(served, way))
    with caplog.at_level(logging.ERROR):
        for _ in range(300):
            hostile = b"".join(chance.choices(PIECES, k=chance.randint(1, 12)))
            with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=10) as connection:
                got = exchange(connection, hostile)
            assert got == b"" or got.startswith(b"HTTP/1.1 ") or way == "tls_url", got[:80]
            assert b"Traceback" not in got
            assert not got.startswith(b"HTTP/1.1 500"), hostile
    assert not caplog.records
    assert http_get(served, "/v2/users/me") == 200


def exchange(connection: socket.socket, hostile: bytes) -> bytes:
    """Send bytes to the end, and return what comes back."""
    try:
        connection.sendall(hostile)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))
    except OSError:
        return b""


def test_basic_credentials_that_are_none_are_refused(served: Addresses) -> None:
    """What is not base64, or not text, is wrong credentials and no crash."""
    for given in ("====", base64.b64encode(b"\xff\xfe:x").decode(), "é", "."):
        headers = {"Authorization": f"Basic {given}".encode()}
        asked = httpx.post(
            served.base_url[:-3] + "/oauth/token", headers=headers, data={"grant_type": "client_credentials"}
        )
        assert asked.status_code in (400, 401)
        assert asked.json()["reason"]


@pytest.mark.parametrize("ports", [Ports(), Ports(tls=0)], ids=["plain", "TLS"])
def test_a_late_answer_does_not_hold_up_the_end(ports: Ports, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever waits for it loses the connection, and nobody reads a traceback."""
    simulator = FrozenZoom(open=True)
    simulator.faults.add("*", delays=60)
    with ThreadPoolExecutor() as threads:
        with serve_in_thread(simulator, ports) as served:
            urls = [each for each in (served.base_url, served.tls_url) if each]
            ask = partial(httpx.get, headers=BEARER, timeout=60, verify=False)
            asked = [threads.submit(ask, f"{each}/users/me") for each in urls]
            wait_until(lambda: len(simulator.exchanges) == len(urls))
        for each in asked:
            with pytest.raises(httpx.RemoteProtocolError):
                each.result()
    assert [each.message for each in caplog.records if each.name.startswith("uvicorn")] == []
