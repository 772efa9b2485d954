"""Finds the route of a path, `/meetings/{meetingId}` for example, in a tree of segments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar
from urllib.parse import unquote

import attrs

T = TypeVar("T")


@attrs.frozen
class _Node(Generic[T]):
    named: dict[str, _Node[T]] = attrs.field(factory=dict)
    any: list[_Node[T]] = attrs.field(factory=list)
    leaves: dict[str, T] = attrs.field(factory=dict)


class Routes(Generic[T]):
    """Path templates with what stands for each method of them; a literal segment wins over a template."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()

    def add(self, method: str, template: str, leaf: T) -> None:
        """Let a template stand for `leaf`; two products that claim the same one are a fault of the contract."""
        node = self._root
        for segment in segments(template):
            if segment.startswith("{"):
                if not node.any:
                    node.any.append(_Node())
                node = node.any[0]
            else:
                node = node.named.setdefault(segment, _Node())
        if method in node.leaves:
            raise ValueError(f"{method} {template} is declared twice: {node.leaves[method]} and {leaf}")
        node.leaves[method] = leaf

    def find(self, method: str, path: Sequence[str]) -> Iterator[tuple[T, tuple[str, ...]]]:
        """Give what stands for a path, best first, with the segments (still encoded) that filled its templates."""
        for node, filled in _walk(self._root, path, ()):
            if method in node.leaves:
                yield node.leaves[method], filled

    def methods(self, path: Sequence[str]) -> list[str]:
        """Return the methods that a path has."""
        return sorted({method for node, _ in _walk(self._root, path, ()) for method in node.leaves})


def segments(path: str) -> list[str]:
    """Return the segments of a path, still percent-encoded."""
    return path.removeprefix("/").split("/")


def _walk(node: _Node[T], path: Sequence[str], filled: tuple[str, ...]) -> Iterator[tuple[_Node[T], tuple[str, ...]]]:
    if not path:
        yield node, filled
        return
    literal = node.named.get(unquote(path[0]))
    if literal is not None:
        yield from _walk(literal, path[1:], filled)
    if path[0]:
        for template in node.any:
            yield from _walk(template, path[1:], (*filled, path[0]))
