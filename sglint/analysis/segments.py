"""Rules cut along traffic: which of them admit each port of each protocol, with the addresses they contribute.

What several rules come to together is a question about each port apart, so the selectors are cut wherever one of
them begins or ends, and every piece is answered by the union of the addresses of the rules that are active there.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from itertools import pairwise

from sglint.analysis.pairs import Pairs
from sglint.model.addresses import AddressSet
from sglint.model.intervals import Interval, IntervalSet
from sglint.model.record import frozen
from sglint.model.rules import Rule
from sglint.model.traffic import ALL, EVERY_PORT
from sglint.model.values import ALWAYS, When


class Family(Enum):
    """An address family, each of which is judged apart."""

    V4 = "IPv4"
    V6 = "IPv6"

    def of(self, addresses: AddressSet) -> IntervalSet:
        return addresses.v4 if self is Family.V4 else addresses.v6


@frozen
class Part:
    """What a rule contributes in one family. `position` is its place among the rules at hand."""

    position: int
    rule: Rule
    selector: IntervalSet
    addresses: IntervalSet

    @property
    def protocol(self) -> int:
        protocol = self.rule.traffic.protocol
        assert isinstance(protocol, int)
        return protocol


def is_certain(rule: Rule) -> bool:
    """Whether all of the rule is known and it admits something."""
    return not rule.unknowns and bool(rule.traffic.selector)


def parts_of(rules: Iterable[Rule], family: Family) -> list[Part]:
    """The parts of certain rules that hold addresses of the family."""
    return [
        Part(position, rule, rule.traffic.selector, addresses)
        for position, rule in enumerate(rules)
        if is_certain(rule)
        and isinstance(rule.traffic.selector, IntervalSet)
        and (addresses := family.of(rule.addresses))
    ]


def by_traffic(parts: list[Part], pairs: Pairs) -> Iterator[tuple[int, IntervalSet, list[Part]]]:
    """Each piece of traffic as (protocol, selector) with the parts that admit all of it.

    First all protocols at once, by the parts that admit that; then each protocol that a part names, where parts that
    admit all protocols take part too. TooManyPairs where too many overlap.
    """
    of_all = [part for part in parts if part.protocol == ALL]
    if of_all:
        yield ALL, EVERY_PORT, of_all
    for protocol in sorted({part.protocol for part in parts} - {ALL}):
        for selector, active in _pieces([part for part in parts if part.protocol in (protocol, ALL)], pairs):
            if any(part.protocol != ALL for part in active):
                yield protocol, selector, active


def _pieces(parts: list[Part], pairs: Pairs) -> Iterator[tuple[IntervalSet, list[Part]]]:
    """The selectors cut where any of them begins or ends, joined again where the same parts are active."""
    active_in: dict[tuple[int, ...], list[Interval]] = {}
    for piece, active in swept(dict(enumerate([part.selector for part in parts]))):
        pairs.take_small(len(active))
        active_in.setdefault(tuple(active), []).append(piece)
    for indices, intervals in active_in.items():
        yield IntervalSet.of(*intervals), [parts[index] for index in indices]


def swept(selectors: Mapping[int, IntervalSet]) -> Iterator[tuple[Interval, list[int]]]:
    """Each stretch between places where a selector begins or ends, with the keys of those that hold it, in order.

    What is in none is left out. The list of keys is the same one each time; it changes on the way to the next stretch.
    """
    changes: dict[int, list[tuple[bool, int]]] = {}
    for key, selector in selectors.items():
        for first, last in selector.intervals:
            changes.setdefault(first, []).append((True, key))
            changes.setdefault(last + 1, []).append((False, key))
    active: list[int] = []
    for first, end in pairwise(sorted(changes)):
        for begins, key in changes[first]:
            if begins:
                insort(active, key)
            else:
                active.remove(key)
        if active:
            yield (first, end - 1), active


def union(parts: Iterable[Part]) -> IntervalSet:
    """The addresses of all parts."""
    return IntervalSet.of(*(interval for part in parts for interval in part.addresses.intervals))


def conjunction(rules: Iterable[Rule]) -> When:
    """The condition under which all of the rules exist. Rules that contradict each other have none; do not ask."""
    when = ALWAYS
    for rule in rules:
        joined = when.conjoin(rule.when)
        # None would mean a contradiction that only this order shows, which approximated conditions allow.
        when = when if joined is None else joined
    return when
