"""How much of one unit is compared with each other: what rules come to together takes the square of their number.

AWS lets a network interface have a thousand rules, so that what is real stays far below the limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from sglint.model.limits import limits, raising
from sglint.model.location import Location, Problem

T = TypeVar("T")

_SMALL = 16
"""How many steps through sets and lists take as long as one comparison of rules."""


class Pairs:
    """The comparisons that are left for one unit."""

    def __init__(
        self,
        what: str = "rules",
        left_out: str = "what many of them come to together is not judged from here on",
        gain: str = "it judged",
        each: int = 200,
    ) -> None:
        """`what` is compared; `left_out` and `gain` say what is missing after too many, and what more would give.

        As many as `each` are made of whatever is looked at after that, so that what is small loses nothing.
        """
        self._what = what
        self._hint = raising("pairs", left_out, gain)
        self._left = limits().pairs
        self._each = min(each, self._left)
        self.problems: list[Problem] = []
        """That they were too few, told once."""

    def take(self, count: int) -> None:
        """Count comparisons before they are made. TooManyPairs where not as many are left."""
        self._left -= count
        if self._left < 0:
            raise TooManyPairs

    def take_small(self, count: int) -> None:
        """Count steps that are simpler than a comparison of two rules."""
        self.take(1 + count // _SMALL)

    def within(self, at: Location, compute: Callable[[], Iterable[T]]) -> Iterator[T]:
        """What is found about the things at a place. What takes too many pairs is left out, which is told."""
        self._left = max(self._left, self._each)
        try:
            yield from compute()
        except TooManyPairs:
            if not self.problems:
                message = f"Too many {self._what} to compare: more than {limits().pairs} pairs"
                self.problems.append(Problem(at, message, self._hint))


class TooManyPairs(Exception):
    """More comparisons than are made for one unit."""
