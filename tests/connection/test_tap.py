"""An answer is kept as it comes from the socket, and read again from there."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.client.loopback import Loopback, Reply
from tests.connection.authorization_server import ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET
from zoom_api_client.connection import MemoryStore, ServerToServer, saved_answer

BODY = b'{"access_token": "a", "refresh_token": "r", "expires_in": 60}'
HEAD = b'HTTP/1.1 200 OK\r\nnel: {"access_token": "x"}\r\ncontent-type: application/json\r\n'
SIZED = HEAD + b"content-length: %d\r\n\r\n" % len(BODY) + BODY
CHUNKED = b"transfer-encoding: chunked\r\n\r\n" + b"".join(
    b"%x\r\n%s\r\n" % (len(part), part) for part in (BODY[:9], BODY[9:])
)


@pytest.mark.parametrize(
    ("content", "is_token"),
    [
        (BODY, True),
        (SIZED, True),
        (HEAD + b"\r\n" + BODY, True),
        (HEAD + CHUNKED + b"0\r\n\r\n", True),
        (HEAD + CHUNKED, True),
        (HEAD + CHUNKED[:-9], False),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + SIZED, True),
        (b"HTTP/1.1 200 Connection established\r\nvia: a proxy\r\n\r\n" + SIZED, True),
        (SIZED[:-1], False),
        (SIZED[:40], False),
        (SIZED.replace(b"200 OK", b"400 Bad"), False),
        (SIZED.replace(b"200 OK", b"2"), False),
        (SIZED.replace(b'"expires_in"', b'"reason"    '), False),
        (b"\x00\x00\x12\x04" + BODY, False),
        (b"", False),
    ],
)
def test_what_is_kept_is_a_token_or_nothing(content: bytes, is_token: bool) -> None:
    """In every form that HTTP/1.1 gives an answer; a refusal or half an answer must not replace a good token."""
    kept = saved_answer.heading(datetime(2026, 1, 1, tzinfo=UTC)) + content
    token = saved_answer.token(kept, renewed=None)
    assert (token is not None) == is_token
    if token:
        assert (token.access_token, token.refresh_token) == ("a", "r")
        assert token.expires_at == datetime(2026, 1, 1, 0, 1, tzinfo=UTC)


def certified(directory: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return the contexts of a server at 127.0.0.1 and of who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    clear = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    both = directory / "server.pem"
    both.write_bytes(key.private_bytes(pem, *clear) + certificate.public_bytes(pem))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(both)
    return server, ssl.create_default_context(cafile=str(both))


@pytest.mark.parametrize("is_tls", [False, True], ids=["plain", "tls"])
def test_an_answer_is_kept_as_it_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_tls: bool) -> None:
    """Once, head and all, with and without TLS; so it is there although it could not be saved."""
    store = MemoryStore()
    monkeypatch.setattr(store, "save", lambda key, text: (_ for _ in ()).throw(OSError("the disk is full")))
    with Loopback(lambda sent: Reply(body=BODY)) as served:
        origin, transport = served.origin, None
        if is_tls:
            server, trusting = certified(tmp_path)
            served._server.socket = server.wrap_socket(served._server.socket, server_side=True)
            origin = origin.replace("http://127.0.0.1", "https://localhost")
            transport = httpx.HTTPTransport(verify=trusting)
        connection = ServerToServer(
            ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, oauth_url=origin, store=store, transport=transport
        )
        with pytest.raises(OSError, match="full"):
            connection.token()
        if transport:
            transport.close()  # whoever opens, closes
    kept = store.load_answer(connection._key) or b""
    assert kept.partition(b"\n")[2].startswith(b"HTTP/1.")
    assert kept.count(b"access_token") == 1
    assert saved_answer.token(kept, renewed=None)


def test_a_transport_of_the_callers_own_has_the_body_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no socket to listen to."""
    store = MemoryStore()
    monkeypatch.setattr(store, "save", lambda key, text: (_ for _ in ()).throw(OSError("the disk is full")))
    transport = httpx.MockTransport(lambda request: httpx.Response(200, content=BODY))
    connection = ServerToServer(ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET, store=store, transport=transport)
    with pytest.raises(OSError, match="full"):
        connection.token()
    assert (store.load_answer(connection._key) or b"").partition(b"\n")[2] == BODY
