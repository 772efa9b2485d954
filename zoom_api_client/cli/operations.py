"""The command of one operation: its options, its help, and how it is sent."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from zoom_api_client.cli import asking, making, safety, session
from zoom_api_client.cli.errors import Misused
from zoom_api_client.cli.failures import say
from zoom_api_client.cli.options import kinds, option, signatures
from zoom_api_client.cli.output.options import Output
from zoom_api_client.cli.switches import switch

if TYPE_CHECKING:
    from zoom_api_client.core.operation import Operation

_ALL = Annotated[bool, switch("Read the whole list, page by page, and write its items.")]
_BODY = Annotated[
    str | None, Parameter(help="The body as JSON, @FILE or - for stdin; options go over it.", allow_leading_hyphen=True)
]
_TO_FILE = Annotated[str, Parameter(help="Where the file is written.")]


def make(command: str, module_name: str) -> App:
    """Return the command of the operation of a module; `command` is as it is typed after `zoom-api`."""
    module = importlib.import_module(module_name)
    operation: Operation[Any] = module.OPERATION
    has_body, model = signatures.body_of(module.request, operation.models)
    known = [
        *signatures.of_request(module.request, operation.models),
        *(signatures.of_body(model) if model else ()),
    ]
    own = _own(operation, has_body=has_body)
    return making.make(command, option.parameters(known), own, partial(_send, module, model), says=_facts(module))


def _own(operation: Operation[Any], *, has_body: bool) -> Iterator[inspect.Parameter]:
    """Yield the options that operations of this kind have."""
    kind = inspect.Parameter.KEYWORD_ONLY
    if has_body:
        yield inspect.Parameter("body", kind, default=None, annotation=_BODY)
    if operation.paged:
        yield inspect.Parameter("all", kind, default=False, annotation=_ALL)
    if _is_file(operation):
        yield inspect.Parameter("to_file", kind, annotation=_TO_FILE)


def _send(
    module: ModuleType,
    model: Any,
    arguments: dict[str, Any],
    fields: dict[str, Any],
    access: session.Access,
    output: Output,
    safe: safety.Safety,
    body: str | None = None,
    all: bool = False,
    to_file: str = "",
) -> None:
    from zoom_api_client.cli.output import writing

    if body or fields:
        arguments["body"] = _body(model, kinds.read_json(body) if body else {}, fields)
    request = module.request(**arguments)
    operation: Operation[Any] = module.OPERATION
    if safe.dry_run:
        writing.write_requests([safety.describe(request, access)], output)
        return
    if operation.method == "DELETE":
        asking.confirm(f"{operation} deletes {request.path}", is_agreed=safe.yes)
    with session.open_client(access) as zoom:
        call: Any = getattr(getattr(zoom.api, operation.product), operation.name)
        if all:
            writing.write_items(call.all(**arguments), output)
        elif to_file:
            writing.write_value({"path": str(call.save(to_file, **arguments))}, output)
        else:
            _write(operation, zoom.send(request), output)


def _write(operation: Operation[Any], result: Any, output: Output) -> None:
    """Write a result. Of a page of a list, people see the items, and that there are more."""
    from zoom_api_client.cli.output import writing

    if operation.paged is None or output.format == "json":
        writing.write_value(result, output)
        return
    from zoom_api_client.transport.pagination import find_items

    writing.write_items(find_items(result, operation.paged.items), output)
    if getattr(result, "next_page_token", None):
        say("There are more: --all reads the whole list.")


def _body(model: Any, given: Any, fields: dict[str, Any]) -> Any:
    """Return the body: what `--body` has, and the options over it."""
    if not isinstance(given, dict):
        if fields:
            raise Misused("--body is not an object, so no options can go over it")
        return given
    body = making.merge(given, signatures.nest(fields))
    return model.from_dict(body) if model else body


def _is_file(operation: Operation[Any]) -> bool:
    return "bytes" in operation.results.values()


def _facts(module: ModuleType) -> str:
    """Return what the documentation says of an operation, and its facts."""
    operation: Operation[Any] = module.OPERATION
    text, _, rest = (module.__doc__ or "").partition("\n`")
    facts = {
        "Request": f"{operation.method} {operation.path}",
        "Scopes, one of": ", ".join(operation.scopes or operation.classic_scopes),
        "Rate limit": operation.rate_limit,
        "Takes": ", ".join(operation.requires),
        "Deprecated": operation.deprecated and f"use {operation.successor or 'another operation'}",
        "Zoom's page": next((word for word in rest.split() if word.startswith("https://")), ""),
    }
    return "\n".join([making.reflow(text), "", *(f"{name}: {fact}" for name, fact in facts.items() if fact)])
