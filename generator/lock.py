"""The lock of a product (`openapi/<product>/names.json`) keeps every public name, so that none changes in silence.

Operations are known by method and path, whatever its identifiers are called, and by Zoom's operationId; models by their
places; parameters and fields by Zoom's names of them. What is gone from Zoom's documents keeps its name, and is
reported once.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import attrs

from generator.faults import BuildFault, Fault, read
from generator.histories import Histories
from generator.normalise import PLACE

Spelled = dict[str, dict[str, str]]
"""The Python names of the parameters of each operation, or of the fields of each model, by Zoom's."""

_NOWHERE = "nowhere: "
_STATUS = re.compile(r"(\w+)\.(\d{3})(?=[.\[(]|$)")


@attrs.define
class Names:
    """The names of a product.

    `operations` has the name of each by `METHOD path`, `former` that by the ones before it moved, `operation_ids` has
    Zoom's operationId by name, `models` and `event_models` the places of each; `parameters` are called
    `query page_size`; `items` has the fields that hold the items of each list. `split` has all names that the model at
    a place has had, of the places that have had more than one. `gone` is what was told to be gone, and `aliases` the
    present name of what a person renamed here.
    """

    operations: dict[str, str] = attrs.field(factory=dict)
    former: dict[str, str] = attrs.field(factory=dict)
    operation_ids: dict[str, str] = attrs.field(factory=dict)
    parameters: Spelled = attrs.field(factory=dict)
    items: dict[str, list[str]] = attrs.field(factory=dict)
    models: dict[str, list[str]] = attrs.field(factory=dict)
    fields: Spelled = attrs.field(factory=dict)
    event_models: dict[str, list[str]] = attrs.field(factory=dict)
    event_fields: Spelled = attrs.field(factory=dict)
    split: Histories = attrs.field(factory=dict)
    event_split: Histories = attrs.field(factory=dict)
    gone: list[str] = attrs.field(factory=list)
    aliases: dict[str, str] = attrs.field(factory=dict)

    @classmethod
    def load(cls, path: Path) -> "Names":
        """Read the lock file; a product that has none yet has no names yet."""
        try:
            return cls(**read(path)) if path.exists() else cls()
        except TypeError as error:
            raise BuildFault(Fault(f"{path.parent.name}/{path.name}", "", f"is not a lock file ({error})")) from error

    def add_gone(self, locked: "Names") -> "Names":
        """Return these names and those of what Zoom's documents have no more: they are not given to anything else."""
        known = match({key: self.operation_ids[name] for key, name in self.operations.items()}, locked)
        left = {key: name for key, name in locked.operations.items() if key not in known.values()}
        moved = {old: locked.operations[old] for key, old in known.items() if shape(key) != shape(old)}
        return Names(
            operations={**left, **self.operations},
            former=moved | locked.former,
            operation_ids={**locked.operation_ids, **self.operation_ids},
            parameters=_add_spelled(self.parameters, locked.parameters),  # each has the first name that is free
            items={**locked.items, **self.items},
            models=_add_places(locked.models, self.models),
            fields=_add_spelled(locked.fields, self.fields),
            event_models=_add_places(locked.event_models, self.event_models),
            event_fields=_add_spelled(locked.event_fields, self.event_fields),
            split=locked.split | self.split,
            event_split=locked.event_split | self.event_split,
            gone=_outermost(set(locked.public()) - set(self.public())),
            aliases=locked.aliases,
        )

    def public(self) -> Iterator[str]:
        """Yield each name as users know it: `get_user`, `get_user(page_size)`, `models.User`, `models.User.id`."""
        for operation in self.operations.values():
            yield operation
            yield from (f"{operation}({name})" for name in self.parameters.get(operation, {}).values())
        for package, models, fields in (
            ("models", self.models, self.fields),
            ("events", self.event_models, self.event_fields),
        ):
            for model in models:
                yield f"{package}.{model}"
                yield from (f"{package}.{model}.{name}" for name in fields.get(model, {}).values())

    def moved(self, locked: "Names", package: str) -> Iterator[str]:
        """Yield what has another name now than in the lock, of what is still there: a model that split, a field."""
        for part, now, before in (
            ("models", self.models, locked.models),
            ("events", self.event_models, locked.event_models),
        ):
            at = by_place(before)
            for name, places in now.items():
                for old in sorted({at.get(place, name) for place in places} - {name}):
                    place = next(each for each in places if at.get(each) == old)
                    yield f"{part}.{package}.{old} is {name} at {place}, whose fields are others now"
        for now_spelled, spelled in ((self.fields, locked.fields), (self.event_fields, locked.event_fields)):
            for model, names in now_spelled.items():
                for wire, name in names.items():
                    if (old := spelled.get(model, {}).get(wire, name)) != name:
                        yield f"the field {package}.{model}.{old} is {name}"

    def dump(self) -> str:
        """Return the text of the lock file: a line for each operation, model and name that is gone."""
        sections = (f"{_spell(section)}: {_section(each)}" for section, each in sorted(attrs.asdict(self).items()))
        return "{\n " + ",\n ".join(sections) + "\n}\n"


