"""Verify the signature of a delivery, and sign the answer to Zoom's URL validation."""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias

from zoom_api_client.core.secret import Secret
from zoom_api_client.errors import InvalidSignature

Headers: TypeAlias = Mapping[str, Any] | Mapping[bytes, Any] | Iterable[tuple[str, Any]] | Iterable[tuple[bytes, Any]]
"""Headers as frameworks have them: names in any case, values text, bytes or lists of those, repeated or not.

Names may be written as CGI does, too: Django's `request.META` and the environment of WSGI have `HTTP_X_ZM_SIGNATURE`.
"""

REQUEST_ID: Final = "x-zm-request-id"
_SIGNATURE: Final = "x-zm-signature"
_TIMESTAMP: Final = "x-zm-request-timestamp"
_LENGTH: Final = "content-length"
_PICKED: Final = (_SIGNATURE, _TIMESTAMP, REQUEST_ID, _LENGTH)
_DIGITS: Final = 12  # of a timestamp in seconds; one in milliseconds is not Zoom's


class ZoomHeaders(dict[str, str]):
    """The headers that `pick_headers` found; they are checked before a body is read, and again with it."""

    @property
    def content_length(self) -> int | None:
        """The length of the body, as far as the request says it."""
        text = self.get(_LENGTH, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def verify(
    body: bytes | bytearray | memoryview,
    headers: Headers,
    *,
    secret_token: str | Sequence[str],
    tolerance: float = 300.0,
) -> None:
    """Verify that Zoom has signed this body within the last minutes; raise `errors.InvalidSignature` if not.

    https://developers.zoom.us/docs/api/webhooks/#verify-webhook-events

    Args:
        body: the raw bytes, as they came: decoded and encoded again they may be others.
        headers: names in any case; text or bytes; as a mapping or as pairs.
        secret_token: of the app's page, "Feature"; several while one takes the place of the other.
        tolerance: seconds between the timestamp and now, before or after. Zoom signs a repeat anew, with a new
            timestamp.

    Raises `ValueError` for an empty secret, and `TypeError` for a body that is not bytes.
    """
    secrets = parse_secrets(secret_token)
    del secret_token
    zoom = pick_headers(headers)
    check_age(zoom, tolerance, time.time())
    find_signer(body, zoom, secrets)


def parse_secrets(secret_token: str | Sequence[str]) -> tuple[Secret, ...]:
    """Return the secrets; an empty one, which anybody could sign with, is refused."""
    texts: list[Any] = list(secret_token) if isinstance(secret_token, list | tuple) else [secret_token]
    del secret_token
    if not texts or not all(isinstance(each, str) and each.strip() for each in texts):
        del texts
        raise ValueError(
            "secret_token is empty, or not text: it stands on the app's page in Zoom's App Marketplace, under Feature"
        )
    return tuple(map(Secret, texts))


def pick_headers(headers: Headers) -> ZoomHeaders:
    """Return the headers of a delivery that matter here, by their names in lower case.

    One that is there twice with two values is left out: nobody knows which of them was signed for.
    """
    if isinstance(headers, ZoomHeaders):
        return headers
    found: dict[str, set[str]] = {}
    pairs: Any = headers
    for name, value in pairs.items() if hasattr(pairs, "items") else pairs:
        if key := _key(name):
            found.setdefault(key, set()).update(map(_text, value if isinstance(value, list | tuple) else [value]))
    return ZoomHeaders({key: values.pop() for key, values in found.items() if len(values) == 1})


@lru_cache(256)
def _key(name: str | bytes) -> str | None:
    """Return the name of a header that matters, None for another: the same few come with each request."""
    key = _text(name).lower().replace("_", "-").removeprefix("http-")
    return key if key in _PICKED else None


def check_age(zoom: Mapping[str, str], tolerance: float, now: float) -> None:
    """Raise `InvalidSignature` if what `pick_headers` found cannot be of a delivery of now: before its body is read."""
    if _SIGNATURE not in zoom or _TIMESTAMP not in zoom:
        raise InvalidSignature("a delivery of Zoom's has one x-zm-signature and one x-zm-request-timestamp")
    timestamp = zoom[_TIMESTAMP]
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _DIGITS):
        raise InvalidSignature("x-zm-request-timestamp is not in seconds since 1970")
    age = int(now) - int(timestamp)  # in whole seconds, as Zoom counts them
    if abs(age) > tolerance:
        distance = f"{age} s ago" if age > 0 else f"{-age} s ahead"
        raise InvalidSignature(f"x-zm-request-timestamp is {distance}: too far from now")


def find_signer(body: bytes | bytearray | memoryview, zoom: Mapping[str, str], secrets: Sequence[Secret]) -> Secret:
    """Return the secret that signed, once `check_age` has passed; the error does not say how close a guess was."""
    if not isinstance(body, bytes | bytearray | memoryview):
        raise TypeError(f"the body must be the bytes that came, not {type(body).__name__}: what is decoded has changed")
    message = b":".join([b"v0", zoom[_TIMESTAMP].encode(), body])
    presented = zoom[_SIGNATURE].encode("utf-8", "replace")
    signers = [each for each in secrets if hmac.compare_digest(b"v0=" + digest(each, message).encode(), presented)]
    if not signers:
        raise InvalidSignature("x-zm-signature is not that of this body, or of another secret token")
    return signers[0]


def digest(secret: Secret, message: bytes) -> str:
    """Return the HMAC-SHA256 of a message, in hexadecimal."""
    return hmac.digest(secret.reveal().encode(), message, "sha256").hex()


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
