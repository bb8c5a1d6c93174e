"""Expressions out of tree-sitter's tree for HCL.

Where the grammar groups otherwise than HashiCorp's parser, the grouping is put right here: chained conditionals
(the grammar takes them from the left), the scope of splats, and `$$${`, which opens no interpolation. Whitespace is
no node in this tree, so the text of templates is taken from between the nodes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sglint.model.record import frozen
from sglint.reading.hcl_intact import misread
from sglint.reading.hcl_literals import number, quoted_text, unquoted_text
from sglint.reading.hcl_templates import Keyword, Piece, Sequence, Text, assemble
from sglint.reading.hcl_traversals import Step, StepKind, traverse
from sglint.reading.hcl_tree import Place, TreeText, parse
from sglint.reading.syntax import (
    BinaryOp,
    Call,
    ConditionalOp,
    Expression,
    For,
    Literal,
    Name,
    ObjectCons,
    TupleCons,
    UnaryOp,
)

if TYPE_CHECKING:
    from tree_sitter import Node, Point


def read_expression(node: Node, text: TreeText) -> Expression:
    """The expression at an `expression` node that holds no error."""
    return _Reader(text).expression(node)


_DIRECTIVES = {
    "template_if_intro": Keyword.IF,
    "template_else_intro": Keyword.ELSE,
    "template_if_end": Keyword.ENDIF,
    "template_for_start": Keyword.FOR,
    "template_for_end": Keyword.ENDFOR,
}


def whole_expression(text: str, place: Place) -> Expression | None:
    """An expression standing alone; None when it does not parse. May raise Unbalanced."""
    data = f"_=\n{text}\n".encode()
    root = parse(data).root_node
    shifted_text = TreeText(data, _rows_down(place))
    if root.has_error or misread(root, shifted_text):
        return None
    return read_expression(root.children[0].children[0].children[2], shifted_text)


def bare_template(text: str, place: Place) -> Expression | None:
    """A template that is no heredoc and stands in no quotes; None when it does not parse. May raise Unbalanced."""
    pieces = _bare_pieces(text, place)
    end = text.count("\n")
    return None if pieces is None else assemble(pieces, place(0, 0, end, len(text) - text.rfind("\n") - 1))


def _bare_pieces(text: str, place: Place) -> list[Piece] | None:
    """A heredoc's text is what a bare template is, so it is parsed as one."""
    marker = "EOT"
    while marker in text:
        marker += "_"
    opening = f"_=<<{marker}\n"
    data = f"{opening}{text}\n{marker}\n".encode()
    root = parse(data).root_node
    shifted_text = TreeText(data, _rows_down(place))
    if root.has_error or misread(root, shifted_text):
        return None
    heredoc = root.children[0].children[0].children[2].children[0].children[0]
    _, _, *content, closing = heredoc.children
    point = type(closing.start_point)
    start, end = len(opening), closing.start_byte - 1
    last = data.rfind(b"\n", 0, end) + 1
    region = _Region(start, point(1, 0), end, point(closing.start_point.row - 1, end - last))
    return _Reader(shifted_text).pieces(content, region)


def _rows_down(place: Place) -> Place:
    """Places of a text that has had a row put before it to make a file of it."""
    return lambda row, column, end_row, end_column: place(row - 1, column, end_row - 1, end_column)


