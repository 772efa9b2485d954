"""What the templates see of an operation, a model and a field: names, annotations and facts, ready to be written."""

import re
from typing import Any

import attrs
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.responses import Response

from generator import words
from generator.hints import hint, optional

JSON = "application/json"
_QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_MODEL_NAME = re.compile(rf"(?!{_QUOTED})\b(?!(?:Any|Literal|Unset|File|None)\b)[A-Z]\w*(?=[\]| ]|$)")
_PAGE = "https://developers.zoom.us/docs/api/{product}/#tag/{tag}/{method}{path}"


@attrs.frozen
class Argument:
    """A parameter of an operation: `wire` is Zoom's name of it."""

    name: str
    wire: str
    annotation: str
    required: bool
    doc: str

    @property
    def declaration(self) -> str:
        """How it stands in a signature."""
        return f"{self.name}: {self.annotation}" + ("" if self.required else " = UNSET")


@attrs.frozen(kw_only=True)
class OperationView:
    """One operation, for `endpoint_module.py.jinja`."""

    name: str
    product: str
    method: str
    path: str
    facts: dict[str, Any]
    page: str
    summary: str
    description: str
    path_arguments: list[Argument]
    query_arguments: list[Argument]
    header_arguments: list[Argument]
    body: Argument | None
    returns: str
    imports: list[str]
    error_codes: str

    @property
    def positional(self) -> list[Argument]:
        """The identifiers in the path, which come first."""
        return self.path_arguments

    @property
    def keyword(self) -> list[Argument]:
        """What must be named: the body, the query and the headers, required ones first."""
        named = [*([self.body] if self.body else []), *self.query_arguments, *self.header_arguments]
        return sorted(named, key=lambda argument: not argument.required)


@attrs.frozen
class FieldView:
    """One field of a model."""

    name: str
    wire: str
    annotation: str
    required: bool
    doc: str
    limits: str

    @property
    def declaration(self) -> str:
        """How it stands in the class."""
        if self.name == self.wire:
            return f"{self.name}: {self.annotation}" + ("" if self.required else " = UNSET")
        default = "" if self.required else ", default=UNSET"
        return f"{self.name}: {self.annotation} = named({self.wire!r}{default})"

    @property
    def keyword(self) -> str:
        """How it stands among the keyword arguments of a module's method: a model may be given as a dict."""
        given = _MODEL_NAME.sub(r"\g<0> | dict[str, Any]", self.annotation.replace(" | Unset", ""))
        return f"{self.name}: {f'Required[{given}]' if self.required else given}"


@attrs.frozen
class ModelView:
    """One class, for `models_module.py.jinja`."""

    name: str
    base: str
    doc: str
    fields: list[FieldView]
    mentions: set[str]
    keywords: bool

    @property
    def names(self) -> list[str]:
        """What its file offers."""
        return [self.name, f"{self.name}Fields"] if self.keywords else [self.name]


def model_view(
    prop: ModelProperty, schema: dict[str, Any], place: str, base: str, *, keywords: bool, limits: bool
) -> ModelView:
    """Return the view of a model: required fields first, each group in Zoom's order."""
    taken: set[str] = {"to_dict", "from_dict", "additional_properties"}
    fields = []
    for each in [*(prop.required_properties or []), *(prop.optional_properties or [])]:
        wire = each.name.get_untrusted_value()
        name = words.identifier(wire, taken)
        taken.add(name)
        annotation = optional(hint(each), each.required)
        part = schema["properties"][wire]
        said = _limits(part) if limits else []
        doc = "; ".join([part["description"].rstrip("."), *said]) if part.get("description") else ""
        fields.append(FieldView(name, wire, annotation, each.required, doc, "" if doc else ", ".join(said)))
    return ModelView(
        prop.class_info.name, base, place, fields, mentioned(field.annotation for field in fields), keywords
    )


def mentioned(annotations: Any) -> set[str]:
    """Return the capitalised names in annotations: models, and what comes from typing."""
    bare = re.sub(_QUOTED, "", " ".join(annotations))
    return set(re.findall(r"\b(?:[A-Z]\w*|datetime|date)\b", bare))


def facts_of(schema: dict[str, Any]) -> str:
    """Say in a few words what a type does not: our own description, and Zoom's limits."""
    said = [schema["description"].rstrip(".")] if schema.get("description") else []
    return "; ".join([*said, *_limits(schema)])


def _limits(schema: dict[str, Any]) -> list[str]:
    said = []
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        said.append(f"{low} to {high}")
    elif high is not None or low is not None:
        said.append(f"at most {high}" if high is not None else f"at least {low}")
    if "maxLength" in schema:
        said.append(f"up to {schema['maxLength']} characters")
    if "maxItems" in schema:
        said.append(f"up to {schema['maxItems']} items")
    if "default" in schema:
        said.append(f"Zoom's default is {schema['default']!r}")
    if schema.get("deprecated"):
        said.append("deprecated")
    return said


