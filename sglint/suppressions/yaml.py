"""Comments of YAML templates, and the smallest part of a template that a suppression can stand on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sglint.model.location import Location
from sglint.reading.document import Mapping, Node, Scalar, Sequence, scalars
from sglint.reading.files import Source
from sglint.reading.syntax import Comment
from sglint.suppressions.suppression import Region

_LISTS = ("SecurityGroupIngress", "SecurityGroupEgress", "PolicyDocument", "Policies", "InlinePolicy")
"""The properties that hold rules of groups, or statements of IAM policies."""
_SIGN = re.compile(r"(?:^|(?<=[ \t]))#")


def comments(source: Source, document: Node) -> Iterator[Comment]:
    """The comments of the lines that speak to sglint, and those that stand alone.

    libyaml keeps no comments. A `#` starts one at the start of a line or after white space, outside scalars (YAML 1.1,
    section 4.1.1).
    """
    written: dict[int, list[Location]] = {}
    for scalar in scalars(document):
        place = scalar.location
        for line in range(place.line, place.end_line + 1):
            written.setdefault(line, []).append(place)
    for number, text in enumerate(source.text.split("\n"), 1):
        text = text.rstrip("\r")
        for match in _SIGN.finditer(text) if "#" in text else ():
            column = match.start() + 1
            if any(_holds(place, number, column) for place in written.get(number, ())):
                continue
            place = Location(source.path, number, column, number, len(text) + 1)
            yield Comment(text[match.end() :].strip(), place)
            break


def region(document: Node, line: int) -> Region | None:
    """What stands on a line: a rule or statement, else its resource, else a declaration, of a parameter or the like."""
    if not isinstance(document, Mapping):
        return None
    for section, content in document.entries:
        if not isinstance(content, Mapping):
            continue
        for key, body in content.entries:
            whole = _span(key.location, body.location)
            if not whole.line <= line <= whole.end_line:
                continue
            if section.text == "Resources":
                return _rule(body, line) or Region(whole)
            return Region(whole, is_followed=True)
    return None


def _rule(body: Node, line: int) -> Region | None:
    properties = body.get("Properties") if isinstance(body, Mapping) else None
    if not isinstance(properties, Mapping):
        return None
    listed = (properties.get(name) for name in _LISTS)
    return next((found for node in listed if node is not None and (found := _smallest(node, line)) is not None), None)


def _smallest(node: Node, line: int) -> Region | None:
    """The innermost item of a list on a line that is a mapping. `Fn::If` keeps lists within lists."""
    if isinstance(node, Scalar):
        return None
    for part in node.items if isinstance(node, Sequence) else (value for _, value in node.entries):
        if part.location.line <= line <= part.location.end_line:
            inner = _smallest(part, line)
            if inner is not None:
                return inner
            if isinstance(node, Sequence) and isinstance(part, Mapping):
                return Region(part.location)
    return None


def _holds(place: Location, line: int, column: int) -> bool:
    return (place.line, place.column) <= (line, column) < (place.end_line, place.end_column)


def _span(first: Location, last: Location) -> Location:
    return Location(first.path, first.line, first.column, last.end_line, last.end_column)
