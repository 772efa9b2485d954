"""Follow the `$ref`s of a document (JSON pointers into itself), and know where they go round in circles."""

from typing import Any
from urllib.parse import unquote

import attrs

METHODS = ("get", "put", "post", "delete", "patch", "head", "options")


class DanglingReference(ValueError):
    """A `$ref` points to nothing; the message names it."""


@attrs.frozen
class References:
    """The document that references point into, and those that are being followed."""

    document: dict[str, Any] = attrs.field(factory=dict)
    open: tuple[str, ...] = ()

    def follow(self, ref: str) -> tuple[Any, "References"]:
        """Return what a reference points to, and the references that are open inside it."""
        return resolve(ref, self.document), attrs.evolve(self, open=(*self.open, ref))


class Lenient(References):
    """References of a document as Zoom wrote it: one to nothing is to anything, until an overlay mends it."""

    def follow(self, ref: str) -> tuple[Any, References]:
        try:
            return super().follow(ref)
        except DanglingReference:
            return {}, self


def resolve(ref: str, document: dict[str, Any]) -> Any:
    """Return what a reference points to."""
    here: Any = document
    for part in ref.removeprefix("#/").split("/"):
        try:
            here = step(here, part, document)
        except (KeyError, IndexError, ValueError, TypeError) as error:
            raise DanglingReference(f"$ref {ref} points to nothing: give its real type in an overlay") from error
    return here


def step(here: Any, part: str, document: dict[str, Any]) -> Any:
    """Return what a part of a reference names in what the parts before it name; raises if that is nothing."""
    key = part.replace("~1", "/").replace("~0", "~")
    # Event documents of Zoom's call their own webhooks `#/paths/<event>`.
    if here is document and key == "paths" and "webhooks" in document:
        key = "webhooks"
    if isinstance(here, list):
        return here[int(key)]
    return here[key if key in here else unquote(key)]  # a pointer in a URL may be percent-encoded


def inline(document: dict[str, Any]) -> dict[str, Any]:
    """Put path items, parameters, bodies and answers in the place of the references to them.

    A reference to nothing stays, for the check of the document's shape to name it. Those in schemas stay too. An
    extension among the paths or the answers (`x-…`) is left out.
    """
    kinds = {
        kind: {name: _item(item, document) for name, item in document[kind].items() if not name.startswith("x-")}
        for kind in ("paths", "webhooks")
        if isinstance(document.get(kind), dict)
    }
    return {**document, **kinds}


def _item(item: Any, document: dict[str, Any]) -> Any:
    item = _follow(item, document)
    if not isinstance(item, dict):
        return item
    operations = {method: _operation(item[method], document) for method in METHODS if method in item}
    return {**_with_parameters(item, document), **operations}


def _operation(operation: Any, document: dict[str, Any]) -> Any:
    if not isinstance(operation, dict):
        return operation
    whole = _with_parameters(operation, document)
    if "requestBody" in whole:
        whole["requestBody"] = _follow(whole["requestBody"], document)
    if isinstance(whole.get("responses"), dict):
        whole["responses"] = {
            status: _follow(answer, document)
            for status, answer in whole["responses"].items()
            if not status.startswith("x-")
        }
    return whole


def _with_parameters(holder: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    parameters = holder.get("parameters")
    if not isinstance(parameters, list):
        return dict(holder)
    return {**holder, "parameters": [_follow(parameter, document) for parameter in parameters]}


def _follow(value: Any, document: dict[str, Any]) -> Any:
    passed: list[str] = []
    while isinstance(value, dict) and isinstance(value.get("$ref"), str) and value["$ref"] not in passed:
        passed.append(value["$ref"])
        try:
            value = {**resolve(value["$ref"], document), **{key: value[key] for key in value if key != "$ref"}}
        except (DanglingReference, TypeError):
            return value
    return value