class _Reader:
    __slots__ = ("_text",)

    def __init__(self, text: TreeText) -> None:
        self._text = text

    def expression(self, node: Node) -> Expression:
        children = _children(node)
        if len(children) == 1:
            return self._term(children[0])
        return self._operand(children)

    def _operand(self, nodes: list[Node]) -> Expression:
        """A term, perhaps in parentheses, and the steps after it."""
        first = nodes[0]
        if first.type == "(":
            operand, steps = self.expression(nodes[1]), nodes[3:]
        else:
            operand, steps = self._term(first), nodes[1:]
        if not steps:
            return operand
        return traverse(operand, [step for node in steps for step in self._steps(node, first)])

    def _steps(self, node: Node, first: Node) -> list[Step]:
        location = self._text.span(first.start_point, node.end_point)
        if node.type == "get_attr":
            return [Step(StepKind.ATTRIBUTE, location, name=self._text.of(_named(node)[0]))]
        inner = _children(node)[0]
        if node.type == "index":
            if inner.type == "legacy_index":
                return [Step(StepKind.LEGACY_INDEX, location, key=self._legacy_key(inner))]
            return [Step(StepKind.INDEX, location, key=self.expression(_named(inner)[0]))]
        marker, *rest = _children(inner)
        kind = StepKind.FULL_SPLAT if inner.type == "full_splat" else StepKind.ATTRIBUTE_SPLAT
        steps = [Step(kind, self._text.span(first.start_point, marker.end_point))]
        for child in rest:
            steps += self._steps(child, first)
        return steps

    def _legacy_key(self, node: Node) -> Literal:
        digits = self._text.data[node.start_byte : node.end_byte].lstrip(b". \t\r\n")
        row, column = node.end_point
        start = type(node.end_point)(row, column - len(digits))
        return Literal(number(digits.decode()), self._text.span(start, node.end_point))

    def _term(self, node: Node) -> Expression:
        return _TERMS[node.type](self, node)

    def _literal(self, node: Node) -> Expression:
        location = self._text.location(node)
        kind = node.children[0].type
        if kind == "string_lit":
            return Literal(self._string(node), location)
        text = self._text.of(node)
        if kind == "numeric_lit":
            return Literal(number(text), location)
        return Literal({"true": True, "false": False}.get(text), location)

    def _string(self, node: Node) -> str:
        """The text of a quoted string without sequences."""
        return quoted_text(self._text.data[node.start_byte + 1 : node.end_byte - 1].decode())

    def _variable(self, node: Node) -> Expression:
        return Name(self._text.of(node), self._text.location(node))

    def _operation(self, node: Node) -> Expression:
        operation = node.children[0]
        children = _children(operation)
        location = self._text.location(operation)
        if operation.type == "unary_operation":
            return UnaryOp(children[0].type, self._operand(children[1:]), location)
        at = next(i for i, child in enumerate(children) if child.type in _BINARY_OPERATORS)
        left, right = self._operand(children[:at]), self._operand(children[at + 1 :])
        return BinaryOp(children[at].type, left, right, location)

    def _conditional(self, node: Node) -> Expression:
        """`a ? b : c ? d : e` is `a ? b : (c ? d : e)`, but the tree has `(a ? b : c) ? d : e`."""
        branches: list[tuple[Node, Node]] = []
        while True:
            condition, then, otherwise = _named(node)
            branches.append((then, otherwise))
            inner = _children(condition)
            if len(inner) != 1 or inner[0].type != "conditional":
                break
            node = inner[0]
        conditions = [condition, *(otherwise for _, otherwise in reversed(branches))]
        result = self.expression(conditions.pop())
        end = branches[0][1].end_point
        for then, _ in branches:
            condition = conditions.pop()
            location = self._text.span(condition.start_point, end)
            result = ConditionalOp(self.expression(condition), self.expression(then), result, location)
        return result

    def _collection(self, node: Node) -> Expression:
        collection = node.children[0]
        location = self._text.location(node)
        if collection.type == "tuple":
            items = tuple(self.expression(child) for child in collection.children if child.type == "expression")
            return TupleCons(items, location)
        pairs = []
        for element in collection.children:
            if element.type == "object_elem":
                key, value = (child for child in element.children if child.type == "expression")
                pairs.append((self._key(key), self.expression(value)))
        return ObjectCons(tuple(pairs), location)

    def _key(self, node: Node) -> Expression:
        children = _children(node)
        if len(children) == 1:
            kind = children[0].type
            if kind == "variable_expr" or (
                kind == "literal_value" and children[0].children[0].type in ("bool_lit", "null_lit")
            ):
                return Literal(self._text.of(node), self._text.location(node))
        return self.expression(node)

    def _for(self, node: Node) -> Expression:
        inner = node.children[0]
        intro, *rest = _named(inner)[1:-1]
        names, collection = self._intro(intro)
        results = [self.expression(child) for child in rest if child.type == "expression"]
        condition = next((self.expression(_named(child)[0]) for child in rest if child.type == "for_cond"), None)
        return For(
            key=names[0] if len(names) == 2 else None,
            value=names[-1],
            collection=collection,
            key_result=results[0] if len(results) == 2 else None,
            result=results[-1],
            condition=condition,
            grouping=any(child.type == "ellipsis" for child in rest),
            location=self._text.location(node),
        )

    def _intro(self, node: Node) -> tuple[list[str], Expression]:
        named = _named(node)
        names = [self._text.of(child) for child in named if child.type == "identifier"]
        collection = next(child for child in named if child.type == "expression")
        return names, self.expression(collection)

    def _call(self, node: Node) -> Expression:
        named = _named(node)
        arguments = _named(named[1]) if len(named) > 1 else []
        return Call(
            name=self._text.of(named[0]),
            arguments=tuple(self.expression(child) for child in arguments if child.type == "expression"),
            expand_final=bool(arguments) and arguments[-1].type == "ellipsis",
            location=self._text.location(node),
        )

    def _template(self, node: Node) -> Expression:
        template = node.children[0]
        location = self._text.location(template)
        if template.type == "quoted_template":
            opening, *content, closing = template.children
            region = _Region(opening.end_byte, opening.end_point, closing.start_byte, closing.start_point)
            return assemble(self.pieces(content, region, quoted_text), location)
        kind, opening, *content, closing = _children(template)
        return assemble(
            self.pieces(content, self._heredoc_body(opening, closing)),
            location,
            flush=self._text.of(kind) == "<<-",
        )

    def _heredoc_body(self, opening: Node, closing: Node) -> _Region:
        """From the line after the opening marker to the start of the closing marker's line."""
        row, column = closing.start_point
        start = self._text.data.index(b"\n", opening.end_byte) + 1
        point = type(closing.start_point)
        return _Region(start, point(opening.end_point.row + 1, 0), closing.start_byte - column, point(row, 0))

    def pieces(self, content: list[Node], region: _Region, unescape: Callable[[str], str] | None = None) -> list[Piece]:
        """The sequences among `content`, and the text between them. `unescape` is for quoted templates."""
        pieces: list[Piece] = []
        at, point = region.start, region.start_point
        for node in _sequences(content):
            if node.start_byte > at and self._text.data[node.start_byte - 1] == self._text.data[node.start_byte]:
                continue  # `$$${` is a dollar and an escaped `${`, whatever the tree says
            pieces += self._gap(_Region(at, point, node.start_byte, node.start_point), unescape)
            pieces.append(self._sequence(node))
            at, point = node.end_byte, node.end_point
        return pieces + self._gap(_Region(at, point, region.end, region.end_point), unescape)

    def _gap(self, region: _Region, unescape: Callable[[str], str] | None) -> list[Piece]:
        if region.start == region.end:
            return []
        raw = self._text.data[region.start : region.end].decode()
        location = self._text.span(region.start_point, region.end_point)
        if unescape is not None:
            return [Text([unescape(raw)], location)]
        if re.search(_UNREAD_SEQUENCE, raw):
            return _bare_pieces(raw, self._text.within(region.start_point)) or [Text([raw], location)]
        lines = unquoted_text(raw).split("\n")
        last = lines.pop()
        return [Text([line + "\n" for line in lines] + ([last] if last else []), location)]

    def _sequence(self, node: Node) -> Sequence:
        children = _children(node)
        keyword = _DIRECTIVES.get(node.type)
        names = [self._text.of(child) for child in children if child.type == "identifier"]
        expression = next((child for child in children if child.type == "expression"), None)
        return Sequence(
            location=self._text.location(node),
            strips_before=children[1].type == "strip_marker",
            strips_after=children[-2].type == "strip_marker",
            keyword=keyword,
            expression=None if expression is None else self.expression(expression),
            key=names[0] if len(names) == 2 else None,
            value=names[-1] if names else "",
        )


@frozen
class _Region:
    start: int
    start_point: Point
    end: int
    end_point: Point


# tree-sitter's scanner takes `EOT${x}` for text when EOT is what closes the heredoc.
_UNREAD_SEQUENCE = r"(?<!\$)\$\{|(?<!%)%\{"


def _sequences(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.type == "template_interpolation" or node.type in _DIRECTIVES:
            yield node
        elif node.type in ("template_directive", "template_if", "template_for"):
            yield from _sequences(node.children)


_BINARY_OPERATORS = frozenset(["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||"])

_TERMS: dict[str, Callable[[_Reader, Node], Expression]] = {
    "literal_value": _Reader._literal,
    "template_expr": _Reader._template,
    "collection_value": _Reader._collection,
    "variable_expr": _Reader._variable,
    "function_call": _Reader._call,
    "for_expr": _Reader._for,
    "operation": _Reader._operation,
    "conditional": _Reader._conditional,
}


def _children(node: Node) -> list[Node]:
    return [child for child in node.children if child.type != "comment"]


def _named(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type != "comment"]
