"""Spell the words of a name as English: capitals, possessives and articles."""

from generator import casing

_SPELLED = {
    word.lower(): word
    for word in (
        "ACL AI API ASL BYOC CQ CRC CRM CSV CX DNC DLP E911 H.323 HTML HTTP ID IDs IM IMs IP IQ IVR JSON JWT MAC MMS "
        "PAC PBX PDF PIN PM PSTN QA QAs QR QoS RTMS S3 SAML SDK SIP SLG SMS SSO TSP UI URI URIs URL URLs UUID VOD ZAK "
        "ZDM ZP ZPA ZRA ZVA Zoom Cisco Polycom Google Salesforce Kubi iOS CallKit"
    ).split()
} | {"h323": "H.323"}  # fmt: skip
_SAID_AS_WORDS = frozenset(
    "SIP PIN PAC ZAK CallKit Zoom Cisco Polycom Google Salesforce Kubi MAC SAML VOD H.323".split()
)
_PREPOSITIONS = frozenset("of to for from in on by with at as under into within using through after before".split())
_CONJUNCTIONS = frozenset("and or".split())
_DETERMINERS = frozenset("a an the all any each my your this these multiple some one both".split())
_HAS_NO_PLURAL = frozenset(
    "access information info data content usage history feedback availability audio media music storage management "
    "analysis authentication visibility voicemail traffic text status".split()
)
_PLURAL = frozenset("data media people children criteria metrics analytics".split())
# Of these many have what the next noun says, where no identifier tells whose it is.
_OWNERS = frozenset(("users", "agents"))


def phrase(words: list[str], article: str, owners: set[str]) -> str:
    """Return the words after a verb as a noun phrase; `owners` are words of the identifiers that tell whose it is."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word in _PREPOSITIONS:
            parts.append([word])
        else:
            parts[-1].append(word)
    first, *others = parts
    said = [_with_article(first, article, owners)]
    said += [
        f"{word} {_with_article(rest, '' if word == 'as' else 'the', owners, always=False)}" for word, *rest in others
    ]
    return " ".join(each.strip() for each in said if each)


def _with_article(words: list[str], article: str, owners: set[str], *, always: bool = True) -> str:
    if not words:
        return ""
    text = _noun(words, owners)
    first, last = words[0], words[-1]
    if first in _DETERMINERS | _PREPOSITIONS or (last == "id" and not always) or last == "ids":
        return text
    one_owner = text.partition(" ")[0].endswith("'s")
    if not article and not one_owner:
        return text
    if is_plural(last):
        return f"the {text}" if one_owner or (article == "the" and always) else text
    if one_owner or article != "a":
        return f"the {text}"
    return text if last in _HAS_NO_PLURAL else f"{indefinite(text)} {text}"


def _noun(words: list[str], owners: set[str]) -> str:
    return " ".join(_word(word, following, owners) for word, following in zip(words, [*words[1:], ""], strict=True))


def _word(word: str, following: str, owners: set[str]) -> str:
    if is_misspelt_plural(word):  # Zoom's titles say "inbox's", and a name has no apostrophe
        return f"{word[:-1]}'s"
    single = casing.singular(word)
    if following and following not in _CONJUNCTIONS and single != word:
        if single in owners or word == "accounts":  # a token is of one account
            return f"{single}'s"
        if word in _OWNERS:
            return f"{word}'"
    return _SPELLED.get(word, word)


def is_misspelt_plural(word: str) -> bool:
    """Return whether a word has an s where English has another plural: `inboxs`, `policys`."""
    stem = word[:-1]
    is_y = stem.endswith("y") and len(stem) > 2 and stem[-2] not in "aeiou"
    return word.endswith("s") and (is_y or stem.endswith(("x", "ch", "sh", "ss")))


def is_plural(word: str) -> bool:
    """Return whether a noun is a plural."""
    return word in _PLURAL or (casing.singular(word) != word and word not in _HAS_NO_PLURAL)


def indefinite(text: str) -> str:
    """Return the article that a noun takes: `an SMS campaign`, `a user`."""
    word = text.split()[0]
    if word.isupper() and word not in _SAID_AS_WORDS:
        return "an" if word[0] in "AEFHILMNORSX" else "a"
    return "an" if word[0].lower() in "aeiou" and not word.startswith(("user", "uni", "use", "one", "eu")) else "a"
