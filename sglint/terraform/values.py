"""Terraform's kinds of values on top of the model's, and what makes two of them equal.

A plain tuple is Terraform's tuple and a plain dict its object; lists, sets and maps are the subclasses here. A null
is None, of whatever type. Numbers are int or Decimal (see `numbers`), and a bool is no number. Element types are not
kept: those of a collection are what its items show.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal
from functools import cmp_to_key

from sglint.model.location import Evidence, Location
from sglint.model.values import Conditional, Data, Unknown, Value, combinations
from sglint.terraform import numbers

MAX_EVIDENCE = 8
"""How many steps a value computed from several others keeps of their evidence."""


class ListItems(tuple[Value, ...]):
    """The items of a list."""

    __slots__ = ()


class SetItems(tuple[Value, ...]):
    """The items of a set, unique and in Terraform's order. Build with `set_of`."""

    __slots__ = ()


class MapEntries(dict[str, Value]):
    """The entries of a map, by key."""

    __slots__ = ()


def literal(data: None | bool | int | Decimal | str) -> Data:
    """What is written, as Terraform holds it: numbers of 512 bits, text in Unicode's normal form C."""
    if isinstance(data, str):
        return normalised(data)
    return data if data is None or isinstance(data, bool) else numbers.normalise(data)


def normalised(text: str) -> str:
    """The text in Unicode's normal form C."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFC", text)


def is_number(data: Data) -> bool:
    return isinstance(data, (int, Decimal)) and not isinstance(data, bool)


def kind(data: Data) -> str:
    """The kind in Terraform's words: string, number, bool, tuple, list, set, object, map, null, unknown."""
    if data is None:
        return "null"
    if isinstance(data, str):
        return "string"
    if isinstance(data, bool):
        return "bool"
    if isinstance(data, (int, Decimal)):
        return "number"
    if isinstance(data, tuple):
        return "list" if isinstance(data, ListItems) else "set" if isinstance(data, SetItems) else "tuple"
    if isinstance(data, dict):
        return "map" if isinstance(data, MapEntries) else "object"
    return "unknown"


def first_unknown(*values: Value) -> Unknown | None:
    """The first thing in these values, at any depth, that is not decided."""
    for value in values:
        data = value.data
        if isinstance(data, Unknown):
            return data
        if isinstance(data, Conditional):
            when = data.alternatives[0].when
            names = ", ".join(name for name, _ in when.choices)
            return Unknown(names or "a condition", names or "a condition")
        if isinstance(data, (tuple, dict)):
            found = first_unknown(*(data.values() if isinstance(data, dict) else data))
            if found is not None:
                return found
    return None


def unknown_from(cause: Unknown, location: Location, expression: str, evidence: Evidence = ()) -> Value:
    """The unknown result of `expression`, blocked by what blocks `cause`."""
    return Value(Unknown(expression, cause.blocked_by), location, evidence)


def evidence_of(values: Iterable[Value]) -> Evidence:
    """The evidence of a value computed from others: each step once, the first few."""
    steps = dict.fromkeys(step for value in values for step in value.evidence)
    return tuple(steps)[:MAX_EVIDENCE]


def identity(data: Data) -> Hashable | None:
    """A key that two wholly known values share exactly when Terraform's `==` holds; None if any part is unknown."""
    if data is None:
        return ("null",)
    if isinstance(data, (str, bool, int, Decimal)):
        return (kind(data), data)
    if isinstance(data, tuple):
        parts = [identity(item.data) for item in data]
        if None in parts:
            return None
        return (kind(data), frozenset(parts) if isinstance(data, SetItems) else tuple(parts))
    if isinstance(data, dict):
        members = [(key, identity(item.data)) for key, item in data.items()]
        if any(member is None for _, member in members):
            return None
        return (kind(data), frozenset(members))
    return None


