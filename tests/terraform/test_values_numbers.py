"""Numbers of 512 bits. The digits are those that Terraform 1.11 prints."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sglint.terraform import numbers

THIRD = "0." + "3" * 154 + "5"


def test_text() -> None:
    assert numbers.text(numbers.divide(1, 3)) == THIRD
    assert numbers.text(1) == "1"
    assert numbers.text(10**100) == "1" + "0" * 100
    assert numbers.text(Decimal("1E-7")) == "0.0000001"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12),
        ("-0.5", Decimal("-0.5")),
        ("1.50", Decimal("1.5")),
        ("1e3", 1000),
        ("1p5", 32),
        (".5", Decimal("0.5")),
        ("5.", 5),
        ("+5", 5),
        (THIRD, Decimal(THIRD)),
        ("", None),
        (" 1", None),
        ("0x10", None),
        ("1_000", None),
        ("١", None),
        ("abc", None),
    ],
)
def test_parse(text: str, expected: numbers.Number | None) -> None:
    assert numbers.parse(text) == expected


@pytest.mark.parametrize("text", ["Inf", "-inf", "1e99999999", "1e-99999999", "1p99999999"])
def test_numbers_beyond_the_limit(text: str) -> None:
    with pytest.raises(numbers.NumberLimit):
        numbers.parse(text)


def test_arithmetic() -> None:
    assert numbers.add(Decimal("0.1"), Decimal("0.2")) == Decimal("0.3")
    assert numbers.subtract(1, Decimal("0.5")) == Decimal("0.5")
    assert numbers.multiply(numbers.divide(2, 3), 3) == 2
    assert isinstance(numbers.multiply(Decimal("0.5"), 2), int)
    assert numbers.modulo(-10, 3) == -1
    assert numbers.modulo(10, -3) == 1
    assert numbers.modulo(Decimal("5.5"), 2) == Decimal("1.5")
    assert numbers.floor(Decimal("-0.5")) == -1
    assert numbers.ceil(Decimal("-0.5")) == 0
    with pytest.raises(ZeroDivisionError):
        numbers.divide(1, 0)


def test_integers_beyond_512_bits_are_rounded() -> None:
    large = numbers.normalise(2**600 + 1)
    assert large == numbers.normalise(2**600)
    assert numbers.normalise(2**511 + 1) == 2**511 + 1


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**6))
def test_quotients_are_the_shortest_that_round_to_the_same_bits(numerator: int, denominator: int) -> None:
    quotient = numbers.divide(numerator, denominator)
    assert numbers.binary(quotient) == numbers.round_binary(Fraction(numerator, denominator))
    assert numbers.parse(numbers.text(quotient)) == quotient
