"""Rules by what they have in common: for each rule, those that may admit some of the same traffic of the same peers.

Most rules of a large group have nothing to do with each other, so none is compared with all of the others.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from sglint.model.intervals import Interval, IntervalSet
from sglint.model.rules import Peer, Rule
from sglint.model.traffic import ALL

T = TypeVar("T")


class Overlaps:
    """Rules that are known in full, by their places in a sequence."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        by_peer: dict[object, dict[int, list[tuple[Interval, int]]]] = {}
        v4: list[tuple[Interval, object]] = []
        v6: list[tuple[Interval, object]] = []
        for place, rule in enumerate(rules):
            key = _key(rule)
            if key not in by_peer:
                by_peer[key] = {}
                v4.extend((interval, key) for interval in rule.addresses.v4.intervals)
                v6.extend((interval, key) for interval in rule.addresses.v6.intervals)
            protocol, selector = rule.traffic.protocol, rule.traffic.selector
            assert isinstance(protocol, int) and isinstance(selector, IntervalSet)
            by_peer[key].setdefault(protocol, []).extend((interval, place) for interval in selector.intervals)
        self._by_peer = {
            key: {protocol: _Index(found) for protocol, found in protocols.items()}
            for key, protocols in by_peer.items()
        }
        self._families = (_Index(v4), _Index(v6))

    def of(self, rule: Rule) -> list[int]:
        """The places of rules that share traffic and peers with one, its own among them, in order."""
        keys: set[object] = {_key(rule)}
        for index, wanted in zip(self._families, (rule.addresses.v4, rule.addresses.v6), strict=True):
            for interval in wanted.intervals:
                keys.update(index.overlapping(interval))
        protocol, selector = rule.traffic.protocol, rule.traffic.selector
        assert isinstance(protocol, int) and isinstance(selector, IntervalSet)
        found: set[int] = set()
        for key in keys:
            by_protocol = self._by_peer.get(key, {})
            for each in {protocol, ALL} & by_protocol.keys():
                for interval in selector.intervals:
                    found.update(by_protocol[each].overlapping(interval))
        return sorted(found)


def _key(rule: Rule) -> object:
    """What stands for the peer: its addresses where it has some, whichever way they are written."""
    peer: Peer = rule.peer
    return rule.addresses or peer


class _Index(Generic[T]):
    """Closed intervals, each with something: a tree over those in order, every node with the last end below it."""

    def __init__(self, entries: list[tuple[Interval, T]]) -> None:
        self._entries = sorted(entries, key=lambda entry: entry[0])
        self._firsts = [interval[0] for interval, _ in self._entries]
        self._width = 1 << max(len(self._entries) - 1, 0).bit_length()
        self._ends = [-1] * (2 * self._width)
        for position, (interval, _) in enumerate(self._entries):
            self._ends[self._width + position] = interval[1]
        for node in range(self._width - 1, 0, -1):
            self._ends[node] = max(self._ends[2 * node], self._ends[2 * node + 1])

    def overlapping(self, wanted: Interval) -> Iterator[T]:
        """What stands at the intervals that share a member with one."""
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
