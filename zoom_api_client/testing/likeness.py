"""Which kind of value a field has, told by its name and format. The first pattern that is found in the name decides."""

from __future__ import annotations

import re
from functools import cache

from zoom_api_client.testing import values
from zoom_api_client.testing.values import Dice, Maker

_BY_FORMAT: dict[str, Maker] = {
    "binary": values.identifier,
    "date": values.date,
    "date-time": values.time,
    "email": values.email,
    "hostname": values.one_of("meet.example.com", "sip.example.com"),
    "ipv4": values.ip_address,
    "uri": values.url,
    "uuid": values.usual_uuid,
}

_TEXTS: tuple[tuple[str, Maker], ...] = (
    ("(next|page|sync)_?(page)?_?token$", values.nothing),
    ("uuid$", values.uuid),
    ("e?_?mails?$|^userName$", values.email),
    ("url|uri$|link|avatar|href|^pic$|image$", values.url),
    ("mac_addr", values.mac_address),
    ("(^|_)ip(_|$)|ip_addr", values.ip_address),
    ("(?<!wait)(?<!hold)(?<!talk)(?<!waiting)_time(_ms)?$|_at$|^created$|^updated$|modified$|^time$", values.time),
    ("(_|^)date$|^(from|to)$", values.date),
    ("time_?zone", values.one_of("UTC", "Europe/Amsterdam", "America/New_York", "Asia/Tokyo", "Australia/Sydney")),
    ("^first_?name|given", values.same_of(values.FIRST_NAMES)),
    ("^last_?name|family", values.same_of(values.LAST_NAMES)),
    ("file_?name", values.file_name),
    ("(display|user|full|host|owner|caller|callee|contact|participant|member|agent)_?name$|^operator$", values.person),
    ("job|role_?name", values.one_of("Engineer", "Agent", "Manager", "Analyst")),
    ("topic|title|subject|agenda", values.one_of("Weekly standup", "Quarterly review", "Design workshop", "All hands")),
    ("ext(ension)?_?number", values.digits(1000, 9999)),
    ("phone(_?numbers?)?$|^number$|(caller|callee|consumer|mobile|fax|did)_?number", values.phone),
    ("(meeting|webinar)_?(id|number)$|^pmi$", values.meeting_digits),
    ("(^|_)ids?$|[a-z]Ids?$|jid$|^etag$", values.identifier),
    ("country", values.one_of("US", "NL", "JP", "BR", "KE")),
    ("language|locale", values.one_of("en-US", "nl-NL", "ja-JP", "pt-BR")),
    ("currency", values.one_of("USD", "EUR", "JPY")),
    ("city|location|campus|building", values.one_of("Amsterdam", "São Paulo", "Nairobi", "Osaka", "Denver", "Leeds")),
    ("^states?$|province", values.one_of("CO", "NY", "CA")),
    ("zip|postal", values.digits(10_000, 99_999)),
    ("passw|passcode|(^|_)pin(_|$)", values.short_hex),
    ("token|secret|^zak$", values.identifier),
    ("version", values.version),
    ("colou?r", values.color),
    ("department|dept", values.one_of("Sales", "Support", "Research")),
    (
        "message|description|content|summary|comment|note|reason|text",
        values.one_of("Notes from the last session.", "Please bring your questions.", "Open until Friday."),
    ),
    ("number|code|_key$", values.short_hex),
)

# The lowest value and how many there are.
_NUMBERS: tuple[tuple[str, int, int], ...] = (
    ("^page_size$|^count$", 30, 1),
    ("^page(_number|_num|_count)?$|startIndex", 1, 1),
    ("total_records|total_count", 1, 3),
    ("extension", 1000, 9000),
    ("duration|minutes|_time$|seconds", 15, 75),
    ("size|bytes", 20_000, 5_000_000),
    ("percent|score|rate", 50, 50),
    ("amount|revenue|price|mrr", 100, 9000),
    ("phone_number", 12_055_550_100, 100),
    ("", 1, 9),
)

_MEETING_NUMBER = re.compile("^(meeting|webinar|session)_?(id|number)$|^pmi$", re.IGNORECASE)
_TIMESTAMP = re.compile("_ts$|time_?stamp|^(create|activity|action)_time$", re.IGNORECASE)


def text(name: str, form: str, dice: Dice) -> str:
    """Return a text for a field of that name, in that format of JSON Schema if one is given."""
    return (_BY_FORMAT.get(form) or _maker(name))(dice, name)


def number(name: str, form: str, dice: Dice) -> int:
    """Return a whole number for a field of that name."""
    if _MEETING_NUMBER.search(name) or (name == "id" and form == "int64"):
        return values.meeting_number(dice)
    if _TIMESTAMP.search(name):
        return int(values.moment(dice, name).timestamp() * 1000)
    lowest, span = _range(name)
    return lowest + dice.number % span


@cache
def _maker(name: str) -> Maker:
    return next((maker for pattern, maker in _TEXTS if re.search(pattern, name, re.IGNORECASE)), values.thing)


@cache
def _range(name: str) -> tuple[int, int]:
    return next((lowest, span) for pattern, lowest, span in _NUMBERS if re.search(pattern, name, re.IGNORECASE))
