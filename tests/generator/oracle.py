"""Hold generated code against the document it was made of, read by other eyes than the generator's.

`python -m tests.generator.oracle DIRECTORY` imports the code of each product, requests each operation, decodes an
example of each answer and each event, and prints what is not as the document says, as JSON: product → reasons.
"""

import importlib
import inspect
import json
import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs

from tests.generator.raw_examples import Unknown, as_dict, example, follow

METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
DEFAULT_SERVER = "https://api.zoom.us/v2"


class Product:
    """The code of one product, and the document that it was made of."""

    def __init__(self, name: str, document: Any, contract: Any, rows: list[dict[str, Any]]) -> None:
        self.name, self.document, self.contract = name, document, contract
        self.rows = {(row["method"], row["path"]): row for row in rows}

    def faults(self) -> Iterator[str]:
        """Yield what is not as the document says."""
        operations = list(self._operations())
        for path, item, method, operation in operations:
            row = self.rows.get((method.upper(), path))
            if row is None:
                yield f"{method} {path} is not there"
            else:
                yield from self._operation(path, item, operation, row)
        if len(self.rows) != len(operations):
            yield f"{len(self.rows)} operations of {len(operations)}"
        for event, item in as_dict(self.document.get("webhooks")).items():
            for operation in item.values():
                yield from self._event(event, operation)

    def _operations(self) -> Iterator[tuple[str, Any, str, Any]]:
        for path, item in as_dict(self.document.get("paths")).items():
            item = follow(item, self.document)
            for method in METHODS:
                if method in item:
                    yield path, item, method, item[method]

    def _operation(self, path: str, item: Any, operation: Any, row: dict[str, Any]) -> Iterator[str]:
        module = importlib.import_module(row["module"])
        where = f"{row['method']} {path}"
        if not module.__doc__:
            yield f"{where} has no docstring"
        if (server := self._server(item, operation)) != row.get("server", DEFAULT_SERVER):
            yield f"{where} goes to {row.get('server')} and not to {server}"
        if not row["module"].rpartition(".")[2].isidentifier():
            yield f"{where} has a name that cannot be imported"
        given = {name: self._argument(each) for name, each in inspect.signature(module.request).parameters.items()}
        body = self._body(operation)
        if body is not None:
            given["body"] = body
        request = module.request(**{name: value for name, value in given.items() if value is not None})
        yield from self._sent(where, path, item, operation, request)
        if body is not None and request.json != body:
            yield f"{where} sends {request.json!r} and not {body!r}"
        yield from self._answers(where, module.OPERATION, operation)

    def _server(self, item: Any, operation: Any) -> str:
        for holder in (operation, item, self.document):
            for server in holder.get("servers") or []:
                url: str = server["url"]
                for name, variable in server.get("variables", {}).items():
                    url = url.replace(f"{{{name}}}", variable["default"])
                return url.rstrip("/")
        return DEFAULT_SERVER

    def _argument(self, parameter: inspect.Parameter) -> Any:
        hint = str(parameter.annotation)
        if parameter.name == "body":
            return None if "Unset" in hint else {}
        literal = re.search(r"Literal\[(.*?)[,\]]", hint)
        if literal and not hint.startswith("str"):
            return eval(literal[1])  # the text of our own generated declaration
        if hint.startswith("list"):
            return ["x"] if "str" in hint else [1]
        return 7 if hint.startswith(("int", "float")) else True if hint.startswith("bool") else "x"

    def _body(self, operation: Any) -> Any:
        body = follow(operation.get("requestBody"), self.document)
        content = as_dict(as_dict(body).get("content"))
        media = next((media for name, media in content.items() if "json" in name or name == "*/*"), None)
        return None if not as_dict(media).get("schema") else example(media["schema"], self.document)

    def _sent(self, where: str, path: str, item: Any, operation: Any, request: Any) -> Iterator[str]:
        parameters = [*(item.get("parameters") or []), *(operation.get("parameters") or [])]
        declared = {(each["in"], each["name"]) for each in parameters}
        query = {name for name, _ in request.query}
        for place, name in declared:
            if (place == "query" and name not in query) or (place == "header" and name not in request.headers):
                yield f"{where} does not send {name}"
        if len({name for place, name in declared if place == "query"}) != len(query):
            yield f"{where} sends other parameters than {declared}: {query}"
        if re.search(r"\{[^}]+\}", request.path) or request.path.count("/") != path.count("/"):
            yield f"{where} is sent to {request.path}"

    def _answers(self, where: str, called: Any, operation: Any) -> Iterator[str]:
        for status, answer in as_dict(operation.get("responses")).items():
            content = as_dict(as_dict(follow(answer, self.document)).get("content"))
            schema = next((as_dict(media).get("schema") for name, media in content.items() if "json" in name), None)
            number = 200 if status.upper() in ("2XX", "DEFAULT") else int(status)
            if not 200 <= number < 300 or called.method == "HEAD" or (status == "default" and len(called.results) > 1):
                continue
            if number not in called.results:
                yield f"{where} does not know its answer {status}"
            elif schema is not None:
                value = example(schema, self.document)
                yield from self._decoded(f"{where} {status}", called.decode(number, value), value, schema)

    def _event(self, event: str, operation: Any) -> Iterator[str]:
        from zoom_api_client import events

        media = next(iter(operation["requestBody"]["content"].values()))
        value = {**example(media["schema"], self.document), "event": event}
        parsed = events.parse(json.dumps(value).encode())
        if isinstance(parsed, events.UnknownEvent):
            yield f"the event {event} is not known"
        yield from self._decoded(event, parsed, value, media["schema"])

    def _decoded(self, where: str, result: Any, value: Any, schema: Any) -> Iterator[str]:
        from zoom_api_client.core import codec, decoding
        from zoom_api_client.core.model import Model

        if codec.plain(result) != value:
            yield f"{where}: {codec.plain(result)!r} was {value!r}"
        if not isinstance(value, dict) or not as_dict(follow(schema, self.document)).get("properties"):
            return
        if not isinstance(result, Model):
            yield f"{where}: {value!r} is not a model"
            return
        hints = {
            type(result)._fields[field.metadata.get("wire", field.name)]: field.type
            for field in type(result).__attrs_attrs__
        }
        if value.keys() - type(result)._fields.keys() - {"event"}:
            yield f"{where}: does not declare {value.keys() - type(result)._fields.keys()}"
            return
        for wire, name in type(result)._fields.items():
            part = value.get(wire)
            hint = decoding.resolve(hints[name], type(result).__module__)
            if wire in value and wire != "event" and part is not None and not decoding._is_like(part, hint):
                yield f"{where}: {name} is {part!r}, and declared {hints[name]}"
            if wire in value and isinstance(part, dict) and not _is_time(hints[name]):
                inner = follow(schema, self.document)["properties"][wire]
                plain = as_dict(follow(inner, self.document))
                if plain.get("properties") and getattr(result, name).__class__ is not dict:
                    yield from self._decoded(f"{where}.{wire}", getattr(result, name), part, plain)


