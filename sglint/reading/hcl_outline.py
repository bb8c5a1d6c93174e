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


class Kept:
    """The outlines that were used last: those of a text that is alike are the same."""

    def __init__(self, most: int) -> None:
        """`most` is of how many bytes of text they are kept."""
        self._whole = self._most = most
        self._bytes = 0
        self._outlines: dict[tuple[bytes, int], Outline] = {}
        """By text and by how deep it might nest, the latest at the end."""

    def share(self, part: float) -> None:
        """Have a part of that be enough, where alike files are few among many."""
        self._most = int(self._whole * part)

    @property
    def texts(self) -> tuple[bytes, ...]:
        """Those whose outlines are kept."""
        return tuple(outline.data for outline in self._outlines.values())

    def outline(self, data: bytes) -> Outline:
        """The outline of a text, which may be that of an earlier text with the same bytes."""
        key = (data, limits().expression_depth)
        found = self._outlines.pop(key, None)
        if found is None:
            found = Outline(data)
            if len(data) > self._most / 4:
                return found
            self._bytes += len(data)
            while self._bytes > self._most:
                self._bytes -= len(self._outlines.pop(next(iter(self._outlines))).data)
        self._outlines[key] = found
        return found


_MOST = 1_200_000
"""Of how many bytes of text outlines are kept, which are sixty times as large: what a repository of modules holds."""
_KEPT = Kept(_MOST)
outlined = _KEPT.outline
keep = _KEPT.share


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
