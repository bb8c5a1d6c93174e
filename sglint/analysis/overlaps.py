"""Rules by what they have in common: for each rule, those that may admit some of the same traffic of the same peers.

Most rules of a large group have nothing to do with each other, so none is compared with all of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sglint.analysis.pairs import Pairs
from sglint.model.interval_index import IntervalIndex
from sglint.model.intervals import Interval, IntervalSet
from sglint.model.rules import Peer, Rule
from sglint.model.traffic import ALL


class Overlaps:
    """Rules that are known in full, by their places in a sequence. Rules with the same peer share what is found."""

    def __init__(self, rules: Sequence[Rule], pairs: Pairs) -> None:
        self._pairs = pairs
        self._peers: dict[object, int] = {}
        """The peers, each with its number."""
        by_peer: list[dict[int, list[tuple[Interval, int]]]] = []
        v4: list[tuple[Interval, int]] = []
        v6: list[tuple[Interval, int]] = []
        for place, rule in enumerate(rules):
            peer = self._peers.setdefault(_key(rule), len(by_peer))
            if peer == len(by_peer):
                by_peer.append({})
                v4.extend((interval, peer) for interval in rule.addresses.v4.intervals)
                v6.extend((interval, peer) for interval in rule.addresses.v6.intervals)
            protocol, selector = rule.traffic.protocol, rule.traffic.selector
            assert isinstance(protocol, int) and isinstance(selector, IntervalSet)
            by_peer[peer].setdefault(protocol, []).extend((interval, place) for interval in selector.intervals)
        self._by_peer = [
            {protocol: IntervalIndex(found) for protocol, found in protocols.items()} for protocols in by_peer
        ]
        self._families = (IntervalIndex(v4), IntervalIndex(v6))
        self._shared: dict[int, set[int]] = {}
        """By peer, those that share addresses with it."""

    def of(self, rule: Rule) -> list[int]:
        """The places of rules that share traffic and peers with one of them, its own among them, in order.

        TooManyPairs where they are too many.
        """
        protocol, selector = rule.traffic.protocol, rule.traffic.selector
        assert isinstance(protocol, int) and isinstance(selector, IntervalSet)
        found: set[int] = set()
        for peer in self._beside(rule):
            by_protocol = self._by_peer[peer]
            for each in {protocol, ALL} & by_protocol.keys():
                found.update(self._met(by_protocol[each], selector))
        return sorted(found)

    def _beside(self, rule: Rule) -> set[int]:
        own = self._peers[_key(rule)]
        if own not in self._shared:
            v4, v6 = self._families
            met = (self._met(v4, rule.addresses.v4), self._met(v6, rule.addresses.v6))
            self._shared[own] = {own}.union(*met)
        return self._shared[own]

    def _met(self, index: IntervalIndex, wanted: IntervalSet) -> Iterator[int]:
        for interval in wanted.intervals:
            found = tuple(index.overlapping(interval))
            self._pairs.take(len(found))
            yield from found


def _key(rule: Rule) -> object:
    """What stands for the peer: its addresses where it has some, whichever way they are written."""
    peer: Peer = rule.peer
    return rule.addresses or peer
