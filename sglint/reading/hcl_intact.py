"""Which parts of tree-sitter's tree can be trusted: what it misread, what nests too deeply, what an error touches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from sglint.model.limits import limits
from sglint.model.location import Problem
from sglint.reading.hcl_tree import TreeText

if TYPE_CHECKING:
    from tree_sitter import Node


_LONGEST_TRAVERSAL = 60
# Steps after an operand are siblings in the tree, but nest in the syntax.
_LONG_TRAVERSAL = rb"(?:\.\s*+[\w*-]++\s*+|\[[^\[\]]*+\]\s*+){%d}" % _LONGEST_TRAVERSAL
_ALL = bytes(range(256))
_BUT_NESTING = _ALL.translate(None, b"([{?!+*/%<>=&|-")
_BUT_BRACKETS = _ALL.translate(None, b"()[]{}")
_BUT_OPERATORS = _ALL.translate(None, b"?!+*/%<>&|-")
_PLAIN_TEXT = rb"""#[^\n]*|//[^\n]*|"(?:[^"\\$%\n]|\$\{[\w.\[\]-]{0,99}\})*+\""""
"""Comments, and quoted text in which at most names and short traversals are interpolated."""
_OTHER_TEXT = (b'"', b"<<", b"/*", b"==")
"""What is left where a text is more than that, or where `=` is an operator."""
_FLAT = 2_000
"""Up to how many signs that may nest the library may write a tree: it recurses as deep as that is, on the C stack."""
_ODD_QUOTES = re.compile(rb"""^[^"\n]*+(?:"[^"\n]*+"[^"\n]*+)*+"[^"\n]*+$""", re.MULTILINE)
"""A line with an odd number of quotes."""
_LEVELS = {**dict.fromkeys(b"([{", 1), **dict.fromkeys(b")]}", -1)}
_ODD = (
    (b"${", rb"\$\{~?\s*~?\}", "template_interpolation", "expected a value between '${' and '}', found nothing"),
    (b"0x", rb"0x\w+", "numeric_lit", "expected a decimal number, found a hexadecimal one"),
    (b"<<", rb"<<-?(?![\w-])", "heredoc_start", "expected a heredoc's marker right after '<<', found none"),
)
"""How each begins, its pattern, the kind of node that it is misread as, and what is wrong with it."""
_HEADER = rb"""[A-Za-z_][\w-]*(?:[ \t]+(?:"[^"]*"|[A-Za-z_][\w-]*))*[ \t]*\{"""
_HEREDOC = rb"<<-?([\w-]+)\s*$"
_QUOTED = frozenset(["string_lit", "quoted_template", "template_literal"])


def misread(root: Node, text: TreeText) -> list[Problem]:
    """What tree-sitter accepts and HCL does not, where it would change the meaning; in order of place."""
    return sorted([*_open_strings(root, text), *_odd_tokens(root, text)])


def _open_strings(root: Node, text: TreeText) -> Iterator[Problem]:
    """Quoted strings that go on beyond their line. Only lines with an odd number of quotes can hold their start."""
    if b'\\"' not in text.data and not _ODD_QUOTES.search(text.data):
        return
    for row, line in enumerate(text.data.split(b"\n")):
        if line.count(b'"') & 1 or b'\\"' in line:
            end = type(root.start_point)(row, len(line))
            node = root.descendant_for_point_range(end, type(end)(row + 1, 0))
            if node is not None and _is_in_quotes(node):
                end = type(end)(row, len(line.rstrip(b"\r")))
                yield Problem(text.span(end, end), "expected '\"' to close the string, found the end of the line")


def _is_in_quotes(node: Node) -> bool:
    if node.type == "template_literal":
        return node.parent is not None and node.parent.type in _QUOTED
    return node.type in _QUOTED


def _odd_tokens(root: Node, text: TreeText) -> Iterator[Problem]:
    for start, pattern, kind, message in _ODD:
        for match in re.finditer(pattern, text.data) if start in text.data else ():
            node = root.descendant_for_byte_range(*match.span())
            if node is not None and kind in (node.type, node.parent and node.parent.type):
                yield Problem(text.location(node), message)


