"""Views give the templates the names, annotations and facts of operations, models and fields, ready to be written."""

import re
import textwrap
from typing import Any

import attrs
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.responses import Response

from generator import casing, summaries
from generator.annotations import hint, optional
from generator.metadata import error_codes, facts_of, limits_of, operation_facts, page
from generator.paging import Listing
from zoom_api_client.core.event import Event
from zoom_api_client.core.model import Model

_PAGES = frozenset({"next_page_token", "page_token", "pageToken", "page_number", "startIndex"})
_WIDTH = 116
_OF_ALL_EVENTS = ("event", "event_ts")  # these stand in the base class
_QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
_MODEL_NAME = re.compile(rf"(?!{_QUOTED})\b(?!(?:Any|Literal|Unset|File|None)\b)[A-Z]\w*(?=[\]| ]|$)")


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
        """The argument as it stands in a signature."""
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
    item: str
    error_codes: str

    @property
    def kind(self) -> str:
        """The prefix of the classes of its operation and of its request: `Paged`, or nothing."""
        return "Paged" if self.item else ""

    @property
    def types(self) -> str:
        """The type arguments of its operation and of its request."""
        return f"{self.returns}, {self.item}" if self.item else self.returns

    @property
    def core(self) -> list[str]:
        """The names that its module takes from `core.operation`, or from `core.operations` if it is paged."""
        names = [f"{self.kind}Operation", f"{self.kind}Request", *(["Paging"] if self.item else [])]
        return [*names, *(["UNSET", "Unset"] if any(not each.required for each in self.keyword) else [])]

    @property
    def positional(self) -> list[Argument]:
        """The identifiers in the path, which come first."""
        return self.path_arguments

    @property
    def imports(self) -> list[str]:
        """The names that the annotations use: models, and what comes from typing and datetime."""
        return sorted(
            names_in([self.returns, self.item, *(each.annotation for each in [*self.positional, *self.keyword])])
        )

    @property
    def keyword(self) -> list[Argument]:
        """The keyword-only arguments: the body, the query and the headers, required ones first."""
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
        """The field as it stands in the class."""
        default = "" if self.required else ", default=UNSET"
        value = f" = named({self.wire!r}{default})" if self.name != self.wire else "" if self.required else " = UNSET"
        line = f"{self.name}: {self.annotation}{value}"
        if len(line) <= _WIDTH or "Literal[" not in self.annotation:
            return line
        return f"{self.name}: (\n{_wrap(self.annotation)}\n    ){value}  # fmt: skip"

    @property
    def keyword(self) -> str:
        """The field among the keyword arguments of a module's method: a model may be given as a dict."""
        given = _MODEL_NAME.sub(r"\g<0> | dict[str, Any]", self.annotation.replace(" | Unset", ""))
        return f"{self.name}: {f'Required[{given}]' if self.required else given}"


