"""Terraform's numbers: binary floating point with 512 bits, written as the shortest decimal that means them.

Terraform (cty) holds every number as a `big.Float` of 512 bits, rounding to nearest even. Here a number is an int,
or a Decimal that is the shortest one to round to the same 512 bits; so equality, ordering and text are Terraform's,
and `1/3` has as many digits as Terraform prints. Every function returns that form and takes it.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from math import floor as _floor
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from fractions import Fraction

Number: TypeAlias = int | Decimal

PRECISION = 512
MAX_EXPONENT = 4096
"""The decimal exponent past which a number is not computed with. Terraform has no such limit."""

_SAFE_DIGITS = 150
_EXACT = Context(prec=MAX_EXPONENT * 2 + 1024)
_TEXT = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_INFINITE = r"[+-]?[iI]nf"
_BINARY_TEXT = r"([+-]?(?:\d+\.?\d*|\.\d+))[pP]([+-]?\d+)"


class NumberLimit(ValueError):
    """A number too large, or too close to zero, to be computed with here."""

    def __init__(self) -> None:
        super().__init__(f"a number with an exponent beyond {MAX_EXPONENT} is not computed")


def parse(text: str) -> Number | None:
    """The number a string converts to, None when it is none. NumberLimit for absurd exponents."""
    if text.isascii() and text.isdigit() and len(text) <= _SAFE_DIGITS:
        return int(text)
    if re.fullmatch(_TEXT, text) and text.isascii():
        return normalise(Decimal(text))
    if re.fullmatch(_INFINITE, text):
        raise NumberLimit
    match = re.fullmatch(_BINARY_TEXT, text)
    if match is None or not text.isascii():
        return None
    exponent = int(match[2])
    if abs(exponent) > MAX_EXPONENT * 3:
        raise NumberLimit
    return _from_fraction(_exact(Decimal(match[1])) * _exact(2) ** exponent)


def normalise(number: Number) -> Number:
    """Any exact number as Terraform holds it: rounded to 512 bits, an int where integral."""
    if isinstance(number, int):
        return number if number.bit_length() <= PRECISION else _from_fraction(_exact(number))
    if not number.is_finite():
        raise NumberLimit
    if len(number.as_tuple().digits) > _SAFE_DIGITS:
        return _from_fraction(_exact(number))
    return _integral(number)


def text(number: Number) -> str:
    """The number as Terraform prints it: no exponent, no superfluous digits."""
    if isinstance(number, int):
        return str(number) if number.bit_length() < 12000 else format(Decimal(number), "f")
    _check(number)
    return format(number, "f")


def add(left: Number, right: Number) -> Number:
    if isinstance(left, int) and isinstance(right, int):
        return normalise(left + right)
    return _from_fraction(binary(left) + binary(right))


def negate(number: Number) -> Number:
    """The number with the other sign. Python's own minus would round a Decimal."""
    return -number if isinstance(number, int) else number.copy_negate()


def magnitude(number: Number) -> Number:
    return negate(number) if number < 0 else number


def subtract(left: Number, right: Number) -> Number:
    return add(left, negate(right))


def multiply(left: Number, right: Number) -> Number:
    if isinstance(left, int) and isinstance(right, int):
        return normalise(left * right)
    return _from_fraction(binary(left) * binary(right))


