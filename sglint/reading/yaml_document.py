"""YAML as located documents, from libyaml's event stream.

Events rather than PyYAML's `compose`: they take half the time, and a loop over them has no recursion to run out of.
Plain scalars are resolved by YAML 1.1, which is what CloudFormation reads. PyYAML's events are untyped, hence `Any`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

import yaml

from sglint.model.limits import limits, raising
from sglint.model.location import Location, Problem
from sglint.model.record import field, mutable
from sglint.reading.document import Mapping, Node, Scalar, Sequence, too_many_nodes
from sglint.reading.files import Source, Unreadable
from sglint.reading.yaml_problems import problem_of
from sglint.reading.yaml_scalars import resolve, typed

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STANDARD = "tag:yaml.org,2002:"
# libyaml takes these for line breaks as well; editors, and the excerpts in reports, do not.
_OTHER_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")


def read_yaml(source: Source) -> tuple[Node, Location | None]:
    """The first document of a YAML file, and where another one starts, if any. An empty file is a null Scalar.

    Raises Unreadable for what YAML does not allow, aliases to a node that encloses them, keys that are no scalars,
    and nesting or repetition by aliases beyond the limits. So whoever walks a document meets few times what was read.
    """
    try:
        loader = _LOADER(source.data)
        try:
            return _Builder(source).read(iter(loader.get_event, None))
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise Unreadable(problem_of(error, source)) from None


@mutable
class _Open:
    """A collection whose end is yet to come. A mapping's items are keys and values in turn."""

    event: Any
    items: list[Node] = field(default_factory=list)
    size: int = 1
    """How many nodes it comes to, those that aliases repeat included."""


