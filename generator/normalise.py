"""Bring a document to one plain form: every schema as `generator/schemas.py` has it, and every operation said whole.

An operation then has each parameter of its path, success by its number, and one media type for a body or an answer.
"""

import re
from typing import Any

from generator.references import METHODS, References
from generator.schemas import Schema, schema

JSON = "application/json"
MULTIPART = "multipart/form-data"
PLACE = re.compile(r"\{([^}]+)\}")

_LIKE_JSON = re.compile(r"application/(?:json|[\w.+-]+\+json)|text/json|\*/\*")
_OF_ANY_STATUS = ("2XX", "default")


def normalise(document: dict[str, Any], references: References | None = None) -> dict[str, Any]:
    """Return the document with every schema and every operation in the plain form."""
    kind = "webhooks" if "webhooks" in document else "paths"
    references = references or References(document)
    twice = _encoded_twice(document[kind])
    items = {
        name: {
            method: _operation(name, method, item[method], references, twice) for method in METHODS if method in item
        }
        for name, item in document[kind].items()
    }
    return {**{key: document[key] for key in ("info", "servers") if key in document}, "openapi": "3.1.0", kind: items}


def _encoded_twice(items: dict[str, Any]) -> set[tuple[str, str]]:
    """Return the place and the name of the identifiers that are percent-encoded twice in some operation.

    They are so in all that take a text: the document says it of the id of a conversation in 18 of 20 places. What is
    a number by its type cannot be a UUID.
    """
    return {
        (each["in"], each["name"])
        for item in items.values()
        for method in METHODS
        for each in item.get(method, {}).get("parameters", [])
        if each.get("x-encode-twice")
    }


def _is_among(twice: set[tuple[str, str]], parameter: dict[str, Any]) -> bool:
    return (parameter["in"], parameter["name"]) in twice and parameter["schema"].get("type") == "string"


def _operation(
    path: str, method: str, operation: dict[str, Any], references: References, twice: set[tuple[str, str]]
) -> dict[str, Any]:
    plain = dict(operation)
    plain["parameters"] = [
        _parameter({**each, "x-encode-twice": True} if _is_among(twice, each) else each, references)
        for each in [*operation["parameters"], *_find_missing(path, operation)]
    ]
    if "requestBody" in operation:
        plain["requestBody"] = _body(operation["requestBody"], references)
    answers = by_number(operation.get("responses", {}))
    plain["responses"] = {
        status: {
            "description": "",
            **(_without_content(answer) if method == "head" else _with_content(answer, references)),
        }
        for status, answer in answers.items()
    }
    return plain


def _find_missing(path: str, operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parameters that a path has in braces and nowhere else: they are texts."""
    said = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
    names = dict.fromkeys(PLACE.findall(path)) if path.startswith("/") else {}
    return [{"name": name, "in": "path", "schema": {"type": "string"}} for name in names if name not in said]


def _parameter(parameter: dict[str, Any], references: References) -> dict[str, Any]:
    needed = parameter["in"] == "path" or parameter.get("required") is True
    return {**parameter, "required": needed, "schema": schema(parameter.get("schema", {}), references)}


def by_number(answers: dict[str, Any]) -> dict[str, Any]:
    """Say 200 where an answer of success is declared for every number, by `2XX`, or by `default` alone."""
    kept = {status: answer for status, answer in answers.items() if status.upper() != "2XX"}
    if not any(status.startswith("2") for status in kept):
        general = [
            answer for name in _OF_ANY_STATUS for status, answer in answers.items() if status.upper() == name.upper()
        ]
        kept = {**({"200": general[0]} if general else {}), **kept}
    elif len(kept) < len(answers):
        kept.setdefault("200", next(answer for status, answer in answers.items() if status not in kept))
    return {status: answer for status, answer in kept.items() if status != "default"}


def _body(body: dict[str, Any], references: References) -> dict[str, Any]:
    """Return a body of one media type that the client can send, JSON before files; without content it is any JSON."""
    content = body.get("content") or {JSON: {}}
    named = {media_type_of(name): media for name, media in reversed(content.items())}
    chosen = next((name for name in (JSON, MULTIPART) if name in named), next(reversed(named)))
    return _with_content({**body, "content": {chosen: {"schema": {}, **named[chosen]}}}, references)


def _without_content(answer: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if key != "content"}


def _with_content(holder: dict[str, Any], references: References) -> dict[str, Any]:
    if not holder.get("content"):
        return _without_content(holder)
    named = {media_type_of(name): media for name, media in reversed(holder["content"].items())}
    chosen = JSON if JSON in named else next(reversed(named))
    media = named[chosen]
    plain: Schema = {"schema": schema(media["schema"], references)} if "schema" in media else media
    return {**holder, "content": {chosen: plain}}


def media_type_of(name: str) -> str:
    """Return a media type without its parameters, all that is JSON as `application/json`."""
    bare = name.partition(";")[0].strip().lower()
    return JSON if _LIKE_JSON.fullmatch(bare) else bare


__all__ = ["Schema", "normalise", "schema"]
