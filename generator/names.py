"""Name operations and models, and keep the names that users already import (`openapi/<product>/names.json`)."""

import builtins
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, count

from generator import casing
from generator.histories import Histories, wanted
from generator.hoist import Model

# Names that say nothing by themselves: their models are called after what they belong to.
_GENERIC = frozenset(
    "settings setting data item items object old_object payload result results record records info details detail "
    "value values list options option config configuration body response content attribute attributes property "
    "properties param params field fields entry metadata status type user_info error errors".split()
)
# Names that Python or the generated modules use for something else.
_TAKEN = frozenset(dir(builtins)) | frozenset(
    "Any Literal Required TypedDict Unset Model Event File Operation Request Zoom AsyncZoom".split()
)
_ENDINGS = ("Response", "Body", "Payload", "Object")


def name_operations(
    wanted: dict[str, tuple[str, str]], locked: dict[str, str], taken: Iterable[str] = ()
) -> dict[str, str]:
    """Return the name of each operation, by `METHOD path`.

    `wanted` has for each the verb_noun of its page and Zoom's operationId; `locked` names are kept, and those that are
    `taken` are given to nothing else.
    """
    names = {key: locked[key] for key in wanted if key in locked}
    taken = {*taken, *locked.values()}
    alike: dict[str, list[str]] = defaultdict(list)
    for key, (title, _) in wanted.items():
        alike[casing.operation_name(title)].append(key)
    for name, keys in sorted(alike.items()):
        for key, qualified in _qualify(name, keys).items():
            if key not in names:
                others = _unlike(taken, qualified, _append(_of_id(wanted[key][1]) or qualified))
                names[key] = next(each for each in others if each not in taken)
                taken.add(names[key])
    return names


def _qualify(name: str, keys: list[str]) -> dict[str, str]:
    """Tell operations of one title apart by what only their own path says: `…_of_webinar`."""
    if len(keys) == 1:
        return {keys[0]: name}
    segments = {
        key: [part for part in key.split()[1].split("/") if casing.words(part) and "{" not in part] for key in keys
    }
    shared = set.intersection(*(set(parts) for parts in segments.values()))
    own = {key: [part for part in parts if part not in shared] for key, parts in segments.items()}
    return {key: _append(name, f"_of_{casing.singular(parts[-1])}") if parts else name for key, parts in own.items()}


def _of_id(operation_id: str) -> str:
    """Return the name that an operationId makes, "" if it has no words."""
    return casing.operation_name(operation_id) if casing.words(operation_id) else ""


def _append(name: str, ending: str = "") -> str:
    """Return a name with an ending, and without as many of its last words as make it too long."""
    while len(name + ending) > casing.MAX_NAME and "_" in name:
        name = name.rpartition("_")[0]
    return name.rstrip("_") + ending if ending else name  # `from_`: the parser calls `from__2` `from_2`


def _unlike(taken: set[str], *candidates: str) -> Iterator[str]:
    yield from candidates
    for number in range(2, len(taken) + 3):
        yield _append(candidates[0], f"_{number}")


def places_of_events(events: Iterable[str]) -> dict[str, str]:
    """Return the place of each event, called after it; of two that differ by a dot `thing.made` has the name."""
    events_of: dict[str, str] = {}
    for event in sorted(events, key=lambda event: (event != event.lower(), "." not in event, event)):
        name = casing.snake(event)
        places = chain([name], (f"{name}_{number}" for number in count(2)))
        events_of[next(place for place in places if place not in events_of)] = event
    return {event: place for place, event in events_of.items()}


def name_models(models: list[Model], histories: Histories) -> None:
    """Give every model its name: one that its places have had, else the thing's own, else one that says whose it is."""
    taken: dict[str, Model] = {}
    reserved = {*(name for names in histories.values() for name in names), *_TAKEN}
    for name, model in wanted(models, histories):
        if not model.name and name not in taken:
            _take(model, name, taken)
    nameless = [model for model in models if not model.name]
    by_wish: dict[str, list[Model]] = defaultdict(list)
    for model in nameless:
        for wish in _own_names(model)[:1]:
            by_wish[wish].append(model)
    for wish, rivals in by_wish.items():
        if wish not in taken and wish not in reserved:
            _take(min(rivals, key=_claim), wish, taken)
    # A parent is always found after its children, so going backwards names owners before what they own.
    for model in reversed(nameless):
        if not model.name:
            _take(model, next(each for each in _wishes(model) if each not in taken and each not in reserved), taken)


def _take(model: Model, name: str, taken: dict[str, Model]) -> None:
    model.name = name
    taken[name] = model


def _claim(model: Model) -> tuple[bool, int, str]:
    """Order rivals for a name: the thing as `get_…` returns it first, then what stands in most places."""
    return (not any(root.preferred for root in model.roots), -len(model.locations), model.locations[0])


def _own_names(model: Model) -> list[str]:
    if model.roots:
        return [name for root in model.roots for name in root.names if len(name) <= casing.MAX_NAME]
    name = casing.pascal(model.meaning)
    return (
        [name] if name and model.meaning not in _GENERIC and len(name) <= casing.MAX_NAME and name[0].isalpha() else []
    )


def _wishes(model: Model) -> Iterator[str]:
    own_names = _own_names(model)
    yield from own_names
    own = own_names[0] if model.roots and own_names else casing.pascal(model.meaning) or "Item"
    operation = casing.pascal(model.locations[0].split(".")[0].split("[")[0].split("(")[0])
    owners = [parent.name for parent in model.parents if parent.name] or [operation]
    bare = [_bare(owner) for owner in owners]
    distinction = casing.pascal(model.distinction)
    if distinction:
        yield from _fit(f"{_bare(own)}{distinction}", f"{bare[0]}{distinction}")
    if not model.roots:
        for owner in (_common(bare), bare[0], owners[0], operation):
            yield from _fit(f"{owner}{own}" if owner != own else f"{owner}Item") if owner else ()
    for word in _words_of_place(model, distinction):
        yield from _fit(f"{word}{own}")
    short = own[: casing.MAX_NAME - 3] if own[0].isalpha() else f"Item{own}"[: casing.MAX_NAME - 3]
    for number in range(2, 1000):
        yield f"{short}{number}"


def _words_of_place(model: Model, distinction: str) -> list[str]:
    """Return single words that tell the place of a model from others, where whole names would be too long."""
    places = [parent.name for parent in model.parents] + [re.split(r"[.(\[]", place)[0] for place in model.locations]
    words = [word.capitalize() for each in [distinction, *places] for word in casing.words(each)]
    return [word for word in dict.fromkeys(words) if word.lower() not in casing.words(model.meaning)]


def _fit(*names: str) -> list[str]:
    return [name for name in names if len(name) <= casing.MAX_NAME and name[0].isalpha()]


def _bare(owner: str) -> str:
    for ending in _ENDINGS:
        if owner.endswith(ending) and owner != ending:
            return owner.removesuffix(ending)
    return owner


def _common(owners: list[str]) -> str:
    """Return the words that all owners share, in the order of the first: Create/UpdateMeeting share Meeting."""
    first, *others = [casing.words(owner) for owner in owners]
    return "".join(word.capitalize() for word in first if all(word in other for other in others))
