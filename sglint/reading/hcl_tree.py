"""tree-sitter's trees for HCL, and the way from their byte positions to locations."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from sglint.model.location import Location
from sglint.reading.syntax import Comment

if TYPE_CHECKING:
    from tree_sitter import Language, Node, Parser, Point, Query, Tree

Place: TypeAlias = Callable[[int, int, int, int], Location]
"""From (row, column, end row, end column), counted from 0 and in code points, to a location."""


@cache
def _language() -> Language:
    import tree_sitter_hcl
    from tree_sitter import Language

    return Language(tree_sitter_hcl.language())


@cache
def _parser() -> Parser:
    from tree_sitter import Parser

    return Parser(_language())


def parse(data: bytes) -> Tree:
    """The tree of a file's text, errors and all. A heredoc at the very end needs the newline that may be missing."""
    return _parser().parse(data if data.endswith(b"\n") else data + b"\n")


def in_file(path: str) -> Place:
    """Places of a text that is a whole file."""
    return lambda row, column, end_row, end_column: Location(path, row + 1, column + 1, end_row + 1, end_column + 1)


@cache
def _comment_query() -> Query:
    from tree_sitter import Query

    return Query(_language(), "(comment) @comment")


def comments(root: Node, text: TreeText) -> tuple[Comment, ...]:
    """The comments in a tree, in order."""
    return tuple(_comment(node, text) for node in comment_nodes(root))


def comment_nodes(root: Node) -> list[Node]:
    """The nodes of the comments in a tree, in order."""
    from tree_sitter import QueryCursor

    nodes = QueryCursor(_comment_query()).captures(root).get("comment", [])
    return sorted(nodes, key=lambda node: node.start_byte)


def _comment(node: Node, text: TreeText) -> Comment:
    written, end = text.of(node), node.end_point
    if written.endswith("\r"):
        end = type(end)(end.row, end.column - 1)
    return Comment(_inside(written), text.span(node.start_point, end))


def _inside(comment: str) -> str:
    if comment.startswith("#"):
        return comment[1:].strip()
    return (comment[2:-2] if comment.startswith("/*") else comment[2:]).strip()


class TreeText:
    """The text that a tree was parsed from."""

    __slots__ = ("data", "_is_ascii", "_lines", "_place")

    def __init__(self, data: bytes, place: Place) -> None:
        self.data = data
        self._is_ascii = data.isascii()
        self._lines: list[bytes] = []
        self._place = place

    def of(self, node: Node) -> str:
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def location(self, node: Node) -> Location:
        return self.span(node.start_point, node.end_point)

    def span(self, start: Point, end: Point) -> Location:
        row, column = start
        end_row, end_column = end
        if self._is_ascii:
            return self._place(row, column, end_row, end_column)
        return self._place(row, self._code_points(row, column), end_row, self._code_points(end_row, end_column))

    def whole(self) -> Location:
        """The whole text, from its first character to its last."""
        last = self.data.rpartition(b"\n")[2]
        return self._place(0, 0, self.data.count(b"\n"), len(last.decode("utf-8", "replace")))

    def within(self, start: Point) -> Place:
        """Places of a stretch of this text that starts at `start`."""
        base_row, base_column = start.row, self._code_points(start.row, start.column)

        def place(row: int, column: int, end_row: int, end_column: int) -> Location:
            column += 0 if row else base_column
            end_column += 0 if end_row else base_column
            return self._place(base_row + row, column, base_row + end_row, end_column)

        return place

    def rows_from(self, base_row: int) -> Place:
        """Places of a stretch of this text that starts with the row `base_row`."""
        return lambda row, column, end_row, end_column: self._place(
            base_row + row, column, base_row + end_row, end_column
        )

    def _code_points(self, row: int, column: int) -> int:
        if self._is_ascii:
            return column
        if not self._lines:
            self._lines = self.data.split(b"\n")
        before = self._lines[row][:column]
        return column if before.isascii() else len(before.decode("utf-8", "replace"))
