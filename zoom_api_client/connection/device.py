"""`DeviceFlow`: consent on another machine, for devices without a browser."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from math import inf
from typing import Any, Unpack

import attrs

from zoom_api_client import errors
from zoom_api_client.connection import grants, oauth_errors
from zoom_api_client.connection.base import Options
from zoom_api_client.connection.token import Token
from zoom_api_client.connection.user_oauth import RenewableConnection
from zoom_api_client.core import executor
from zoom_api_client.core.secret import Secret
from zoom_api_client.errors import AuthorizationFailed

_SLOWER = 5.0  # seconds more between two questions, after each `slow_down`


@attrs.frozen
class DeviceCode:
    """The code for the user to type in, and the address to open for that (`complete_url` has the code in it).

    Attributes:
        expires_at: when the code dies: 15 minutes after it was made.
        interval: seconds between two questions whether it was confirmed.
    """

    user_code: str
    url: str
    complete_url: str
    expires_at: datetime
    interval: float
    device_code: Secret

    @classmethod
    def from_answer(cls, said: dict[str, Any], now: datetime) -> DeviceCode:
        """Read Zoom's answer, which came now."""
        url = str(said.get("verification_uri") or "https://zoom.us/oauth_device")
        interval = float(said.get("interval") or 5)
        if not 0 < interval < inf:
            raise ValueError("the interval is not one")
        return cls(
            user_code=str(said["user_code"]),
            url=url,
            complete_url=str(said.get("verification_uri_complete") or url),
            expires_at=now + timedelta(seconds=int(said.get("expires_in") or 900)),
            interval=interval,
            device_code=Secret(said["device_code"]),
        )

    def find_wait(self, now: datetime) -> float:
        """Return the seconds to the next question: the interval, but no longer than the code lives."""
        return max(0.0, min(self.interval, (self.expires_at - now).total_seconds()))

    def advance(self, refusal: AuthorizationFailed, now: datetime) -> DeviceCode:
        """Return the code to ask with again after the interval, or raise what ends the asking."""
        if refusal.error not in ("authorization_pending", "slow_down"):
            raise refusal from None
        slower = attrs.evolve(self, interval=self.interval + _SLOWER * (refusal.error == "slow_down"))
        if now + timedelta(seconds=slower.interval) >= self.expires_at:
            raise AuthorizationFailed(
                "the code was not confirmed in time", "expired_token", advice=oauth_errors.advice("expired_token", None)
            ) from None
        return slower


class DeviceFlow(RenewableConnection):
    """A General app with "use app on device" on: the user confirms a code on another machine.

    https://developers.zoom.us/docs/integrations/oauth/#device-authorization-flow

    Args:
        client_id: of the app's "App credentials" page.
        client_secret: the app's password; None for a public client.
        installation: your name for whoever consents, where an app serves several.
        sleep: waits for seconds in `authorize`, for tests.
        **options: `Options`.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str | None = None,
        *,
        installation: str = "default",
        sleep: Callable[[float], Any] = time.sleep,
        **options: Unpack[Options],
    ) -> None:
        secret = Secret(client_secret) if client_secret else None
        del client_secret
        super().__init__(client_id, secret, installation, **options)
        self.installation, self._sleep = installation, sleep

    def authorize(self, show: Callable[[DeviceCode], Any]) -> Token:
        """Get a code, have it shown, and wait until the user confirms it.

        It blocks; in an event loop: `await asyncio.to_thread(connection.authorize, show)`, or
        `anyio.to_thread.run_sync`. Cancelled there, it goes on until the code has expired.

        Raises `AuthorizationFailed` with `error` `access_denied` or `expired_token` if they do not.
        """
        code: DeviceCode | Token = executor.result(executor.submit(self._begin))
        assert isinstance(code, DeviceCode)
        show(code)
        while isinstance(code, DeviceCode):
            self._sleep(code.find_wait(self._now()))
            code = executor.result(executor.submit(partial(self._poll, code)))
        return code

    def _begin(self) -> DeviceCode:
        asked = self.app.device()
        said = grants.values(asked, self._send(asked))
        try:
            return DeviceCode.from_answer(said, self._now())
        except (KeyError, ValueError, TypeError, OverflowError):
            raise AuthorizationFailed("Zoom answered without a device code that can be used") from None

    def _poll(self, code: DeviceCode) -> DeviceCode | Token:
        try:
            return self._adopt(self.app.device_code(code.device_code))
        except AuthorizationFailed as refusal:
            return code.advance(refusal, self._now())
        except (errors.ConnectionFailed, errors.ServerError, errors.RateLimited) as failure:
            return code.advance(AuthorizationFailed(str(failure), "slow_down"), self._now())
