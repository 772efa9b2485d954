"""Distil a document of Zoom's to its facts.

What is Zoom's prose (descriptions, summaries, titles, examples) stays behind; what only that prose says and a client
needs is turned into data first:

on an operation   `x-name` (the page's title as verb_noun) and `x-zoom`: rate limit label, scopes, permissions, upload
                  host, whether redirects keep the Authorization header, plan and licences
on a parameter    `x-encode-twice` (path), `explode: false` (comma-joined arrays)
on a response     `x-error-codes`
"""

import re
from collections.abc import Iterator
from typing import Any

from generator.requirements import requirements

METHODS = ("get", "put", "post", "delete", "patch")
ARTICLES = {"a", "an", "the"}

_LABEL = re.compile(r"Rate Limit Label[^`\n]*`([^`\n]*)`")
_SCOPES = re.compile(r"\*\*\[(Granular )?Scopes\]\([^)]*\):\*\*\s*((?:`[^`\n]*`,?\s*)*)")
_UPLOAD_HOST = re.compile(r"https://(file(?:api)?\.zoom\.us)\b")
_KEEPS_AUTHORIZATION = re.compile(r"retain the authorization header", re.IGNORECASE)
_ENCODED_TWICE = re.compile(r"doubl\w*[- ]?encod|encode\w*\b.{0,30}\btwice", re.IGNORECASE)
_COMMA = re.compile(r"\bcomma", re.IGNORECASE)
_ERROR_CODE = re.compile(r"\*\*Error Code:?\*\*:?\s*`\s*(-?\d+)\s*`")

_SCHEMA_FACTS = (
    "type format enum const default nullable deprecated readOnly writeOnly pattern minLength maxLength minimum maximum "
    "exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems minProperties maxProperties $ref"
).split()
_SCHEMA_LISTS = ("allOf", "oneOf", "anyOf")
_SCHEMA_CHILDREN = ("items", "not", "additionalProperties")


class BrokenDocument(ValueError):
    """A document has no operations or events; the message says what is missing."""


def distil(document: Any) -> dict[str, Any]:
    """Return the facts of an OpenAPI document of Zoom's (endpoints, sub-account endpoints or webhooks)."""
    if not isinstance(document, dict):
        raise BrokenDocument("it is not a JSON object")
    kind = "webhooks" if "webhooks" in document else "paths"
    items = document.get(kind)
    if not isinstance(items, dict) or not any(_operations(item) for item in items.values()):
        raise BrokenDocument("it has neither `paths` nor `webhooks` with an operation in them")
    facts = {
        "openapi": document.get("openapi", "3.0.0"),
        "info": {key: str(document.get("info", {}).get(key, "")) for key in ("title", "version")},
        kind: {name: _path_item(item) for name, item in items.items()},
    }
    if document.get("servers"):
        facts["servers"] = [{"url": server["url"]} for server in document["servers"]]
    schemas = (document.get("components") or {}).get("schemas")
    if schemas:
        facts["components"] = {"schemas": {name: _schema(schema) for name, schema in schemas.items()}}
    return facts


def verb_noun(title: str) -> str:
    """Turn the title of a page into a name: "Create a meeting" becomes create_meeting."""
    words = re.findall(r"[A-Za-z0-9]+", re.sub(r"['’`]", "", title.replace("Q&A", "qa")))
    return "_".join(word.lower() for word in words if word.lower() not in ARTICLES)


def _operations(item: Any) -> list[str]:
    return [method for method in METHODS if method in item] if isinstance(item, dict) else []


def _path_item(item: dict[str, Any]) -> dict[str, Any]:
    shared, servers = item.get("parameters", []), item.get("servers")
    return {method: _served(_operation(item[method], shared), item[method], servers) for method in _operations(item)}


def _served(facts: dict[str, Any], operation: dict[str, Any], shared: Any) -> dict[str, Any]:
    """Add the servers of an operation, where it or its path has some of its own."""
    servers = operation.get("servers") or shared
    return {**facts, "servers": [{"url": server["url"]} for server in servers]} if servers else facts


def _operation(operation: dict[str, Any], shared: list[dict[str, Any]]) -> dict[str, Any]:
    prose = "\n".join(
        text for text in (operation.get("description"), (operation.get("requestBody") or {}).get("description")) if text
    )
    facts: dict[str, Any] = {
        "operationId": operation.get("operationId", ""),
        "tags": operation.get("tags", []),
        "x-name": verb_noun(operation.get("summary") or operation.get("operationId", "")),
        "x-zoom": _said_of_operation(operation, prose),
        "parameters": [_parameter(parameter) for parameter in shared + operation.get("parameters", [])],
    }
    if operation.get("deprecated"):
        facts["deprecated"] = True
    if "requestBody" in operation:
        facts["requestBody"] = _body(operation["requestBody"])
    if "summary" in operation:  # an event's answers repeat the event: nothing to keep
        facts["responses"] = {status: _response(answer) for status, answer in operation.get("responses", {}).items()}
    return facts


def _said_of_operation(operation: dict[str, Any], prose: str) -> dict[str, Any]:
    extensions = operation.get("x-extensions") or {}
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
    prose = parameter.get("description", "")
    facts: dict[str, Any] = {
        "name": parameter["name"],
        "in": parameter["in"],
        "required": parameter.get("required", False),
    }
    schema = parameter.get("schema") or {}
    facts["schema"] = _schema(schema)
    facts |= {key: parameter[key] for key in ("style", "explode", "deprecated") if key in parameter}
    if parameter["in"] == "path" and _ENCODED_TWICE.search(prose):
        facts["x-encode-twice"] = True
    if schema.get("type") == "array" and _COMMA.search(prose):
        facts["explode"] = False
    return facts


def _body(body: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"required": True} if body.get("required") else {}
    if "content" in body:
        facts["content"] = _content(body["content"])
    return facts


def _response(response: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if "description" in response:  # OpenAPI demands one; what it says is Zoom's
        facts["description"] = ""
        codes = sorted({int(code) for code in _ERROR_CODE.findall(response["description"])})
        if codes:
            facts["x-error-codes"] = codes
    if "content" in response:
        facts["content"] = _content(response["content"])
    if "headers" in response:
        facts["headers"] = {
            name: {"schema": _schema(header.get("schema", {}))} for name, header in response["headers"].items()
        }
    return facts


def _content(content: dict[str, Any]) -> dict[str, Any]:
    return {
        media_type: {"schema": _schema(body["schema"])} if "schema" in body else {}
        for media_type, body in content.items()
    }


def _schema(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema  # `additionalProperties: false`
    facts = {key: schema[key] for key in _SCHEMA_FACTS if key in schema}
    if str(facts.get("default", "")).count(" ") >= 3:
        del facts["default"]  # a sentence that Zoom proposes to show to people, not a value a client needs
    facts |= {key: [_schema(part) for part in schema[key]] for key in _SCHEMA_LISTS if key in schema}
    facts |= {key: _schema(schema[key]) for key in _SCHEMA_CHILDREN if key in schema}
    if isinstance(schema.get("properties"), dict):
        facts["properties"] = {name: _schema(part) for name, part in schema["properties"].items()}
    if isinstance(schema.get("required"), list):
        facts["required"] = sorted(schema["required"])
    return facts


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (method, path or event name, operation) of a document, in its order."""
    for path, item in (document.get("paths") or document.get("webhooks") or {}).items():
        for method in _operations(item):
            yield method, path, item[method]
