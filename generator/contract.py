"""The contract of a product: its documents after overlays, in the plain form, with everything named.

One OpenAPI 3.1 document for the operations and one for the events: emitter, mock and validator all read these.
"""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import attrs

from generator import casing, resources, sub_accounts
from generator.distil import operations
from generator.documents import load_documents
from generator.histories import Histories, record
from generator.hoist import Hoister, Model, Root
from generator.lock import Names, follow_path, follow_status, histories, match
from generator.names import name_models, name_operations, places_of_events
from generator.normalise import Schema, normalise
from generator.sub_accounts import Scopes

DEFAULT_SERVER = "https://api.zoom.us/v2"

_EXISTS_ALREADY = ("get", "show", "view")


@attrs.frozen
class Contract:
    """The contract of one product: `paths` and `webhooks` documents that refer to their own `components`.

    `sources` are the same documents before anything was named: what went in, to hold what comes out against.
    `names` are those of its operations and models, `locked` those of earlier builds, parameters and fields included.
    `sub_accounts` has the scopes that an operation takes for a sub-account, for each that can be called so;
    `requires` what an account must have for an operation besides scopes.
    """

    product: str
    endpoints: dict[str, Any]
    events: dict[str, Any]
    names: Names
    locked: Names
    sources: dict[str, dict[str, Any]]
    sub_accounts: dict[str, Scopes]

    @property
    def requires(self) -> dict[str, list[str]]:
        """The plan and the licences that each operation takes, of those that take any."""
        said = {each["operationId"]: each["x-zoom"].get("requires") for _, _, each in operations(self.endpoints)}
        return {name: requires for name, requires in said.items() if requires}

    @property
    def choices(self) -> dict[str, dict[str, list[Any]]]:
        """The values that parameters may have, of the operations that have enumerations among them."""
        said = {each["operationId"]: _choices(each["parameters"]) for _, _, each in operations(self.endpoints)}
        return {name: choices for name, choices in said.items() if choices}

    @property
    def package(self) -> str:
        """The Python name of the product."""
        return package_name(self.product)


def _choices(parameters: list[dict[str, Any]]) -> dict[str, list[Any]]:
    schemas = {each["name"]: each["schema"] for each in parameters if each["in"] in ("path", "query")}
    values = {name: schema.get("items", schema).get("enum") for name, schema in schemas.items()}
    return {name: enum for name, enum in values.items() if enum}


def package_name(product: str) -> str:
    """Return the Python name of a product: `team-chat` is team_chat."""
    return product.replace("-", "_")


def contract(product: str, openapi: Path, overlays: Path, elsewhere: Collection[str] = ()) -> Contract:
    """Build the contract of a product from its distilled documents, our overlays and the names already given.

    What another product has now (`elsewhere`) is left out.
    """
    locked = Names.load(openapi / product / "names.json")
    documents = load_documents(product, openapi, overlays, elsewhere)
    plain = normalise(documents["endpoints"])
    names, locked = _name_operations(plain, locked)
    endpoints, names.models, names.split = _endpoints(plain, names.operations, locked)
    events, names.event_models, names.event_split = _events(normalise(documents["webhooks"]), locked)
    _name_successors(endpoints, product, names.operations, openapi)
    resources.annotate(product, endpoints, overlays)
    variants = sub_accounts.variants(endpoints, documents["master"])
    return Contract(product, endpoints, events, names, locked, documents, variants)


def _name_successors(endpoints: dict[str, Any], product: str, own: dict[str, str], openapi: Path) -> None:
    """Note the name of what takes the place of a deprecated operation, which may be another product's."""
    deprecated = [each["x-zoom"] for _, _, each in operations(endpoints) if each["x-zoom"].get("successor")]
    if not deprecated:
        return
    known = {
        key: f"{package_name(path.parent.name)}.{name}"
        for path in sorted(openapi.glob("*/names.json"))
        for key, name in Names.load(path).operations.items()
    } | own
    for zoom in deprecated:
        zoom["successor-name"] = known.get(zoom["successor"], zoom["successor"])


def _places(models: list[Model]) -> dict[str, list[str]]:
    return {model.name: sorted(model.locations) for model in models}


def _name_models(models: list[Model], known: Histories) -> Histories:
    """Name the models, and return the histories of the places that have had more than one name."""
    name_models(models, known)
    return {place: names for place, names in record(models, known).items() if len(names) > 1}


def _name_operations(document: dict[str, Any], locked: Names) -> tuple[Names, Names]:
    """Return the names of the operations, and the lock as if their paths had been called so when they got them."""
    found = {f"{method.upper()} {path}": operation for method, path, operation in operations(document)}
    ids = {key: operation["operationId"] for key, operation in found.items()}
    known = match(ids, locked)
    kept = {key: locked.operations[old] for key, old in known.items()}
    wanted = {key: (operation["x-name"], ids[key]) for key, operation in found.items()}
    names = name_operations(wanted, kept, taken=set(locked.operations.values()))
    parameters = {kept[key]: follow_path(locked.parameters.get(kept[key], {}), key, old) for key, old in known.items()}
    now = Names(operations=names, operation_ids={name: ids[key] for key, name in names.items()})
    return now, attrs.evolve(locked, parameters=locked.parameters | parameters)


