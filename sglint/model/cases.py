"""Under which values of the undecided things underneath a condition holds.

A case fixes some things to sets of values, all of them at once; a condition holds in any of its cases. `CreateProd`
over the parameter `Env` may have the one case that `Env` is among {prod}; its negation, that `Env` is anything
else. That is what lets two conditions with different names exclude each other.
"""

from __future__ import annotations

from typing import TypeAlias

from sglint.model.record import frozen


@frozen
class Among:
    """A set of values: these, or with `is_excluded` any other than these."""

    values: frozenset[str]
    is_excluded: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.values and not self.is_excluded

    def __and__(self, other: Among) -> Among:
        if self.is_excluded and other.is_excluded:
            return Among(self.values | other.values, True)
        if self.is_excluded:
            return Among(other.values - self.values)
        return Among(self.values - other.values if other.is_excluded else self.values & other.values)

    def __or__(self, other: Among) -> Among:
        return (self.complement() & other.complement()).complement()

    def complement(self) -> Among:
        return Among(self.values, not self.is_excluded)

    def __le__(self, other: Among) -> bool:
        if self.is_excluded:
            return other.is_excluded and other.values <= self.values
        return self.values.isdisjoint(other.values) if other.is_excluded else self.values <= other.values


ANY = Among(frozenset(), True)

Case: TypeAlias = tuple[tuple[str, Among], ...]
"""Things by name, sorted, each with the values it takes; a thing that is not named may take any."""

Cases: TypeAlias = tuple[Case, ...]

MAX_CASES = 24
"""How many cases are told apart before a condition is no longer taken apart."""

ALWAYS_HOLDS: Cases = ((),)
NEVER_HOLDS: Cases = ()


def case(name: str, value: str) -> Cases:
    """That one thing has one value."""
    return (((name, Among(frozenset((value,)))),),)


def both(first: Cases, second: Cases) -> Cases:
    """The cases in which both hold; none when they contradict each other."""
    if first == ALWAYS_HOLDS:
        return second
    if second == ALWAYS_HOLDS:
        return first
    found = (_meet(one, other) for one in first for other in second)
    return _simplest(tuple(each for each in found if each is not None))


def either(first: Cases, second: Cases) -> Cases:
    return _simplest((*first, *second))


def complement(cases: Cases) -> Cases:
    """The cases in which it does not hold."""
    result = ALWAYS_HOLDS
    for each in cases:
        result = both(result, tuple(((name, among.complement()),) for name, among in each))
    return result


def implies(first: Cases, second: Cases) -> bool:
    """Whether every case of the first lies within a case of the second. True is certain, False is not."""
    return all(any(_within(one, other) for other in second) for one in first)


def _meet(one: Case, other: Case) -> Case | None:
    merged = dict(one)
    for name, among in other:
        met = merged[name] & among if name in merged else among
        if met.is_empty:
            return None
        merged[name] = met
    return tuple(sorted(merged.items(), key=_name))


def _name(entry: tuple[str, Among]) -> str:
    return entry[0]


def _within(one: Case, other: Case) -> bool:
    mine = dict(one)
    return all(mine.get(name, ANY) <= among for name, among in other)


def _simplest(cases: Cases) -> Cases:
    """The same cases without those that lie within another, and with those joined that differ in one thing."""
    kept: list[Case] = []
    pending = list(reversed(cases))
    while pending:
        new = pending.pop()
        if any(_within(new, old) for old in kept):
            continue
        kept = [old for old in kept if not _within(old, new)]
        for position, old in enumerate(kept):
            joined = _joined(old, new)
            if joined is not None:
                del kept[position]
                pending.append(joined)
                break
        else:
            kept.append(new)
    return tuple(kept)


def _joined(one: Case, other: Case) -> Case | None:
    """Two cases over the same things as one, if they differ in a single one of them."""
    if len(one) != len(other) or any(mine[0] != its[0] for mine, its in zip(one, other, strict=True)):
        return None
    different = [index for index, (mine, its) in enumerate(zip(one, other, strict=True)) if mine != its]
    if len(different) != 1:
        return None
    at = different[0]
    union = one[at][1] | other[at][1]
    rest = () if union == ANY else ((one[at][0], union),)
    return (*one[:at], *rest, *one[at + 1 :])
