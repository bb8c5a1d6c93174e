"""Interval sets against Python's own sets, on a universe small enough to write out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.model.intervals import NOTHING, IntervalSet

UNIVERSE = range(-1, 17)

bounds = st.integers(0, 15)
interval_lists = st.lists(st.tuples(bounds, bounds), max_size=6)
interval_sets = interval_lists.map(lambda intervals: IntervalSet.of(*intervals))


def members(found: IntervalSet) -> set[int]:
    return {value for value in UNIVERSE if value in found}


def is_normal(found: IntervalSet) -> bool:
    """Sorted, none empty, and no two that touch: equal sets are then equal values."""
    ordered = all(first <= last for first, last in found.intervals)
    apart = all(
        one[1] + 1 < other[0] for one, other in zip(found.intervals, found.intervals[1:], strict=False)
    )  # fmt: skip
    return ordered and apart


@given(interval_lists)
def test_of_is_the_union_of_its_intervals(intervals: list[tuple[int, int]]) -> None:
    found = IntervalSet.of(*intervals)
    assert members(found) == {value for first, last in intervals for value in range(first, last + 1)}
    assert is_normal(found)


@given(interval_sets, interval_sets)
def test_operators_are_those_of_sets(one: IntervalSet, other: IntervalSet) -> None:
    assert members(one | other) == members(one) | members(other)
    assert members(one & other) == members(one) & members(other)
    assert members(one - other) == members(one) - members(other)
    assert all(is_normal(found) for found in (one | other, one & other, one - other))


@given(interval_sets, interval_sets)
def test_comparisons_are_those_of_sets(one: IntervalSet, other: IntervalSet) -> None:
    assert (one <= other) == (members(one) <= members(other))
    assert one.overlaps(other) == bool(members(one) & members(other))
    assert (one == other) == (members(one) == members(other))


@given(interval_sets)
def test_size_and_truth_count_members(found: IntervalSet) -> None:
    assert found.size == len(members(found))
    assert bool(found) == bool(members(found))


@given(interval_sets, interval_sets, interval_sets)
def test_difference_distributes(one: IntervalSet, other: IntervalSet, third: IntervalSet) -> None:
    assert one - (other | third) == (one - other) - third
    assert one & (other | third) == (one & other) | (one & third)


def test_adjacent_intervals_become_one() -> None:
    assert IntervalSet.of((1, 2), (3, 4)).intervals == ((1, 4),)


def test_a_reversed_interval_is_empty() -> None:
    assert IntervalSet.of((4, 3)) == NOTHING


def test_length_is_refused_because_it_may_not_fit() -> None:
    with pytest.raises(TypeError, match="size"):
        len(IntervalSet.single(1))
