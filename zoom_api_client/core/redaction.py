"""The one list of what is masked: for reprs, errors, logs, dead letters, traces, messages of the mock and cassettes.

Whoever reads one of these secrets can act as its owner, enter the meeting or fetch the recording.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

from zoom_api_client.core.secret import Secret

MASK: Final = "…"
LONGEST: Final = 2000
"""Characters of a text that is not ours, in a message or a log."""

_SHORTEST: Final = 6  # characters of a secret: a shorter text is in many words
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

# How the names of secrets end: `refresh_token`, `h323_password`, `clientSecret`. A page token opens nothing.
_NAMES: Final = (
    r"passw(?:or)?d|pass_?code|pwd|secret|(?<!page)(?<!page_)(?<!sync)(?<!sync_)token|(?<![a-z])zak|"
    r"(?:host|private|stream|access)[_-]?key|(?<![a-z])pin(?:_?code)?|start_?url|code_?verifier"
)
_HEADERS: Final = r"(?:proxy-)?authorization|(?:set-)?cookie"
_IN_QUERIES: Final = r"tk|code|sig|signature|policy|key-pair-id|x-amz-[\w-]+"  # signed links, authorization codes
_RECORDINGS: Final = r"archive|attached|detail|download|meeting|play|share|transcript|webhook_download"
_IS_SECRET: Final = re.compile(rf"(?:{_NAMES})(?:_for_\w+)?$|^(?:{_HEADERS}|tk)$", re.IGNORECASE)

_QUOTED: Final = r"""(?P<quote>\\*["'])(?:(?!(?P=quote))(?:\\.|[^\\]))+"""
_BARE: Final = r"""(?!(?:null|none|true|false|unset)\b|[\[{\\])[^\s&"',;)}\]]+"""
_SECRETS: Final = (
    r"(?P<kept>://)[^\s/?#'\"@]*(?:@[^\s/?#'\"@]*)*(?=@)",  # the user and the password of a URL
    rf"(?P<kept>/rec/(?:(?:{_RECORDINGS})/)+)[^\s/?#&'\"]+",  # the word that Zoom knows a recording by
    rf"(?P<kept>[?&](?:{_IN_QUERIES})=)[^&#'\"\s]+",
    rf"(?P<kept>\b(?:{_HEADERS})(?:\\*['\"])?\s*[:=,]\s*b?){_QUOTED}",
    r"(?P<kept>\b(?:set-)?cookie\s*[:=]\s*)[^'\"\r\n]+",
    r"(?P<kept>\bauthorization\s*[:=]\s*(?:\w+\s+)?)[^\s'\",;]+",
    r"(?P<kept>\b(?:bearer|basic)\s+)(?-i:(?=\S*[^a-z\s]))[\w.~+/=-]{6,}",
    r"\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?",  # a JSON Web Token, as Zoom's access tokens are
    # name=value, "name": "value", 'name': b'value', and the same inside of a JSON text
    rf"(?P<kept>(?<![/\w])\w*?(?:{_NAMES})[\w-]{{0,20}}(?:\\*[\"'])?\s*[=:]\s*\[?(?:b(?=['\"]))?)(?:{_QUOTED}|{_BARE})",
)


def is_secret(name: str) -> bool:
    """Return whether a field, a parameter or a header of this name holds a secret."""
    return _IS_SECRET.search(name) is not None


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Compile them when the first text is masked, not for whoever only imports: it takes 2 ms."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in _SECRETS)


def redact_text(text: str) -> str:
    """Return a text without what is recognised as a secret in it."""
    for pattern in _patterns():
        text = pattern.sub(_mask, text)
    return text


def quote_text(text: str, *secrets: Secret | str | None) -> str:
    """Return a text of somebody else's for a message or a log: cut, without secrets, on one line.

    It may have any length, and masking takes time. What it has of control characters would act on a terminal, and its
    line breaks would look like another line of the log. Halves of secrets that the first cut makes go with the second.
    """
    for each in secrets:
        plain = each.reveal() if isinstance(each, Secret) else each
        text = text.replace(plain, MASK) if plain and len(plain) >= _SHORTEST else text
    masked = redact_text(text[: 2 * LONGEST])
    cut = masked if len(masked) <= LONGEST else masked[:LONGEST] + MASK
    return _CONTROL.sub(lambda found: ascii(found[0])[1:-1], cut)


def redact_value(name: str, value: Any, redact: Callable[[str], str] = redact_text) -> Any:
    """Return the JSON value of a field with a mask where it is a secret or holds one, at any depth."""
    if is_secret(name) and isinstance(value, str | int) and not isinstance(value, bool) and value != "":
        return MASK
    if isinstance(value, dict):
        return {key: redact_value(str(key), each, redact) for key, each in value.items()}
    if isinstance(value, list):
        return [redact_value(name, each, redact) for each in value]
    return redact(value) if isinstance(value, str) else value


def redact_url(url: str) -> str:
    """Return an address without its query, its user and the long words in its path: a download is known by one."""
    try:
        parts = urlsplit(redact_text(url))
    except ValueError:  # it is not an address: an IPv6 host without its bracket
        return MASK
    path = "/".join(part if len(part) <= 20 else MASK for part in parts.path.split("/"))
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{path}"


def _mask(found: re.Match[str]) -> str:
    groups = found.groupdict()
    quote = groups.get("quote") or ""
    return f"{groups.get('kept') or ''}{quote}{MASK}"
