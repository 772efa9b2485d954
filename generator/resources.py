"""Find what the operations of a product do to which resource: what is created is listed, read, changed and deleted.

The paths show it: `/meetings/{meetingId}/registrants` creates and lists what `…/registrants/{registrantId}` reads and
deletes, and `/users/{userId}/meetings` lists what `/meetings/{meetingId}` reads. Where they do not, a line of
`overlays/<product>/resources.yaml` says so.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
from ruamel.yaml import YAML

from generator import resource_fields as fields
from generator.distil import operations
from generator.faults import BuildFault, Fault
from generator.overlay import RESOURCES

KEY = "x-resource"
WRITING = frozenset({"create", "add", "change", "delete", "remove", "clear"})

_ON_ITEMS = {"get": "read", "patch": "change", "put": "change", "delete": "delete"}
_ON_PARTS = {**_ON_ITEMS, "post": "change"}

Resource = dict[str, Any]


def annotate(product: str, endpoints: dict[str, Any], overlays: Path) -> None:
    """Write into each operation what it does to which resource, where it does something to one."""
    paths = _Paths(endpoints["paths"], endpoints["components"]["schemas"])
    found = {(method, path): paths.resource(method, path) for method, path, _ in operations(endpoints)}
    for (method, path), line in _lines(product, overlays, set(found)).items():
        found[method, path] = {**paths.place(path), **(found[method, path] or {}), **line} if line else None
    homes = {path: each["resource"] for (_, path), each in found.items() if each and _is_item(path)}
    for (method, path), resource in found.items():
        if resource:
            facts = endpoints["paths"][path][method]
            others = ((name, outer) for name, outer in _parents(path) if name != resource.get("id"))
            parents = [[name, homes.get(outer) or _named(outer)] for name, outer in others]
            facts[KEY] = {**fields.find(facts, resource, paths.schemas), "parents": parents, **resource}


def remembering(endpoints: dict[str, Any]) -> int:
    """Return how many operations remember: those on a resource that some operation writes."""
    on = [each[KEY] for _, _, each in operations(endpoints) if KEY in each]
    written = {each["resource"] for each in on if each["action"] in WRITING}
    return sum(each["resource"] in written for each in on)


def _lines(product: str, overlays: Path, known: set[tuple[str, str]]) -> dict[tuple[str, str], Resource | None]:
    """Return the lines of a product's file. Raises `BuildFault` for one whose operation is not there."""
    file = overlays / product / RESOURCES
    read = YAML(typ="safe", pure=True).load(file) or {} if file.exists() else {}
    lines = {(key.partition(" ")[0].lower(), key.partition(" ")[2]): line for key, line in read.items()}
    strays = [f"has {method.upper()} {path}, which is gone" for method, path in lines if (method, path) not in known]
    if strays:
        raise BuildFault(*(Fault(f"overlays/{product}/{RESOURCES}", "", each) for each in strays))
    return lines