def equal(left: Value, right: Value) -> bool | Unknown:
    """Terraform's `==`: types must match too, nulls of any type are equal.

    An Unknown (what blocks the answer) when parts that are not decided could make the difference. The values
    themselves are best not Conditional: lift first, so that the answer can be one too.
    """
    one, other = left.data, right.data
    if isinstance(one, Conditional) or isinstance(other, Conditional):
        return _equal_alternatives(left, right)
    if isinstance(one, Unknown):
        return one
    if isinstance(other, Unknown):
        return other
    if kind(one) != kind(other):
        return False
    if isinstance(one, SetItems) and isinstance(other, SetItems):
        return _equal_sets(one, other, left, right)
    if isinstance(one, tuple) and isinstance(other, tuple):
        if len(one) != len(other):
            return False
        return _every(zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return False
        return _every((value, other[key]) for key, value in one.items())
    return one == other


def _every(pairs: Iterable[tuple[Value, Value]]) -> bool | Unknown:
    undecided: Unknown | None = None
    for left, right in pairs:
        answer = equal(left, right)
        if answer is False:
            return False
        if isinstance(answer, Unknown):
            undecided = undecided or answer
    return True if undecided is None else undecided


def _equal_sets(one: SetItems, other: SetItems, left: Value, right: Value) -> bool | Unknown:
    undecided = first_unknown(left, right)
    if undecided is not None:
        return undecided
    return identity(one) == identity(other)


def _equal_alternatives(left: Value, right: Value) -> bool | Unknown:
    answers = [equal(*pair) for _, pair in combinations((left, right))]
    if all(answer is True for answer in answers):
        return True
    if answers and all(answer is False for answer in answers):
        return False
    return next(
        (answer for answer in answers if isinstance(answer, Unknown)),
        first_unknown(left, right) or Unknown("a condition", "a condition"),
    )


# ---- sets


def set_of(items: Iterable[Value]) -> SetItems:
    """A set of these items, duplicates dropped (the first of each stays), in the order in which Terraform shows sets.

    Strings and numbers ascend, false comes before true; null follows, then what is unknown. Terraform promises no
    order for compound items; this is the one it has.
    """
    unique: dict[Hashable, Value] = {}
    for item in items:
        key = identity(item.data)
        unique.setdefault(("unknown", len(unique)) if key is None else key, item)
    return SetItems(sorted(unique.values(), key=_SET_ORDER))


def _set_rank(data: Data) -> int:
    return 1 if data is None else 2 if isinstance(data, (Unknown, Conditional)) else 0


def _compare_items(left: Value, right: Value) -> int:
    one, other = left.data, right.data
    ranks = _set_rank(one), _set_rank(other)
    if ranks != (0, 0):
        return ranks[0] - ranks[1]
    if isinstance(one, str) and isinstance(other, str):
        first, second = one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass")
        return (first > second) - (first < second)
    if isinstance(one, (int, Decimal)) and isinstance(other, (int, Decimal)):
        return (one > other) - (one < other)
    key, other_key = _hash_text(one).encode("utf-8"), _hash_text(other).encode("utf-8")
    return (key > other_key) - (key < other_key)


_SET_ORDER = cmp_to_key(_compare_items)


def _hash_text(data: Data) -> str:
    """What cty writes of a value to hash it (set_internals.go); compound items of a set stand in its order."""
    if data is None:
        return "~"
    if isinstance(data, bool):
        return "T" if data else "F"
    if isinstance(data, str):
        from sglint.terraform.quoting import go_quote

        return go_quote(data)
    if isinstance(data, (int, Decimal)):
        return _ten_digits(data)
    if isinstance(data, MapEntries):
        return "{" + "".join(f"{_hash_text(key)}:{_hash_text(data[key].data)};" for key in sorted(data)) + "}"
    if isinstance(data, (ListItems, SetItems)):
        return "[" + "".join(f"{_hash_text(item.data)};" for item in data) + "]"
    if isinstance(data, dict):
        return "<" + "".join(f"{_hash_text(data[key].data)};" for key in sorted(data)) + ">"
    if isinstance(data, tuple):
        return "<" + "".join(f"{_hash_text(item.data)};" for item in data) + ">"
    return "?"


def _ten_digits(number: numbers.Number) -> str:
    """Go's `Text('g', 10)`."""
    rounded = format(Decimal(number), ".9e")
    mantissa, _, exponent = rounded.partition("e")
    power = int(exponent)
    if -4 <= power < 10:
        plain = format(Decimal(rounded), "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{'-' if power < 0 else '+'}{abs(power):02d}"
