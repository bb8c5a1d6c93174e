"""HCL read strictly by python-hcl2: the second opinion on files that tree-sitter's grammar stumbles over.

Its lark tree is converted to the very nodes that the tree-sitter reader makes. python-hcl2 keeps heredocs as one
token, so their inside is parsed by tree-sitter in both readers. It takes line breaks in quoted strings, unknown
escapes and unbalanced directives, which Terraform refuses; so does this reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from sglint.model.location import Location, Problem
from sglint.reading.files import Unreadable
from sglint.reading.hcl_expressions import whole_expression
from sglint.reading.hcl_literals import number, quoted_text
from sglint.reading.hcl_strict_problems import problem_of
from sglint.reading.hcl_templates import Keyword, Piece, Sequence, Text, Unbalanced, assemble
from sglint.reading.hcl_traversals import Step, StepKind, traverse
from sglint.reading.hcl_tree import Place
from sglint.reading.syntax import (
    Attribute,
    BinaryOp,
    Block,
    Body,
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
    from lark import Token, Tree
    from typing_extensions import TypeIs

    Part: TypeAlias = Tree[Token] | Token

_OPERATORS = {
    "PLUS": "+",
    "MINUS": "-",
    "ASTERISK": "*",
    "SLASH": "/",
    "PERCENT": "%",
    "DOUBLE_EQ": "==",
    "NEQ": "!=",
    "LT": "<",
    "LEQ": "<=",
    "GT": ">",
    "GEQ": ">=",
    "DOUBLE_AMP": "&&",
    "DOUBLE_PIPE": "||",
    "NOT": "!",
}
_DIRECTIVES = {
    "template_if_start": Keyword.IF,
    "template_else": Keyword.ELSE,
    "template_endif": Keyword.ENDIF,
    "template_for_start": Keyword.FOR,
    "template_endfor": Keyword.ENDFOR,
}
_STEPS = ("index_expr_term", "get_attr_expr_term", "attr_splat_expr_term", "full_splat_expr_term")
_BAD_ESCAPE = re.compile(r"""\\(?:[nrt"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})|(?P<bad>\\.?)""")


def read_strictly(text: str, place: Place) -> Body:
    """The body that is a text of HCL. Raises Unreadable with python-hcl2's diagnosis."""
    from hcl2.api import parses_to_tree
    from lark.exceptions import UnexpectedInput

    try:
        tree = parses_to_tree(text)
        last = text.rpartition("\n")[2]
        return _Reader(text, place).body(tree.children[0], place(0, 0, text.count("\n"), len(last)))
    except UnexpectedInput as error:
        raise Unreadable(problem_of(error, text, place)) from None
    except Unbalanced as error:
        raise Unreadable(Problem(error.location, str(error))) from None
    except RecursionError:
        raise Unreadable(Problem(place(0, 0, 0, 0), "nests too deeply to be read")) from None


class _Reader:
    def __init__(self, text: str, place: Place) -> None:
        self._text = text
        self._place = place

    def body(self, tree: Part, extent: Location) -> Body:
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        for child in _parts(tree):
            if _kind(child) == "attribute":
                attribute = self._attribute(child)
                attributes.setdefault(attribute.name, attribute)
            else:
                blocks.append(self._block(child))
        return Body(attributes, tuple(blocks), extent)

    def _attribute(self, tree: Part) -> Attribute:
        name, _, value = _parts(tree)
        expression = self.expression(value)
        return Attribute(_word(name), self._location(name), expression)

    def _block(self, tree: Part) -> Block:
        *header, opening, content, closing = _parts(tree)
        labels = tuple(self._label(part) for part in header[1:])
        body = self.body(content, self._span(opening, closing))
        location = self._span(header[0], header[-1])
        return Block(_word(header[0]), labels, location, self._location(tree), body)

    def _label(self, tree: Part) -> str:
        if _kind(tree) != "string":
            return _word(tree)
        opening, *_, closing = _parts(tree)
        return quoted_text(self._text[_last(opening).end_pos : _first(closing).start_pos])

    def expression(self, tree: Part) -> Expression:
        return _EXPRESSIONS[_kind(tree)](self, tree)

    def _term(self, tree: Part) -> Expression:
        parts = _parts(tree)
        if len(parts) == 3:
            return self.expression(parts[1])
        return self._traversal(tree) if _kind(parts[0]) in _STEPS else self.expression(parts[0])

    def _traversal(self, tree: Part) -> Expression:
        chain: list[Part] = []
        while (parts := _parts(tree)) and _kind(parts[0]) in _STEPS:
            tree, step = _parts(parts[0])
            chain.append(step)
        steps = [found for step in reversed(chain) for found in self._steps(step, tree)]
        return traverse(self._term(tree), steps)

    def _steps(self, tree: Part, operand: Part) -> Iterator[Step]:
        kind, parts = _kind(tree), _parts(tree)
        if kind in ("attr_splat", "full_splat"):
            splat = StepKind.ATTRIBUTE_SPLAT if kind == "attr_splat" else StepKind.FULL_SPLAT
            yield Step(splat, self._span(operand, parts[0]))
            for part in parts[1:]:
                yield from self._steps(part, operand)
        elif kind == "get_attr":
            yield Step(StepKind.ATTRIBUTE, self._span(operand, tree), name=_word(parts[1]))
        elif kind == "short_index":
            key = Literal(number(str(parts[1])), self._location(parts[1]))
            yield Step(StepKind.LEGACY_INDEX, self._span(operand, tree), key=key)
        else:
            yield Step(StepKind.INDEX, self._span(operand, tree), key=self.expression(parts[1]))

    def _number(self, tree: Part) -> Expression:
        location, text = self._location(tree), str(_first(tree))
        if not text.startswith("-"):
            return Literal(number(text), location)
        token = _first(tree)
        digits = self._at(token.line or 1, (token.column or 1) + 1, token.end_line or 1, token.end_column or 1)
        return UnaryOp("-", Literal(number(text[1:]), digits), location)

    def _constant(self, tree: Part) -> Expression:
        return Literal({"TRUE": True, "FALSE": False}.get(_first(tree).type), self._location(tree))

    def _name(self, tree: Part) -> Expression:
        return Name(_word(tree), self._location(tree))

    def _conditional(self, tree: Part) -> Expression:
        condition, _, then, _, otherwise = _parts(tree)
        return ConditionalOp(
            self.expression(condition), self.expression(then), self.expression(otherwise), self._location(tree)
        )

    def _binary(self, tree: Part) -> Expression:
        left, term = _parts(tree)
        operator, right = _parts(term)
        symbol = _OPERATORS[_first(operator).type]
        return BinaryOp(symbol, self.expression(left), self.expression(right), self._location(tree))

    def _unary(self, tree: Part) -> Expression:
        operator, operand = _parts(tree)
        return UnaryOp(_OPERATORS[_first(operator).type], self.expression(operand), self._location(tree))

    def _tuple(self, tree: Part) -> Expression:
        items = tuple(self.expression(part) for part in _parts(tree) if _is_tree(part))
        return TupleCons(items, self._location(tree))

    def _object(self, tree: Part) -> Expression:
        pairs = []
        for element in _parts(tree):
            if _is_tree(element):
                key, _, value = _parts(element)
                pairs.append((self._key(_parts(key)[0]), self.expression(value)))
        return ObjectCons(tuple(pairs), self._location(tree))

    def _key(self, tree: Part) -> Expression:
        inner = _parts(tree)
        if _kind(tree) == "keyword" or (len(inner) == 1 and _kind(inner[0]) in ("identifier", "literal_value")):
            return Literal(_word(tree), self._location(tree))
        return self.expression(tree)

    def _for(self, tree: Part) -> Expression:
        intro, *rest = [part for part in _parts(tree) if _is_tree(part)]
        names = [_word(part) for part in _parts(intro) if _kind(part) == "identifier"]
        collection = next(part for part in _parts(intro) if _is_tree(part) and _kind(part) != "identifier")
        condition = rest.pop() if _kind(rest[-1]) == "for_cond" else None
        return For(
            key=names[0] if len(names) == 2 else None,
            value=names[-1],
            collection=self.expression(collection),
            key_result=self.expression(rest[0]) if len(rest) == 2 else None,
            result=self.expression(rest[-1]),
            condition=self.expression(_parts(condition)[1]) if condition is not None else None,
            grouping=any(_kind(part) == "ELLIPSIS" for part in _parts(tree)),
            location=self._location(tree),
        )

    def _call(self, tree: Part) -> Expression:
        parts = _parts(tree)
        arguments = [part for tree in parts if _kind(tree) == "arguments" for part in _parts(tree)]
        return Call(
            name="::".join(_word(part) for part in parts if _kind(part) == "identifier"),
            arguments=tuple(self.expression(part) for part in arguments if _is_tree(part)),
            expand_final=any(_kind(part) == "ELLIPSIS" for part in arguments),
            location=self._location(tree),
        )

    def _string(self, tree: Part) -> Expression:
        opening, *parts, closing = _parts(tree)
        pieces: list[Piece] = []
        before = _last(opening)
        for part in parts:
            inner = _parts(part)[0]
            if _is_tree(inner):
                pieces += self._between(before, _first(inner))
                pieces.append(self._sequence(inner))
                before = _last(inner)
        pieces += self._between(before, _first(closing))
        return assemble(pieces, self._location(tree))

    def _between(self, before: Token, after: Token) -> list[Piece]:
        """The text between two tokens of a quoted template, checked for what Terraform would not have in one."""
        start, end = before.end_pos or 0, after.start_pos or 0
        raw = self._text[start:end]
        if not raw:
            return []
        line, column = before.end_line or 1, before.end_column or 1
        if "\n" in raw:
            column += raw.index("\n")
            place = self._at(line, column, line, column)
            raise Unreadable(Problem(place, "expected '\"' to close the string, found the end of the line"))
        for match in _BAD_ESCAPE.finditer(raw):
            if match["bad"]:
                place = self._at(line, column + match.start(), line, column + match.end())
                raise Unreadable(Problem(place, f"expected an escape that HCL knows, found '{match['bad']}'"))
        return [Text([quoted_text(raw)], self._at(line, column, line, column + len(raw)))]

    def _sequence(self, tree: Part) -> Sequence:
        parts = _parts(tree)
        names = [_word(part) for part in parts if _kind(part) == "identifier"]
        expression = next((part for part in parts if _is_tree(part) and _kind(part) != "identifier"), None)
        return Sequence(
            location=self._location(tree),
            strips_before=_kind(parts[1]) == "STRIP_MARKER",
            strips_after=_kind(parts[-2]) == "STRIP_MARKER",
            keyword=_DIRECTIVES.get(_kind(tree)),
            expression=None if expression is None else self.expression(expression),
            key=names[0] if len(names) == 2 else None,
            value=names[-1] if names else "",
        )

    def _escaped_string(self, tree: Part) -> Expression:
        r"""`\"text\"`, which python-hcl2 takes for a string inside a sequence of a quoted template."""
        return Literal(quoted_text(str(_first(tree))[2:-2]), self._location(tree))

    def _heredoc(self, tree: Part) -> Expression:
        token = _first(tree)
        row, column = (token.line or 1) - 1, (token.column or 1) - 1

        def place(line: int, start: int, end_line: int, end: int) -> Location:
            start += 0 if line else column
            end += 0 if end_line else column
            return self._at(row + line + 1, start + 1, row + end_line + 1, end + 1)

        expression = whole_expression(str(token), place)
        if expression is None:
            raise Unreadable(
                Problem(self._location(tree), "expected a template in this heredoc, found broken sequences")
            )
        return expression

    def _location(self, part: Part) -> Location:
        return self._span(part, part)

    def _span(self, first: Part, last: Part) -> Location:
        start, end = _first(first), _last(last)
        end_line, end_column = end.end_line or 1, end.end_column or 1
        if end.type.startswith("HEREDOC_"):  # the token takes the line break after the closing marker along
            end_line -= 1
            end_column = len(end.rstrip("\r\n").rpartition("\n")[2]) + 1
        return self._at(start.line or 1, start.column or 1, end_line, end_column)

    def _at(self, line: int, column: int, end_line: int, end_column: int) -> Location:
        return self._place(line - 1, column - 1, end_line - 1, end_column - 1)


_EXPRESSIONS: dict[str, Callable[[_Reader, Part], Expression]] = {
    "expr_term": _Reader._term,
    "conditional": _Reader._conditional,
    "binary_op": _Reader._binary,
    "unary_op": _Reader._unary,
    "int_lit": _Reader._number,
    "float_lit": _Reader._number,
    "literal_value": _Reader._constant,
    "identifier": _Reader._name,
    "string": _Reader._string,
    "template_string": _Reader._escaped_string,
    "heredoc_template": _Reader._heredoc,
    "heredoc_template_trim": _Reader._heredoc,
    "tuple": _Reader._tuple,
    "object": _Reader._object,
    "function_call": _Reader._call,
    "for_tuple_expr": _Reader._for,
    "for_object_expr": _Reader._for,
}


def _kind(part: Part) -> str:
    return str(part.data) if _is_tree(part) else part.type


def _is_tree(part: Part) -> TypeIs[Tree[Token]]:
    return hasattr(part, "children")


def _parts(part: Part) -> list[Part]:
    """What a tree holds besides line breaks and comments."""
    if not _is_tree(part):
        return []
    return [child for child in part.children if not (_is_tree(child) and child.data == "new_line_or_comment")]


def _first(part: Part) -> Token:
    while _is_tree(part):
        part = _parts(part)[0]
    return part


def _last(part: Part) -> Token:
    while _is_tree(part):
        part = _parts(part)[-1]
    return part


def _word(part: Part) -> str:
    """An identifier's text, or that of a keyword in the place of one."""
    return str(_first(part))
