"""Logarithm and power of 64-bit floats, to the last bit as Go's `math` computes them.

Go rounds differently from the C library in the last place. The logarithm is FreeBSD's `e_log.c`, which Go ports; the
power multiplies by repeated squaring.
"""

from __future__ import annotations

import math

_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_L1, _L2, _L3, _L4, _L5, _L6, _L7 = (
    6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01, 2.222219843214978396e-01,
    1.818357216161805012e-01, 1.531383769920937332e-01, 1.479819860511658591e-01,
)  # fmt: skip
_MAX_EXPONENT = 1 << 12


def natural_logarithm(number: float) -> float:
    """The natural logarithm of a positive finite number."""
    fraction, exponent = math.frexp(number)
    if fraction < math.sqrt(2) / 2:
        fraction *= 2
        exponent -= 1
    f = fraction - 1
    s = f / (2 + f)
    s2 = s * s
    s4 = s2 * s2
    t1 = s2 * (_L1 + s4 * (_L3 + s4 * (_L5 + s4 * _L7)))
    t2 = s4 * (_L2 + s4 * (_L4 + s4 * _L6))
    half = 0.5 * f * f
    return exponent * _LN2_HIGH - ((half - (s * (half + t1 + t2) + exponent * _LN2_LOW)) - f)


def raised(number: float, power: float) -> float:
    """The number to the power. ValueError, OverflowError or ZeroDivisionError where the result is not finite."""
    if power == 0 or number == 1:
        return 1.0
    if power == 1:
        return number
    if number == 0:
        return math.pow(number, power)
    if power == 0.5:
        return math.sqrt(number)
    if power == -0.5:
        return 1 / math.sqrt(number)
    part, whole = math.modf(abs(power))
    if (part and number < 0) or whole >= 2**63:
        return math.pow(number, power)
    result, exponent = 1.0, 0
    if part:
        if part > 0.5:
            part -= 1
            whole += 1
        result = math.exp(part * natural_logarithm(number))
    base, base_exponent = math.frexp(number)
    remaining = int(whole)
    while remaining:
        if abs(base_exponent) > _MAX_EXPONENT:
            exponent += base_exponent
            break
        if remaining & 1:
            result *= base
            exponent += base_exponent
        base *= base
        base_exponent *= 2
        if base < 0.5:
            base += base
            base_exponent -= 1
        remaining >>= 1
    if power < 0:
        result, exponent = 1 / result, -exponent
    return math.ldexp(result, exponent)
