"""Find the models of a document: each object schema is one, and equal shape with equal meaning is the same one.

Shape is the schema without its documentation; meaning is the name that the thing has where it stands (`recurrence`, or
`meeting` for an item of `meetings`).
"""

import json
from collections.abc import Callable
from typing import Any

import attrs

from generator import casing
from generator.join import join

Schema = dict[str, Any]

_DOCUMENTATION = ("description", "default", "deprecated")


@attrs.define(eq=False)
class Model:
    """An object schema that becomes a class, with every place in the document where it stands."""

    meaning: str
    schema: Schema
    locations: list[str] = attrs.field(factory=list)
    parents: list["Model"] = attrs.field(factory=list)
    roots: list["Root"] = attrs.field(factory=list)
    distinction: str = ""
    name: str = ""


@attrs.frozen
class Root:
    """The outermost schema of a body, an answer or an event: `names` are those its model would like, best first."""

    location: str
    meaning: str
    names: tuple[str, ...]
    preferred: bool = False


class Hoister:
    """Collects the models of one document while its schemas are replaced by references to them.

    `locked` knows the names that earlier builds gave to locations: what has different names stays different models, and
    what has one name stays one model if its shapes can be joined.
    """

    def __init__(self, locked: dict[str, str] | None = None) -> None:
        self.models: list[Model] = []
        self._known: dict[tuple[str, str], Model] = {}
        self._locked = locked or {}
        self._named: dict[str, Model] = {}

    def hoist(self, schema: Schema, root: Root) -> Schema:
        """Return the schema of a root with each object replaced by `{"$ref": Model}`."""
        return self._replace(schema, root.location, root.meaning, lambda model: model.roots.append(root))

    def _replace(self, schema: Schema, location: str, meaning: str, found: Callable[[Model], None]) -> Schema:
        if "anyOf" in schema:
            places = [f"{location}({i})" if i else location for i in range(len(schema["anyOf"]))]
            options = [
                self._replace(option, place, meaning, found)
                for place, option in zip(places, schema["anyOf"], strict=True)
            ]
            distinct = [option for i, option in enumerate(options) if option not in options[:i]]
            _distinguish([option["$ref"] for option in distinct if isinstance(option.get("$ref"), Model)])
            return {**schema, "anyOf": distinct}
        if schema.get("type") == "array":
            one = meaning if meaning.endswith("_body") else casing.singular(meaning)
            return {**schema, "items": self._replace(schema["items"], f"{location}[]", one, found)}
        if not schema.get("properties"):
            return schema
        model = self._model(schema, location, meaning)
        found(model)
        return {"$ref": model} | {key: schema[key] for key in _DOCUMENTATION if key in schema}

    def _model(self, schema: Schema, location: str, meaning: str) -> Model:
        children: list[Model] = []
        properties = {
            name: self._replace(part, f"{location}.{name}", casing.snake(name), children.append)
            for name, part in schema["properties"].items()
        }
        shape = {**schema, "properties": properties}
        meaning_or_name = self._locked.get(location, meaning)
        key = (meaning_or_name, _fingerprint(shape))
        model = self._known.get(key) or self._find_equal(location, (meaning, key[1]))
        model = model or self._grow(location, shape, (meaning, key[1]))
        if model is None:
            model = self._known[key] = Model(meaning, shape)
            self._known.setdefault((meaning, key[1]), model)
            self.models.append(model)
        self._known.setdefault(key, model)
        if location in self._locked:
            self._named.setdefault(self._locked[location], model)
        model.locations.append(location)
        for child in children:
            if model not in child.parents:
                child.parents.append(model)
        return model

    def _find_equal(self, location: str, key: tuple[str, str]) -> Model | None:
        """Return the model of equal shape and meaning; two that have names of their own stay two."""
        model = self._known.get(key)
        named = model is not None and any(place in self._locked for place in model.locations)
        return None if named and location in self._locked else model

    def _grow(self, location: str, shape: Schema, key: tuple[str, str]) -> Model | None:
        """Return the model that this place had, with the fields of both: a model stays one while its places agree."""
        model = self._named.get(self._locked.get(location, ""))
        places = [*model.locations, location] if model else []
        sent = any(".body" in place for place in places)
        joined = join(model.schema, shape, sent=sent) if model else None
        if model and joined:
            model.schema = joined
            return self._known.setdefault(key, model)
        return None


def _distinguish(models: list[Model]) -> None:
    """Note of each alternative what only it has: the one value of an enum, else a field."""
    for model in models:
        others = [other.schema["properties"] for other in models if other is not model]
        for name, part in model.schema["properties"].items():
            values = part.get("enum", [])
            if len(values) == 1 and all(other.get(name, {}).get("enum") != values for other in others):
                model.distinction = model.distinction or str(values[0])
        for name in model.schema["properties"]:
            if others and not any(name in other for other in others):
                model.distinction = model.distinction or name


def _fingerprint(shape: Schema) -> str:
    def bare(value: Any) -> Any:
        if isinstance(value, Model):
            return f"model {id(value)}"
        if isinstance(value, list):
            return [bare(each) for each in value]
        if isinstance(value, dict):
            # The fields of an object may be called so too, and are schemas then.
            documented = isinstance(value.get("type"), str) or isinstance(value.get("anyOf"), list)
            documented = documented or isinstance(value.get("$ref"), Model)
            return {key: bare(each) for key, each in value.items() if not (documented and key in _DOCUMENTATION)}
        return value

    return json.dumps(bare(shape), sort_keys=True)
