"""Conditions as logic: in which cases one holds, and in which it fails."""

from __future__ import annotations

from sglint.cloudformation.literals import as_text, first_unknown, shown
from sglint.model.cases import ALWAYS_HOLDS, MAX_CASES, NEVER_HOLDS, Case, Cases, both, case, complement, either
from sglint.model.record import frozen
from sglint.model.values import Unknown, Value, combinations


@frozen
class Sides:
    """The cases in which a condition holds and those in which it fails: together all of them."""

    holds: Cases
    fails: Cases

    def negated(self) -> Sides:
        return Sides(self.fails, self.holds)

    @property
    def is_bounded(self) -> bool:
        return len(self.holds) <= MAX_CASES and len(self.fails) <= MAX_CASES


HOLDS = Sides(ALWAYS_HOLDS, NEVER_HOLDS)
FAILS = HOLDS.negated()

_MAX_COMPARISONS = 256


def undecided(name: str) -> Sides:
    """A condition of which nothing is known but that it is the same wherever `name` is asked."""
    holds = case(name, "true")
    return Sides(holds, complement(holds))


def every(sides: tuple[Sides, ...]) -> Sides | None:
    """All at once; None when that takes too many cases."""
    result = HOLDS
    for each in sides:
        result = Sides(both(result.holds, each.holds), either(result.fails, each.fails))
        if not result.is_bounded:
            return None
    return result


def some(sides: tuple[Sides, ...]) -> Sides | None:
    """Any of them; None when that takes too many cases."""
    result = every(tuple(each.negated() for each in sides))
    return result.negated() if result is not None else None


def equal(first: Value, second: Value) -> Sides | None:
    """Whether two values are the same text; None when that takes too many cases.

    What is unknown is a thing of its own, named by its expression.
    """
    holds: list[Case] = []
    fails: list[Case] = []
    for count, (when, (one, other)) in enumerate(combinations((first, second))):
        if count == _MAX_COMPARISONS:
            return None
        sides = _compared(one, other)
        holds += both(when.cases, sides.holds)
        fails += both(when.cases, sides.fails)
    return Sides(either(tuple(holds), NEVER_HOLDS), either(tuple(fails), NEVER_HOLDS))


def _compared(one: Value, other: Value) -> Sides:
    if isinstance(one.data, Unknown) or isinstance(other.data, Unknown):
        return _compared_unknown(one, other)
    if first_unknown(one.data) or first_unknown(other.data):
        return undecided(_equation(one, other))
    left, right = as_text(one.data), as_text(other.data)
    if left is not None or right is not None:
        return HOLDS if left == right else FAILS
    return HOLDS if shown(one) == shown(other) else FAILS


def _compared_unknown(one: Value, other: Value) -> Sides:
    if not isinstance(one.data, Unknown):
        one, other = other, one
    assert isinstance(one.data, Unknown)
    if isinstance(other.data, Unknown):
        return HOLDS if one.data.expression == other.data.expression else undecided(_equation(one, other))
    text = as_text(other.data)
    if text is None:
        return undecided(_equation(one, other))
    holds = case(one.data.expression, text)
    return Sides(holds, complement(holds))


def _equation(one: Value, other: Value) -> str:
    return " = ".join(sorted((shown(one), shown(other))))
