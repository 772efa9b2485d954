"""Write the code of one product: a module an operation, a file for the models that are used together."""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment
from openapi_python_client import Project

from generator import docs, model_files, parse
from generator.annotations import names_in
from generator.contract import Contract
from generator.distil import operations
from generator.lock import Spelled
from generator.model_views import ModelView, model_view
from generator.operation_views import Argument, OperationView, is_paged, operation_view
from generator.paging import listing
from generator.placed import placing

TEMPLATES = Path(__file__).parent / "templates"

_TYPING = {"Any", "Literal"}
_TIMES = {"date", "datetime"}
_AS_IT_IS = ("# isort: skip_file", "# fmt: off")  # a formatter would give each name a line


def emit(contract: Contract, package: Path) -> list[OperationView]:
    """Write the modules of a product below `package` (`zoom_api_client`), and return the operations written.

    What parameters and fields are called is noted in the contract's names.
    """
    written: list[OperationView] = []
    name = contract.package
    if contract.endpoints["paths"]:
        written = _emit_operations(contract, package)
    if contract.endpoints["components"]["schemas"]:
        title = f"The models of {contract.product}: what its operations send and answer."
        with placing(contract):
            contract.names.fields = _emit_models(
                contract.endpoints, package / "models" / name, title, contract.locked.fields
            )
    if contract.events["webhooks"]:
        title = f"The events of {contract.product}."
        locked = contract.locked.event_fields
        with placing(contract):
            contract.names.event_fields = _emit_models(contract.events, package / "events" / name, title, locked)
    return written


def _emit_operations(contract: Contract, package: Path) -> list[OperationView]:
    settings = parse.config()
    with placing(contract):
        data = parse.parse(contract.endpoints, settings)
    env = environment(data)
    folder = package / "api" / contract.package
    folder.mkdir(parents=True)
    _write(folder / "__init__.py", f'"""The operations of {contract.product}, a module each."""\n')
    template = env.get_template("endpoint_module.py.jinja")
    by_name = {operation["operationId"]: (path, operation) for _, path, operation in operations(contract.endpoints)}
    schemas, parsed = contract.endpoints["components"]["schemas"], parse.models(data)
    views = []
    for endpoint in parse.endpoints(data):
        path, operation = by_name[endpoint.name]
        locked = contract.locked.parameters.get(endpoint.name, {})
        with placing(contract, ("paths", path, endpoint.method)):
            known = contract.locked.items.get(endpoint.name, ())
            paged = listing(operation, schemas, parsed, known) if endpoint.method != "head" else None  # has no body
        view = operation_view(endpoint, path, operation, contract.product, paged, locked)
        contract.names.parameters[view.name] = view.parameters
        if paged:
            contract.names.items[view.name] = list(paged.facts["items"])
        models = sorted(set(view.imports) & schemas.keys())
        _write(folder / f"{view.name}.py", template.render(op=view, models=models))
        views.append(view)
    return views


def _emit_models(document: dict[str, Any], folder: Path, title: str, locked: Spelled) -> Spelled:
    """Write the files of models, and return the names of the fields of each."""
    data = parse.parse(document, parse.config())
    env = environment(data)
    folder.mkdir(parents=True)
    files = model_files.files(document)
    homes = {name: module for module, names in files.items() for name in names}
    parsed = parse.models(data)
    events = {
        webhook["schema"]["$ref"].rpartition("/")[2]: _say_of_event(event, webhook)
        for event, webhook in document.get("webhooks", {}).items()
    }
    places = _places(document)
    with_keywords = set(_bodies_of_modules(document))
    sent, answered = (model_files.models_of(part, document) for part in ("requestBody", "responses"))
    listed: dict[str, list[str]] = {}
    spelled: Spelled = {}
    for module, names in files.items():
        views = [
            model_view(
                parsed[name],
                document["components"]["schemas"][name],
                events.get(name) or places.get(name, "A part of other models."),
                "Event" if name in events else "Model",
                locked.get(name, {}),
                keywords=name in with_keywords,
                limits=name in sent,
                answered=name in answered or name not in sent,
            )
            for name in names
        ]
        spelled |= {view.name: {field.wire: field.name for field in view.fields} for view in views}
        listed[module] = [name for view in views for name in view.names]
        _write(folder / f"{module}.py", _models_module(env, views, homes, module))
    _write(folder / "__init__.py", env.get_template("models_init.py.jinja").render(title=title))
    _write(folder / "__init__.pyi", stub(listed))
    return spelled


