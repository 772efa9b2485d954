"""Counts in Redis: for all processes and machines that use the same one.

The decision of `window.Rule.admit` stands here once more, in Lua, because it must be made where the counts are. Its
clock is Redis's own: callers' clocks differ.
"""

from __future__ import annotations

from typing import Any, Final

from zoom_api_client.quota.base import Store
from zoom_api_client.quota.window import Admitted, AttemptRefused, Rule, Usage
from zoom_api_client.storage.redis import RedisServer
from zoom_api_client.storage.redis_client import RedisClient

# Times are whole microseconds: Lua's numbers hold them exactly until the year 2255. They are handed over as text,
# because Lua would write them with an exponent.
_MOMENT: Final = """
local DAY = 86400000000
local function text(number) return string.format('%.0f', number) end
local time = redis.call('TIME')
local real = tonumber(time[1]) * 1000000 + tonumber(time[2])
"""

_ACQUIRE: Final = (
    _MOMENT
    + """
local stamps, hold = KEYS[1], KEYS[2]
local limit, rolling = tonumber(ARGV[1]), ARGV[2] == 'rolling'
local now = real
redis.call('ZREMRANGEBYSCORE', stamps, '(' .. text(real + DAY), '+inf')  -- a clock was wrong
local last = redis.call('ZRANGE', stamps, -1, -1)[1]
if last then now = math.max(now, tonumber(last) + 1) end
local today = now - now % DAY

local used = redis.call('ZCOUNT', stamps, '(' .. text(rolling and now - DAY or today - 1), '+inf')
local frees = 0
if used >= limit then
  frees = rolling and tonumber(redis.call('ZRANGE', stamps, -limit, -limit)[1]) + DAY or today + DAY
end
local held = tonumber(redis.call('GET', hold) or 0)
if held > now and held <= real + 7 * DAY then
  used, frees = math.max(used, limit), math.max(frees, held)
end
if used >= limit then return {0, used, text(frees), text(real)} end

redis.call('ZREMRANGEBYSCORE', stamps, '-inf', text(now - 3 * DAY))  -- a clock that was ahead may be set right
redis.call('ZADD', stamps, text(now), text(now))
redis.call('PEXPIREAT', stamps, text(math.ceil((now + 3 * DAY) / 1000)))
return {1, used + 1, text(now), text(real)}
"""
)

_HOLD: Final = (
    _MOMENT
    + """
local till = ARGV[1] == '' and real - real % DAY + DAY or tonumber(ARGV[1])
local held = tonumber(redis.call('GET', KEYS[1]) or 0)
if till > held or held > real + 7 * DAY then
  redis.call('SET', KEYS[1], text(till))
  redis.call('PEXPIREAT', KEYS[1], text(math.ceil(till / 1000)))
end
return 0
"""
)

_MERGE: Final = (
    _MOMENT
    + """
local ours, theirs = KEYS[1], KEYS[3]
for _, stamp in ipairs(redis.call('ZRANGE', theirs, 0, -1)) do
  stamp = tonumber(stamp)
  while redis.call('ZSCORE', ours, text(stamp)) do stamp = stamp + 1 end
  redis.call('ZADD', ours, text(stamp), text(stamp))
end
local last = redis.call('ZRANGE', ours, -1, -1)[1]
if last then redis.call('PEXPIREAT', ours, text(math.ceil((tonumber(last) + 3 * DAY) / 1000))) end
local held = tonumber(redis.call('GET', KEYS[4]) or 0)
if held > tonumber(redis.call('GET', KEYS[2]) or 0) then redis.call('RENAME', KEYS[4], KEYS[2]) end
redis.call('DEL', theirs, KEYS[4])
return 0
"""
)


class RedisStore(Store):
    """Keeps a sorted set of stamps for each user; an attempt takes one round trip, and every key vanishes by itself.

    What a crash of Redis takes with it is what its own persistence says. One blocking client serves threads and event
    loops alike: a connection of `redis.asyncio` belongs to one event loop, a guard to all.
    """

    may_block = True

    def __init__(self, url: str | RedisClient) -> None:
        self._server = RedisServer(url, "store of the guard", consequence="; no request was sent")
        self._client = self._server.client
        self._acquire = self._client.register_script(_ACQUIRE)
        self._hold = self._client.register_script(_HOLD)
        self._merge = self._client.register_script(_MERGE)

    def acquire(self, user: str, rule: Rule) -> Admitted | AttemptRefused:
        admitted, used, moment, now = self._server.ask(self._acquire, keys=_keys(user), args=[rule.limit, rule.window])
        return Admitted(int(moment), used) if admitted else AttemptRefused(used, int(moment), int(now))

    def refund(self, user: str, stamp: int) -> None:
        self._server.ask(self._client.zrem, _keys(user)[0], str(stamp))

    def usage(self, user: str) -> tuple[Usage, int]:
        usage: tuple[Usage, int] = self._server.ask(self._read_usage, user)
        return usage

    def _read_usage(self, user: str) -> tuple[Usage, int]:
        stamps, hold = _keys(user)
        pipeline: Any = self._client.pipeline()
        pipeline.zrange(stamps, 0, -1).get(hold).time()
        found, held, (seconds, micros) = pipeline.execute()
        return Usage(tuple(map(int, found)), int(held or 0)), seconds * 1_000_000 + micros

    def hold(self, user: str, until: int | None) -> None:
        self._server.ask(self._hold, keys=_keys(user)[1:], args=["" if until is None else until])

    def recall(self, name: str) -> str | None:
        user: bytes | None = self._server.ask(self._client.get, _name(name))
        return None if user is None else user.decode()

    def remember(self, name: str, user: str, seconds: float) -> None:
        self._server.ask(self._client.set, _name(name), user, px=round(seconds * 1000))

    def merge(self, name: str, user: str) -> None:
        self._server.ask(self._merge, keys=[*_keys(user), *_keys(name)])

    def close(self) -> None:
        self._server.close()


def _keys(user: str) -> list[str]:
    """Return the keys of a user; the braces keep them on one node of a cluster."""
    return [f"zoom:quota:{{{user}}}:stamps", f"zoom:quota:{{{user}}}:held"]


def _name(name: str) -> str:
    return f"zoom:quota:name:{name}"