def _wrap(annotation: str) -> str:
    """Fill lines with the values of a long enumeration: a formatter would give each a line of its own."""
    whole = re.sub(_QUOTED, lambda quoted: quoted[0].replace(" ", "\0"), annotation)
    indent = " " * 8
    wrapped = textwrap.wrap(
        whole, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(wrapped).replace("\0", " ")


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
        """The names that its file offers."""
        return [self.name, f"{self.name}Fields"] if self.keywords else [self.name]


def model_view(
    prop: ModelProperty,
    schema: dict[str, Any],
    place: str,
    base: str,
    *,
    keywords: bool,
    limits: bool,
    answered: bool = True,
) -> ModelView:
    """Return the view of a model: required fields first, each group in Zoom's order.

    `keywords` says that a method takes its fields, `limits` that bodies have it, `answered` that Zoom sends it.
    """
    taken = {name for name in dir(Event if base == "Event" else Model) if not name.startswith("_")}
    fields: list[FieldView] = []
    for each in [*(prop.required_properties or []), *(prop.optional_properties or [])]:
        wire = each.name.get_untrusted_value()
        if base == "Event" and wire in _OF_ALL_EVENTS:
            continue
        name = casing.identifier(wire, taken)
        taken.add(name)
        annotation = optional(hint(each, answered=answered), each.required)
        part = schema["properties"][wire]
        said = limits_of(part) if limits else []
        doc = "; ".join([part["description"].rstrip("."), *said]) if part.get("description") else ""
        fields.append(FieldView(name, wire, annotation, each.required, doc, "" if doc else ", ".join(said)))
    fields = _unhide(fields)
    return ModelView(
        prop.class_info.name, base, place, fields, names_in(field.annotation for field in fields), keywords
    )


def _unhide(fields: list[FieldView]) -> list[FieldView]:
    """Rename fields that would hide a name from the fields below: after `list: str` there is no `list[str]`."""
    below: set[str] = set()
    names = {field.name for field in fields}
    kept: list[FieldView] = []
    for field in reversed(fields):
        name = field.name
        while name in below or (name != field.name and name in names):
            name += "_"
        kept.append(attrs.evolve(field, name=name))
        below |= set(re.findall(r"\b[a-z]\w*", re.sub(_QUOTED, "", field.annotation)))
        below |= {"named"} if "= named(" in field.declaration else set()
    return kept[::-1]


def names_in(annotations: Any) -> set[str]:
    """Return the capitalised names in annotations: models, and what comes from typing."""
    bare = re.sub(_QUOTED, "", " ".join(annotations))
    return set(re.findall(r"\b(?:[A-Z]\w*|datetime|date)\b", bare))


def operation_view(
    endpoint: Endpoint, path: str, operation: dict[str, Any], product: str, pages: Listing | None
) -> OperationView:
    """Return the view of an operation from what openapi-python-client made of it and its contract."""
    package = product.replace("-", "_")
    results = {int(each.status_code.pattern): _result(each) for each in endpoint.responses}
    arguments = _arguments(endpoint, operation)
    body = _body(endpoint, operation)
    returns = " | ".join(sorted({each or "None" for each in results.values()}, key=lambda each: (each == "None", each)))
    return OperationView(
        name=str(endpoint.name),
        product=package,
        method=endpoint.method.upper(),
        path=path,
        facts=operation_facts(path, endpoint.method, operation, package, results) | _describe_pages(pages),
        page=page(product, endpoint.method, path, operation),
        summary=summaries.summary(
            summaries.Facts(
                name=str(endpoint.name),
                method=endpoint.method.upper(),
                ids=[each.name for each in arguments["path"]],
                body=body.annotation.replace(" | Unset", "") if body else "",
                returns=returns,
                paged=any(each.wire in _PAGES for each in arguments["query"]),
                successor=operation["x-zoom"].get("successor-name", ""),
                said=operation.get("summary", ""),
            )
        ),
        description=operation.get("description", ""),
        path_arguments=arguments["path"],
        query_arguments=arguments["query"],
        header_arguments=arguments["header"],
        body=body,
        returns=returns,
        item=pages.item if pages else "",
        error_codes=error_codes(operation),
    )


def _describe_pages(pages: Listing | None) -> dict[str, Any]:
    return {"paged": pages.facts} if pages else {}


def _arguments(endpoint: Endpoint, operation: dict[str, Any]) -> dict[str, list[Argument]]:
    """Return the arguments by where they go: `path`, `query` or `header`."""
    declared = {(each["in"], each["name"]): each for each in operation["parameters"]}
    taken = {"body"}
    arguments: dict[str, list[Argument]] = {"path": [], "query": [], "header": []}
    for where, found in arguments.items():
        for prop in getattr(endpoint, f"{where}_parameters"):
            argument = _argument(prop, declared[where, prop.name.get_untrusted_value()], taken)
            taken.add(argument.name)
            found.append(argument)
    return arguments


def _argument(prop: PropertyProtocol, parameter: dict[str, Any], taken: set[str]) -> Argument:
    wire = parameter["name"]
    said = {key: parameter[key] for key in ("description", "deprecated") if parameter.get(key)}
    annotation = _accept(optional(hint(prop), prop.required))
    name = casing.identifier(casing.snake(wire) or wire, taken)
    return Argument(name, wire, annotation, prop.required, facts_of({**parameter["schema"], **said}))


def _accept(annotation: str) -> str:
    """A day in a query may be given as text, too."""
    return re.sub(r"^((?:datetime|date)(?: \| datetime)?)(?! \| str)\b", r"\1 | str", annotation)


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
    return hint(response.prop, answered=True)


__all__ = ["Argument", "FieldView", "ModelView", "OperationView", "model_view", "names_in", "operation_view"]
