"""Functions that convert between types, and those that only mark a value."""

from __future__ import annotations

from sglint.model.values import Unknown, Value
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.functions.calling import Implementation, Invocation, Rejected
from sglint.terraform.quoting import go_quote
from sglint.terraform.types import ANY, BOOL, NUMBER, STRING, ListOf, MapOf, SetOf, Type, name, name_of

_BOOL_HINT = 'only the strings "true" or "false" are allowed'
_NUMBER_HINT = "given string must be a decimal representation of a number"


def _to(want: Type) -> Implementation:
    def convert_argument(invocation: Invocation) -> Value:
        value = invocation.arguments[0]
        if isinstance(value.data, Unknown):
            return value
        try:
            return convert(value, want)
        except ConversionError:
            raise Rejected(_reason(value, want), 0) from None

    return convert_argument


def _reason(value: Value, want: Type) -> str:
    got = name_of(value)
    if isinstance(value.data, str) and want is BOOL:
        return f"cannot convert {go_quote(value.data)} to bool; {_BOOL_HINT}"
    if isinstance(value.data, str) and want is NUMBER:
        return f"cannot convert {go_quote(value.data)} to number; {_NUMBER_HINT}"
    return f"cannot convert {got} to {name(want)}"


def _same(invocation: Invocation) -> Value:
    return invocation.arguments[0]


IMPLEMENTATIONS: dict[str, Implementation] = {
    "ephemeralasnull": _same,
    "nonsensitive": _same,
    "sensitive": _same,
    "tobool": _to(BOOL),
    "tolist": _to(ListOf(ANY)),
    "tomap": _to(MapOf(ANY)),
    "tonumber": _to(NUMBER),
    "toset": _to(SetOf(ANY)),
    "tostring": _to(STRING),
}
