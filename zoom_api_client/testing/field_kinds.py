"""The kind of value of a field follows from its name and format: the first pattern found in the name decides."""

from __future__ import annotations

import re
from functools import cache

from zoom_api_client.testing import fake_values
from zoom_api_client.testing.fake_values import Dice, Maker

_BY_FORMAT: dict[str, Maker] = {
    "binary": fake_values.identifier,
    "date": fake_values.date,
    "date-time": fake_values.time,
    "email": fake_values.email,
    "hostname": fake_values.one_of("meet.example.com", "sip.example.com"),
    "ipv4": fake_values.ip_address,
    "uri": fake_values.url,
    "uuid": fake_values.usual_uuid,
}

_TEXTS: tuple[tuple[str, Maker], ...] = (
    ("(next|page|sync)_?(page)?_?token$", fake_values.nothing),
    ("uuid$", fake_values.uuid),
    ("e?_?mails?$|^userName$", fake_values.email),
    ("^(participant_)?join_url$", fake_values.join_url),
    ("^start_url$", fake_values.start_url),
    ("download_url$", fake_values.download_url),
    ("(play|share)_url$", fake_values.zoom_url("rec/play")),
    ("registration_url$", fake_values.zoom_url("meeting/register")),
    ("url|uri$|link|avatar|href|^pic$|image$", fake_values.url),
    ("mac_addr", fake_values.mac_address),
    ("(^|_)ip(_|$)|ip_addr", fake_values.ip_address),
    ("(?<!wait)(?<!hold)(?<!talk)(?<!waiting)_time(_ms)?$|_at$|^created$|^updated$|modified$|^time$", fake_values.time),
    ("^(recording_)?(start|end)$|date_?time$|_time_(from|to)$", fake_values.time),
    ("(_|^)date$|^(from|to)$", fake_values.date),
    ("time_?zone", fake_values.one_of("UTC", "Europe/Amsterdam", "America/New_York", "Asia/Tokyo", "Australia/Sydney")),
    ("^first_?name|given", fake_values.same_of(fake_values.FIRST_NAMES)),
    ("^last_?name|family", fake_values.same_of(fake_values.LAST_NAMES)),
    ("file_?name", fake_values.file_name),
    (
        "(display|user|full|host|owner|caller|callee|contact|participant|member|agent)_?name$|^operator$",
        fake_values.person,
    ),
    ("^alternative_hosts", fake_values.email),
    ("(modified|created|marked)_by$|^(manager|sender|speaker|host)$", fake_values.person),
    ("job|role_?name", fake_values.one_of("Engineer", "Agent", "Manager", "Analyst")),
    (
        "topic|title|subject|agenda",
        fake_values.one_of("Weekly standup", "Quarterly review", "Design workshop", "All hands"),
    ),
    ("ext(ension)?_?number", fake_values.digits(1000, 9999)),
    ("phone(_?numbers?)?$|^number$|(caller|callee|consumer|mobile|fax|did)_?number", fake_values.phone),
    ("(meeting|webinar)_?(id|number)$|^pmi$", fake_values.meeting_digits),
    ("(^|_)ids?$|[a-z]Ids?$|jid$|^etag$", fake_values.identifier),
    ("country|countries|region|^(approved|denied)_list$", fake_values.one_of("US", "NL", "JP", "BR", "KE")),
    ("language|locale", fake_values.one_of("en-US", "nl-NL", "ja-JP", "pt-BR")),
    ("currency", fake_values.one_of("USD", "EUR", "JPY")),
    ("^(e?mail_)?domains?$|_domains?(_|$)", fake_values.one_of("example.com", "example.org")),
    ("company|organi[sz]ation|^org$|account_name", fake_values.one_of("Example Ltd", "Sample Partners", "Model Works")),
    ("address(_?line_?1)?$|^line_1$", fake_values.street),
    ("weekly_days|days_of_week", fake_values.digits(1, 7)),
    ("jitter|latency|delay", fake_values.measure(" ms")),
    ("bitrate", fake_values.measure(" kbps")),
    ("(avg|max)_loss|cpu_usage", fake_values.measure("%")),
    ("frame_rate", fake_values.measure(" fps")),
    ("resolution", fake_values.one_of("640*360", "1280*720", "1920*1080")),
    ("mime_?type", fake_values.one_of("application/pdf", "image/png", "text/plain")),
    ("file_?(type|extension)$", fake_values.one_of("MP4", "M4A", "PDF")),
    ("device_?type|^client$|^os$|_os$", fake_values.one_of("Windows", "Mac", "iPhone", "Android")),
    ("pronouns", fake_values.one_of("they/them", "she/her", "he/him")),
    (
        "city|location|campus|building",
        fake_values.one_of("Amsterdam", "São Paulo", "Nairobi", "Osaka", "Denver", "Leeds"),
    ),
    ("^states?$|province", fake_values.one_of("CO", "NY", "CA")),
    ("zip|postal", fake_values.digits(10_000, 99_999)),
    ("passw|passcode|(^|_)pin(_|$)", fake_values.short_hex),
    ("token|secret|^zak$", fake_values.identifier),
    ("version", fake_values.version),
    ("colou?r", fake_values.color),
    ("department|dept", fake_values.one_of("Sales", "Support", "Research")),
    (
        "message|description|content|summary|comment|note|reason|text",
        fake_values.one_of("Notes from the last session.", "Please bring your questions.", "Open until Friday."),
    ),
    ("number|code|_key$", fake_values.short_hex),
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
        return fake_values.meeting_number(dice)
    if _TIMESTAMP.search(name):
        return int(fake_values.moment(dice, name).timestamp() * 1000)
    if name == "file_size":
        return fake_values.file_size(dice)
    lowest, span = _range(name)
    return lowest + dice.number % span


@cache
def _maker(name: str) -> Maker:
    return next((maker for pattern, maker in _TEXTS if re.search(pattern, name, re.IGNORECASE)), fake_values.thing)


@cache
def _range(name: str) -> tuple[int, int]:
    return next((lowest, span) for pattern, lowest, span in _NUMBERS if re.search(pattern, name, re.IGNORECASE))