def operation_view(endpoint: Endpoint, path: str, operation: dict[str, Any], product: str) -> OperationView:
    """Return the view of an operation from what openapi-python-client made of it and its contract."""
    method = endpoint.method.upper()
    package = product.replace("-", "_")
    taken = {"body", "client"}
    arguments = {(each["in"], each["name"]): each for each in operation["parameters"]}

    def view(prop: PropertyProtocol, where: str) -> Argument:
        wire = prop.name.get_untrusted_value()
        schema = arguments[where, wire]["schema"]
        deprecated = {"deprecated": True} if arguments[where, wire].get("deprecated") else {}
        description = arguments[where, wire].get("description") or schema.get("description")
        documented = {**schema, **deprecated, **({"description": description} if description else {})}
        name = words.identifier(words.snake(wire) or wire, taken)
        taken.add(name)
        return Argument(name, wire, _accepted(optional(hint(prop), prop.required)), prop.required, facts_of(documented))

    path_arguments = [view(each, "path") for each in endpoint.path_parameters]
    query_arguments = [view(each, "query") for each in endpoint.query_parameters]
    header_arguments = [view(each, "header") for each in endpoint.header_parameters]
    body = _body(endpoint, operation)
    results = {int(each.status_code.pattern): _result(each) for each in endpoint.responses}
    returns = " | ".join(
        sorted({result or "None" for result in results.values()}, key=lambda each: (each == "None", each))
    )
    annotations = [
        returns,
        *(
            each.annotation
            for each in [*path_arguments, *query_arguments, *header_arguments, *([body] if body else [])]
        ),
    ]
    return OperationView(
        name=str(endpoint.name),
        product=package,
        method=method,
        path=path,
        facts=_facts(endpoint, path, operation, package, results),
        page=_PAGE.format(
            product=product, tag=_slug((operation.get("tags") or [product])[0]), method=method, path=path
        ),
        summary=operation.get("summary") or words.snake(endpoint.name).replace("_", " ").capitalize() + ".",
        description=operation.get("description", ""),
        path_arguments=path_arguments,
        query_arguments=query_arguments,
        header_arguments=header_arguments,
        body=body,
        returns=returns,
        imports=sorted(mentioned(annotations)),
        error_codes=_error_codes(operation),
    )


def _accepted(annotation: str) -> str:
    """A day in a query may be given as text, too."""
    return re.sub(r"^(datetime|date)\b", r"\1 | str", annotation)


def _slug(tag: str) -> str:
    return re.sub(r"[^a-z0-9-]", "", tag.lower().replace(" ", "-"))


def _body(endpoint: Endpoint, operation: dict[str, Any]) -> Argument | None:
    if not endpoint.bodies:
        return None
    required = operation["requestBody"]["required"]
    annotation = " | ".join(dict.fromkeys(hint(each.prop) for each in endpoint.bodies))
    return Argument("body", "body", optional(annotation, required), required, "")


def _result(response: Response) -> str | None:
    if response.source["return_type"] == "None":
        return None
    if response.source["return_type"] == "bytes" or isinstance(response.prop, FileProperty):
        return "bytes"
    return hint(response.prop)


def _facts(
    endpoint: Endpoint, path: str, operation: dict[str, Any], package: str, results: dict[int, str | None]
) -> dict[str, Any]:
    """Return the arguments of `Operation(…)` in which this operation is not like most."""
    zoom = operation["x-zoom"]
    scopes = zoom.get("scopes", {})
    facts: dict[str, Any] = {
        "module": f"zoom_api_client.api.{package}.{endpoint.name}",
        "operation_id": zoom["operation-id"],
        "method": endpoint.method.upper(),
        "path": path,
        "results": results,
        "rate_limit": zoom.get("rate-limit", ""),
        "scopes": tuple(scopes.get("granular", ())),
        "classic_scopes": tuple(scopes.get("classic", ())),
        "media_type": _media_type(operation),
        "server": operation["servers"][0]["url"] if "servers" in operation else "",
        "twice": tuple(each["name"] for each in operation["parameters"] if each.get("x-encode-twice")),
        "joined": tuple(each["name"] for each in operation["parameters"] if each.get("explode") is False),
        "keeps_authorization": zoom.get("keeps-authorization", False),
        "deprecated": operation.get("deprecated", False),
        "successor": zoom.get("successor", ""),
    }
    return {key: fact for key, fact in facts.items() if fact or key == "results"}


def _error_codes(operation: dict[str, Any]) -> str:
    by_status = (
        f"{', '.join(map(str, answer['x-error-codes']))} with {status}"
        for status, answer in sorted(operation["responses"].items())
        if answer.get("x-error-codes")
    )
    return "; ".join(by_status)


def _media_type(operation: dict[str, Any]) -> str:
    media_type: str = next(iter(operation.get("requestBody", {}).get("content", {})), JSON)
    return "" if media_type == JSON else media_type


__all__ = ["Argument", "FieldView", "ModelView", "OperationView", "mentioned", "model_view", "operation_view"]
