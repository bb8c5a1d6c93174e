"""Which traffic is open to so much of the public internet that it might as well be the world."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from sglint.analysis.admission import Admission, beyond
from sglint.analysis.pairs import Pairs
from sglint.analysis.segments import Family, Part, by_traffic, conjunction, parts_of, union
from sglint.model.addresses import public
from sglint.model.intervals import NOTHING, IntervalSet
from sglint.model.rules import Rule
from sglint.model.traffic import ALL, Traffic

SHARE = 256
"""More than one part in so many of a family's public addresses is near the world."""


def near_world(rules: Sequence[Rule], opened: Sequence[Admission], pairs: Pairs) -> tuple[Admission, ...]:
    """What the rules of one group and one direction open to more than 1/256 of the public addresses, short of all.

    First the rules that do so alone, then what others do together. `opened` is what is open to the world already:
    traffic that it takes in is left out, for the family of which it is the world. TooManyPairs where too many overlap.
    """
    found: dict[tuple[int, tuple[int, ...]], IntervalSet] = {}
    for family in Family:
        whole = family.of(public())
        worlds = [admission for admission in opened if whole <= family.of(admission.addresses)]
        parts = [part for part in parts_of(rules, family) if part.addresses.overlaps(whole)]
        near = {part.position: part for part in parts if _is_near(part.addresses, whole)}
        alone = ((part.protocol, part.selector, [part]) for part in near.values() if not whole <= part.addresses)
        others = [part for part in parts if part.position not in near]
        for protocol, selector, chosen in chain(alone, _together(others, whole, pairs)):
            pairs.take(len(worlds))
            remaining = beyond(worlds, protocol, selector, conjunction(part.rule for part in chosen))
            if remaining:
                key = (protocol, tuple(part.position for part in chosen))
                found[key] = found.get(key, NOTHING) | remaining
    return tuple(_admission(rules, positions, protocol, selector) for (protocol, positions), selector in found.items())


def _admission(rules: Sequence[Rule], positions: tuple[int, ...], protocol: int, selector: IntervalSet) -> Admission:
    chosen = tuple(rules[position] for position in positions)
    return Admission(Traffic(protocol, selector), chosen, conjunction(chosen))


def share(admission: Admission) -> tuple[Family, float]:
    """The family of which the admission's peers hold the larger part of the public addresses, and that part."""
    held = admission.addresses & public()
    parts = ((family, family.of(held).size / family.of(public()).size) for family in Family)
    return max(parts, key=lambda part: part[1])


def _is_near(addresses: IntervalSet, whole: IntervalSet) -> bool:
    return addresses.size * SHARE > whole.size and (addresses & whole).size * SHARE > whole.size


def _together(parts: list[Part], whole: IntervalSet, pairs: Pairs) -> Iterator[tuple[int, IntervalSet, list[Part]]]:
    """Each (protocol, selector) with as few parts as are near the world together, under each condition at hand."""
    if not _is_near(union(parts), whole):
        return
    for protocol, selector, active in by_traffic(parts, pairs):
        for when in dict.fromkeys(part.rule.when for part in active):
            pairs.take(len(active))
            holding = [part for part in active if when.implies(part.rule.when)]
            if not _is_near(union(holding), whole):
                continue
            chosen: list[Part] = []
            held = NOTHING
            for part in sorted(holding, key=lambda part: (bool(part.rule.when), -part.addresses.size, part.position)):
                chosen.append(part)
                pairs.take_small(len(held.intervals))
                held |= part.addresses
                if _is_near(held, whole):
                    break
            if protocol == ALL or any(part.protocol != ALL for part in chosen):
                yield protocol, selector, sorted(chosen, key=lambda part: part.position)
