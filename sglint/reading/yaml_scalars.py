"""What a plain YAML scalar stands for, by YAML 1.1's types (https://yaml.org/type/), timestamps left as text."""

from __future__ import annotations

import re
from typing import TypeAlias

Value: TypeAlias = None | bool | int | float | str

_NULL = frozenset(["", "~", "null", "Null", "NULL"])
_BOOL = {
    form: value
    for word, value in (("yes", True), ("on", True), ("true", True), ("no", False), ("off", False), ("false", False))
    for form in (word, word.capitalize(), word.upper())
}
_NUMBER_START = frozenset("-+.0123456789")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,999})")
_INT = re.compile(r"([-+]?)(?:0b([01_]+)|0x([0-9a-fA-F_]+)|0([0-7_]+)|([1-9][0-9_]*(?::[0-5]?[0-9])*))")
_BASES = (2, 16, 8)
_FLOAT = re.compile(
    r"([-+]?)([0-9][0-9_]*(?::[0-5]?[0-9])*)(\.[0-9_]*)((?:[eE][-+][0-9]+)?)|(\.[0-9_]+(?:[eE][-+][0-9]+)?)"
)
_INFINITY = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
_NAN = frozenset([".nan", ".NaN", ".NAN"])


def resolve(text: str) -> Value:
    """The value of a plain scalar: `012` is 10 and `22:22` is 1342, while `0o12`, `1e3` and `2012-10-17` are text."""
    if text in _NULL:
        return None
    if text[0] not in _NUMBER_START:
        return _BOOL.get(text, text)
    if _DECIMAL.fullmatch(text):
        return int(text)
    try:
        number = _number(text)
    except ValueError:  # only underscores, or more digits than Python converts
        return text
    return text if number is None else number


def typed(tag: str, text: str) -> Value:
    """The value of a scalar with a tag of YAML's own, as in `!!int "3"`; its text where the tag asks for no less."""
    value = resolve(text) if tag in ("null", "bool", "int", "float") else text
    return float(value) if tag == "float" and type(value) is int else value


def _number(text: str) -> int | float | None:
    if match := _INT.fullmatch(text):
        sign, *based, decimal = match.groups()
        for digits, base in zip(based, _BASES, strict=True):
            if digits:
                return int(sign + digits.replace("_", ""), base)
        return int(sign + "1") * _sixties(decimal)
    if match := _FLOAT.fullmatch(text):
        sign, whole, fraction, exponent, only_fraction = match.groups()
        if only_fraction:
            return float(only_fraction.replace("_", ""))
        return float(f"{sign}{_sixties(whole)}{fraction.replace('_', '')}{exponent}")
    if match := _INFINITY.fullmatch(text):
        return float(match[1] + "inf")
    return float("nan") if text in _NAN else None


def _sixties(text: str) -> int:
    """`22:22` in base sixty; without a colon, just the number."""
    total = 0
    for digits in text.replace("_", "").split(":"):
        total = total * 60 + int(digits)
    return total
