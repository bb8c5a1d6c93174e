"""How much one evaluation may take: a program of a few lines can ask for more than any machine has."""

from __future__ import annotations

from sglint.model.limits import Excess, limits, long_text
from sglint.model.values import Conditional, Data, Unknown, Value

_LETTERS = 64
"""How many characters weigh as much as one value."""
_WEIGHT = 8
"""How many values a function goes through while one expression is evaluated."""


class Effort:
    """What an evaluation has taken so far.

    Values share their parts, so that sixty locals, each twice the one before, are small until something goes through
    all of what they say. That is what a value weighs: how many values it says, however they are shared.
    """

    def __init__(self) -> None:
        held = limits()
        self._most = held.values
        self._longest = held.text
        self._all = self._left = held.steps
        self._weights: dict[int, tuple[object, int]] = {}
        """By the identity of a collection, which is kept so that no other comes to have it."""

    def step(self) -> bool:
        """Count one expression. Whether there are any left."""
        self._left -= 1
        return self._left >= 0

    def take(self, steps: int) -> bool:
        """Count expressions, if as many are left. Whether they were."""
        if steps > self._left:
            return False
        self._left -= steps
        return True

    def spend(self, values: tuple[Value, ...]) -> None:
        """Count a function's way through its arguments, in the expressions that take as long."""
        weight = sum([self._weight(value.data) for value in values])
        self._use(weight // _WEIGHT)

    def _use(self, steps: int) -> None:
        self._left = max(self._left - steps, min(self._left, 0))

    @property
    def taken(self) -> int:
        return self._all - self._left

    @property
    def is_spent(self) -> bool:
        return self._left < 0

    @property
    def is_just_spent(self) -> bool:
        return self._left == -1

    def excess(self, data: Data) -> Excess | None:
        """In what a value that was just made is more than is worked on; None where it is not. Text counts as steps."""
        if isinstance(data, str):
            self._use(len(data) // _LETTERS)
            return long_text() if len(data) > self._longest else None
        if isinstance(data, (tuple, dict, Conditional)) and self._weight(data) > self._most:
            return Excess("values", f"more than {self._most} values")
        return None

    def _weight(self, data: Data) -> int:
        if isinstance(data, str):
            return 1 + len(data) // _LETTERS
        if not isinstance(data, (tuple, dict, Conditional)):
            return 1
        known = self._weights.get(id(data))
        if known is not None:
            return known[1]
        parts = data.values() if isinstance(data, dict) else _parts(data)
        found = 1 + sum([self._weight(part.data) for part in parts])
        self._weights[id(data)] = (data, found)
        return found


def _parts(data: tuple[Value, ...] | Conditional) -> tuple[Value, ...]:
    return tuple([each.value for each in data.alternatives]) if isinstance(data, Conditional) else data


def unworked(expression: str, reason: str) -> Unknown:
    """The value of what is not worked out."""
    return Unknown(expression, f"{reason}, which is not computed")
