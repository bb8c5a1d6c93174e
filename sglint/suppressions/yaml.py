"""Comments of YAML templates, and the smallest part of a template that a suppression can stand on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from sglint.model.location import Location
from sglint.reading.document import Mapping, Node, Scalar, Sequence, scalars
from sglint.reading.files import Source
from sglint.reading.syntax import Comment
from sglint.suppressions.on_line import OnLine, span
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
    for places in written.values():
        places.sort()
    for number, text in enumerate(source.text.split("\n"), 1):
        text = text.rstrip("\r")
        for match in _SIGN.finditer(text) if "#" in text else ():
            column = match.start() + 1
            if _is_within(written.get(number, []), (number, column)):
                continue
            place = Location(source.path, number, column, number, len(text) + 1)
            yield Comment(text[match.end() :].strip(), place)
            break


class Regions:
    """The regions of one template."""

    def __init__(self, document: Node) -> None:
        self._sections = document.entries if isinstance(document, Mapping) else ()
        self._on_line = OnLine()

    def on(self, line: int) -> Region | None:
        """What stands on a line: a rule or statement, else its resource, else a declaration (a parameter, say)."""
        for section, content in self._sections:
            for key, body in self._on_line.of(content.entries, line, _entry) if isinstance(content, Mapping) else ():
                whole = _entry((key, body))
                if section.text == "Resources":
                    return self._rule(body, line) or Region(whole)
                return Region(whole, is_followed=True)
        return None

    def _rule(self, body: Node, line: int) -> Region | None:
        properties = body.get("Properties") if isinstance(body, Mapping) else None
        if not isinstance(properties, Mapping):
            return None
        listed = (node for name in _LISTS if (node := properties.get(name)) is not None)
        return next((found for node in listed if (found := self._smallest(node, line)) is not None), None)

    def _smallest(self, node: Node, line: int) -> Region | None:
        """The innermost item of a list on a line that is a mapping. `Fn::If` keeps lists within lists."""
        if isinstance(node, Mapping):
            values = (value for _, value in self._on_line.of(node.entries, line, lambda entry: entry[1].location))
            return next((found for value in values if (found := self._smallest(value, line)) is not None), None)
        items = node.items if isinstance(node, Sequence) else ()
        for item in self._on_line.of(items, line, lambda item: item.location):
            inner = self._smallest(item, line)
            if inner is not None or isinstance(item, Mapping):
                return inner or Region(item.location)
        return None


def _entry(entry: tuple[Scalar, Node]) -> Location:
    key, value = entry
    return span(key.location, value.location)


def _is_within(places: list[Location], at: tuple[int, int]) -> bool:
    """Whether one of the places of scalars, which come in order and share nothing, holds a line and column."""
    before = bisect_right(places, at, key=lambda place: (place.line, place.column))
    return before > 0 and at < (places[before - 1].end_line, places[before - 1].end_column)
