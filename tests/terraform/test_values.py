"""Kinds of values, equality, order of sets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sglint.model.location import Location, Step
from sglint.model.values import Alternative, Conditional, Data, Unknown, Value, When
from sglint.terraform.values import (
    ListItems,
    MapEntries,
    SetItems,
    equal,
    evidence_of,
    first_unknown,
    identity,
    kind,
    literal,
    set_of,
)

AT = Location("main.tf", 1, 1, 1, 2)
UNKNOWN = Unknown("aws_vpc.a.id", "aws_vpc.a.id")
EITHER = Conditional(
    (
        Alternative(When((("p", "x"),)), Value("a", AT)),
        Alternative(When((("p", "y"),)), Value("b", AT)),
    )
)


def value(data: Data) -> Value:
    return Value(data, AT)


def items(*data: Data) -> tuple[Value, ...]:
    return tuple(map(value, data))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (None, "null"),
        ("", "string"),
        (True, "bool"),
        (1, "number"),
        (Decimal("0.5"), "number"),
        ((), "tuple"),
        (ListItems(), "list"),
        (SetItems(), "set"),
        ({}, "object"),
        (MapEntries(), "map"),
        (UNKNOWN, "unknown"),
    ],
)
def test_kind(data: Data, expected: str) -> None:
    assert kind(data) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (1, Decimal("1.0"), True),
        (1, True, False),
        (0, False, False),
        (1, "1", False),
        (None, None, True),
        (None, "", False),
        (items(1, 2), items(1, 2), True),
        (items(1), ListItems(items(1)), False),
        (items(1, UNKNOWN), items(2, UNKNOWN), False),
        (items(UNKNOWN), items("a", "b"), False),
        (items(UNKNOWN), items("a"), UNKNOWN),
        (UNKNOWN, None, UNKNOWN),
        ({"a": value(1)}, {"a": value(1)}, True),
        ({"a": value(1)}, MapEntries(a=value(1)), False),
        ({"a": value(UNKNOWN)}, {"b": value(UNKNOWN)}, False),
        (set_of(items("b", "a")), set_of(items("a", "b")), True),
        (set_of(items("a", UNKNOWN)), set_of(items("a")), UNKNOWN),
        (items(EITHER), items("c"), False),
    ],
)
def test_equality(left: Data, right: Data, expected: bool | Unknown) -> None:
    assert equal(value(left), value(right)) == expected
    assert equal(value(right), value(left)) == expected


def test_equality_of_alternatives_names_what_is_undecided() -> None:
    assert equal(value(items(EITHER)), value(items("a"))) == Unknown("p", "p")


def test_identity_tells_types_apart_and_has_none_for_the_unknown() -> None:
    assert identity(1) == identity(Decimal(1))
    assert identity(1) != identity(True)
    assert identity(items(1)) != identity(ListItems(items(1)))
    assert identity(items(1, UNKNOWN)) is None


def test_sets_hold_each_item_once_in_order() -> None:
    assert [item.data for item in set_of(items("é", "b", None, UNKNOWN, "a", "b", UNKNOWN))] == [
        "a", "b", "é", None, UNKNOWN, UNKNOWN,
    ]  # fmt: skip
    assert [item.data for item in set_of(items(10, 9, Decimal("9.5")))] == [9, Decimal("9.5"), 10]
    assert [item.data for item in set_of(items(True, False))] == [False, True]


def test_a_set_keeps_the_first_of_equal_items() -> None:
    later = Location("main.tf", 2, 1, 2, 2)
    assert set_of((Value("a", AT), Value("a", later))) == SetItems((Value("a", AT),))


def test_first_unknown_looks_into_collections() -> None:
    assert first_unknown(value({"a": value(items("x", UNKNOWN))})) == UNKNOWN
    assert first_unknown(value({"a": value(items("x"))})) is None


def test_evidence_is_joined_without_repetition() -> None:
    steps = [Step(f"var.{name}", AT) for name in "abcdefghij"]
    values = [Value(1, AT, (steps[0], step)) for step in steps]
    assert evidence_of(values) == tuple(steps[:8])


def test_literals_are_as_terraform_holds_them() -> None:
    assert literal("e\u0301") == "é"
    assert str(literal(Decimal("1.50"))) == "1.5"
    assert literal(Decimal("1e3")) == 1000
    assert isinstance(literal(Decimal("1e3")), int)
    assert literal(None) is None
    assert literal(True) is True
