"""Apply OpenAPI Overlay documents (versions 1.0 and 1.1) to an OpenAPI document.

Our corrections to Zoom's documents are overlays, so that each can be read, questioned and dropped by itself. One that
no longer corrects anything is a fault: by default (`strict`) an action that matches nothing, or does not say why it is
there, stops the build. What only describes a field adds none: Zoom may have taken it out. All else is
https://spec.openapis.org/overlay/v1.1.0.html (v1.0.0 where an overlay says so).
"""

import json
import pathlib
import re
from collections.abc import Iterator
from typing import Any

import jsonpath_rfc9535 as jsonpath
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

RESOURCES = "resources.yaml"
"""A file among the overlays of a product that is not an overlay: `generator/resources.py` reads it."""


class OverlayError(Exception):
    """An overlay that cannot be read or applied; each reason names the overlay, the action and the way out."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def files(folder: pathlib.Path, kind: str = "") -> list[pathlib.Path]:
    """Return the overlays of a product, in the order in which they are applied; those of another kind by its suffix."""
    return sorted(path for path in folder.glob(f"*.yaml{kind}") if path.name != RESOURCES)


def load(path: pathlib.Path) -> dict[str, Any]:
    """Read one overlay document, JSON or YAML, and refuse a malformed one with all its faults in one message."""
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text) if path.suffix == ".json" else YAML(typ="safe", pure=True).load(text)
        # YAML has numbers as keys, dates and shared nodes; JSON, and so Zoom's documents, have not.
        overlay = json.loads(json.dumps(content, allow_nan=False))
    except (YAMLError, TypeError, ValueError) as error:
        raise OverlayError(f"{path.name} is not JSON, nor YAML that JSON can hold (quote dates): {error}") from error
    if faults := list(_faults(overlay)):
        raise OverlayError(f"{path.name} is not an overlay: {'; '.join(faults)}")
    return dict(overlay)


def apply(document: dict[str, Any], overlay: dict[str, Any], *, strict: bool = True) -> dict[str, Any]:
    """Return `document` as `overlay`, a valid one (see `load`), changes it; `document` itself is left alone.

    With `strict`, each action must have a description, change in exactly one way and match something: `OverlayError`
    otherwise. Without, the specification alone decides.
    """
    result: dict[str, Any] = _clone(document)
    legacy = overlay["overlay"].startswith("1.0.")
    reasons = []
    for index, action in enumerate(overlay["actions"]):
        try:
            _act(result, action, legacy=legacy, strict=strict)
        except (OverlayError, jsonpath.JSONPathError) as fault:
            where = f"overlay {overlay['info']['title']!r}, actions[{index}], target {action['target']}"
            reasons.append(f"{where}: {fault}")
    if reasons:
        raise OverlayError(*reasons)
    return result


def idle(document: dict[str, Any], overlay: dict[str, Any]) -> list[int]:
    """Return the indexes of the actions that change nothing in `document`, or add to a list what it has."""
    result: dict[str, Any] = _clone(document)
    legacy = overlay["overlay"].startswith("1.0.")
    found = []
    for index, action in enumerate(overlay["actions"]):
        nodes = jsonpath.find(action["target"], result)
        before = [_clone(node.value) for node in nodes]
        try:
            _act(result, action, legacy=legacy, strict=False)
        except OverlayError:
            continue  # it would change something, and cannot: `apply` says why
        after = [] if action.get("remove") else [node.value for node in jsonpath.find(action["target"], result)]
        if len(before) == len(after) and all(map(_adds_nothing, before, after)):
            found.append(index)
    return found


def _adds_nothing(before: Any, after: Any) -> bool:
    """Return whether a value is what it was, but for items of its lists that were there: a parameter by its name."""
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(_adds_nothing(before[key], after[key]) for key in before)
    if isinstance(before, list) and isinstance(after, list):
        there = [_known_by(item) for item in before]
        return before == after[: len(before)] and all(_known_by(item) in there for item in after[len(before) :])
    return bool(before == after)


def _known_by(item: Any) -> Any:
    is_parameter = isinstance(item, dict) and {"in", "name"} <= item.keys()
    return (item["in"], item["name"]) if is_parameter else item


def _faults(overlay: Any) -> Iterator[str]:
    overlay = overlay if isinstance(overlay, dict) else {}
    if not re.fullmatch(r"1\.[01]\.\d+", str(overlay.get("overlay"))):
        yield f"overlay must be '1.0.x' or '1.1.x', not {overlay.get('overlay')!r}"
    info, actions = overlay.get("info"), overlay.get("actions")
    for name in ("title", "version"):
        if not isinstance(info, dict) or not isinstance(info.get(name), str):
            yield f"info.{name} must be a string (quote numbers)"
    if not isinstance(actions, list) or not actions:
        yield "actions must be a list of at least one action"
    for index, action in enumerate(actions if isinstance(actions, list) else []):
        if not isinstance(action, dict) or not isinstance(action.get("target"), str):
            yield f"actions[{index}] must be an object with a target, a JSONPath"
        elif not isinstance(action.get("remove", False), bool) or not isinstance(action.get("copy", ""), str):
            yield f"actions[{index}]: remove must be true or false, copy a JSONPath"


def _act(document: dict[str, Any], action: dict[str, Any], *, legacy: bool, strict: bool) -> None:
    """Carry out one action in place, with `legacy` by the rules of version 1.0."""
    changes = ["remove"] if action.get("remove") else []
    changes += [name for name in ("update", "copy") if name in action and not (legacy and name == "copy")]
    # By location, as a query may select one node twice, and none may be changed twice.
    nodes = {node.location: node for node in jsonpath.find(action["target"], document)}
    if strict:
        _justify(action, changes, len(nodes))
    if "remove" in changes:  # it wins: beside it the other two have no impact
        _remove(nodes)
    elif nodes and len(changes) == 1:  # `update` and `copy` together: each says the other has no impact
        value = action["update"] if "update" in changes else _source(document, action["copy"])
        _update(list(nodes.values()), value, legacy=legacy)


def _justify(action: dict[str, Any], changes: list[str], matches: int) -> None:
    """Refuse what the specification lets pass and we do not: see the module's docstring."""
    if not str(action.get("description") or "").strip():
        raise OverlayError("has no description: add one that tells the symptom and the evidence")
    if len(changes) != 1:
        raise OverlayError(f"has {' and '.join(changes) or 'no change'}: give one of update, remove: true, copy (1.1)")
    if not matches:
        raise OverlayError("matches nothing: correct the target, or drop the action if Zoom has mended its document")


