import asyncio
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.simulator.frozen import FrozenZoom
from zoom_api_client import Zoom
from zoom_api_client.testing import mock_zoom
from zoom_api_client.testing.late_tls import LateContext
from zoom_api_client.testing.simulator.serving import Addresses, Ports, serve_in_thread
from zoom_api_client.transport import client_options

Get = Callable[[str, LateContext], int]

BEARER = {"Authorization": "Bearer any"}


def get(url: str, context: LateContext) -> int:
    """Return the status of an answer."""
    return httpx.get(url, headers=BEARER, verify=context).status_code


def get_awaited(url: str, context: LateContext) -> int:
    """Return the status of an answer that an event loop waits for."""

    async def ask() -> int:
        async with httpx.AsyncClient(verify=context, headers=BEARER) as client:
            return (await client.get(url)).status_code

    return asyncio.run(ask())


@pytest.fixture(scope="module")
def served() -> Iterator[Addresses]:
    """Serve by TLS, with a certificate that nobody trusts unless told to."""
    with serve_in_thread(FrozenZoom(open=True), Ports(tls=0)) as addresses:
        yield addresses


@pytest.fixture
def context() -> Iterator[LateContext]:
    """Return the TLS of clients that are made beside a mock."""
    client_options._ssl_context.cache_clear()
    with mock_zoom(), Zoom("any token") as zoom:
        zoom.meetings.get(85746065432)
        context = client_options.ssl_context({})
    assert isinstance(context, LateContext)
    yield context
    client_options._ssl_context.cache_clear()


def test_no_certificates_are_read_for_a_mock(context: LateContext) -> None:
    """It makes no connection, and to read them takes a tenth of the start of a session."""
    assert "_usual" not in vars(context)


@pytest.mark.parametrize("get", [get, get_awaited])
def test_client_of_a_mock_connects_after_it(
    served: Addresses, context: LateContext, monkeypatch: pytest.MonkeyPatch, get: Get
) -> None:
    """A client that a whole test session shares is called by tests without a mock too."""
    monkeypatch.setenv("SSL_CERT_FILE", str(served.ca_file))
    assert get(f"{served.tls_url}/users/me", context) == 200


@pytest.mark.parametrize("get", [get, get_awaited])
def test_client_of_a_mock_trusts_nobody_else(served: Addresses, context: LateContext, get: Get) -> None:
    """A stand-in for TLS that trusted everybody would hand out tokens."""
    with pytest.raises(httpx.ConnectError, match="certificate verify failed"):
        get(f"{served.tls_url}/users/me", context)


def test_certificates_that_a_caller_names_are_read_at_once() -> None:
    """What is wrong with them is said where the client is made, with a mock as without."""
    with mock_zoom(), pytest.raises(ValueError, match="no certificates could be read from verify="):
        Zoom("any token", verify="none.pem")
