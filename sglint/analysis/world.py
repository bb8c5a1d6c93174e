"""Which traffic a group's rules leave open to the world, by one rule alone or by several only together.

`0.0.0.0/1` beside `128.0.0.0/1` is the world although neither is. The question is answered on sets: for every port of
every protocol, the union of the peers of the rules that admit it, each address family apart, and only over rules
whose conditions can hold at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sglint.analysis.admission import Admission, beyond
from sglint.analysis.pairs import Pairs
from sglint.analysis.segments import Family, Part, by_traffic, conjunction, is_certain, parts_of, union
from sglint.model.addresses import public
from sglint.model.intervals import NOTHING, IntervalSet
from sglint.model.rules import Rule
from sglint.model.traffic import ALL, Traffic
from sglint.model.values import ALWAYS, When

MAX_CASES = 512
"""How many combinations of undecided conditions are looked at for one set of rules; further ones are left out."""


def admissions(rules: Iterable[Rule], pairs: Pairs) -> Iterator[Admission]:
    """What the rules of one group and one direction open to the world: first the single rules, then the joint ones.

    Rules of which a part is unknown take no part. A joint admission is left out where a single rule opens the same
    traffic whenever the joint one does. TooManyPairs, after the single ones, where too many have traffic in common.
    """
    known = [rule for rule in rules if is_certain(rule)]
    yield from (Admission.of(rule) for rule in known if rule.addresses.is_world)
    yield from _joint_admissions(known, pairs)


def _joint_admissions(rules: Sequence[Rule], pairs: Pairs) -> Iterator[Admission]:
    found: dict[tuple[int, tuple[int, ...]], IntervalSet] = {}
    for family in Family:
        world = family.of(public())
        parts = parts_of(rules, family)
        short = [part for part in parts if not world <= part.addresses]
        if not world <= union(short):
            continue
        alone = [Admission.of(part.rule) for part in parts if world <= part.addresses]
        for protocol, selector, active in by_traffic(short, pairs):
            for cover in _covers(active, world, pairs):
                if protocol != ALL and all(part.protocol == ALL for part in cover):
                    continue
                pairs.take(len(alone))
                remaining = beyond(alone, protocol, selector, conjunction(part.rule for part in cover))
                if remaining:
                    key = (protocol, tuple(part.position for part in cover))
                    found[key] = found.get(key, NOTHING) | remaining
    for (protocol, positions), selector in found.items():
        chosen = tuple(rules[position] for position in positions)
        yield Admission(Traffic(protocol, selector), chosen, conjunction(chosen))


def _covers(parts: list[Part], world: IntervalSet, pairs: Pairs) -> Iterator[list[Part]]:
    """For every way in which undecided conditions can fall, parts that cover the world, each combination once."""
    by_when: dict[When, list[Part]] = {ALWAYS: []}
    for part in parts:
        by_when.setdefault(part.rule.when, []).append(part)
    unconditional = by_when.pop(ALWAYS)
    seen: set[tuple[int, ...]] = set()
    cases = [(ALWAYS, unconditional, tuple(by_when))]
    examined = 0
    while cases and examined < MAX_CASES:
        when, taken, undecided = cases.pop()
        examined += 1
        pairs.take_small(len(parts))
        if world <= union(taken):
            cover = _cover(taken, world, pairs)
            key = tuple(part.position for part in cover)
            if key not in seen:
                seen.add(key)
                yield cover
            continue
        possible = tuple(other for other in undecided if when.conjoin(other) is not None)
        if not world <= union([*taken, *(part for other in possible for part in by_when[other])]):
            continue
        joined = when.conjoin(possible[0])
        assert joined is not None
        cases.append((when, taken, possible[1:]))
        cases.append((joined, [*taken, *by_when[possible[0]]], possible[1:]))


def _cover(parts: list[Part], world: IntervalSet, pairs: Pairs) -> list[Part]:
    """As few of the parts as still cover the world, in their order; all of them together do.

    Unconditional and large ones are taken first, so that what is left out is what adds nothing to them.
    """
    missing = world
    kept: list[Part] = []
    for part in sorted(parts, key=lambda part: (bool(part.rule.when), -part.addresses.size, part.position)):
        if not missing:
            break
        pairs.take_small(len(missing.intervals))
        if part.addresses.overlaps(missing):
            kept.append(part)
            missing -= part.addresses
    for part in tuple(kept):
        pairs.take_small(len(kept))
        others = [other for other in kept if other is not part]
        if world <= union(others):
            kept = others
    return sorted(kept, key=lambda part: part.position)
