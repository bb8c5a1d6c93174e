"""Suppressions in Terraform's JSON syntax: a property `//` is a comment on the object that holds it."""

from __future__ import annotations

from collections.abc import Iterator

from sglint.model.location import Location
from sglint.reading.document import Mapping, Node, Scalar, Sequence
from sglint.reading.syntax import Comment
from sglint.suppressions.on_line import span
from sglint.suppressions.suppression import Region

_COMMENT = "//"
_DEPTHS = {"resource": 3, "data": 3, "module": 2}
"""How many names lead to what a comment can be for: the kind of block, and its labels."""


def comments(document: Node) -> Iterator[tuple[Comment, Region | None]]:
    """The comments, each with what it stands on: a block, or a rule or other object in it."""
    if isinstance(document, Mapping):
        yield from _below(document, (), document.location)


def _below(node: Node, path: tuple[str, ...], extent: Location) -> Iterator[tuple[Comment, Region | None]]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _below(item, path, item.location)
    if not isinstance(node, Mapping):
        return
    for key, value in node.entries:
        if key.text == _COMMENT:
            yield from ((comment, _region(path, extent)) for comment in _texts(value))
        else:
            yield from _below(value, (*path, key.text), span(key.location, value.location))


def _texts(value: Node) -> Iterator[Comment]:
    for each in value.items if isinstance(value, Sequence) else (value,):
        if isinstance(each, Scalar) and isinstance(each.value, str):
            yield Comment(each.value, each.location)


def _region(path: tuple[str, ...], extent: Location) -> Region | None:
    depth = _DEPTHS.get(path[0]) if path else None
    if depth is None or len(path) < depth:
        return None
    return Region(extent, is_followed=path[0] == "module")
