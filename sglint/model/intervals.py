"""Sets of integers as sorted, disjoint, non-adjacent closed intervals.

Addresses, ports and ICMP type/code pairs are all questions about such sets, so every comparison between rules
is exact arithmetic here and never a comparison of text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from sglint.model.record import frozen

Interval = tuple[int, int]


def _normalise(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    merged: list[Interval] = []
    for first, last in sorted(intervals):
        if last < first:
            continue
        if merged and first <= merged[-1][1] + 1:
            if last > merged[-1][1]:
                merged[-1] = (merged[-1][0], last)
        else:
            merged.append((first, last))
    return tuple(merged)


@frozen
class IntervalSet:
    """An immutable set of integers. Build one with `of` or `single`; the constructor expects normal form."""

    intervals: tuple[Interval, ...] = ()

    @classmethod
    def of(cls, *intervals: Interval) -> IntervalSet:
        """The union of closed intervals; an interval whose last is below its first is empty."""
        return cls(_normalise(intervals))

    @classmethod
    def single(cls, value: int) -> IntervalSet:
        return cls(((value, value),))

    def __bool__(self) -> bool:
        return bool(self.intervals)

    def __contains__(self, value: int) -> bool:
        index = bisect_right(self.intervals, value, key=lambda interval: interval[0]) - 1
        return index >= 0 and value <= self.intervals[index][1]

    def __len__(self) -> int:
        raise TypeError("an interval set may be larger than len() can say; use .size")

    @property
    def size(self) -> int:
        """How many integers the set holds."""
        return sum(last - first + 1 for first, last in self.intervals)

    def __or__(self, other: IntervalSet) -> IntervalSet:
        if not other.intervals or self == other:
            return self
        if not self.intervals:
            return other
        return IntervalSet(_normalise((*self.intervals, *other.intervals)))

    def __and__(self, other: IntervalSet) -> IntervalSet:
        return IntervalSet(tuple(self._overlaps(other)))

    def _overlaps(self, other: IntervalSet) -> Iterator[Interval]:
        mine, theirs = self.intervals, other.intervals
        i = j = 0
        while i < len(mine) and j < len(theirs):
            first, last = mine[i]
            other_first, other_last = theirs[j]
            if last < other_last:
                i += 1
            else:
                j += 1
                last = other_last
            if first < other_first:
                first = other_first
            if first <= last:
                yield first, last

    def __sub__(self, other: IntervalSet) -> IntervalSet:
        remaining: list[Interval] = []
        j = 0
        theirs = other.intervals
        for first, last in self.intervals:
            start = first
            while j < len(theirs) and theirs[j][1] < start:
                j += 1
            k = j
            while k < len(theirs) and theirs[k][0] <= last:
                if theirs[k][0] > start:
                    remaining.append((start, theirs[k][0] - 1))
                start = theirs[k][1] + 1
                k += 1
            if start <= last:
                remaining.append((start, last))
        return IntervalSet(tuple(remaining))

    def __le__(self, other: IntervalSet) -> bool:
        """Whether every member is also in `other`."""
        theirs = other.intervals
        j = 0
        for first, last in self.intervals:
            while j < len(theirs) and theirs[j][1] < first:
                j += 1
            if j == len(theirs) or theirs[j][0] > first or theirs[j][1] < last:
                return False
        return True

    def overlaps(self, other: IntervalSet) -> bool:
        """Whether the two sets share a member."""
        return bool(self.intervals and other.intervals) and next(self._overlaps(other), None) is not None


NOTHING = IntervalSet()
