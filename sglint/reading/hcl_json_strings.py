"""Strings of Terraform's JSON syntax: templates and references, placed within the string as it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sglint.model.location import Location
from sglint.model.record import replace
from sglint.reading.document import Scalar
from sglint.reading.files import Source, Unreadable
from sglint.reading.hcl_standalone import expression_at, template_at
from sglint.reading.hcl_tree import Place
from sglint.reading.syntax import Expression, Literal, Template

_CHARACTER = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.")


def template(string: Scalar, source: Source) -> Expression:
    """A string as the template it is. Raises Unreadable when its sequences are broken."""
    if "${" not in string.text and "%{" not in string.text:
        return Literal(string.text, string.location)
    found = template_at(string.text, _within(string, source))
    return replace(found, location=string.location) if isinstance(found, (Literal, Template)) else found


def reference(string: Scalar, source: Source) -> Expression:
    """A string that holds a reference or a type (`"aws_vpc.main"`, `"list(string)"`); a Literal when it is neither."""
    try:
        return expression_at(string.text, _within(string, source))
    except Unreadable:
        return Literal(string.text, string.location)


def _within(string: Scalar, source: Source) -> Place:
    """Places within the string's text: exact, escapes counted as they are written."""
    location = string.location
    first = location.column + 1
    written = location.end_column - location.column - 2
    columns: Sequence[int] = range(written + 1)
    if written != len(string.text):
        columns = _columns(source.text.split("\n")[location.line - 1][first - 1 : first - 1 + written])
    line_starts = [0, *(match.end() for match in re.finditer("\n", string.text))]

    def place(row: int, column: int, end_row: int, end_column: int) -> Location:
        start, end = columns[line_starts[row] + column], columns[line_starts[end_row] + end_column]
        return Location(location.path, location.line, first + start, location.line, first + end)

    return place


def _columns(raw: str) -> list[int]:
    """Where each character of a string is written, and where the last one ends."""
    return [*(match.start() for match in _CHARACTER.finditer(raw)), len(raw)]
