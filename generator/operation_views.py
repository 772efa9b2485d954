"""Views of operations give the template the names, arguments and facts of an operation, ready to be written."""

import re
from typing import Any

import attrs
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.responses import Response

from generator import casing, summaries
from generator.annotations import hint, names_in, optional
from generator.metadata import error_codes, facts_of, operation_facts, page
from generator.paging import Listing

_PAGES = frozenset({"next_page_token", "page_token", "pageToken", "page_number", "startIndex"})


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
    def parameters(self) -> dict[str, str]:
        """The names of its parameters, by where they go and Zoom's name of them: `query page_size`."""
        groups = {"path": self.path_arguments, "query": self.query_arguments, "header": self.header_arguments}
        return {f"{where} {each.wire}": each.name for where, group in groups.items() for each in group}

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


def operation_view(
    endpoint: Endpoint,
    path: str,
    operation: dict[str, Any],
    product: str,
    pages: Listing | None,
    locked: dict[str, str],
) -> OperationView:
    """Return the view of an operation from what openapi-python-client made of it, its contract and locked names."""
    package = product.replace("-", "_")
    results = {int(each.status_code.pattern): _result(each) for each in endpoint.responses}
    arguments = _arguments(endpoint, operation, locked)
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
                paged=is_paged(operation),
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


def is_paged(operation: dict[str, Any]) -> bool:
    """Return whether a parameter of the query turns pages."""
    return any(each["name"] in _PAGES for each in operation["parameters"] if each["in"] == "query")


def _describe_pages(pages: Listing | None) -> dict[str, Any]:
    return {"paged": pages.facts} if pages else {}


def _arguments(endpoint: Endpoint, operation: dict[str, Any], locked: dict[str, str]) -> dict[str, list[Argument]]:
    """Return the arguments by where they go: `path`, `query` or `header`."""
    declared = {f"{each['in']} {each['name']}": each for each in operation["parameters"]}
    found = {
        f"{where} {prop.name.get_untrusted_value()}": prop
        for where in ("path", "query", "header")
        for prop in getattr(endpoint, f"{where}_parameters")
    }
    arguments: dict[str, list[Argument]] = {"path": [], "query": [], "header": []}
    spellings = {key: casing.snake(wire) or wire for key in found for wire in [key.partition(" ")[2]]}
    for key, name in casing.identifiers(spellings, locked, {"body"}).items():
        arguments[key.partition(" ")[0]].append(_argument(found[key], declared[key], name))
    return arguments


def _argument(prop: PropertyProtocol, parameter: dict[str, Any], name: str) -> Argument:
    said = {key: parameter[key] for key in ("description", "deprecated") if parameter.get(key)}
    annotation = _accept(optional(hint(prop), prop.required))
    return Argument(name, parameter["name"], annotation, prop.required, facts_of({**parameter["schema"], **said}))


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


__all__ = ["Argument", "OperationView", "operation_view"]
