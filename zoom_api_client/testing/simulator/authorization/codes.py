"""Codes: what a browser brings back to an app, and what a device shows; each is good once, and not for long."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import attrs

CODE_LIFETIME: Final = timedelta(minutes=5)
DEVICE_LIFETIME: Final = timedelta(minutes=15)
INTERVAL: Final = 5  # seconds between two questions of a device
_SLOWER: Final = 5  # seconds more after a question that came too early (RFC 8628, slow_down)
_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"  # of user codes, RFC 8628: no vowels, so no words


@attrs.frozen
class Challenge:
    """The promise of PKCE that a code was asked for with; the empty text for none."""

    text: str = ""
    method: str = "plain"

    def is_kept(self, verifier: str) -> bool:
        """Return whether a verifier is the one that was promised; where none was, none may be sent."""
        sent = verifier
        if self.method == "S256" and verifier:
            digest = hashlib.sha256(verifier.encode("utf-8", "replace")).digest()
            sent = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return hmac.compare_digest(sent.encode("utf-8", "replace"), self.text.encode("utf-8", "replace"))


@attrs.frozen
class Consent:
    """What a user allowed: which app, for whom, with which scopes (None for all)."""

    client_id: str
    user: str
    scopes: tuple[str, ...] | None

    @classmethod
    def load(cls, dumped: Mapping[str, Any]) -> Consent:
        """Read one that was dumped."""
        scopes = dumped["scopes"]
        return cls(**{**dumped, "scopes": None if scopes is None else tuple(scopes)})


@attrs.define
class Code:
    """An authorization code."""

    consent: Consent
    redirect_uri: str
    challenge: Challenge
    expires_at: datetime
    is_spent: bool = False

    @classmethod
    def load(cls, dumped: Mapping[str, Any]) -> Code:
        """Read one that was dumped."""
        parts = {
            "consent": Consent.load(dumped["consent"]),
            "challenge": Challenge(**dumped["challenge"]),
            "expires_at": datetime.fromisoformat(dumped["expires_at"]),
        }
        return cls(**{**dumped, **parts})


@attrs.define
class Device:
    """A device that waits; `consent` comes with the user's yes."""

    client_id: str
    user_code: str
    expires_at: datetime
    consent: Consent | None = None
    is_denied: bool = False
    is_spent: bool = False
    interval: int = INTERVAL
    asked_at: datetime | None = None

    @classmethod
    def load(cls, dumped: Mapping[str, Any]) -> Device:
        """Read one that was dumped."""
        times = {name: dumped[name] and datetime.fromisoformat(dumped[name]) for name in ("expires_at", "asked_at")}
        consent = dumped["consent"] and Consent.load(dumped["consent"])
        return cls(**{**dumped, **times, "consent": consent})

    def is_hasty(self, now: datetime) -> bool:
        """Return whether the device asks again too early; it has to wait longer from then on."""
        hasty = self.asked_at is not None and now < self.asked_at + timedelta(seconds=self.interval)
        self.asked_at = now
        self.interval += _SLOWER if hasty else 0
        return hasty


class Codes:
    """The codes that were given. `now` is the clock's."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._codes: dict[str, Code] = {}
        self._devices: dict[str, Device] = {}

    def clear(self) -> None:
        """Forget all codes."""
        self._codes, self._devices = {}, {}

    def dump(self) -> dict[str, Any]:
        """Return all codes as JSON."""
        return {"codes": _dump(self._codes), "devices": _dump(self._devices)}

    def load(self, dumped: Mapping[str, Any]) -> None:
        """Take the codes of a dump in the place of all others."""
        self._codes = {name: Code.load(each) for name, each in dumped["codes"].items()}
        self._devices = {name: Device.load(each) for name, each in dumped["devices"].items()}

    def issue(self, consent: Consent, redirect_uri: str, challenge: Challenge) -> str:
        """Give an authorization code."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = Code(consent, redirect_uri, challenge, self._now() + CODE_LIFETIME)
        return code

    def find(self, code: str) -> Code | None:
        """Return what was allowed with a code, spent or not."""
        return self._codes.get(code)

    def issue_device(self, client_id: str) -> tuple[str, Device]:
        """Give a device code, and the code to type in."""
        user_code = "".join(secrets.choice(_LETTERS) for _ in range(8))
        device_code, device = secrets.token_urlsafe(32), Device(client_id, user_code, self._now() + DEVICE_LIFETIME)
        self._devices[device_code] = device
        return device_code, device

    def find_device(self, device_code: str) -> Device | None:
        """Return the device of a device code."""
        return self._devices.get(device_code)

    def find_waiting(self, user_code: str) -> Device | None:
        """Return the device that waits for a code to be typed in."""
        typed = user_code.replace("-", "").strip().upper()
        for device in self._devices.values():
            waits = device.consent is None and not device.is_denied and not self.is_over(device)
            if waits and hmac.compare_digest(device.user_code.encode(), typed.encode("utf-8", "replace")):
                return device
        return None

    def is_over(self, given: Code | Device) -> bool:
        """Return whether the time of a code is over."""
        return self._now() >= given.expires_at


def _dump(given: Mapping[str, Code] | Mapping[str, Device]) -> dict[str, Any]:
    def text(_instance: object, _field: object, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value

    return {name: attrs.asdict(each, value_serializer=text) for name, each in given.items()}
