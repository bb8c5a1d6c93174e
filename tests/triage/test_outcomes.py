"""Several runs as one."""

from __future__ import annotations

from sglint.triage.finding import Outcome
from sglint.triage.outcomes import together


def test_what_was_covered_is_added_up() -> None:
    one = Outcome(units=1, groups=3, rules=4, levels={1: 1, 4: 1})
    other = Outcome(units=2, groups=2, rules=1, levels={2: 1, 4: 1})
    both = together([one, other])
    assert (both.units, both.groups, both.rules) == (3, 5, 5)
    assert list(both.levels.items()) == [(1, 1), (2, 1), (4, 2)]
