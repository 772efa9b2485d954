"""Describe in one line what an operation does, from its name and the facts of its contract: no sentence is Zoom's."""

import attrs

from generator import english

LONGEST = 100  # characters

_VERBS = frozenset(
    "get list update delete create add assign remove unassign upload send download move edit change patch perform "
    "migrate insert initiate recover set sync check transfer duplicate grant generate invite modify import preview "
    "export poll start revoke enable mark view use promote search share cancel disassociate query link publish "
    "schedule register unregister rotate subscribe unsubscribe validate upgrade allocate activate apply post reboot "
    "report deactivate demote join leave react star switch command control".split()
)
_SPELLED = {"retrieve": "get", "submits": "submit", "updates": "update", "deletes": "delete", "patch": "update"}
_BY_METHOD = {
    "GET": "get", "POST": "send", "PUT": "replace", "PATCH": "update", "DELETE": "delete", "HEAD": "look for",
    "OPTIONS": "ask for",
}  # fmt: skip
_MAKES_ONE = frozenset("create add insert send generate upload post import schedule duplicate".split())
_AT_ONCE = ("batch", "bulk")
_NOISE = frozenset("deprecated specified specific".split())


@attrs.frozen(kw_only=True)
class Facts:
    """The facts of a summary. `ids` are the arguments in the path, `returns` the annotation of the result."""

    name: str
    method: str
    ids: list[str]
    body: str
    returns: str
    paged: bool
    successor: str = ""
    said: str = ""


def summary(facts: Facts) -> str:
    """Return the summary: what we wrote ourselves, or the name as a sentence with as many facts as fit."""
    if facts.said:
        return _with_successor(facts, facts.said)
    verb, sentence = _sentence(facts)
    room = LONGEST - len(_with_successor(facts, ""))
    bare = sentence
    for part in _parts(verb, facts):
        if len(sentence) + len(part) < room:
            sentence += part
    if sentence == bare:  # the names of its models are too long
        sentence += "; takes a body" if facts.body else "; returns JSON"
    return _with_successor(facts, f"{sentence[0].upper()}{sentence[1:]}.")


def _with_successor(facts: Facts, sentence: str) -> str:
    if not facts.successor:
        return sentence
    said = f"Deprecated, use `{facts.successor}`: {sentence[:1].lower()}{sentence[1:]}"
    return said if len(said) <= LONGEST else f"Deprecated, use `{facts.successor}`."


def _sentence(facts: Facts) -> tuple[str, str]:
    """Return the verb, and the name as a sentence without what the facts say anyway: which id it takes."""
    words = [word for word in facts.name.split("_") if word]  # `import_` has an empty one
    first, *rest = [word for word in words if word not in _NOISE] or words
    if facts.ids and "by" in rest and rest[-1] in ("id", "uuid"):
        rest = rest[: rest.index("by")]
    first = _SPELLED.get(first, first)
    ending = ""
    if first in _AT_ONCE and rest and rest[0] in _VERBS:
        ending = " in one call"
        first, *rest = rest
    if first not in _VERBS:
        rest = [first, *rest]
        first = _BY_METHOD[facts.method]
    verb = first
    if rest[:1] in (["and"], ["or"]):
        verb, rest = f"{first} {rest[0]} {rest[1]}", rest[2:]
    elif rest[:1] == ["out"]:
        verb, rest = f"{first} out", rest[1:]
    owners = {word for each in facts.ids for word in each.split("_")}
    article = "a" if first in _MAKES_ONE else "" if first == "list" else "the"
    return first, f"{verb} {english.phrase(rest, article, owners)}{ending}".strip()


def _parts(verb: str, facts: Facts) -> list[str]:
    ids = " and ".join(f"`{each}`" for each in facts.ids)
    word = "by" if verb not in _MAKES_ONE and verb != "list" else "for"
    returned = {"None": "nothing", "bytes": "the bytes of a file"}.get(facts.returns, f"`{facts.returns}`")
    return [
        f" {word} {ids}" if ids else "",
        ", page by page" if facts.paged else "",
        f" from `{facts.body}`" if facts.body and not ids else "",
        f"; returns {returned}",
    ]
