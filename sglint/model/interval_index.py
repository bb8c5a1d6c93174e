"""Closed intervals, each with a number, by what they share members with."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from sglint.model.intervals import Interval


class IntervalIndex:
    """A tree over the intervals in order, every node with the last end below it."""

    def __init__(self, entries: list[tuple[Interval, int]]) -> None:
        self._entries = sorted(entries, key=lambda entry: entry[0])
        self._firsts = [interval[0] for interval, _ in self._entries]
        self._width = 1 << max(len(self._entries) - 1, 0).bit_length()
        self._ends = [-1] * (2 * self._width)
        for position, (interval, _) in enumerate(self._entries):
            self._ends[self._width + position] = interval[1]
        for node in range(self._width - 1, 0, -1):
            self._ends[node] = max(self._ends[2 * node], self._ends[2 * node + 1])

    def overlapping(self, wanted: Interval) -> Iterator[int]:
        """The numbers of the intervals that share a member with one."""
        first, last = wanted
        beyond = bisect_right(self._firsts, last)
        pending = [(1, 0, self._width)]
        while pending:
            node, start, end = pending.pop()
            if start >= beyond or self._ends[node] < first:
                continue
            if end - start == 1:
                yield self._entries[start][1]
            else:
                middle = (start + end) // 2
                pending += ((2 * node, start, middle), (2 * node + 1, middle, end))