class _Builder:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._path = source.path
        self._length = len(source.text)
        self._anchors: dict[str, Node | None] = {}
        self._sizes: dict[str, int] = {}
        """How many nodes come with an anchor, where that is a collection."""
        self._repeated = 0
        self._end: Any = None
        self._lines: list[str] = []
        self._breaks: list[int] | None = None
        """Where lines start, where libyaml sees more line ends than `\\n`."""
        if _OTHER_BREAKS.search(source.text):
            self._breaks = [match.end() for match in re.finditer("\n", source.text)]

    def read(self, events: Iterator[Any]) -> tuple[Node, Location | None]:
        root: Node | None = None
        open_: list[_Open] = []
        most = limits().document_depth
        left = limits().nodes
        for event in events:
            kind = type(event)
            left -= 1
            if left < 0:
                raise Unreadable(too_many_nodes(self._location(event.start_mark, event.end_mark)))
            node: Node
            size = 1
            if kind is yaml.ScalarEvent:
                node = self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if len(open_) == most:
                    raise self._unreadable(event, f"nests deeper than {most} levels")
                if event.anchor is not None:
                    self._anchors[event.anchor] = None
                open_.append(_Open(event))
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                size = open_[-1].size
                node = self._collection(open_.pop(), event)
            elif kind is yaml.AliasEvent:
                node = self._alias(event)
                size = self._sizes.get(event.anchor, 1)
                self._repeat(size, event)
            elif kind is yaml.DocumentEndEvent:
                break
            else:
                continue
            if open_:
                open_[-1].items.append(node)
                open_[-1].size += size
            else:
                root = node
        if root is None:
            return Scalar(None, "", Location(self._source.path, 1, 1, 1, 1)), None
        return root, self._following(events)

    def _following(self, events: Iterator[Any]) -> Location | None:
        """Where another document starts. An empty one after a last `---` is none."""
        for event in events:
            if type(event) is yaml.DocumentStartEvent:
                place = self._location(event.start_mark, event.end_mark)
                try:
                    first = next(events)
                except yaml.YAMLError:
                    return place
                if not (type(first) is yaml.ScalarEvent and first.implicit[0] and not first.value):
                    return place
        return None

    def _scalar(self, event: Any) -> Scalar:
        text = event.value
        tag = event.tag
        short = None
        if event.implicit[0]:
            value = resolve(text)
        elif tag is not None and tag.startswith(_STANDARD):
            value = typed(tag.removeprefix(_STANDARD), text)
        else:
            value, short = text, _short(tag)
        end = self._block_end(event) if event.style in ("|", ">") else None
        self._end = event.end_mark
        node = Scalar(value, text, self._location(event.start_mark, event.end_mark, end), short)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _alias(self, event: Any) -> Node:
        self._end = event.end_mark
        try:
            node = self._anchors[event.anchor]
        except KeyError:
            raise self._unreadable(event, f"the alias *{event.anchor} has no anchor before it") from None
        if node is None:
            raise self._unreadable(event, f"the alias *{event.anchor} stands inside the node that it refers to")
        return node

    def _repeat(self, size: int, event: Any) -> None:
        self._repeated += size
        if self._repeated > limits().values:
            message = f"aliases repeat more than {limits().values} values"
            hint = raising("values", "what the file holds is not judged", "it read")
            raise self._unreadable(event, message, hint)

    def _collection(self, opened: _Open, event: Any) -> Node:
        start = opened.event
        if start.flow_style:
            self._end = event.end_mark
        location = self._location(start.start_mark, self._end)
        tag = _short(start.tag)
        node: Node
        if type(start) is yaml.SequenceStartEvent:
            node = Sequence(tuple(opened.items), location, tag)
        else:
            node = Mapping(self._entries(opened.items), location, tag)
        if start.anchor is not None:
            self._anchors[start.anchor] = node
            self._sizes[start.anchor] = opened.size
        return node

    def _entries(self, items: list[Node]) -> tuple[tuple[Scalar, Node], ...]:
        keys = items[::2]
        if all(type(key) is Scalar and key.text != "<<" for key in keys):
            return tuple(zip(keys, items[1::2], strict=True))  # type: ignore[arg-type]
        merged: dict[str, tuple[Scalar, Node]] = {}
        entries: list[tuple[Scalar, Node]] = []
        pairs = iter(items)
        for key, value in zip(pairs, pairs, strict=True):
            if not isinstance(key, Scalar):
                raise Unreadable(Problem(key.location, "a mapping key must be plain text here, not a collection"))
            if _is_merge(key):
                for mapping in _merged(key, value):
                    for entry in mapping.entries:
                        merged[entry[0].text] = entry
            else:
                entries.append((key, value))
        explicit = {key.text for key, _ in entries}
        return (*(entry for name, entry in merged.items() if name not in explicit), *entries)

    def _location(self, start: Any, end: Any, place: tuple[int, int] | None = None) -> Location:
        if self._breaks is None and place is None and end.index < self._length:
            return Location(self._path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        line, column = self._position(start)
        end_line, end_column = place or self._position(end)
        if place is None and end.index >= self._length:
            # What is left empty there, libyaml puts on a line of its own.
            text = self._source.text
            end_line, end_column = text.count("\n") + 1, len(text) - text.rfind("\n")
            line, column = min((line, column), (end_line, end_column))
        return Location(self._path, line, column, end_line, end_column)

    def _position(self, mark: Any) -> tuple[int, int]:
        if self._breaks is None:
            return mark.line + 1, mark.column + 1
        row = bisect_right(self._breaks, mark.index)
        return row + 1, mark.index - (self._breaks[row - 1] if row else 0) + 1

    def _block_end(self, event: Any) -> tuple[int, int] | None:
        """Where a block scalar's last line of text ends; libyaml's mark is past the blank lines that follow."""
        if not self._lines:
            self._lines = self._source.text.split("\n")
        line, column = self._position(event.end_mark)
        first, _ = self._position(event.start_mark)
        if column > 1 or line == first:
            return None
        line -= 1
        while line > first and not self._lines[line - 1].strip():
            line -= 1
        return line, len(self._lines[line - 1].rstrip("\r")) + 1

    def _unreadable(self, event: Any, message: str, hint: str = "") -> Unreadable:
        return Unreadable(Problem(self._location(event.start_mark, event.end_mark), message, hint))


def _short(tag: str | None) -> str | None:
    """A tag of the document's own without its `!`; None for none, for `!` alone, and for YAML's own tags."""
    if tag is None or tag.startswith(_STANDARD):
        return None
    return tag.removeprefix("!") or None


def _is_merge(key: Scalar) -> bool:
    """Whether this is the plain `<<`: with quotes or a tag it would be longer than its text."""
    place = key.location
    return key.text == "<<" and key.tag is None and place.end_column - place.column == 2


def _merged(key: Scalar, value: Node) -> list[Mapping]:
    """What a merge key brings in, the weakest first."""
    mappings = [value] if isinstance(value, Mapping) else value.items if isinstance(value, Sequence) else ()
    found = [mapping for mapping in mappings if isinstance(mapping, Mapping)]
    if not found or len(found) != len(mappings):
        raise Unreadable(Problem(key.location, "the merge key << takes a mapping or a list of mappings"))
    return found[::-1]
