import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from zoom_api_client.testing import EmbeddedZoom, Responder

BEARER = {"Authorization": "Bearer a token"}


@pytest.fixture
def zoom() -> Iterator[EmbeddedZoom]:
    """Serve for one test."""
    with EmbeddedZoom() as served:
        yield served


def test_real_http_carries_a_call_and_its_answer(zoom: EmbeddedZoom) -> None:
    """What holds for the responder must hold on the wire: status, headers, body, and no body with 204."""
    with httpx.Client(base_url=zoom.base_url, headers=BEARER) as client:
        made = client.post("/users/me/meetings", json={"topic": "Standup"})
        gone = client.delete(f"/meetings/{made.json()['id']}")
        bad = client.post("/users/me/meetings", json={"topic": 5})
    assert (made.status_code, made.json()["topic"]) == (201, "Standup")
    assert (gone.status_code, gone.content) == (204, b"")
    assert (bad.status_code, bad.json()["code"]) == (400, 300)
    assert [str(each.operation) for each in zoom.exchanges] == [
        "meetings.create_meeting",
        "meetings.delete_meeting",
        "meetings.create_meeting",
    ]
    assert [violation.field for violation in zoom.violations] == ["body.topic"]


def test_uuid_encoded_twice_survives_the_way(zoom: EmbeddedZoom) -> None:
    """A server that decodes the path on its own would lose the second encoding."""
    path = "/past_meetings/%252FaB3dEfGh%252F%252FIjKlMnOpQ%253D%253D"
    answer = httpx.get(zoom.base_url + path, headers=BEARER)
    assert (answer.status_code, zoom.violations) == (200, [])


def test_upload_reaches_the_same_base(zoom: EmbeddedZoom) -> None:
    """Clients map the upload hosts to the loopback base; multipart comes with a length or in chunks."""
    url = f"{zoom.base_url}/clips/files"
    assert httpx.post(url, headers=BEARER, files={"file": ("a.mp4", bytes(range(256)))}).status_code == 201
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nxyz\r\n--b--\r\n'
    headers = {**BEARER, "Content-Type": "multipart/form-data; boundary=b"}
    chunked = httpx.post(url, headers=headers, content=(body[start : start + 9] for start in range(0, len(body), 9)))
    assert (chunked.status_code, zoom.violations) == (201, [])


def test_connection_is_kept_and_answers_do_not_wait_for_each_other(zoom: EmbeddedZoom) -> None:
    """Clients hold connections open; Nagle's algorithm or a dropped connection would cost 40 ms a call."""
    connection = http.client.HTTPConnection(zoom.base_url.removeprefix("http://").removesuffix("/v2"))
    connection.request("GET", "/v2/users/me", headers=BEARER)
    connection.getresponse().read()
    socket, start = connection.sock, time.perf_counter()
    for _ in range(50):
        connection.request("GET", "/v2/meetings/1", headers=BEARER)
        assert connection.getresponse().read()
    assert connection.sock is socket
    assert time.perf_counter() - start < 1
    connection.close()


def test_many_clients_at_once_are_all_answered(zoom: EmbeddedZoom) -> None:
    """The list of exchanges is shared by the threads of the server."""
    with httpx.Client(base_url=zoom.base_url, headers=BEARER) as client, ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda number: client.get(f"/meetings/{number}").status_code, range(1, 81)))
    assert statuses == [200] * 80
    assert len(zoom.exchanges) == 80


def test_own_responder_is_the_one_that_answers() -> None:
    """The mock and the simulator put their own responder behind the same server."""
    responder = Responder(seed=4)
    with EmbeddedZoom(responder) as zoom:
        httpx.get(f"{zoom.base_url}/users/me", headers=BEARER)
    assert len(responder.exchanges) == 1


def test_closed_server_takes_no_more_calls() -> None:
    """A server that outlives its `with` holds its port and answers the next test."""
    with EmbeddedZoom() as zoom:
        base_url = zoom.base_url
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{base_url}/users/me")
