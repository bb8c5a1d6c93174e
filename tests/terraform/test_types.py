"""Conversion, defaults and common types."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sglint.model.location import Location, Step
from sglint.model.values import Alternative, Conditional, Data, Unknown, Value, When
from sglint.terraform.conversion import ConversionError, convert
from sglint.terraform.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    SetOf,
    TupleOf,
    Type,
    name,
    typeof,
)
from sglint.terraform.unification import unify
from sglint.terraform.values import ListItems, MapEntries, SetItems

AT = Location("main.tf", 1, 1, 1, 2)
UNKNOWN = Unknown("aws_vpc.a.id", "aws_vpc.a.id")


def value(data: Data) -> Value:
    return Value(data, AT)


def items(*data: Data) -> tuple[Value, ...]:
    return tuple(map(value, data))


def plain(converted: Value) -> object:
    """The data with its kinds, without places."""
    data = converted.data
    if isinstance(data, tuple):
        return (type(data), [plain(item) for item in data])
    if isinstance(data, dict):
        return (type(data), {key: plain(item) for key, item in data.items()})
    return data


@pytest.mark.parametrize(
    ("data", "want", "expected"),
    [
        (5, STRING, "5"),
        (Decimal("0.5"), STRING, "0.5"),
        (True, STRING, "true"),
        ("0x", ANY, "0x"),
        ("12.50", NUMBER, Decimal("12.5")),
        ("1", BOOL, True),
        ("false", BOOL, False),
        (None, NUMBER, None),
        (UNKNOWN, NUMBER, UNKNOWN),
        (items("b", "a", "b"), SetOf(STRING), (SetItems, ["a", "b"])),
        (items(1, "a"), ListOf(ANY), (ListItems, ["1", "a"])),
        (items(1, UNKNOWN), ListOf(STRING), (ListItems, ["1", UNKNOWN])),
        (items(1, None), ListOf(STRING), (ListItems, ["1", None])),
        (SetItems(items("a")), ListOf(STRING), (ListItems, ["a"])),
        ({"b": value(1), "a": value(True)}, MapOf(STRING), (MapEntries, {"a": "true", "b": "1"})),
        (items("1", 2), TupleOf((NUMBER, STRING)), (tuple, [1, "2"])),
        ({"a": value("1"), "extra": value(1)}, ObjectOf({"a": NUMBER}), (dict, {"a": 1})),
        (MapEntries(a=value("1")), ObjectOf({"a": NUMBER}), (dict, {"a": 1})),
        ({}, ObjectOf({"a": NUMBER}, frozenset("a")), (dict, {"a": None})),
        (items({"a": value(1)}, {"a": value("x")}), ListOf(ANY), (ListItems, [(dict, {"a": "1"}), (dict, {"a": "x"})])),
    ],
)
def test_conversion(data: Data, want: Type, expected: object) -> None:
    assert plain(convert(value(data), want)) == expected


@pytest.mark.parametrize(
    ("data", "want", "message", "path"),
    [
        ("x", NUMBER, "a number is required", ""),
        ("True", BOOL, 'a bool is required; to convert from string, use lowercase "true"', ""),
        (True, NUMBER, "number required", ""),
        (1, BOOL, "bool required", ""),
        ("x", ListOf(STRING), "list of string required", ""),
        (items(items("a")), ListOf(STRING), "element 0: string required", ""),
        (items("a"), ListOf(NUMBER), "a number is required", "[0]"),
        (items(1, items(2)), ListOf(ANY), "all list elements must have the same type", ""),
        ({"k": value("x")}, MapOf(NUMBER), "a number is required", '["k"]'),
        ({}, ObjectOf({"a": STRING}), 'attribute "a" is required', ""),
        ({}, ObjectOf({"a": STRING, "b": STRING}), 'attributes "a" and "b" are required', ""),
        ({}, ObjectOf(dict.fromkeys("abc", STRING)), 'attributes "a", "b", and "c" are required', ""),
        ({"a": value(items())}, ObjectOf({"a": STRING}), 'attribute "a": string required', ""),
        (MapEntries(), ObjectOf({"a": STRING}), 'map has no element for required attribute "a"', ""),
        (items(1), TupleOf((NUMBER, NUMBER)), "tuple required", ""),
        (items({"a": value("x")}), ListOf(ObjectOf({"a": NUMBER})), "a number is required", "[0].a"),
    ],
)
def test_conversions_that_fail(data: Data, want: Type, message: str, path: str) -> None:
    with pytest.raises(ConversionError) as failure:
        convert(value(data), want)
    assert (failure.value.message, failure.value.path) == (message, path)


def test_items_keep_their_places_and_evidence() -> None:
    place = Location("main.tf", 7, 3, 7, 9)
    item = Value(80, place, (Step("var.port", AT),))
    converted = convert(Value((item,), AT), ListOf(STRING))
    assert converted.items() == (Value("80", place, item.evidence),)


def test_defaults_stand_in_for_what_is_missing_or_null_at_every_depth() -> None:
    inner = ObjectOf({"port": NUMBER, "name": STRING}, frozenset({"port", "name"}), {"port": value(443)})
    want = MapOf(ObjectOf({"rule": inner}, frozenset({"rule"}), {"rule": value({})}))
    given = {"a": value({}), "b": value({"rule": value({"port": value(None)})}), "c": value(None)}
    filled = (dict, {"port": 443, "name": None})
    assert plain(convert(value(given), want)) == (
        MapEntries,
        {"a": (dict, {"rule": filled}), "b": (dict, {"rule": filled}), "c": None},
    )


def test_alternatives_are_converted_each() -> None:
    one, other = When((("c", "true"),)), When((("c", "false"),))
    both = Conditional((Alternative(one, value("80")), Alternative(other, value("x"))))
    converted = convert(value(both), NUMBER).data
    assert isinstance(converted, Conditional)
    assert [alternative.value.data for alternative in converted.alternatives] == [
        80,
        Unknown("number", "a number is required"),
    ]
    with pytest.raises(ConversionError):
        convert(value(both), ListOf(NUMBER))


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ((NUMBER, STRING), STRING),
        ((NUMBER, BOOL), None),
        ((BOOL, NUMBER, STRING), STRING),
        ((ANY, NUMBER), NUMBER),
        ((), ANY),
        ((TupleOf((NUMBER,)), TupleOf((STRING,))), TupleOf((STRING,))),
        ((TupleOf((NUMBER,)), TupleOf((STRING, STRING))), ListOf(STRING)),
        ((TupleOf(()), ListOf(STRING)), ListOf(STRING)),
        ((ListOf(NUMBER), SetOf(STRING)), ListOf(NUMBER)),
        ((ObjectOf({"a": NUMBER}), ObjectOf({"a": STRING})), ObjectOf({"a": STRING})),
        ((ObjectOf({"a": NUMBER}), ObjectOf({"b": STRING})), MapOf(STRING)),
        ((ObjectOf({}), MapOf(STRING)), MapOf(STRING)),
        ((ObjectOf({}), TupleOf(())), None),
        ((STRING, ListOf(STRING)), None),
    ],
)
def test_common_types(types: tuple[Type, ...], expected: Type | None) -> None:
    assert unify(types) == expected


def test_types_that_values_show() -> None:
    assert typeof(value(items(1, None, UNKNOWN))) == TupleOf((NUMBER, ANY, ANY))
    assert typeof(value(ListItems(items(None, "a")))) == ListOf(STRING)
    assert typeof(value(ListItems())) == ListOf(ANY)
    nested = ListItems(items({"a": value(None)}, {"a": value(1)}))
    assert typeof(value(nested)) == ListOf(ObjectOf({"a": NUMBER}))


def test_names() -> None:
    assert name(ListOf(MapOf(STRING))) == "list of map of string"
    assert name(SetOf(ANY)) == "set of any single type"
    assert name(ANY) == "any type"
