"""What an HCL text holds, by its tree, wherever the text stands: found once for all files that hold the same.

Repositories of modules are full of files that are alike byte for byte, and a tree is what a file costs most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sglint.model.limits import limits
from sglint.reading.hcl_intact import is_clean, items, misread, too_deep
from sglint.reading.hcl_literals import quoted_text
from sglint.reading.hcl_tree import TreeText, in_file, parse

if TYPE_CHECKING:
    from tree_sitter import Node, Point


class AttributeItem:
    """`name = expression`, with where the name starts and ends."""

    __slots__ = ("name", "start", "end", "expression")

    def __init__(self, name: str, start: Point, end: Point, expression: Node) -> None:
        self.name = name
        self.start = start
        self.end = end
        self.expression = expression


class BlockItem:
    """`type "label" { … }`: where its header starts and ends, where the braces open, where the block ends."""

    __slots__ = ("type", "labels", "start", "header_end", "opening", "end", "_node", "_items")

    def __init__(
        self, type_: str, labels: tuple[str, ...], start: Point, header_end: Point, opening: Point, node: Node
    ) -> None:
        self.type = type_
        self.labels = labels
        self.start = start
        self.header_end = header_end
        self.opening = opening
        self.end = node.end_point
        self._node = node
        self._items: tuple[Item, ...] | None = None

    def items(self, text: TreeText) -> tuple[Item, ...]:
        """What stands directly in the braces. `text` is any that the tree belongs to."""
        if self._items is None:
            self._items = tuple([item(node, text) for node in items(self._node)])
        return self._items


Item: TypeAlias = AttributeItem | BlockItem


class Outline:
    """A text as a tree, and the items at its top unless something in it cannot be trusted."""

    __slots__ = ("data", "root", "items")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.root = parse(data).root_node
        self.items: tuple[Item, ...] | None = None
        text = TreeText(data, in_file(""))
        if is_clean(self.root) and not misread(self.root, text):
            nodes = tuple(items(self.root))
            if not any(too_deep(node, text) for node in nodes):
                self.items = tuple([item(node, text) for node in nodes])


def keep(share: float) -> None:
    """Have a part of what could be kept be enough, where alike files are few among many."""
    global _share
    _share = share


def outlined(data: bytes) -> Outline:
    """The outline of a text, which may be that of an earlier text with the same bytes."""
    global _kept_bytes
    key = (data, limits().expression_depth)
    found = _kept.pop(key, None)
    if found is None:
        found = Outline(data)
        most = _MOST_KEPT * _share
        if len(data) > most / 4:
            return found
        _kept_bytes += len(data)
        while _kept_bytes > most:
            _kept_bytes -= len(_kept.pop(next(iter(_kept))).data)
    _kept[key] = found
    return found


_kept: dict[tuple[bytes, int], Outline] = {}
"""The outlines used last, the latest at the end, by text and by how deep it might nest."""
_kept_bytes = 0
_share = 1.0
_MOST_KEPT = 1_200_000
"""Of how many bytes of text outlines are kept, which are sixty times as large: what a repository of modules holds."""


def item(node: Node, text: TreeText) -> Item:
    """An attribute or a block at its node."""
    return _block(node, text) if node.type == "block" else _attribute(node, text)


def _attribute(node: Node, text: TreeText) -> AttributeItem:
    children = node.named_children
    name = children[0]
    return AttributeItem(text.of(name), name.start_point, name.end_point, children[-1])


def _block(node: Node, text: TreeText) -> BlockItem:
    children = iter(node.children)
    first = last = next(children)
    labels: list[str] = []
    for child in children:
        if child.type == "block_start":
            break
        if child.type in ("identifier", "string_lit"):
            written = text.of(child)
            labels.append(written if child.type == "identifier" else quoted_text(written[1:-1]))
            last = child
    return BlockItem(text.of(first), tuple(labels), first.start_point, last.end_point, child.start_point, node)