def _is_time(hint: str) -> bool:
    return "datetime" in hint or "date |" in hint


def _contract_faults(contract: Any) -> Iterator[str]:
    """Yield the schemas of a contract that no validator takes."""
    for kind in ("endpoints", "events"):
        components = contract[kind]["components"]
        for name in components["schemas"]:
            schema = {"$ref": f"#/components/schemas/{name}", "components": components}
            try:
                jsonschema_rs.validator_for(schema)
            except ValueError as error:
                yield f"the contract's {name} is not a schema: {str(error)[:200]}"


def judge(folder: Path) -> dict[str, list[str]]:
    """Return what is wrong with each product of a directory."""
    rows = json.loads((folder / "project/zoom_api_client/api/operations.json").read_bytes())
    wrong: dict[str, list[str]] = {}
    for path in sorted((folder / "raw").iterdir()):
        name = path.stem
        contract_file = folder / f"project/zoom_api_client/testing/contracts/{name}.json"
        if not contract_file.exists():
            continue
        contract = json.loads(contract_file.read_bytes())
        of_product = [row for row in rows if row["module"].split(".")[2] == name]
        try:
            product = Product(name, json.loads(path.read_bytes()), contract, of_product)
            wrong[name] = [*_contract_faults(contract), *product.faults()]
        except Unknown:
            wrong[name] = []
        except Exception:
            wrong[name] = ["\n".join(traceback.format_exc().splitlines()[-3:])]
    return {name: reasons for name, reasons in wrong.items() if reasons}


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.stdout.write(json.dumps(judge(Path(sys.argv[1]))))
