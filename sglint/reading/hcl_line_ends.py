"""Carriage returns where HCL has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sglint.model.location import Problem
from sglint.reading.hcl_tree import TreeText, comment_nodes

if TYPE_CHECKING:
    from tree_sitter import Node

_STRAY = re.compile(rb"\r(?!\n)")
_HINT = "Terraform ends lines with a line feed, after a carriage return or not: save the file with such line ends"


def stray_return(root: Node, text: TreeText) -> Iterator[Problem]:
    """The first carriage return without a line feed that is in no comment, if any: Terraform rejects the character."""
    if _STRAY.search(text.data) is None:
        return
    comments = [(node.start_byte, node.end_byte) for node in comment_nodes(root)]
    start = 0
    for end, following in (*comments, (len(text.data), 0)):
        found = _STRAY.search(text.data, start, end)
        if found is not None:
            before = text.data[: found.start()]
            row, column = before.count(b"\n"), len(before) - before.rfind(b"\n") - 1
            point = type(root.start_point)
            at = text.span(point(row, column), point(row, column + 1))
            yield Problem(at, "a carriage return without a line feed is no line end", _HINT)
            return
        start = following
