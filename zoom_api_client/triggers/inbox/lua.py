"""The steps of the Redis inbox as Lua scripts, which run whole: nothing is lost if anybody dies between two commands.

Every script gets the same five keys. An event is an entry of the stream, or packed in one of the two sorted sets, where
retries wait for their time and dead letters lie by the time of their death.
"""

from __future__ import annotations

from typing import Final

DAY: Final = 86_400  # seconds
MARKED: Final = 7 * DAY  # seconds that an unfinished event's key is kept; a finished one's is for a day

# An event is {key, body, received_at, source, attempts so far}, then the error. Times are milliseconds of the server.
_SHARED: Final = """
local stream, marks, retries, dead, wanted, group = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], 'workers'
local function now()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end
local function add(event)
  redis.call('XADD', stream, '*', 'key', event[1], 'body', event[2], 'received_at', event[3],
    'source', event[4], 'attempts', event[5])
end
local function pending(id)
  return redis.call('XPENDING', stream, group, id, id, 1)[1]
end
local function held(id, consumer)
  local lease = pending(id)
  return lease and lease[2] == consumer
end
local function drop(id)
  redis.call('XACK', stream, group, id)
  redis.call('XDEL', stream, id)
end
"""

PUT: Final = f"""{_SHARED}
if redis.call('EXISTS', stream) == 0 then redis.call('XGROUP', 'CREATE', stream, group, '0', 'MKSTREAM') end
local new = {{}}
for at = 1, #ARGV, 5 do
  local key, mark = marks .. ARGV[at], marks .. ARGV[at + 4]
  local known = redis.call('EXISTS', key, mark)
  if known == 0 then
    redis.call('SET', mark, '', 'EX', {DAY})
    redis.call('SET', key, '', 'EX', {MARKED})
    add({{ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], '0'}})
  end
  new[#new + 1] = known == 0 and 1 or 0
end
return new
"""

# ARGV: consumer, most, lease in milliseconds, where the last search for lost leases ended.
REVIVE: Final = f"""{_SHARED}
local consumer, most = ARGV[1], tonumber(ARGV[2])
for _, packed in ipairs(redis.call('ZRANGEBYSCORE', retries, '-inf', now(), 'LIMIT', 0, 100)) do
  local event = cmsgpack.unpack(packed)
  redis.call('ZREM', retries, packed)  -- first: it frees memory, and after it a full Redis takes the rest of a script
  add(event)
end
local found = redis.call('XAUTOCLAIM', stream, group, consumer, ARGV[3], ARGV[4], 'COUNT', most)
local revived = {{}}
for _, entry in ipairs(found[2]) do
  if entry then revived[#revived + 1] = {{entry[1], entry[2], pending(entry[1])[4]}} end
end
return {{found[1], revived}}
"""

# ARGV: consumer, ids.
EXTEND: Final = f"""{_SHARED}
for at = 2, #ARGV do
  if held(ARGV[at], ARGV[1]) then redis.call('XCLAIM', stream, group, ARGV[1], 0, ARGV[at], 'JUSTID') end
end
return 0
"""

# ARGV: id and key of each.
DONE: Final = f"""{_SHARED}
for at = 1, #ARGV, 2 do
  drop(ARGV[at])
  redis.call('SET', marks .. ARGV[at + 1], '', 'EX', {DAY})
end
return 0
"""

# ARGV: consumer, id, milliseconds to wait (less than nothing: it is dead), the event's five parts, the error.
MOVE: Final = f"""{_SHARED}
if not held(ARGV[2], ARGV[1]) then return 0 end
drop(ARGV[2])
local wait, moment, place = tonumber(ARGV[3]), now(), retries
if wait < 0 then place = dead else moment = moment + wait end
redis.call('ZADD', place, string.format('%.0f', moment), cmsgpack.pack({{unpack(ARGV, 4)}}))
return 1
"""

# ARGV: most.
DEAD: Final = f"""{_SHARED}
local letters = {{}}
local found = redis.call('ZRANGE', dead, 0, tonumber(ARGV[1]) - 1, 'WITHSCORES')
for at = 1, #found, 2 do
  letters[#letters + 1] = cmsgpack.unpack(found[at])
  table.insert(letters[#letters], found[at + 1])
end
return letters
"""

# ARGV: from which dead letter on, and the key to look for, or none. Returns how many were looked at and taken.
_TAKE_DEAD: Final = """
local looked, taken = 0, 0
for _, packed in ipairs(redis.call('ZRANGE', dead, ARGV[1], ARGV[1] + 499)) do
  local event = cmsgpack.unpack(packed)
  looked = looked + 1
  if not ARGV[2] or event[1] == ARGV[2] then
    redis.call('ZREM', dead, packed)
    {then}
    taken = taken + 1
  end
end
return {{looked, taken}}
"""
REPLAY: Final = _SHARED + _TAKE_DEAD.format(then="event[5] = '0'; add(event)")
PURGE: Final = _SHARED + _TAKE_DEAD.format(then=f"redis.call('SET', marks .. event[1], '', 'EX', {DAY})")

COUNT: Final = f"""{_SHARED}
local running = redis.call('XPENDING', stream, group)[1]
local waiting = redis.call('XLEN', stream) - running + redis.call('ZCARD', retries)
return {{waiting, running, redis.call('ZCARD', dead)}}
"""

# A consumer with leases must stay: its leases would go with it. ARGV: milliseconds of silence, one consumer or none.
TIDY: Final = f"""{_SHARED}
for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', stream, group)) do
  local name, leases, silent = consumer[2], consumer[4], consumer[6]
  if leases == 0 and silent >= tonumber(ARGV[1]) and (not ARGV[2] or name == ARGV[2]) then
    redis.call('XGROUP', 'DELCONSUMER', stream, group, name)
  end
end
return 0
"""

# ARGV: milliseconds, labels.
WANT: Final = f"""{_SHARED}
for at = 2, #ARGV do
  redis.call('HSET', wanted, ARGV[at], string.format('%.0f', now() + tonumber(ARGV[1])))
end
return 0
"""

# ARGV: labels.
IS_WANTED: Final = f"""{_SHARED}
for _, until_ in ipairs(redis.call('HMGET', wanted, unpack(ARGV))) do
  if until_ and tonumber(until_) >= now() then return 1 end
end
return 0
"""

# What nobody has claimed yet, and retries whose time has come, by the time at which they could be claimed.
LAG: Final = f"""{_SHARED}
local moment = now()
local oldest = moment
local claimed = redis.call('XINFO', 'GROUPS', stream)[1][8]
local unclaimed = redis.call('XRANGE', stream, '(' .. claimed, '+', 'COUNT', 1)[1]
if unclaimed then oldest = math.min(oldest, tonumber(string.match(unclaimed[1], '^%d+'))) end
local due = redis.call('ZRANGE', retries, 0, 0, 'WITHSCORES')[2]
if due then oldest = math.min(oldest, tonumber(due)) end
return moment - oldest
"""
