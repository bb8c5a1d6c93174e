"""HCL files as located syntax, read through tree-sitter and, where that fails, through python-hcl2.

Only the outline of a file is walked at once: names, block types and labels. Bodies and expressions are converted
when they are asked for, since most of a file is about something else than security groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sglint.model.limits import limits, raising
from sglint.model.location import Location, Problem, whole_file
from sglint.reading.files import Source, Unreadable
from sglint.reading.hcl_expressions import read_expression
from sglint.reading.hcl_intact import chunks, is_clean, items, misread, too_deep, whole_items
from sglint.reading.hcl_line_ends import stray_return
from sglint.reading.hcl_outline import AttributeItem, BlockItem, Item, item, outlined
from sglint.reading.hcl_signs import signs
from sglint.reading.hcl_tree import TreeText, comments, in_file, parse
from sglint.reading.syntax import Attribute, Block, Body, Expression, File

if TYPE_CHECKING:
    from tree_sitter import Node


def read_hcl(source: Source) -> File:
    """The syntax of a native HCL file (`.tf`, `.tofu`, `.tfvars`).

    What tree-sitter finds an error in, python-hcl2 decides on: what it accepts is used, and otherwise its diagnosis
    is the file's problem, while the blocks that are intact make up the body.
    """
    if len(source.data) > limits().tokens < signs(source.data):
        hint = raising("tokens", "what it holds is not judged", "it read")
        message = f"is not read: it has more than {limits().tokens} signs and lines"
        raise Unreadable(Problem(whole_file(source.path), message, hint))
    outline = outlined(source.data)
    text = TreeText(outline.data, in_file(source.path))
    problems: list[Problem] = []
    if outline.items is not None:
        body = _body(outline.items, text, text.whole())
    else:
        body = _read_unsound(source, outline.root, text, problems)
    if b"\r" in source.data:
        problems.extend(stray_return(outline.root, text))
    return File(source.path, body, tuple(sorted(problems)), lambda: comments(outline.root, text))


def _read_unsound(source: Source, root: Node, text: TreeText, problems: list[Problem]) -> Body:
    misreadings = misread(root, text)
    if is_clean(root) and not misreadings:
        return _body(_shallow(items(root), text, problems), text, text.whole())
    return _read_broken(source, root, text, misreadings, problems)


def _read_broken(
    source: Source, root: Node, text: TreeText, misreadings: list[Problem], problems: list[Problem]
) -> Body:
    """What can be had of a file with errors. Only the chunks that hold one are left to python-hcl2, which is slow."""
    from sglint.reading.hcl_strict import read_strictly

    bodies: list[Body] = []
    unread = set(range(text.data.count(b"\n") + 1))
    failed = False
    for row, data in chunks(text):
        part, part_text = parse(data).root_node, TreeText(data, text.rows_from(row))
        try:
            if is_clean(part) and not misread(part, part_text):
                bodies.append(_body(_shallow(items(part), part_text, problems), part_text, part_text.whole()))
            elif too_deep(part, part_text):
                problems.append(Problem(part_text.whole(), _TOO_DEEP))
            else:
                bodies.append(read_strictly(data.decode(), text.rows_from(row)))
            unread.difference_update(range(row, row + data.count(b"\n") + 1))
        except Unreadable:
            failed = True
    if failed:
        try:
            return read_strictly(source.text, in_file(source.path))
        except Unreadable as error:
            problems.append(min([error.problem, *misreadings]))
        whole = whole_items(root, {problem.location.line - 1 for problem in misreadings})
        intact = [node for node in whole if node.start_point.row in unread]
        bodies.append(_body(_shallow(intact, text, problems), text, text.whole()))
    blocks = sorted((block for body in bodies for block in body.blocks), key=lambda block: block.extent)
    attributes = {name: attribute for body in bodies for name, attribute in body.attributes.items()}
    return Body(attributes, tuple(blocks), text.whole())


_TOO_DEEP = "nests too deeply to be read"


def _shallow(nodes: Iterable[Node], text: TreeText, problems: list[Problem]) -> Iterator[Item]:
    """The items that do not nest too deeply; the others become problems."""
    for node in nodes:
        if too_deep(node, text):
            problems.append(Problem(text.location(node.children[0]), _TOO_DEEP))
        else:
            yield item(node, text)


def _body(found: Iterable[Item], text: TreeText, extent: Location) -> Body:
    attributes: dict[str, Attribute] = {}
    blocks: list[Block] = []
    for each in found:
        if isinstance(each, BlockItem):
            blocks.append(_Block(each, text))
        elif each.name not in attributes:
            attributes[each.name] = _Attribute(each, text)
    return Body(attributes, tuple(blocks), extent)


class _Attribute(Attribute):
    """One that is read from a tree."""

    __slots__ = ("_item", "_text")

    def __init__(self, item: AttributeItem, text: TreeText) -> None:
        self.name = item.name
        self._item = item
        self._text = text
        self._location = None
        self._expression = None

    def _find_location(self) -> Location:
        return self._text.span(self._item.start, self._item.end)

    def _read_expression(self) -> Expression:
        return read_expression(self._item.expression, self._text)


class _Block(Block):
    """One that is read from a tree."""

    __slots__ = ("_item", "_text")

    def __init__(self, item: BlockItem, text: TreeText) -> None:
        self.type = item.type
        self.labels = item.labels
        self._item = item
        self._text = text
        self._location = self._extent = self._body = None

    def _find_location(self) -> Location:
        return self._text.span(self._item.start, self._item.header_end)

    def _find_extent(self) -> Location:
        return self._text.span(self._item.start, self._item.end)

    def _read_body(self) -> Body:
        extent = self._text.span(self._item.opening, self._item.end)
        return _body(self._item.items(self._text), self._text, extent)

    def declares(self, name: str) -> bool:
        return any(type(each) is AttributeItem and each.name == name for each in self._item.items(self._text))