def too_deep(node: Node, text: TreeText) -> bool:
    """Whether an item, or a whole tree, nests deeper than the limit."""
    source = text.data[node.start_byte : node.end_byte]
    most = limits().expression_depth
    nesting = len(source.translate(None, _BUT_NESTING))
    if _steps(source) < _LONGEST_TRAVERSAL and nesting < most // 4:
        return False
    code = re.sub(_PLAIN_TEXT, b"", source)
    if any(mark in code for mark in _OTHER_TEXT):
        code = source
    if _steps(code) >= _LONGEST_TRAVERSAL and re.search(_LONG_TRAVERSAL, code):
        return True
    if code is not source and 2 * _brackets(code) + len(code.translate(None, _BUT_OPERATORS)) < most // 4:
        return False
    if nesting > _FLAT:
        return _depth_exceeds(node, most)
    return _brackets(str(node).encode().translate(None, b"[]{}")) > most


def _steps(source: bytes) -> int:
    """How many steps of traversals there may be."""
    return source.count(b".") + source.count(b"[")


def _brackets(source: bytes) -> int:
    """How deep brackets stand within each other."""
    return max(accumulate(map(_LEVELS.__getitem__, source.translate(None, _BUT_BRACKETS))), default=0)


def _depth_exceeds(node: Node, most: int) -> bool:
    """Whether a tree is deeper than some levels. It is gone through without recursion."""
    cursor = node.walk()
    while True:
        if cursor.depth > most:
            return True
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return False


def is_clean(root: Node) -> bool:
    """Whether a tree has no error. The grammar allows a file to be an object as JSON has it; HCL does not."""
    return not root.has_error and all(child.type in ("body", "comment") for child in root.children)


_ITEMS = frozenset(("attribute", "block"))


def items(root: Node) -> Iterator[Node]:
    """The attributes and blocks that stand directly in a file or in the braces of a block."""
    for body in root.children:
        if body.type == "body":
            yield from (node for node in body.children if node.type in _ITEMS)


def chunks(text: TreeText) -> Iterator[tuple[int, bytes]]:
    """A file cut before each line that starts with a block's header: the first row of each chunk and its bytes.

    Chunks that parse on their own are whole items of the file, unless the file has headers inside a comment.
    """
    lines = text.data.split(b"\n")
    for row, following in pairwise([0, *(row for row in _header_rows(lines) if row), len(lines)]):
        yield row, b"\n".join(lines[row:following])


def whole_items(root: Node, misread_rows: set[int]) -> list[Node]:
    """The attributes and blocks at the top of the error-tolerant tree that no error touches."""
    whole: list[Node] = []
    broken_row = -1
    for node in _flat(root):
        if node.start_point.row == broken_row or (whole and whole[-1].end_point.row == node.start_point.row):
            # What shares a line with something else is a part of it, or cut short by it.
            whole = [item for item in whole if item.end_point.row != node.start_point.row]
            broken_row = node.end_point.row
        elif (
            node.type not in _ITEMS
            or node.has_error
            or not misread_rows.isdisjoint(range(node.start_point.row, node.end_point.row + 1))
        ):
            broken_row = node.end_point.row
            if node.type == "ERROR":
                _forget_before(node, whole)
        else:
            whole.append(node)
    return whole


def _forget_before(error: Node, whole: list[Node]) -> None:
    """An attribute before an error may go on in it; a brace too many may close a block that seemed to end before."""
    while whole and whole[-1].type == "attribute":
        whole.pop()
    if whole and error.children and error.children[0].type in ("}", "block_end", "object_end"):
        whole.pop()


def _flat(root: Node) -> Iterator[Node]:
    if root.type == "config_file":
        for node in root.children:
            yield from (part for part in (node.children if node.type == "body" else [node]) if part.type != "comment")


def _header_rows(lines: list[bytes]) -> Iterator[int]:
    """The lines that start with a block's header, heredocs passed over."""
    row = 0
    while row < len(lines):
        if re.match(_HEADER, lines[row]):
            yield row
        opening = re.search(_HEREDOC, lines[row])
        end = next((i for i in range(row + 1, len(lines)) if lines[i].strip() == opening[1]), row) if opening else row
        row = end + 1