def _section(entries: dict[str, object] | list[str]) -> str:
    rows = (
        (f"{_spell(key)}: {_spell(entries[key])}" for key in sorted(entries))
        if isinstance(entries, dict)
        else map(_spell, entries)
    )
    start, end = "{}" if isinstance(entries, dict) else "[]"
    return start + ",".join(f"\n  {row}" for row in rows) + f"\n {end}"


def _spell(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def _outermost(names: set[str]) -> list[str]:
    """Leave out the parameters and fields of what is there itself."""
    return sorted(name for name in names if _owner(name) not in names)


def _owner(name: str) -> str:
    """Return what a parameter or a field belongs to: `get_user(page_size)` to `get_user`, a field to its model."""
    if "(" in name:
        return name.partition("(")[0]
    return name.rpartition(".")[0]


def match(ids: dict[str, str], locked: Names) -> dict[str, str]:
    """Return for each operation (`METHOD path`, with its operationId) that the lock knows its key there.

    It is the same key, else the same but for what identifiers are called, else that of what was here before it moved,
    else that of the same operationId, which has moved.
    """
    known = {key: key for key in ids if key in locked.operations}
    # Of two that had one operationId, the one that Zoom had last has moved.
    left = sorted(locked.operations.keys() - known, key=lambda key: (locked.operations[key] not in locked.gone, key))
    at = {locked.operations[key]: key for key in left}
    by_shape = {shape(key): key for key in left}
    by_former = {shape(key): at[name] for key, name in locked.former.items() if name in at}
    by_id = {locked.operation_ids[name]: key for name, key in at.items() if name in locked.operation_ids}
    for index in (by_shape, by_former, by_id):
        for key, operation_id in ids.items():
            old = index.get(operation_id if index is by_id else shape(key))
            if key not in known and old and old not in known.values():
                known[key] = old
    return known


def shape(key: str) -> str:
    """Return `METHOD path` without what the path's identifiers are called."""
    return PLACE.sub("{}", key)


def by_place(models: dict[str, list[str]]) -> dict[str, str]:
    """Return the model at each place; a name that has no place any more has one of its own."""
    return {place: name for name, places in models.items() for place in places or [f"{_NOWHERE}{name}"]}


def histories(models: dict[str, list[str]], split: Histories) -> Histories:
    """Return the names that the model at each place has had."""
    return {place: split.get(place, [name]) for place, name in by_place(models).items()}


def follow_status(places: Histories, answers: dict[str, list[str]]) -> Histories:
    """Add the places of answers whose status changed: what 200 brought and 201 brings is the same thing.

    `answers` has the statuses of each operation now.
    """
    before: dict[str, set[str]] = defaultdict(set)
    for place in places:
        if found := _STATUS.match(place):
            before[found[1]].add(found[2])
    followed = dict(places)
    for place, names in places.items():
        found = _STATUS.match(place)
        now = answers.get(found[1], []) if found else []
        if found and now and found[2] not in now:
            for status in set(now) - before[found[1]]:
                followed[f"{found[1]}.{status}{place[found.end() :]}"] = names
    return followed


def follow_path(names: dict[str, str], key: str, old: str) -> dict[str, str]:
    """Return the locked names of an operation's parameters after its path's identifiers were called otherwise."""
    called = follow_identifiers(old, key)
    return names | {f"path {now}": names[f"path {was}"] for was, now in called.items() if f"path {was}" in names}


def follow_identifiers(old: str, key: str) -> dict[str, str]:
    """Return what the identifiers of a path are called now: those after the same word, and one that is left alone."""
    if shape(old) == shape(key):
        return dict(zip(PLACE.findall(old), PLACE.findall(key), strict=True))
    before, after = _by_word(old, PLACE.findall(key)), _by_word(key, PLACE.findall(old))
    called = {before[word]: after[word] for word in before.keys() & after.keys()}
    left = [
        [name for word, name in each.items() if word not in other] for each, other in ((before, after), (after, before))
    ]
    return called | (dict(zip(*left, strict=True)) if len(left[0]) == len(left[1]) == 1 else {})


def _by_word(key: str, others: list[str]) -> dict[str, str]:
    """Return the identifiers of a path by the word before them, but for those that another path has, too."""
    found = {word: each[1:-1] for word, each in pairwise(key.split("/")) if PLACE.fullmatch(each)}
    return {word: name for word, name in found.items() if name not in others}


def _add_places(locked: dict[str, list[str]], now: dict[str, list[str]]) -> dict[str, list[str]]:
    models: dict[str, list[str]] = {name: [] for name in locked}
    for place, name in (by_place(locked) | by_place(now)).items():
        models.setdefault(name, []).append(place)
    return {name: sorted(each for each in places if not each.startswith(_NOWHERE)) for name, places in models.items()}


def _add_spelled(locked: Spelled, now: Spelled) -> Spelled:
    return {owner: {**locked.get(owner, {}), **now.get(owner, {})} for owner in locked.keys() | now.keys()}