def divide(left: Number, right: Number) -> Number:
    """The quotient. ZeroDivisionError when `right` is zero."""
    if isinstance(left, int) and isinstance(right, int) and left % right == 0:
        return normalise(left // right)
    return _from_fraction(binary(left) / binary(right))


def modulo(left: Number, right: Number) -> Number:
    """What is left of `left` once `right` is taken out a whole number of times, rounding towards zero.

    ZeroDivisionError when `right` is zero.
    """
    if isinstance(left, int) and isinstance(right, int):
        remainder = abs(left) % abs(right)
        return -remainder if left < 0 else remainder
    times = int(binary(divide(left, right)))
    return _from_fraction(binary(left) - round_binary(binary(right) * times))


def floor(number: Number) -> int:
    return number if isinstance(number, int) else _floor(binary(number))


def ceil(number: Number) -> int:
    return -floor(negate(number))


def from_float(number: float) -> Number:
    """A 64-bit float, as what Terraform computes in those comes back. NumberLimit for infinities and NaN."""
    return normalise(Decimal(repr(number)))


def binary(number: Number) -> Fraction:
    """The exact value that Terraform holds for a number."""
    return _exact(number) if isinstance(number, int) else round_binary(_exact(number))


def round_binary(value: Fraction) -> Fraction:
    """The nearest value with 512 significant bits, ties to even."""
    if not value:
        return value
    mantissa, exponent = _mantissa(abs(value.numerator), value.denominator)
    rounded = _exact(mantissa) * _exact(2) ** exponent
    return -rounded if value < 0 else rounded


def _mantissa(numerator: int, denominator: int) -> tuple[int, int]:
    shift = PRECISION - numerator.bit_length() + denominator.bit_length()
    if (numerator << shift if shift >= 0 else numerator) >> PRECISION >= (
        denominator if shift >= 0 else denominator << -shift
    ):
        shift -= 1
    scaled, divisor = (numerator << shift, denominator) if shift >= 0 else (numerator, denominator << -shift)
    quotient, remainder = divmod(scaled, divisor)
    if 2 * remainder > divisor or (2 * remainder == divisor and quotient & 1):
        quotient += 1
    return quotient, -shift


def _check(number: Decimal) -> None:
    if number and abs(number.adjusted()) > MAX_EXPONENT:
        raise NumberLimit


def _exact(number: Number) -> Fraction:
    from fractions import Fraction

    if not isinstance(number, int):
        _check(number)
    return Fraction(number)


def _integral(number: Decimal) -> Number:
    if not number:
        return 0
    _check(number)
    if number == number.to_integral_value(context=_EXACT):
        return int(number)
    return number.normalize(_EXACT)


def _from_fraction(value: Fraction) -> Number:
    if not value:
        return 0
    if value.denominator == 1 and value.numerator.bit_length() <= PRECISION:
        return value.numerator
    mantissa, exponent = _mantissa(abs(value.numerator), value.denominator)
    shortest = _shortest(mantissa, exponent)
    return _integral(shortest.copy_negate() if value < 0 else shortest)


def _shortest(mantissa: int, exponent: int) -> Decimal:
    """The shortest decimal that rounds to `mantissa * 2**exponent`; of several, the nearest."""
    lower = 4 * mantissa - (1 if mantissa == 1 << (PRECISION - 1) else 2)
    upper = 4 * mantissa + 2
    exponent -= 2
    exact = 4 * mantissa
    ten = 0
    if exponent >= 0:
        exact, lower, upper = exact << exponent, lower << exponent, upper << exponent
    else:
        ten = exponent
        exact, lower, upper = (bound * 5**-exponent for bound in (exact, lower, upper))
    is_inclusive = mantissa % 2 == 0
    digits = len(str(exact)) if exact.bit_length() < 12000 else Decimal(exact).adjusted() + 1

    def fits(count: int) -> int | None:
        unit: int = 10 ** max(digits - count, 0)
        down = exact - exact % unit
        up = down + unit
        is_down = down >= lower if is_inclusive else down > lower
        is_up = up <= upper if is_inclusive else up < upper
        if is_down and is_up:
            rest = 2 * (exact - down)
            return up if rest > unit or (rest == unit and (down // unit) % 2) else down
        return down if is_down else up if is_up else None

    low, high = 1, digits
    while low < high:
        middle = (low + high) // 2
        if fits(middle) is None:
            low = middle + 1
        else:
            high = middle
    found = fits(low)
    return Decimal(exact if found is None else found).scaleb(ten, _EXACT)
