"""Functions on numbers."""

from __future__ import annotations

import math
from decimal import Decimal

from sglint.model.values import Value
from sglint.terraform import numbers
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.functions.calling import Implementation, Invocation, Rejected, Undecidable
from sglint.terraform.functions.floats import natural_logarithm, raised
from sglint.terraform.quoting import go_quote
from sglint.terraform.types import NUMBER, name_of
from sglint.terraform.values import ListItems, evidence_of

_RANGE_LIMIT = 1024
"""Terraform's own bound for `range`."""

_NOT_A_NUMBER = "the result is not a number"
_INFINITE = "an infinite number, which is not computed with"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def integer(invocation: Invocation, index: int) -> int:
    """A number argument that must be a whole 64-bit number. Rejected, without saying which argument, otherwise."""
    number = invocation.number(index)
    if isinstance(number, Decimal) or not -(2**63) <= number < 2**63:
        raise Rejected("value must be a whole number, between -9223372036854775808 and 9223372036854775807")
    return number


def _absolute(invocation: Invocation) -> Value:
    return invocation.result(numbers.magnitude(invocation.number(0)))


def _ceil(invocation: Invocation) -> Value:
    return invocation.result(numbers.ceil(invocation.number(0)))


def _floor(invocation: Invocation) -> Value:
    return invocation.result(numbers.floor(invocation.number(0)))


def _signum(invocation: Invocation) -> Value:
    number = integer(invocation, 0)
    return invocation.result((number > 0) - (number < 0))


def _float(invocation: Invocation, index: int) -> float:
    try:
        return float(invocation.number(index))
    except OverflowError:
        return math.inf if invocation.number(index) > 0 else -math.inf


def _log(invocation: Invocation) -> Value:
    number, base = _float(invocation, 0), _float(invocation, 1)
    if number < 0 or base < 0 or number == base == 0 or number == base == 1:
        raise Rejected(_NOT_A_NUMBER)
    if base == 1 or math.isinf(number) or math.isinf(base):
        raise Undecidable(_INFINITE)
    return _from_float(invocation, _natural(number) / _natural(base))


def _natural(number: float) -> float:
    return -math.inf if number == 0 else natural_logarithm(number)


def _power(invocation: Invocation) -> Value:
    number, power = _float(invocation, 0), _float(invocation, 1)
    if number < 0 and math.isfinite(power) and power != int(power):
        raise Rejected(_NOT_A_NUMBER)
    try:
        return _from_float(invocation, raised(number, power))
    except (OverflowError, ZeroDivisionError, ValueError):
        raise Undecidable(_INFINITE) from None


def _from_float(invocation: Invocation, number: float) -> Value:
    if math.isnan(number):
        raise Rejected(_NOT_A_NUMBER)
    if math.isinf(number):
        raise Undecidable(_INFINITE)
    return invocation.result(numbers.from_float(number))


def _maximum(invocation: Invocation) -> Value:
    if not invocation.arguments:
        raise Rejected("must pass at least one number")
    return invocation.result(max(invocation.number(index) for index in range(len(invocation.arguments))))


def _minimum(invocation: Invocation) -> Value:
    if not invocation.arguments:
        raise Rejected("must pass at least one number")
    return invocation.result(min(invocation.number(index) for index in range(len(invocation.arguments))))


def _parse_integer(invocation: Invocation) -> Value:
    text = invocation.data(0)
    if not isinstance(text, str):
        raise Rejected(f"first argument must be a string, not {name_of(invocation.arguments[0])}", 0)
    try:
        base = integer(invocation, 1)
    except Rejected as error:
        raise Rejected(error.reason, 1) from None
    if not 2 <= base <= 62:
        raise Rejected("base must be a whole number between 2 and 62 inclusive", 1)
    digits = text[1:] if text[:1] in ("+", "-") else text
    result = 0
    for digit in digits:
        value = _DIGITS.find(digit.lower() if base <= 36 else digit)
        if not 0 <= value < base or not digit.isascii():
            break
        result = result * base + value
    else:
        if digits:
            return invocation.result(numbers.normalise(-result if text[0] == "-" else result))
    raise Rejected(f"cannot parse {go_quote(text)} as a base {base} integer", 0)


def _range(invocation: Invocation) -> Value:
    count = len(invocation.arguments)
    if not 1 <= count <= 3:
        raise Rejected("must have one, two, or three arguments")
    given = [invocation.number(index) for index in range(count)]
    start: numbers.Number = given[0] if count > 1 else 0
    end = given[1] if count > 1 else given[0]
    step: numbers.Number = given[2] if count == 3 else -1 if end < start else 1
    if step < 0 and end > start:
        raise Rejected("end must be less than start when step is negative", 1)
    if step >= 0 and end < start:
        raise Rejected("end must be greater than start when step is positive", 1)
    found: list[Value] = []
    evidence = evidence_of(invocation.arguments)
    number = start
    # A step of zero runs into the limit, as it does in Terraform.
    while number > end if step < 0 else number < end:
        if len(found) >= _RANGE_LIMIT:
            raise Rejected(
                f"more than {_RANGE_LIMIT} values were generated; either decrease the difference between start and "
                "end or use a smaller step"
            )
        found.append(Value(number, invocation.location, evidence))
        number = numbers.add(number, step)
    return invocation.collected(ListItems(found))


_NOT_NUMBERS = "argument must be list, set, or tuple of number values"


def _sum(invocation: Invocation) -> Value:
    data = invocation.data(0)
    if not isinstance(data, (tuple, dict)):
        raise Rejected("cannot sum noniterable", 0)
    if not data:
        raise Rejected("cannot sum an empty list", 0)
    if isinstance(data, dict):
        raise Rejected(f"argument must be list, set, or tuple. Received {name_of(invocation.arguments[0])}", 0)
    total: numbers.Number = 0
    for item in data:
        try:
            number = convert(item, NUMBER).data
        except ConversionError:
            raise Rejected(_NOT_NUMBERS, 0) from None
        if isinstance(number, bool) or not isinstance(number, (int, Decimal)):
            raise Rejected(_NOT_NUMBERS, 0)
        total = numbers.add(total, number)
    return invocation.result(total)


IMPLEMENTATIONS: dict[str, Implementation] = {
    "abs": _absolute,
    "ceil": _ceil,
    "floor": _floor,
    "log": _log,
    "max": _maximum,
    "min": _minimum,
    "parseint": _parse_integer,
    "pow": _power,
    "range": _range,
    "signum": _signum,
    "sum": _sum,
}
