"""Which rules others of the same group already admit in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from sglint.analysis.overlaps import Overlaps
from sglint.analysis.pairs import Pairs
from sglint.analysis.segments import is_certain, swept
from sglint.model.intervals import IntervalSet
from sglint.model.rules import Network, Peer, Rule
from sglint.model.traffic import Traffic
from sglint.model.values import When

Redundant: TypeAlias = tuple[Rule, tuple[Rule, ...]]
"""A rule, and those that admit all that it does: one, or several together."""


def redundant_rules(
    rules: Sequence[Rule], may_cover: Callable[[Rule, Rule], bool], pairs: Pairs
) -> tuple[Redundant, ...]:
    """The rules of one group and one direction that can go, all at once, without any change in what is admitted.

    Of rules that say the same, the first stays. `may_cover(cover, rule)` says whether the first one is fit to stay in
    the second's place. A rule under a condition is covered only by rules that exist whenever it does. TooManyPairs
    where too many have traffic and peers in common.
    """
    alike: dict[tuple[Traffic, Peer, When], list[Rule]] = {}
    for rule in rules:
        if is_certain(rule) and (rule.addresses or not isinstance(rule.peer, Network)):
            alike.setdefault((rule.traffic, rule.peer, rule.when), []).append(rule)
    distinct = [same[0] for same in alike.values()]
    overlaps = Overlaps(distinct, pairs)
    fit: dict[int, list[Rule]] = {}
    for rule in distinct:
        beside = [distinct[place] for place in overlaps.of(rule)]
        fit[id(rule)] = [
            other for other in beside if other is not rule and rule.when.implies(other.when) and may_cover(other, rule)
        ]
    found: dict[int, tuple[Rule, ...]] = {}
    for covering in (_one, _several):
        for rule in reversed(distinct):
            others = [other for other in fit[id(rule)] if id(other) not in found]
            covers = covering(rule, others, pairs) if others and id(rule) not in found else ()
            if covers:
                found[id(rule)] = covers
    order = {id(rule): position for position, rule in enumerate(distinct)}
    for first, *same in alike.values():
        covers = found.get(id(first), ())
        is_earlier = len(covers) == 1 and order[id(covers[0])] < order[id(first)]
        found.update((id(rule), covers if is_earlier else (first,)) for rule in same)
    return tuple((rule, found[id(rule)]) for rule in rules if id(rule) in found)


def _one(rule: Rule, others: Sequence[Rule], _: Pairs) -> tuple[Rule, ...]:
    """A single rule that admits all of it."""
    for other in others:
        if rule.traffic <= other.traffic and _holds_peer(other, rule):
            return (other,)
    return ()


def _holds_peer(other: Rule, rule: Rule) -> bool:
    return other.peer == rule.peer or (bool(rule.addresses) and rule.addresses <= other.addresses)


def _several(rule: Rule, others: Sequence[Rule], pairs: Pairs) -> tuple[Rule, ...]:
    """Rules that admit all of it together, by ports, by addresses or both."""
    needed: set[int] = set()
    for active in _pieces(rule, others, pairs):
        missing = rule.addresses
        chosen: list[int] = []
        for place in active:
            pairs.take_small(len(missing.v4.intervals))
            other = others[place]
            if other.peer == rule.peer:
                chosen = [place]
                break
            if other.addresses.overlaps(missing):
                chosen.append(place)
                missing -= other.addresses
        else:
            if missing or not rule.addresses:
                return ()
        needed.update(chosen)
    return tuple([others[place] for place in sorted(needed)])


def _pieces(rule: Rule, others: Sequence[Rule], pairs: Pairs) -> Iterator[Iterable[int]]:
    """For each piece of the rule's traffic, cut where another begins or ends, the places of others that admit it."""
    pairs.take(len(others))
    shared: dict[int, IntervalSet] = {}
    for place, other in enumerate(others):
        traffic = other.traffic & rule.traffic
        if traffic is not None and traffic.protocol == rule.traffic.protocol:
            assert isinstance(traffic.selector, IntervalSet)
            shared[place] = traffic.selector
    own = rule.traffic.selector
    assert isinstance(own, IntervalSet)
    shared[len(others)] = own
    for _, active in swept(shared):
        yield islice(active, len(active) - 1)
