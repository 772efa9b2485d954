"""Write the page of an operation: how it is called, what it sends and answers, and what it asks of an app."""

import ast
from collections.abc import Iterator
from typing import Any

from generator.site import tables
from generator.site.contracts import Operation
from generator.site.fields import Models, Row, facts, type_of
from generator.site.tables import code, codes
from zoom_api_client.core.operation import Operation as Facts

_WIDTH = 100


def page(operation: Operation, known: Facts[Any]) -> str:
    """Return the page; `known` is the operation as the package has it."""
    tree = ast.parse(operation.source.read_text(encoding="utf-8"))
    request = next(each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == "request")
    lines = [f"[Reference](../index.md) · [{operation.product}](index.md)", "", f"# {operation.name}", ""]
    lines += [*_described(operation, known), "```py", _signature(operation, request, known), "```", ""]
    lines += tables.facts(_about(operation, known))
    lines += _arguments(operation)
    lines += _body(operation)
    for status, answer in sorted(operation.contract["responses"].items()):
        if status.startswith("2"):
            lines += _answer(status, answer, operation.models)
    return "\n".join([*lines, *_refusals(operation)]).rstrip() + "\n"


def _described(operation: Operation, known: Facts[Any]) -> Iterator[str]:
    if known.deprecated:
        instead = f" Use {_successor(operation)}." if known.successor else ""
        yield from (f"**Zoom has deprecated it.**{instead}", "")
    for words in ("summary", "description"):
        if said := operation.contract.get(words):
            yield from (said, "")


def _successor(operation: Operation) -> str:
    """Return a link to what takes the place of an operation, which may be another product's or have no name."""
    name = operation.zoom["successor-name"]
    if " " in name:  # a method and a path that no document has
        return code(name)
    product, _, name = name.rpartition(".")
    product = product or operation.product
    return f"[{code(f'zoom.api.{product}.{name}')}](../{product}/{name}.md)"


def _signature(operation: Operation, request: ast.FunctionDef, known: Facts[Any]) -> str:
    """Return the call with its arguments, one a line if they are many; what may be left out ends with `= …`."""
    positional = [ast.unparse(each) for each in request.args.args]
    named = [ast.unparse(each).replace(" | Unset", " = …") for each in request.args.kwonlyargs]
    arguments = [*positional, *(["*", *named] if named else [])]
    returns = " | ".join(dict.fromkeys(str(each) for each in known.results.values()))
    call = f"zoom.api.{operation.product}.{operation.name}"
    whole = f"{call}({', '.join(arguments)}) -> {returns}"
    if len(whole) <= _WIDTH:
        return whole
    return "\n".join([f"{call}(", *(f"    {each}," for each in arguments), f") -> {returns}"])


def _about(operation: Operation, known: Facts[Any]) -> list[tuple[str, str]]:
    named = f"zoom.{known.module_method}(…)" if known.module_method else ""
    paged = f"`.all(…)`, turned by {codes(known.paged.turned_by)}" if known.paged else ""
    about = [
        ("request", code(f"{known.method} {operation.path}")),
        ("host", code(known.server)),
        ("method of a module", code(named)),
        ("scopes, one of", codes(known.scopes)),
        ("classic scopes, one of", codes(known.classic_scopes)),
        ("permissions of the role", codes(operation.zoom.get("permissions", ()))),
        ("plan and licences", ", ".join(known.requires)),
        ("rate limit", known.rate_limit),
        ("whole list", paged),
        ("file", "`.save(path, …)`" if "bytes" in known.results.values() else ""),
        ("accounts", "master accounts only" if known.master else ""),
        ("sub-accounts", "`zoom.for_account(…)`" if known.sub_account and not known.master else ""),
        ("Zoom's page", f"[{operation.zoom['operation-id']}]({operation.page})"),
    ]
    return [(fact, value) for fact, value in about if value]


def _arguments(operation: Operation) -> list[str]:
    found = []
    for each in operation.contract["parameters"]:
        said = {key: each[key] for key in ("description", "deprecated") if key in each}
        name = operation.parameters.get(f"{each['in']} {each['name']}", each["name"])
        row = Row(name, type_of(each["schema"]), each.get("required", False), facts({**each["schema"], **said}))
        found.append((code(name), each["in"], code(row.type), tables.facts_of(row, sent=each["in"] != "path")))
    return _section("Arguments", tables.table(("argument", "in", "type", "facts"), found))


def _body(operation: Operation) -> list[str]:
    lines = []
    for media_type, each in operation.contract.get("requestBody", {}).get("content", {}).items():
        note = [] if media_type == "application/json" else [f"Sent as {media_type}.", ""]
        found = tables.fields(operation.models.rows(each.get("schema", {})), sent=True)
        lines += _section(f"Body: {code(type_of(each.get('schema', {})))}", [*note, *found])
    return lines


def _answer(status: str, answer: dict[str, Any], models: Models) -> list[str]:
    media = next(iter(answer.get("content", {}).values()), None)
    if media is None:
        return [f"## Answer {status}", "", "Nothing: the method returns None.", ""]
    kind = type_of(media.get("schema", {}))
    if kind == "File":
        return [f"## Answer {status}", "", "A file: the method returns its bytes.", ""]
    return [f"## Answer {status}: {code(kind)}", "", *tables.fields(models.rows(media["schema"]), sent=False)]


def _refusals(operation: Operation) -> list[str]:
    found = [
        (status, codes(map(str, answer.get("x-error-codes", ()))))
        for status, answer in sorted(operation.contract["responses"].items())
        if not status.startswith("2") and answer.get("x-error-codes")
    ]
    return _section("Zoom's error codes", tables.table(("status", "codes"), found))


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"## {title}", "", *lines] if lines else []
