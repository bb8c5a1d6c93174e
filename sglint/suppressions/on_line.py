"""The parts of a file on a line, found without a look at each: a file may have as many suppressions as parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sglint.model.interval_index import IntervalIndex
from sglint.model.location import Location

T = TypeVar("T")
_FEW = 16
"""How many parts are looked at one by one."""


class OnLine:
    """Sequences of parts by the lines that they cover. Each is kept as long as this is, so that its identity tells."""

    def __init__(self) -> None:
        self._indexes: dict[int, tuple[object, IntervalIndex]] = {}

    def of(self, parts: Sequence[T], line: int, place: Callable[[T], Location]) -> list[T]:
        """Those that cover a line, in their order."""
        if len(parts) <= _FEW:
            return [part for part in parts if covers(place(part), line)]
        if id(parts) not in self._indexes:
            places = [place(part) for part in parts]
            index = IntervalIndex([((each.line, each.end_line), number) for number, each in enumerate(places)])
            self._indexes[id(parts)] = (parts, index)
        return [parts[number] for number in sorted(self._indexes[id(parts)][1].overlapping((line, line)))]


def covers(location: Location, line: int) -> bool:
    """Whether any of a place is on a line."""
    return location.line <= line <= location.end_line


def span(first: Location, last: Location) -> Location:
    """From where one place starts to where another one ends."""
    return Location(first.path, first.line, first.column, last.end_line, last.end_column)
