"""Distil a document of Zoom's to its facts.

What is Zoom's prose (descriptions, summaries, titles, examples) stays behind; what only that prose says and a client
needs is turned into data first:

on an operation   `x-name` (the page's title as verb_noun) and `x-zoom`: rate limit label, scopes, permissions, upload
                  host, whether redirects keep the Authorization header, plan and licences
on a parameter    `x-encode-twice`, `explode: false` (comma-joined arrays)
on a response     `x-error-codes`
"""

import re
from collections.abc import Iterator
from typing import Any

from generator.faults import Place, pointer
from generator.graft import graft
from generator.references import METHODS, inline
from generator.requirements import requirements
from generator.schema_facts import schema_facts, truth
from generator.shape import Misfits, misfits, too_deep, unwritable

ARTICLES = {"a", "an", "the"}

_LABEL = re.compile(r"Rate Limit Label[^`\n]*`([^`\n]*)`")
_SCOPES = re.compile(r"\*\*\[(Granular )?Scopes\]\([^)]*\):\*\*\s*((?:`[^`\n]*`,?\s*)*)")
_UPLOAD_HOST = re.compile(r"https://(file(?:api)?\.zoom\.us)\b")
_KEEPS_AUTHORIZATION = re.compile(r"retain the authorization header", re.IGNORECASE)
_ENCODED_TWICE = re.compile(r"doubl\w*[- ]?encod|encode\w*\b.{0,30}\btwice", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_COMMA = re.compile(r"\bcomma", re.IGNORECASE)
_ERROR_CODE = re.compile(r"\*\*Error Code:?\*\*:?\s*`\s*(-?\d+)\s*`")


class BrokenDocument(ValueError):
    """The text read is not a document with operations or events; `misfits` has what is wrong, by its place."""

    def __init__(self, *misfits: tuple[Place, str]) -> None:
        self.misfits = [(pointer(place), reason) for place, reason in misfits]
        super().__init__("; ".join(f"{f'#{place} ' if place else 'it '}{reason}" for place, reason in self.misfits))


def distil(document: Any) -> dict[str, Any]:
    """Return the facts of an OpenAPI document of Zoom's (endpoints, sub-account endpoints or webhooks)."""
    _refuse_if(too_deep(document))
    document = inline(document) if isinstance(document, dict) else document
    _refuse_if(misfits(document))
    kinds = [
        kind for kind in ("paths", "webhooks") if any(_operations(each) for each in (document.get(kind) or {}).values())
    ]
    if len(kinds) != 1:
        found = "both `paths` and" if kinds else "neither `paths` nor"
        raise BrokenDocument(((), f"has {found} `webhooks` with an operation in them"))
    facts = _document(document, kinds[0])
    _refuse_if(graft(facts, document))
    _refuse_if(unwritable(facts))
    return facts


def _refuse_if(found: Misfits) -> None:
    if wrong := list(found):
        raise BrokenDocument(*wrong)


def _document(document: dict[str, Any], kind: str) -> dict[str, Any]:
    info = document.get("info") or {}
    facts = {
        "openapi": document.get("openapi", "3.0.0"),
        "info": {key: str(info.get(key, "")) for key in ("title", "version")},
        kind: {name: _path_item(name, item, kind) for name, item in document[kind].items()},
        **_servers(document),
    }
    schemas = (document.get("components") or {}).get("schemas")
    if schemas:
        facts["components"] = {"schemas": {name: schema_facts(schema) for name, schema in schemas.items()}}
    return facts


def _servers(holder: dict[str, Any]) -> dict[str, Any]:
    """Return the addresses of servers, with the default value in the place of each variable."""
    urls = []
    for server in holder.get("servers") or []:
        url = server["url"]
        for name, variable in (server.get("variables") or {}).items():
            url = url.replace(f"{{{name}}}", str(variable.get("default", f"{{{name}}}")))
        urls.append({"url": url})
    return {"servers": urls} if urls else {}


def verb_noun(title: str) -> str:
    """Turn the title of a page into a name: "Create a meeting" becomes create_meeting."""
    words = re.findall(r"[A-Za-z0-9]+", re.sub(r"['’`]", "", title.replace("Q&A", "qa")))
    return "_".join(word.lower() for word in words if word.lower() not in ARTICLES)


def _operations(item: Any) -> list[str]:
    return [method for method in METHODS if method in item] if isinstance(item, dict) else []


def _path_item(name: str, item: dict[str, Any], kind: str) -> dict[str, Any]:
    operations = {method: {**_servers(item), **_operation(item[method])} for method in _operations(item)}
    for method, operation in operations.items():
        own = {(each["in"], each["name"]) for each in operation["parameters"]}
        shared = [_parameter(each) for each in item.get("parameters") or [] if (each["in"], each["name"]) not in own]
        operation["parameters"] = shared + operation["parameters"]
        operation["operationId"] = operation["operationId"] or verb_noun(f"{method} {name}")
        operation["x-name"] = (
            operation["x-name"] or verb_noun(_CAMEL.sub(" ", operation["operationId"])) or verb_noun(f"{method} {name}")
        )
        if kind == "webhooks":
            del operation["responses"]  # an event's answers repeat the event: nothing to keep
    return operations


def _operation(operation: dict[str, Any]) -> dict[str, Any]:
    prose = f"{_text(operation)}\n{_text(operation.get('requestBody'))}".strip("\n")
    parameters = [_parameter(parameter) for parameter in operation.get("parameters") or []]
    facts: dict[str, Any] = {
        "operationId": operation.get("operationId") or "",
        "tags": operation.get("tags") or [],
        "x-name": verb_noun(_text(operation, "summary")),
        "x-zoom": _read_extensions(operation, prose),
        "parameters": [each for index, each in enumerate(parameters) if each not in parameters[:index]],
        "responses": {status: _response(answer) for status, answer in (operation.get("responses") or {}).items()},
        **_servers(operation),
    }
    if truth(operation.get("deprecated")):
        facts["deprecated"] = True
    if operation.get("requestBody") is not None:
        facts["requestBody"] = _body(operation["requestBody"])
    return facts


def _text(holder: Any, key: str = "description") -> str:
    """Return a text of Zoom's; anything else in its place counts as empty."""
    text = holder.get(key) if isinstance(holder, dict) else None
    return text if isinstance(text, str) else ""


def _read_extensions(operation: dict[str, Any], prose: str) -> dict[str, Any]:
    extensions = operation.get("x-extensions")
    extensions = extensions if isinstance(extensions, dict) else {}
    in_prose = {bool(granular): re.findall(r"`([^`\n]*)`", names) for granular, names in _SCOPES.findall(prose)}
    labels = [label for label in _LABEL.findall(prose) if label.strip().isascii()]
    label = labels[-1].strip().lower().replace(" ", "-") if labels else ""
    host = _UPLOAD_HOST.search(prose)
    facts = {
        "rate-limit": label,
        "scopes": {
            "classic": extensions.get("x-macro-scopes") or in_prose.get(False, []),
            "granular": extensions.get("x-granular-scopes") or in_prose.get(True, []),
        },
        "permissions": extensions.get("x-permissions", []),
        "upload-host": host.group(1) if host else "",
        "keeps-authorization": bool(_KEEPS_AUTHORIZATION.search(prose)),
        "requires": requirements(prose),
    }
    return {key: fact for key, fact in facts.items() if fact and fact != {"classic": [], "granular": []}}


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    prose = _text(parameter)
    facts: dict[str, Any] = {
        "name": parameter["name"],
        "in": parameter["in"],
        "required": truth(parameter.get("required", False)),
    }
    schema = parameter["schema"] if isinstance(parameter.get("schema"), dict) else {}
    facts["schema"] = schema_facts(schema, _examples(parameter))
    if "content" in parameter:
        facts["content"] = _content(parameter["content"])
    facts |= {key: parameter[key] for key in ("style",) if key in parameter}
    facts |= {key: truth(parameter[key]) for key in ("explode", "deprecated") if key in parameter}
    if _ENCODED_TWICE.search(prose):
        facts["x-encode-twice"] = True
    if schema.get("type") == "array" and _COMMA.search(prose):
        facts["explode"] = False
    return facts


def _body(body: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"required": True} if truth(body.get("required")) else {}
    if body.get("content") is not None:
        facts["content"] = _content(body["content"])
    return facts


def _response(response: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if "description" in response:  # OpenAPI demands one; what it says is Zoom's
        facts["description"] = ""
        codes = sorted({int(code) for code in _ERROR_CODE.findall(_text(response))})
        if codes:
            facts["x-error-codes"] = codes
    if response.get("content") is not None:
        facts["content"] = _content(response["content"])
    if response.get("headers") is not None:
        facts["headers"] = {
            name: {"schema": schema_facts(header.get("schema", {}) if isinstance(header, dict) else {})}
            for name, header in response["headers"].items()
        }
    return facts


def _content(content: dict[str, Any]) -> dict[str, Any]:
    return {
        media_type: {"schema": schema_facts(body["schema"], _examples(body))} if "schema" in body else {}
        for media_type, body in content.items()
    }


def _examples(holder: dict[str, Any]) -> list[Any]:
    """Return the examples that stand beside a schema."""
    several = holder.get("examples")
    named = several.values() if isinstance(several, dict) else ()
    values = [each["value"] for each in named if isinstance(each, dict) and "value" in each]
    return [*values, *([holder["example"]] if "example" in holder else [])]


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (method, path or event name, operation) of a document, in its order."""
    for path, item in (document.get("paths") or document.get("webhooks") or {}).items():
        for method in _operations(item):
            yield method, path, item[method]
