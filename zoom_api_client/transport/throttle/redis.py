"""Reservations in Redis: for all processes and machines that use the same one.

The decision of `policy.decide` stands here once more, in Lua, because it must be made where the reservations are. Its
clock is Redis's own: callers' clocks differ, and a window kept by several clocks is not a window.
"""

from __future__ import annotations

from typing import Any, Final

from zoom_api_client.storage.redis import RedisServer
from zoom_api_client.storage.redis_client import RedisClient
from zoom_api_client.transport.throttle.limits import MOST
from zoom_api_client.transport.throttle.policy import Claim, Reservation, ReservationRefused

_MICRO: Final = 1_000_000

# Times are whole microseconds: Lua's numbers hold them exactly until the year 2255. What lies more than a day ahead was
# written by a clock that was wrong, and is not believed: it would let nothing through until then.
_MOMENT: Final = """
local DAY = 86400000000
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local function held(key)
  local till = tonumber(redis.call('GET', key) or 0)
  return till <= now + DAY and till or 0
end
"""

_RESERVE: Final = (
    _MOMENT
    + """
local window, window_hold, days, day_hold = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local requests, seconds, pace = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local per_day, patience, most = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])

local last = redis.call('LINDEX', window, -1)
if last and tonumber(last) > now + DAY then
  redis.call('DEL', window)
  last = false
end
local free = math.max(now, held(window_hold))
local nth = redis.call('LINDEX', window, -requests)
if nth then free = math.max(free, tonumber(nth) + seconds) end
local at = free
if last then at = math.max(free, tonumber(last) + pace) end

local day_held = held(day_hold)
if day_held > at then return {2, day_held - now} end
local day = math.floor(at / DAY)
local field = string.format('%.0f', day)
if per_day >= 0 and tonumber(redis.call('HGET', days, field) or 0) >= per_day then
  return {2, (day + 1) * DAY - now}
end
if free - now > patience then return {1, free - now} end

redis.call('RPUSH', window, string.format('%.0f', at))
redis.call('LTRIM', window, -most, -1)
redis.call('PEXPIRE', window, math.ceil((at + seconds - now) / 1000) + 1)
if per_day >= 0 then
  redis.call('HINCRBY', days, field, 1)
  redis.call('PEXPIRE', days, math.ceil(((day + 1) * DAY - now) / 1000) + 1)
end
return {0, at - now, string.format('%.0f', at), day}
"""
)

_RELEASE: Final = """
if redis.call('LREM', KEYS[1], -1, ARGV[1]) == 1 and ARGV[3] == '1' then
  redis.call('HINCRBY', KEYS[2], ARGV[2], -1)
end
return 0
"""

_HOLD: Final = (
    _MOMENT
    + """
local till = now + tonumber(ARGV[1])
if till > held(KEYS[1]) then
  redis.call('SET', KEYS[1], string.format('%.0f', till), 'PX', math.ceil(tonumber(ARGV[1]) / 1000) + 1)
end
return 0
"""
)


class RedisStore:
    """Keeps reservations in Redis; each takes one round trip, and every key vanishes by itself.

    One blocking client serves threads and event loops alike: a connection of `redis.asyncio` belongs to one event loop,
    a throttle to all. On a loop it is called in a thread.
    """

    may_block = True

    def __init__(self, url: str | RedisClient) -> None:
        self._server = RedisServer(url, "store of the throttle", consequence="; no request was sent")
        self._client = self._server.client
        self._reserve = self._client.register_script(_RESERVE)
        self._release = self._client.register_script(_RELEASE)
        self._hold = self._client.register_script(_HOLD)

    def reserve(self, claim: Claim) -> Reservation | ReservationRefused:
        window, day = _name(claim.account, claim.key), _name(claim.account, claim.day_key)
        per_day = -1 if claim.per_day is None else claim.per_day
        figures = (_micros(claim.seconds), _micros(claim.pace), per_day, _micros(claim.patience), MOST)
        kind, micros, *place = self._run(
            self._reserve, [window, f"{window}:hold", day, f"{day}:hold"], [claim.requests, *figures]
        )
        seconds = float(micros) / _MICRO
        return ReservationRefused(seconds, daily=kind == 2) if kind else Reservation(claim, seconds, *map(int, place))

    def release(self, reservation: Reservation) -> None:
        claim = reservation.claim
        keys = [_name(claim.account, claim.key), _name(claim.account, claim.day_key)]
        self._run(self._release, keys, [round(reservation.at), reservation.day, int(claim.per_day is not None)])

    def hold(self, account: str, key: str, seconds: float) -> None:
        self._run(self._hold, [f"{_name(account, key)}:hold"], [_micros(seconds)])

    def close(self) -> None:
        self._server.close()

    def _run(self, script: Any, keys: list[str], args: list[int]) -> Any:
        return self._server.ask(script, keys=keys, args=args)


def _name(account: str, key: str) -> str:
    """Return a key's name; the braces keep the keys of an account on one node of a cluster."""
    return f"zoom:throttle:{{{account}}}:{key}"


def _micros(seconds: float) -> int:
    return round(seconds * _MICRO)