def _remove(nodes: dict[tuple[int | str, ...], jsonpath.JSONPathNode]) -> None:
    # Backwards, so that items go before their array does and an array's later items before its earlier ones.
    for location in sorted(nodes, reverse=True):
        if (parent := nodes[location].parent) is None:
            raise OverlayError("is the whole document, which cannot be removed: target something in it")
        holder: Any = parent.value
        del holder[location[-1]]


def _source(document: dict[str, Any], query: str) -> Any:
    nodes = jsonpath.find(query, document)
    if len(nodes) != 1:
        raise OverlayError(f"copy {query} selects {len(nodes)} nodes: it must select exactly one")
    return _clone(nodes[0].value)  # as it was before the action: the target may lie inside it


def _update(nodes: list[jsonpath.JSONPathNode], value: Any, *, legacy: bool) -> None:
    kinds = {_kind(node.value) for node in nodes}
    if legacy and "primitive" in kinds:
        raise OverlayError("selects a primitive: in version 1.0 target the object that contains it, or declare 1.1.0")
    if not legacy and len(kinds) > 1:
        raise OverlayError(f"selects {' and '.join(sorted(kinds))} nodes: split the action, one for each kind")
    for node in nodes:
        target: Any = node.value
        if isinstance(target, list) and (legacy or not isinstance(value, list)):
            target.append(_clone(value))
        elif _kind(target) == _kind(value) == "primitive":
            node.value = value  # the setter puts it into the document
        else:
            _merge(target, value, node.path())


def _merge(target: Any, value: Any, path: str) -> None:
    """Merge objects member by member and join arrays; `path` is for the message when the two do not fit."""
    if isinstance(target, dict) and isinstance(value, dict):
        for name, member in value.items():
            if name not in target and path.endswith("['properties']") and _only_describes(member):
                continue
            if name not in target or _kind(target[name]) == _kind(member) == "primitive":
                target[name] = _clone(member)
            else:
                _merge(target[name], member, f"{path}[{name!r}]")
    elif isinstance(target, list) and isinstance(value, list):
        target.extend(_clone(value))
    else:
        raise OverlayError(f"{_kind(value)} cannot be merged into {_kind(target)} at {path}: remove that first")


def _only_describes(schema: Any) -> bool:
    """Return whether a schema says nothing but what it and its fields are, in words."""
    return (
        isinstance(schema, dict)
        and bool(schema)
        and all(
            (name == "description" and isinstance(part, str)) or _only_describes(part) for name, part in schema.items()
        )
    )


def _kind(value: Any) -> str:
    return "object" if isinstance(value, dict) else "array" if isinstance(value, list) else "primitive"


def _clone(value: Any) -> Any:
    """Copy JSON deeply; unlike `copy.deepcopy`, give nodes that YAML anchors share a copy for each place."""
    if isinstance(value, dict):
        return {name: _clone(member) for name, member in value.items()}
    return [_clone(item) for item in value] if isinstance(value, list) else value
