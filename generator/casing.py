"""Turn Zoom's spellings into Python names: words, PascalCase, snake_case, singulars, and free identifiers."""

import keyword
import re

from openapi_python_client.strings import fix_reserved_words

MAX_NAME = 60  # characters

# A number belongs to the letters before it, so that H.323 is h323 and H323 wherever it stands.
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+[0-9]*|[A-Z]+[0-9]*|[0-9]+")
_FILLERS = frozenset("of for by which can be their all in to from with and or be about context given specific".split())
_THIRD_PERSON = {"gets": "get", "retrieves": "retrieve", "returns": "return", "creates": "create", "lists": "list"}
_SINGULARS = {
    "addresses": "address", "statuses": "status", "indices": "index", "aliases": "alias",
    "data": "data", "series": "series", "media": "media", "news": "news", "campus": "campus",
    "analytics": "analytics", "metrics": "metrics", "sms": "sms",
    "is": "is", "has": "has", "https": "https", "dns": "dns", "gps": "gps", "tls": "tls", "crcs": "crc", "days": "day",
}  # fmt: skip


def words(text: str) -> list[str]:
    """Split any spelling into lower-case words: `hostId`, `host_id` and `Host ID` are all host, id."""
    return [word.lower() for word in _WORD.findall(text)]


def pascal(text: str) -> str:
    """Spell a class name: `tracking_fields` becomes TrackingFields."""
    return "".join(word.capitalize() for word in words(text))


def snake(text: str) -> str:
    """Spell a module or a function: `TrackingFields` becomes tracking_fields."""
    return "_".join(words(text))


def module(text: str) -> str:
    """Spell the name of a module, which must not be a word of Python or begin with a digit."""
    spelled = snake(text) or "models"
    if keyword.iskeyword(spelled):
        return f"{spelled}_"
    return f"models_{spelled}" if spelled[0].isdigit() else spelled


def singular(text: str) -> str:
    """Return the snake_case name of one of many: `tracking_fields` becomes tracking_field."""
    *first, last = words(text) or [""]
    return "_".join([*first, _singular_word(last)])


def _singular_word(word: str) -> str:
    if word in _SINGULARS:
        return _SINGULARS[word]
    for plural, single in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word[: -len(plural)] + single
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def operation_name(name: str) -> str:
    """Shorten the verb_noun of a page that Zoom gave a whole sentence as its title."""
    first, *rest = words(name)
    spelled = [_THIRD_PERSON.get(first, first), *rest]
    if len("_".join(spelled)) > MAX_NAME:
        spelled = [word for word in spelled if word not in _FILLERS]
    while len("_".join(spelled)) > MAX_NAME and len(spelled) > 1:
        spelled.pop()
    spelled[0] = spelled[0][:MAX_NAME]
    return fix_reserved_words("_".join(["operation", *spelled] if spelled[0].isdigit() else spelled))


def identifier(name: str, taken: set[str] | None = None) -> str:
    """Return the Python name of a field or parameter, different from those taken: `from` becomes from_."""
    spelled = snake(name) if re.search(r"[^a-z0-9_]", name) or name.startswith("_") else name
    spelled = spelled or "field"
    if spelled[0].isdigit():
        spelled = f"field_{spelled}"
    if keyword.iskeyword(spelled) or spelled in ("self", "client"):
        spelled += "_"
    while spelled in (taken or ()):
        spelled += "_"
    return spelled


def identifiers(spellings: dict[str, str], locked: dict[str, str], taken: set[str]) -> dict[str, str]:
    """Return the Python names of what has these spellings: those that are `locked`, and new ones beside them."""
    names: dict[str, str] = {}
    for key in spellings:
        if key in locked and locked[key] not in {*taken, *names.values()}:
            names[key] = locked[key]
    used = {*taken, *locked.values()}
    for key, spelling in spellings.items():
        if key not in names:
            names[key] = identifier(spelling, used)
            used.add(names[key])
    return {key: names[key] for key in spellings}
