"""Keep what references of schemas point to, wherever it stands: the facts of a document have only its usual places."""

from collections.abc import Iterator
from typing import Any

from generator.references import DanglingReference, resolve, step
from generator.schema_facts import schema_facts
from generator.shape import Misfits, misfits_of_schema


def graft(facts: dict[str, Any], document: dict[str, Any]) -> Misfits:
    """Add to the facts of a document each schema that a reference in them names and that they lack.

    It stands where it stood: `#/definitions/Thing`, `#/components/responses/Gone/content/application~1json/schema`.
    Zoom's events of tasks have `components` inside a schema. Yields what is wrong with such a schema.
    """
    waiting = list(dict.fromkeys(_references(facts)))
    while waiting:
        ref = waiting.pop()
        if _has(facts, ref) or not _has(document, ref):
            continue
        target = resolve(ref, document)
        if wrong := list(misfits_of_schema(target, tuple(ref.split("/")[1:]))):
            yield from wrong
            continue
        kept = schema_facts(target)
        waiting += _references(kept) if _put(facts, ref, kept) else []


def _references(value: Any) -> Iterator[str]:
    """Yield the references into the document itself."""
    if isinstance(value, dict) and isinstance(ref := value.get("$ref"), str) and ref.startswith("#/"):
        yield ref
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _references(part)


def _has(document: dict[str, Any], ref: str) -> bool:
    try:
        resolve(ref, document)
    except DanglingReference:
        return False
    return True


def _put(facts: dict[str, Any], ref: str, target: Any) -> bool:
    """Put a schema at its place, and return whether that could be: nothing is added to a list."""
    *outer, last = ref.removeprefix("#/").split("/")
    here: Any = facts
    for part in outer:
        try:
            here = step(here, part, facts)
        except (LookupError, ValueError, TypeError):
            if not isinstance(here, dict):
                return False
            here = here.setdefault(_key(part), {})
    if isinstance(here, dict):
        here[_key(last)] = target
    return isinstance(here, dict)


def _key(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")
