"""Which rules others of the same group already admit in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from sglint.analysis.overlaps import Overlaps
from sglint.analysis.segments import implies, is_certain
from sglint.model.intervals import IntervalSet
from sglint.model.rules import Network, Rule

Redundant: TypeAlias = tuple[Rule, tuple[Rule, ...]]
"""A rule, and those that admit all that it does: one, or several together."""


def redundant_rules(rules: Sequence[Rule], may_cover: Callable[[Rule, Rule], bool]) -> tuple[Redundant, ...]:
    """The rules of one group and one direction that can go, all at once, without any change in what is admitted.

    Of rules that say the same, the first stays. `may_cover(cover, rule)` says whether the first one is fit to stay in
    the second's place. A rule under a condition is covered only by rules that exist whenever it does.
    """
    certain = [rule for rule in rules if is_certain(rule) and (rule.addresses or not isinstance(rule.peer, Network))]
    overlaps = Overlaps(certain)
    fit = {
        id(rule): [
            other
            for other in (certain[place] for place in overlaps.of(rule))
            if other is not rule and implies(rule.when, other.when) and may_cover(other, rule)
        ]
        for rule in certain
    }
    found: dict[int, tuple[Rule, ...]] = {}
    for covering in (_one, _several):
        for rule in reversed(certain):
            others = [other for other in fit[id(rule)] if id(other) not in found]
            covers = covering(rule, others) if others and id(rule) not in found else ()
            if covers:
                found[id(rule)] = covers
    return tuple((rule, found[id(rule)]) for rule in rules if id(rule) in found)


def _one(rule: Rule, others: Sequence[Rule]) -> tuple[Rule, ...]:
    """A single rule that admits all of it."""
    for other in others:
        if rule.traffic <= other.traffic and _holds_peer(other, rule):
            return (other,)
    return ()


def _holds_peer(other: Rule, rule: Rule) -> bool:
    return other.peer == rule.peer or (bool(rule.addresses) and rule.addresses <= other.addresses)


def _several(rule: Rule, others: Sequence[Rule]) -> tuple[Rule, ...]:
    """Rules that admit all of it together, by ports, by addresses or both."""
    needed: list[Rule] = []
    for active in _pieces(rule, others):
        same = next((other for other in active if other.peer == rule.peer), None)
        if same is not None:
            needed.append(same)
            continue
        missing = rule.addresses
        for other in active:
            if other.addresses.overlaps(missing):
                needed.append(other)
                missing -= other.addresses
        if missing or not rule.addresses:
            return ()
    return tuple(other for other in others if any(other is each for each in needed))


def _pieces(rule: Rule, others: Sequence[Rule]) -> Iterator[list[Rule]]:
    """For each piece of the rule's traffic, cut where another begins or ends, the others that admit it."""
    shared: list[tuple[Rule, IntervalSet]] = []
    for other in others:
        traffic = other.traffic & rule.traffic
        if traffic is not None and traffic.protocol == rule.traffic.protocol:
            assert isinstance(traffic.selector, IntervalSet)
            shared.append((other, traffic.selector))
    own = rule.traffic.selector
    assert isinstance(own, IntervalSet)
    selectors = (own, *(selector for _, selector in shared))
    edges = sorted({edge for each in selectors for first, last in each.intervals for edge in (first, last + 1)})
    for first, _ in pairwise(edges):
        if first in own:
            yield [other for other, selector in shared if first in selector]
