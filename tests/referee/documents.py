"""Zoom's own documents, read as they are: nothing that we distilled, overlaid or generated is asked here."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

UPLOAD_HOST = re.compile(r"https://(file(?:api)?\.zoom\.us)")
ENCODED_TWICE = re.compile(r"double[- ]?encod|encode\w*\b.{0,30}\btwice|twice.{0,30}\bencod", re.IGNORECASE)
LABEL = re.compile(r"Rate Limit Label[^`\n]*`([^`\n]*)`")
PLACE = re.compile(r"\{[^}]+\}")


@attrs.frozen(eq=False)
class Declared:
    """An operation as a document of Zoom's has it."""

    method: str
    path: str
    server: str
    raw: Mapping[str, Any] = attrs.field(repr=False)

    @cached_property
    def base(self) -> str:
        """Where it is: uploads have hosts of their own, which only the text names."""
        found = UPLOAD_HOST.search(self.raw.get("description", ""))
        return f"https://{found[1]}/v2" if found else self.server.rstrip("/")

    def parameters(self, place: str) -> dict[str, Mapping[str, Any]]:
        """Return the parameters in `path` or `query` by name."""
        return {each["name"]: each for each in self.raw.get("parameters", ()) if each["in"] == place}

    def bodies(self) -> dict[str, Mapping[str, Any]]:
        """Return the schemas of the body by media type."""
        content = self.raw.get("requestBody", {}).get("content", {})
        return {media_type: each.get("schema", {}) for media_type, each in content.items()}

    @property
    def label(self) -> str:
        """The rate limit label: the last that the text gives, in lower case."""
        return ["", *LABEL.findall(self.raw.get("description", ""))][-1].strip().lower()

    def scopes(self, kind: str) -> set[str]:
        """Return the scopes of a kind: `x-granular-scopes`, `x-macro-scopes`."""
        return {each.strip() for each in self.raw.get("x-extensions", {}).get(kind, ())}

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def read(files: Iterable[Path]) -> list[Declared]:
    """Return the operations of documents."""
    return [each for file in files for each in _operations(json.loads(file.read_bytes()))]


def properties(schema: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]] | None:
    """Return the schemas of each property that an object may have, of all alternatives; None if it may have any."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for part in _alternatives(schema):
        for name, each in part.get("properties", {}).items():
            found.setdefault(name, []).append(each)
    return found or None


def items(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the schemas that the items of a list may have."""
    return [part["items"] for part in _alternatives(schema) if "items" in part]


def _alternatives(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield schema
    for kind in ("allOf", "oneOf", "anyOf"):
        for part in schema.get(kind, ()):
            yield from _alternatives(part)


def _operations(document: Mapping[str, Any]) -> Iterator[Declared]:
    server = document["servers"][0]["url"]
    for path, methods in document["paths"].items():
        for method, raw in methods.items():
            if method in ("get", "post", "put", "patch", "delete"):
                yield Declared(method.upper(), path, server, raw)


@attrs.define
class Index:
    """The operations by the segments of their paths: which one a request means."""

    operations: list[Declared]

    @cached_property
    def _by_length(self) -> dict[tuple[str, int], list[tuple[list[str], Declared]]]:
        found: dict[tuple[str, int], list[tuple[list[str], Declared]]] = {}
        for each in self.operations:
            segments = each.path.strip("/").split("/")
            found.setdefault((each.method, len(segments)), []).append((segments, each))
        return found

    def find(self, method: str, path: str) -> tuple[Declared, list[tuple[str, str]]] | None:
        """Return the operation that a path below `/v2` means, with the segments that fill its places."""
        segments = path.removeprefix("/v2").strip("/").split("/")
        fits = [
            (sum(map(_is_place, wanted)), number, wanted, each)
            for number, (wanted, each) in enumerate(self._by_length.get((method, len(segments)), ()))
            if all(_is_place(one) or one == other for one, other in zip(wanted, segments, strict=True))
        ]
        if not fits:
            return None
        _, _, wanted, found = min(fits)
        return found, [(one[1:-1], other) for one, other in zip(wanted, segments, strict=True) if _is_place(one)]


def _is_place(segment: str) -> bool:
    return segment.startswith("{")
