"""The signature of a delivery: what is Zoom's passes, and nothing else does."""

import hashlib
import hmac
import subprocess
import sys
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from zoom_api_client.errors import InvalidSignature, ZoomError
from zoom_api_client.triggers import signature, verify
from zoom_api_client.triggers.signature import find_signer, parse_secrets, pick_headers

SECRET = "sk_demo_9Qb7ZtVn2LwXyA5cR0hE"
NOW = 1767225600
USER_CREATED = b'{"event":"user.created","payload":{"account_id":"acct_demo"},"event_ts":1767225600000}'
MEETING_STARTED = (
    '{"event":"meeting.started","event_ts":1767225600123,"payload":{"account_id":"acctEXAMPLE01","object":'
    '{"id":"98765432101","uuid":"/aB3dEfGh//IjKlMnOpQ==","host_id":"hostEXAMPLE02","topic":"Résumé review","type":2,'
    '"start_time":"2026-01-01T00:00:00Z","timezone":"UTC","duration":30}}}'
).encode()
VECTORS = {
    USER_CREATED: "v0=66f515c29cb654646a31e6bc6a27cef2874f58a76774a870cdd0aeef24379bbb",
    MEETING_STARTED: "v0=dcb1cb29cbc1042a21ef1de93a37da71e11ab1f1d92a81a11e852292c26f423c",
}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signature, "time", SimpleNamespace(time=lambda: float(NOW)))


def headers(value: str = VECTORS[USER_CREATED], timestamp: object = NOW) -> dict[str, Any]:
    """Return the headers of a delivery."""
    return {"x-zm-signature": value, "x-zm-request-timestamp": str(timestamp)}


def signed(body: bytes, timestamp: object, secret: str = SECRET) -> dict[str, Any]:
    """Sign without the code under test."""
    message = b"v0:" + str(timestamp).encode() + b":" + body
    return headers("v0=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest(), timestamp)


@pytest.mark.parametrize("body", VECTORS, ids=["ascii", "not ascii"])
@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_what_zoom_signs_is_taken(body: bytes, kind: type) -> None:
    """The vectors of the notes on Zoom's platform, as the different kinds of bytes that servers have."""
    verify(kind(body), headers(VECTORS[body]), secret_token=SECRET)


def test_body_is_not_decoded_on_the_way() -> None:
    """Encoded as ASCII, or parsed and written again, it is another body: the two mistakes of other libraries."""
    for mistaken in ("v0=a6bcd1dd" + "0" * 56, "v0=f5aa16d1" + "0" * 56):
        with pytest.raises(InvalidSignature):
            verify(MEETING_STARTED, headers(mistaken), secret_token=SECRET)
    with pytest.raises(TypeError, match="bytes that came"):
        verify(MEETING_STARTED.decode(), headers(VECTORS[MEETING_STARTED]), secret_token=SECRET)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "spell",
    [
        str.upper,
        str.title,
        lambda name: name.encode(),
        lambda name: name.title().encode(),
        lambda name: "HTTP_" + name.upper().replace("-", "_"),
    ],
    ids=["upper", "title", "bytes", "title bytes", "cgi"],
)
@pytest.mark.parametrize("value", [str, str.encode, lambda text: [text], lambda text: (text.encode(), text)])
@pytest.mark.parametrize("shape", [dict, lambda pairs: list(dict(pairs).items()), lambda pairs: iter(list(pairs))])
def test_headers_come_in_any_shape(spell: Any, value: Any, shape: Any) -> None:
    """Mappings and pairs, names in any case, text, bytes and lists: every framework has its own."""
    verify(USER_CREATED, shape((spell(name), value(text)) for name, text in headers().items()), secret_token=SECRET)


def test_headers_that_only_look_like_a_mapping_are_read() -> None:
    """`http.client` and others have `items()` and are not a Mapping."""

    class Message:
        def items(self) -> list[tuple[str, str]]:
            return list(headers().items())

    message: Any = Message()
    verify(USER_CREATED, message, secret_token=SECRET)


def test_header_that_is_there_twice_with_two_values_counts_for_nothing() -> None:
    """A proxy may read the first and we the last: nobody knows which is meant."""
    twice = [*headers().items(), ("X-Zm-Signature", "v0=0")]
    with pytest.raises(InvalidSignature):
        verify(USER_CREATED, twice, secret_token=SECRET)
    verify(USER_CREATED, [*headers().items(), *headers().items()], secret_token=SECRET)


@pytest.mark.parametrize("offset", [-300, -299, 0, 300])
def test_clocks_may_differ_within_the_window(offset: int) -> None:
    """They may in both directions: our clock may be the slow one."""
    verify(USER_CREATED, signed(USER_CREATED, NOW + offset), secret_token=SECRET)


def test_a_fraction_of_a_second_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Zoom's timestamps are whole seconds: which part of one has passed must not decide."""
    monkeypatch.setattr(signature, "time", SimpleNamespace(time=lambda: NOW + 0.9))
    verify(USER_CREATED, signed(USER_CREATED, NOW - 300), secret_token=SECRET)
    verify(USER_CREATED, signed(USER_CREATED, NOW), secret_token=SECRET, tolerance=0)