def stub(listed: dict[str, list[str]]) -> str:
    """Spell the stub that says where each name of a package stands; every line of it can be read alone."""
    lines = [
        "# Generated by `python -m generator build`: do not edit. The package itself reads its names here.",
        *_AS_IT_IS,
    ]
    for module, names in listed.items():
        start = f"from .{module} import "
        spelled = ", ".join(f"{name}\0as\0{name}" for name in names)
        lines += [start + each.rstrip(",") for each in textwrap.wrap(spelled, 120 - len(start), break_long_words=False)]
    return "\n".join(lines).replace("\0", " ") + "\n"


def _models_module(env: Environment, views: list[ModelView], homes: dict[str, str], module: str) -> str:
    mentions = set().union(*(view.mentions for view in views))
    declarations = " ".join(field.declaration for view in views for field in view.fields)
    runtime = {view.base for view in views} | (mentions & {"Unset", "File"})
    runtime |= {"UNSET"} if "UNSET" in declarations else set()
    runtime |= {"named"} if "= named(" in declarations else set()
    others = sorted((name, homes[name]) for name in mentions if name in homes and homes[name] != module)
    typing = (mentions & _TYPING) | ({"TYPE_CHECKING"} if others else set())
    keywords = [field.keyword for view in views if view.keywords for field in view.fields]
    typing |= (names_in(keywords) & {"Any", "Required"}) | {"TypedDict"} if keywords else set()
    return env.get_template("models_module.py.jinja").render(
        models=views,
        times=sorted(mentions & _TIMES),
        typing=sorted(typing),
        runtime=sorted(runtime),
        others=others,
    )


def _say_of_event(event: str, webhook: dict[str, Any]) -> str:
    source = webhook["x-zoom"].get("known-from")
    return f"The event `{event}`" + (f": not in Zoom's documents, known from {source}." if source else ".")


def _bodies_of_modules(document: dict[str, Any]) -> Iterator[str]:
    """Yield the models whose fields a named module takes as keyword arguments."""
    for _, _, operation in operations({"paths": document.get("paths", {})}):
        if operation["x-zoom"].get("module"):
            yield from model_files.references(operation.get("requestBody"))


def _places(document: dict[str, Any]) -> dict[str, str]:
    """Describe where each model stands first: in the body or answer of which operation, or in which other model."""
    places: dict[str, str] = {}
    for name, schema in document["components"]["schemas"].items():
        for wire, part in schema["properties"].items():
            for child in model_files.references(part):
                places.setdefault(child, _place_in(name, wire, part))
    for _, _, operation in operations({"paths": document.get("paths", {})}):
        for child in model_files.references(operation.get("requestBody")):
            places[child] = f"The body of `{operation['operationId']}`."
        noun = "A page" if is_paged(operation) else "The result"
        for child in model_files.references(operation["responses"]):
            places[child] = f"{noun} of `{operation['operationId']}`."
    return places


def _place_in(model: str, field: str, schema: dict[str, Any]) -> str:
    if schema.keys() & {"items", "additionalProperties"}:
        return f"An item of `{field}` in `{model}`."
    return f"The field `{field}` of `{model}`."


def environment(data: Any) -> Environment:
    """Return openapi-python-client's template environment with our templates in front of its own."""
    env = Project(openapi=data, config=parse.config(), custom_template_path=TEMPLATES).env
    env.filters["code"] = repr
    env.globals.update(
        signature=_signature,
        given=_spell_arguments,
        fact=_spell_fact,
        module_doc=docs.module_doc,
        function_doc=docs.function_doc,
        model_doc=docs.model_doc,
    )
    return env


def _signature(op: OperationView) -> str:
    keyword = [each.declaration for each in op.keyword]
    return ", ".join([*(each.declaration for each in op.positional), *(["*"] if keyword else []), *keyword])


def _spell_arguments(op: OperationView) -> str:
    """Spell the arguments of `OPERATION.request(…)`."""
    parts = []
    if op.path_arguments:
        parts.append(_dict(op.path_arguments))
    for name, arguments in (("query", op.query_arguments), ("headers", op.header_arguments)):
        if arguments:
            parts.append(f"{name}={_dict(arguments)}")
    return ", ".join([*parts, *(["body=body"] if op.body else [])])


def _dict(arguments: list[Argument]) -> str:
    return "{" + ", ".join(f"{each.wire!r}: {each.name}" for each in arguments) + "}"


def _spell_fact(name: str, value: Any) -> str:
    """Spell an argument of `Operation(…)`."""
    if name == "module":
        return "module=__name__"
    if name == "paged":
        return f"paged=Paging({', '.join(f'{key}={each!r}' for key, each in value.items())})"
    return f"{name}={value!r}"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
