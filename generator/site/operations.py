"""Write the page of an operation: how it is called, what it sends and answers, and what it asks of an app."""

import ast
from collections.abc import Iterator
from typing import Any

from generator.site import tables
from generator.site.contracts import Operation, Schemas
from generator.site.fields import Row, facts, rows, type_of
from generator.site.tables import code, codes
from zoom_api_client.core.operation import Operation as Facts


def page(operation: Operation, known: Facts[Any]) -> str:
    """Return the page; `known` is the operation as the package has it."""
    tree = ast.parse(operation.source.read_text(encoding="utf-8"))
    request = next(each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == "request")
    summary = (ast.get_docstring(tree) or operation.name).partition("\n")[0]
    lines = ["[Reference](../index.md) · [All of the product](index.md)", "", f"# {operation.name}", "", summary, ""]
    lines += [*_described(operation, known), "```py", _signature(operation, request, known), "```", ""]
    lines += tables.facts(_about(operation, known))
    lines += _arguments(operation, request)
    lines += _body(operation.contract.get("requestBody", {}).get("content", {}), operation.schemas)
    for status, answer in sorted(operation.contract["responses"].items()):
        if status.startswith("2"):
            lines += _answer(status, answer, operation.schemas)
    return "\n".join([*lines, *_refusals(operation)]).rstrip() + "\n"


def _described(operation: Operation, known: Facts[Any]) -> Iterator[str]:
    if known.deprecated:
        instead = f" Use `zoom.api.{operation.zoom['successor-name']}`." if known.successor else ""
        yield from (f"**Zoom has deprecated it.**{instead}", "")
    if described := operation.contract.get("description"):
        yield from (described, "")


def _signature(operation: Operation, request: ast.FunctionDef, known: Facts[Any]) -> str:
    """Return the call with its arguments, one a line if they are many; what may be left out ends with `= …`."""
    positional = [ast.unparse(each) for each in request.args.args]
    named = [ast.unparse(each).replace(" | Unset", " = …") for each in request.args.kwonlyargs]
    arguments = [*positional, *(["*", *named] if named else [])]
    returns = " | ".join(dict.fromkeys(str(each) for each in known.results.values()))
    call = f"zoom.api.{operation.product}.{operation.name}"
    whole = f"{call}({', '.join(arguments)}) -> {returns}"
    return (
        whole
        if len(whole) <= 100
        else "\n".join([f"{call}(", *(f"    {each}," for each in arguments), f") -> {returns}"])
    )


def _about(operation: Operation, known: Facts[Any]) -> Iterator[tuple[str, str]]:
    yield "request", code(f"{known.method} {operation.path}")
    if known.server:
        yield "host", code(known.server)
    if known.module_method:
        yield "method of a module", code(f"zoom.{known.module_method}(…)")
    for label, scopes in (("scopes, one of", known.scopes), ("classic scopes, one of", known.classic_scopes)):
        if scopes:
            yield label, codes(scopes)
    if permissions := operation.zoom.get("permissions"):
        yield "permissions of the role", codes(permissions)
    if known.requires:
        yield "plan and licences", ", ".join(known.requires)
    if known.rate_limit:
        yield "rate limit", known.rate_limit
    if known.paged:
        yield "whole list", f"`.all(…)`, turned by {codes(known.paged.turned_by)}"
    if "bytes" in known.results.values():
        yield "file", "`.save(path, …)`"
    if known.master:
        yield "accounts", "master accounts only"
    elif known.sub_account:
        yield "sub-accounts", "`zoom.for_account(…)`"
    yield "Zoom's page", f"[{operation.zoom['operation-id']}]({operation.page})"


def _arguments(operation: Operation, request: ast.FunctionDef) -> list[str]:
    names = [each.arg for each in (*request.args.args, *request.args.kwonlyargs)]
    found = []
    for each in operation.contract["parameters"]:
        name = _python_name(each["name"], names)
        row = Row(name, type_of(each["schema"]), each.get("required", False), facts({**each["schema"], **_said(each)}))
        found.append((code(name), each["in"], code(row.type), tables.facts_of(row, sent=each["in"] != "path")))
    return _section("Arguments", tables.table(("argument", "in", "type", "facts"), found))


def _python_name(wire: str, names: list[str]) -> str:
    """Return the argument of Zoom's parameter: the same letters, in Python's spelling."""
    bare = wire.replace("_", "").replace("-", "").lower()
    return next((name for name in names if name.replace("_", "").lower() == bare), wire)


def _said(parameter: dict[str, Any]) -> dict[str, Any]:
    return {key: parameter[key] for key in ("description", "deprecated") if key in parameter}


def _body(content: dict[str, Any], schemas: Schemas) -> list[str]:
    lines = []
    for media_type, each in content.items():
        note = [] if media_type == "application/json" else [f"Sent as {media_type}.", ""]
        found = tables.fields(rows(each.get("schema", {}), schemas), sent=True)
        lines += _section(f"Body: {code(type_of(each.get('schema', {})))}", [*note, *found])
    return lines


def _answer(status: str, answer: dict[str, Any], schemas: Schemas) -> list[str]:
    media = next(iter(answer.get("content", {}).values()), None)
    if media is None:
        return [f"## Answer {status}", "", "Nothing: the method returns None.", ""]
    kind = type_of(media.get("schema", {}))
    if kind == "File":
        return [f"## Answer {status}", "", "A file: the method returns its bytes.", ""]
    return [f"## Answer {status}: {code(kind)}", "", *tables.fields(rows(media["schema"], schemas), sent=False)]


def _refusals(operation: Operation) -> list[str]:
    found = [
        (status, codes(map(str, answer.get("x-error-codes", ()))))
        for status, answer in sorted(operation.contract["responses"].items())
        if not status.startswith("2") and answer.get("x-error-codes")
    ]
    return _section("Zoom's error codes", tables.table(("status", "codes"), found))


def _section(title: str, lines: list[str]) -> list[str]:
    return [f"## {title}", "", *lines] if lines else []
