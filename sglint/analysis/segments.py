"""Rules cut along traffic: which of them admit each port of each protocol, with the addresses they contribute.

What several rules come to together is a question about each port apart, so the selectors are cut wherever one of
them begins or ends, and every piece is answered by the union of the addresses of the rules that are active there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import pairwise

from sglint.model.addresses import AddressSet
from sglint.model.intervals import IntervalSet
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


def by_traffic(parts: list[Part]) -> Iterator[tuple[int, IntervalSet, list[Part]]]:
    """Each piece of traffic as (protocol, selector) with the parts that admit all of it.

    First all protocols at once, by the parts that admit that; then each protocol that a part names, where parts that
    admit all protocols take part too.
    """
    of_all = [part for part in parts if part.protocol == ALL]
    if of_all:
        yield ALL, EVERY_PORT, of_all
    for protocol in sorted({part.protocol for part in parts} - {ALL}):
        for selector, active in _pieces([part for part in parts if part.protocol in (protocol, ALL)]):
            if any(part.protocol != ALL for part in active):
                yield protocol, selector, active


def _pieces(parts: list[Part]) -> Iterator[tuple[IntervalSet, list[Part]]]:
    """The selectors cut where any of them begins or ends, joined again where the same parts are active."""
    edges = sorted({edge for part in parts for first, last in part.selector.intervals for edge in (first, last + 1)})
    active_in: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for first, end in pairwise(edges):
        active = tuple(index for index, part in enumerate(parts) if first in part.selector)
        active_in.setdefault(active, []).append((first, end - 1))
    for indices, intervals in active_in.items():
        yield IntervalSet.of(*intervals), [parts[index] for index in indices]


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


def implies(when: When, other: When) -> bool:
    """Whether the other condition holds whenever the first one does."""
    return when.conjoin(other) == when