@pytest.mark.parametrize("offset", [-301, 301, -86_400, 10**9])
def test_what_is_stale_or_of_the_future_is_refused(offset: int) -> None:
    """Whoever has once seen a delivery must not be able to send it forever."""
    with pytest.raises(InvalidSignature, match="too far from now"):
        verify(USER_CREATED, signed(USER_CREATED, NOW + offset), secret_token=SECRET)
    verify(USER_CREATED, signed(USER_CREATED, NOW + offset), secret_token=SECRET, tolerance=10**10)


@pytest.mark.parametrize(
    "timestamp", ["", " ", "-5", "1e9", "1767225600.0", "١٧٦٧٢٢٥٦٠٠", "0x69", f"{NOW}000", "9" * 5000, f"{NOW}\n", "²"]
)
def test_timestamp_that_is_not_a_number_of_seconds_is_refused(timestamp: str) -> None:
    """Python's `int` reads more than Zoom writes, and takes long for a long text."""
    with pytest.raises(InvalidSignature):
        verify(USER_CREATED, signed(USER_CREATED, timestamp), secret_token=SECRET, tolerance=10**12)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "v0=",
        "v0",
        VECTORS[USER_CREATED][3:],
        VECTORS[USER_CREATED][:-1],
        VECTORS[USER_CREATED].upper(),
        "é",
        "\ud800",
    ],
)
def test_signature_that_is_almost_right_is_refused(value: str) -> None:
    """No prefix, another case, half a character: none of it is an error of ours."""
    with pytest.raises(InvalidSignature):
        verify(USER_CREATED, headers(value), secret_token=SECRET)


@pytest.mark.parametrize("missing", ["x-zm-signature", "x-zm-request-timestamp"])
def test_delivery_without_its_headers_is_refused(missing: str) -> None:
    """Anybody can leave something out."""
    with pytest.raises(InvalidSignature):
        verify(USER_CREATED, {name: text for name, text in headers().items() if name != missing}, secret_token=SECRET)


def test_one_byte_more_or_less_is_another_body() -> None:
    """Truncated on the way, or added to."""
    for body in (USER_CREATED[:-1], USER_CREATED + b" ", b"", b" " + USER_CREATED):
        with pytest.raises(InvalidSignature):
            verify(body, headers(), secret_token=SECRET)


def test_several_secrets_are_good_while_one_takes_the_place_of_the_other() -> None:
    """Zoom signs with the old one until the new one is saved, and nobody can do both at once."""
    for secrets in (["another", SECRET], (SECRET, "another"), [SECRET]):
        verify(USER_CREATED, headers(), secret_token=secrets)
    with pytest.raises(InvalidSignature):
        verify(USER_CREATED, headers(), secret_token=["another", "third"])


@pytest.mark.parametrize("secrets", ["", " ", [], (), ["good", ""], [" \n"], None, [None], b"good"], ids=repr)
def test_empty_secret_is_refused(secrets: Any) -> None:
    """An environment variable that is not set would let everybody in who signs with nothing."""
    with pytest.raises(ValueError, match="secret_token is empty"):
        verify(USER_CREATED, signed(USER_CREATED, NOW, ""), secret_token=secrets)


def test_error_and_its_traceback_hold_no_secret() -> None:
    """Error trackers send the locals of every frame."""
    with pytest.raises(ZoomError) as caught:
        verify(USER_CREATED, headers("v0=0"), secret_token=SECRET)
    right = VECTORS[USER_CREATED][3:]
    trace = caught.value.__traceback__
    frames = []
    while trace is not None:
        if trace.tb_frame.f_globals["__name__"].startswith("zoom_api_client"):
            frames.append(repr(trace.tb_frame.f_locals))
        trace = trace.tb_next
    assert len(frames) == 2
    assert not [frame for frame in [*frames, str(caught.value)] if SECRET in frame or right in frame]


def test_only_zooms_headers_are_kept() -> None:
    """An Authorization header or a cookie has no business with us."""
    assert pick_headers({"Authorization": "Basic x", "X-Zm-Request-Id": "1", "Cookie": "y"}) == {"x-zm-request-id": "1"}


def test_signer_tells_which_secret_it_was() -> None:
    """The answer to a URL validation is made with the secret that asked."""
    secrets = parse_secrets(["another", SECRET])
    found = find_signer(USER_CREATED, pick_headers(headers()), secrets)
    assert found is secrets[1]


def test_comparing_takes_constant_time() -> None:
    """`==` ends at the first difference, and so tells how much of a guess was right."""
    names = find_signer.__code__.co_names + sum(
        (each.co_names for each in find_signer.__code__.co_consts if hasattr(each, "co_names")), ()
    )
    assert "compare_digest" in names


def test_verifying_loads_no_http_and_no_redis() -> None:
    """A function in somebody's cloud starts anew for many an event."""
    script = """if True:
        import sys
        from zoom_api_client.triggers import verify
        verify
        heavy = {"httpx", "redis", "asyncio", "sqlite3", "msgspec", "uvicorn", "websockets"} & set(sys.modules)
        assert not heavy, heavy
        ours = sorted(name for name in sys.modules if name.startswith("zoom_api_client"))
        assert len(ours) <= 10, ours
        from zoom_api_client.triggers import Receiver
        Receiver
        heavy = {"httpx", "redis", "starlette", "uvicorn", "websockets"} & set(sys.modules)
        assert not heavy, heavy
    """
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_mapping_of_bytes_is_typed() -> None:
    """What type checkers allow is what works."""
    raw: Mapping[bytes, bytes] = {name.encode(): text.encode() for name, text in headers().items()}
    verify(USER_CREATED, raw, secret_token=SECRET)
