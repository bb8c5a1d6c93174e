from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from sglint.model.cases import ALWAYS_HOLDS, NEVER_HOLDS, Among, Case, Cases, both, case, complement, either, implies
from sglint.model.values import ALWAYS, When

VALUES = ("a", "b", "c", "z")
"""Every value the things of these tests may have; `z` stands for all that are never named."""
WORLDS = [dict(zip("XYZ", values, strict=True)) for values in product(VALUES, repeat=3)]

AMONG = st.builds(Among, st.frozensets(st.sampled_from("abc"), min_size=1), st.booleans())
CASE = st.dictionaries(st.sampled_from("XYZ"), AMONG, max_size=3).map(lambda each: tuple(sorted(each.items())))
CASES = st.lists(CASE, max_size=4).map(tuple)


def in_case(one: Case, world: dict[str, str]) -> bool:
    return all((world[name] in among.values) is not among.is_excluded for name, among in one)


def worlds(cases: Cases) -> list[dict[str, str]]:
    return [world for world in WORLDS if any(in_case(each, world) for each in cases)]


def without(some: list[dict[str, str]], others: list[dict[str, str]]) -> list[dict[str, str]]:
    return [world for world in some if world not in others]


@given(CASES, CASES)
def test_both(first: Cases, second: Cases) -> None:
    assert worlds(both(first, second)) == [world for world in worlds(first) if world in worlds(second)]


@given(CASES, CASES)
def test_either(first: Cases, second: Cases) -> None:
    assert worlds(either(first, second)) == [w for w in WORLDS if w in worlds(first) or w in worlds(second)]


@given(CASES)
def test_complement(cases: Cases) -> None:
    assert worlds(complement(cases)) == without(WORLDS, worlds(cases))


@given(CASES, CASES)
def test_implies_is_never_wrong(first: Cases, second: Cases) -> None:
    if implies(first, second):
        assert without(worlds(first), worlds(second)) == []


@given(CASES, CASES)
def test_nothing_is_left_of_a_contradiction(first: Cases, second: Cases) -> None:
    assert (both(first, second) == NEVER_HOLDS) is (worlds(both(first, second)) == [])


def test_the_ends() -> None:
    assert complement(ALWAYS_HOLDS) == NEVER_HOLDS
    assert complement(NEVER_HOLDS) == ALWAYS_HOLDS
    assert either(case("X", "a"), complement(case("X", "a"))) == ALWAYS_HOLDS


@given(CASES.filter(bool), CASES.filter(bool), CASES.filter(bool))
def test_conditions_by_their_meaning(first: Cases, second: Cases, third: Cases) -> None:
    one, other, last = (
        When(((name, "true"),), (meaning,), meaning)
        for name, meaning in zip("PQR", (first, second, third), strict=True)
    )
    joined = one.conjoin(other)
    expected = [world for world in worlds(first) if world in worlds(second)]
    assert (joined is None) is (not expected)
    if joined is None:
        return
    assert worlds(joined.cases) == expected
    parts = last.without(joined)
    assert [w for w in WORLDS if any(w in worlds(part.cases) for part in parts)] == without(worlds(third), expected)
    assert sum(len(worlds(part.cases)) for part in parts) == len(without(worlds(third), expected))


@given(CASES.filter(bool), CASES.filter(bool))
def test_what_implies_another_leaves_nothing_to_add(first: Cases, second: Cases) -> None:
    one, other = (When(((name, "true"),), (meaning,), meaning) for name, meaning in (("P", first), ("Q", second)))
    both_of_them = one.conjoin(other)
    for condition in (ALWAYS, one, other, *([both_of_them] if both_of_them is not None else [])):
        for beside in (ALWAYS, one, other):
            assert condition.implies(beside) is (condition.conjoin(beside) == condition)


def test_conditions_read_in_their_own_words() -> None:
    prod = When((("IsProd", "true"),), (case("Env", "prod"),))
    not_dev = When((("IsDev", "false"),), (complement(case("Env", "dev")),))
    assert str(prod.conjoin(not_dev)) == "IsProd is true"
    assert str(When((("HasVpn", "true"),)).conjoin(not_dev)) == "HasVpn is true and IsDev is false"
    assert [str(each) for each in ALWAYS.without(When((("A", "true"), ("Env", "prod"))))] == [
        "A is false",
        "A is true and Env is not prod",
    ]