@attrs.frozen
class _Paths:
    """The paths of a product, and what follows from them alone."""

    paths: dict[str, Any]
    schemas: dict[str, Any]

    def resource(self, method: str, path: str) -> Resource | None:
        """Return what an operation does by rule."""
        if method == "post" and (collection := self._of_batch(path)):
            return {**self.place(collection), "action": "add"}
        if _is_item(path):
            action = _ON_ITEMS.get(method)
            return {**self.place(path), "action": action} if action else None
        action = self._on_list(method, path) if self._is_list(path) else self._on_part(method, path)
        if action == "change" and "get" not in self.paths[path]:
            return self._change_of_parent(method, path)
        return {**self.place(path), "action": action} if action else None

    def place(self, path: str) -> Resource:
        """Return where the rows of a path lie: the resource, and which parameters name a row and what it belongs to."""
        item = path if _is_item(path) else self._item(path)
        if item is None:
            return {"resource": _name(path), "scope": _parameters(path)}
        *scope, parameter = _parameters(item)
        return {"resource": _name(item), "scope": scope, "id": parameter}

    def _on_list(self, method: str, path: str) -> str | None:
        facts = self.paths[path][method]
        if method == "get":
            return "list" if fields.items(facts, _last(path), self.schemas) is not None else None
        if method == "post":
            return "create" if fields.bulk(facts, _last(path), self.schemas) is None else "add"
        if method == "delete":
            return "remove" if fields.ids(facts) else "clear"
        return None

    def _on_part(self, method: str, path: str) -> str | None:
        """Return what is done to what an item has one of: its settings, its survey."""
        methods = self.paths[path]
        if "get" not in methods:
            return "change" if method in ("patch", "put") else None
        return _ON_PARTS.get(method) if len(methods) > 1 else None

    def _change_of_parent(self, method: str, path: str) -> Resource | None:
        """Return the change of an item by a path of its own: `PUT /users/{userId}/email`."""
        parent = path.rpartition("/")[0]
        item = self.paths.get(parent, {}).get("get")
        sent = fields.sent(self.paths[path][method], self.schemas)
        if not item or not _is_item(parent) or not sent or not sent <= fields.answered(item, self.schemas):
            return None
        return {**self.place(parent), "action": "change"}

    def _of_batch(self, path: str) -> str | None:
        """Return the collection that `/meetings/{meetingId}/batch_registrants` adds to, or `/phone/users/batch`."""
        collection = path.removesuffix("/batch").replace("/batch_", "/")
        return collection if collection != path and collection in self.paths else None

    def _is_list(self, path: str) -> bool:
        methods = self.paths[path]
        if self._item(path):
            return True
        return self._lists(path) and ("post" in methods or fields.is_page(methods["get"], self.schemas))

    def _lists(self, path: str) -> bool:
        return fields.items(self.paths[path].get("get", {}), _last(path), self.schemas) is not None

    def _item(self, path: str) -> str | None:
        """Return the path of the items of a collection: right below it, or what it creates at the root."""
        if "get" in self.paths[path] and not self._lists(path):
            return None
        return self._item_below(path) or self._item_at_root(path)

    def _item_at_root(self, path: str) -> str | None:
        """Return `/meetings/{meetingId}` for `/users/{userId}/meetings`, if meetings are created here or nowhere."""
        segments = _segments(path)
        if len(segments) < 3 or not segments[-2].startswith("{"):
            return None
        root = "/" + "/".join([*segments[:-3], segments[-1]])
        item = self._item_below(root)
        return item if item and (self._creates(path) or not self._creates(root)) else None

    def _item_below(self, path: str) -> str | None:
        return next((each for each in self.paths if _is_item(each) and each.rpartition("/")[0] == path), None)

    def _creates(self, path: str) -> bool:
        facts = self.paths.get(path, {}).get("post")
        return bool(facts) and fields.bulk(facts, _last(path), self.schemas) is None


def _segments(path: str) -> list[str]:
    return path.strip("/").split("/")


def _is_item(path: str) -> bool:
    return path.endswith("}")


def _last(path: str) -> str:
    """Return the last literal of a path, "" if it has none."""
    return next((each for each in reversed(_segments(path)) if not each.startswith("{")), "")


def _name(path: str) -> str:
    return ".".join(each for each in _segments(path) if not each.startswith("{"))


def _named(outer: str) -> str:
    """Return the resource that a path means which no operation has: `/chat/users/{userId}` is a user."""
    return "users" if _last(outer) == "users" else _name(outer)


def _parameters(path: str) -> list[str]:
    return [each[1:-1] for each in _segments(path) if each.startswith("{")]


def _parents(path: str) -> Iterator[tuple[str, str]]:
    """Yield each parameter that names what a row belongs to, with the path of that."""
    segments = _segments(path)
    for index, segment in enumerate(segments[:-1]):
        if segment.startswith("{"):
            yield segment[1:-1], "/" + "/".join(segments[: index + 1])