def _endpoints(
    document: dict[str, Any], names: dict[str, str], locked: Names
) -> tuple[dict[str, Any], dict[str, list[str]], Histories]:
    answers = {
        names[f"{method.upper()} {path}"]: list(each["responses"]) for method, path, each in operations(document)
    }
    known = follow_status(histories(locked.models, locked.split), answers)
    hoister = Hoister({place: names[0] for place, names in known.items()})
    server = (document.get("servers") or [{"url": DEFAULT_SERVER}])[0]["url"]
    numeric = _numeric_ids(document)
    paths: dict[str, Any] = {}
    for method, path, operation in operations(document):
        name = names[f"{method.upper()} {path}"]
        paths.setdefault(path, {})[method] = _operation(operation, name, server, numeric, hoister)
    split = _name_models(hoister.models, known)
    return _assemble(document, {"paths": paths}, hoister.models), _places(hoister.models), split


def _operation(
    operation: dict[str, Any], name: str, server: str, numeric: set[str], hoister: Hoister
) -> dict[str, Any]:
    zoom = {**operation.get("x-zoom", {}), "operation-id": operation["operationId"]}
    host = zoom.pop("upload-host", None)
    server = operation["servers"][0]["url"].rstrip("/") if "servers" in operation else server
    server = f"https://{host}/v2" if host else server
    named: dict[str, Any] = {
        **{key: operation[key] for key in ("tags", "deprecated", "summary", "description") if key in operation},
        "operationId": name,
        "x-zoom": zoom,
        "parameters": [_parameter(parameter, numeric) for parameter in operation["parameters"]],
        "responses": {
            status: _add_hoisted(answer, _answer_root(name, status, answer), hoister)
            for status, answer in operation["responses"].items()
        },
    }
    if server != DEFAULT_SERVER:
        named["servers"] = [{"url": server}]
    if "requestBody" in operation:
        body = operation["requestBody"]
        place = f"{name}.body"
        root = Root(place, f"{name}_body", (f"{casing.pascal(name)}Body",))
        named["requestBody"] = {**_add_hoisted(body, root, hoister), "required": _needs_body(body)}
    return named


def _numeric_ids(document: dict[str, Any]) -> set[str]:
    """Return the path parameters that Zoom types as integer somewhere: an id is text here and a number there."""
    return {
        parameter["name"]
        for _, _, operation in operations(document)
        for parameter in operation["parameters"]
        if parameter["in"] == "path" and parameter["schema"].get("type") == "integer"
    }


def _parameter(parameter: dict[str, Any], numeric: set[str]) -> dict[str, Any]:
    schema = parameter["schema"]
    is_id = schema.get("format") == "int64" or parameter["name"].lower().endswith("id")
    if (parameter["in"] == "path" and parameter["name"] in numeric) or (schema.get("type") == "integer" and is_id):
        bare = {key: schema[key] for key in ("description", "deprecated") if key in schema}
        return {**parameter, "schema": {"anyOf": [{"type": "integer", "format": "int64"}, {"type": "string"}], **bare}}
    return parameter


def _needs_body(body: dict[str, Any]) -> bool:
    schemas = [media.get("schema", {}) for media in body.get("content", {}).values()]
    return bool(body.get("required")) or any(
        schema.get("required") or schema.get("type") == "array" for schema in schemas
    )


def _answer_root(name: str, status: str, answer: dict[str, Any]) -> Root:
    verb, _, noun = name.partition("_")
    noun = noun.removeprefix("all_")
    of_operation = f"{casing.pascal(name)}Response"
    if noun and any(media.get("schema", {}).get("type") == "array" for media in answer.get("content", {}).values()):
        item = casing.singular(noun)
        return Root(f"{name}.{status}", item, (casing.pascal(item), f"{casing.pascal(name)}Item"))
    if verb == "list" and noun:
        return Root(
            f"{name}.{status}",
            casing.singular(noun) + "_list",
            (f"{casing.pascal(casing.singular(noun))}List", of_operation),
        )
    if verb in _EXISTS_ALREADY and noun:
        return Root(f"{name}.{status}", noun, (casing.pascal(noun), of_operation), preferred=True)
    return Root(f"{name}.{status}", noun or name, (of_operation,))


def _add_hoisted(holder: dict[str, Any], root: Root, hoister: Hoister) -> dict[str, Any]:
    if "content" not in holder:
        return dict(holder)
    content = {
        media_type: {"schema": hoister.hoist(media["schema"], root)} if "schema" in media else media
        for media_type, media in holder["content"].items()
    }
    return {**holder, "content": content}


def _events(document: dict[str, Any], locked: Names) -> tuple[dict[str, Any], dict[str, list[str]], Histories]:
    known = histories(locked.event_models, locked.event_split)
    hoister = Hoister({place: names[0] for place, names in known.items()})
    webhooks: dict[str, Any] = {}
    places = places_of_events(document["webhooks"])
    for _, event, operation in operations(document):
        schema: Schema = operation["requestBody"]["content"]["application/json"]["schema"]
        root = Root(places[event], casing.snake(event), (casing.pascal(event),), preferred=True)
        webhooks[event] = {
            "tags": operation["tags"],
            "x-zoom": operation["x-zoom"],
            "schema": hoister.hoist(schema, root),
        }
    split = _name_models(hoister.models, known)
    return _assemble(document, {"webhooks": webhooks}, hoister.models), _places(hoister.models), split


def _assemble(document: dict[str, Any], named: dict[str, Any], models: list[Model]) -> dict[str, Any]:
    def with_names(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: f"#/components/schemas/{each.name}" if isinstance(each, Model) else with_names(each)
                for key, each in value.items()
            }
        return [with_names(each) for each in value] if isinstance(value, list) else value

    schemas = {model.name: with_names(model.schema) for model in sorted(models, key=lambda model: model.name)}
    info = {"title": document["info"].get("title", ""), "version": document["info"].get("version", "")}
    return {"openapi": "3.1.0", "info": info, **with_names(named), "components": {"schemas": schemas}}
