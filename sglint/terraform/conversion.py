"""Conversion of values to types by Terraform's rules, with the defaults of optional attributes.

An unknown value converts to anything, since its type is not known here.
"""

from __future__ import annotations

from decimal import Decimal

from sglint.model.location import Location
from sglint.model.values import Alternative, Conditional, Data, Unknown, Value
from sglint.terraform import numbers
from sglint.terraform.quoting import go_quote
from sglint.terraform.types import (
    ANY,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    TupleOf,
    Type,
    name,
    typeof,
)
from sglint.terraform.unification import element_of, is_convertible, mismatch
from sglint.terraform.values import ListItems, MapEntries, set_of


class ConversionError(ValueError):
    """A value that cannot become the wanted type. `path` leads to the part at fault: `[0].port`, `["a"]`."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path


def convert(value: Value, want: Type) -> Value:
    """The value as the wanted type, defaults of optional attributes filled in. ConversionError when it cannot be.

    Items keep their own places and evidence. Of a Conditional, an alternative that cannot be converted becomes
    Unknown by its message, unless none can.
    """
    if want is ANY:
        return value
    data = value.data
    if data is None or isinstance(data, Unknown) or (want is STRING and isinstance(data, str)):
        return value
    if isinstance(data, Conditional):
        return _convert_alternatives(value, data, want)
    filled = fill_defaults(value, want)
    got = typeof(filled)
    if not is_convertible(got, want):
        raise ConversionError(mismatch(got, want))
    return _convert(filled, _resolve(got, want), "")


def _convert_alternatives(value: Value, data: Conditional, want: Type) -> Value:
    converted: list[Alternative] = []
    failure: ConversionError | None = None
    successes = 0
    for alternative in data.alternatives:
        try:
            converted.append(Alternative(alternative.when, convert(alternative.value, want)))
            successes += 1
        except ConversionError as error:
            failure = error
            blocked = Unknown(name(want), error.message)
            converted.append(
                Alternative(alternative.when, Value(blocked, alternative.value.location, alternative.value.evidence))
            )
    if failure is not None and not successes:
        raise failure
    return Value(Conditional(tuple(converted)), value.location, value.evidence)


def _convert(value: Value, want: Type, path: str) -> Value:
    """`want` is fully resolved, and known to be possible for the value's type."""
    data = value.data
    if want is ANY or data is None or isinstance(data, Unknown):
        return value
    if isinstance(data, Conditional):
        return convert(value, want)
    converted = _convert_data(data, want, value.location, path)
    return value if converted is data else Value(converted, value.location, value.evidence)


def _convert_data(data: Data, want: Type, place: Location, path: str) -> Data:
    match want:
        case Primitive():
            return _convert_primitive(data, want, path)
        case ListOf(element) if isinstance(data, tuple):
            return ListItems(_convert(item, element, f"{path}[{index}]") for index, item in enumerate(data))
        case SetOf(element) if isinstance(data, tuple):
            return set_of(_convert(item, element, f"{path}[{index}]") for index, item in enumerate(data))
        case MapOf(element) if isinstance(data, dict):
            return MapEntries((key, _convert(data[key], element, f"{path}[{go_quote(key)}]")) for key in sorted(data))
        case TupleOf(elements) if isinstance(data, tuple) and len(data) == len(elements):
            return tuple(
                _convert(item, element, f"{path}[{index}]")
                for index, (item, element) in enumerate(zip(data, elements, strict=True))
            )
        case ObjectOf() if isinstance(data, dict):
            return _convert_object(data, want, place, path)
    raise ConversionError(f"{name(want)} required", path)


def _convert_object(data: dict[str, Value], want: ObjectOf, place: Location, path: str) -> dict[str, Value]:
    converted: dict[str, Value] = {}
    for key, attribute in want.attributes.items():
        if key in data:
            converted[key] = _convert(data[key], attribute, f"{path}.{key}")
        elif key in want.optional:
            converted[key] = Value(None, place)
        elif isinstance(data, MapEntries):
            raise ConversionError(f"map has no element for required attribute {go_quote(key)}", path)
        else:
            raise ConversionError(f"attribute {go_quote(key)} is required", path)
    return converted


def _convert_primitive(data: Data, want: Primitive, path: str) -> Data:
    if want is STRING:
        if isinstance(data, str):
            return data
        if isinstance(data, bool):
            return "true" if data else "false"
        if isinstance(data, (int, Decimal)):
            return numbers.text(data)
    elif want is NUMBER:
        if isinstance(data, (int, Decimal)) and not isinstance(data, bool):
            return data
        if isinstance(data, str):
            return _number(data, path)
    elif isinstance(data, bool):
        return data
    elif isinstance(data, str):
        return _bool(data, path)
    raise ConversionError(f"{name(want)} required", path)


def _number(text: str, path: str) -> Data:
    try:
        parsed = numbers.parse(text)
    except numbers.NumberLimit as error:
        raise ConversionError(str(error), path) from None
    if parsed is None:
        raise ConversionError("a number is required", path)
    return parsed


def _bool(text: str, path: str) -> bool:
    if text in ("true", "1"):
        return True
    if text in ("false", "0"):
        return False
    if text.lower() in ("true", "false"):
        raise ConversionError(f'a bool is required; to convert from string, use lowercase "{text.lower()}"', path)
    raise ConversionError("a bool is required", path)


def fill_defaults(value: Value, want: Type) -> Value:
    """The value with the defaults of optional attributes in place of what is missing or null, at every depth.

    What is itself null or unknown is left alone. The shape is not checked: that is for the conversion that follows.
    """
    if not _has_defaults(want):
        return value
    data = value.data
    filled: Data
    match want:
        case ListOf(element) | SetOf(element) | MapOf(element):
            filled = _fill_items(data, element)
        case TupleOf(elements) if isinstance(data, tuple):
            kept = [fill_defaults(item, element) for item, element in zip(data, elements, strict=False)]
            filled = (*kept, *data[len(kept) :])
        case ObjectOf(attributes, _, defaults) if isinstance(data, dict):
            members = dict(data)
            for key, default in defaults.items():
                if key not in members or members[key].data is None:
                    members[key] = default
            filled = {
                key: fill_defaults(member, attributes[key]) if key in attributes else member
                for key, member in members.items()
            }
        case _:
            return value
    return Value(filled, value.location, value.evidence)


def _fill_items(data: Data, element: Type) -> Data:
    if isinstance(data, tuple):
        return tuple(fill_defaults(item, element) for item in data)
    if isinstance(data, dict):
        return {key: fill_defaults(item, element) for key, item in data.items()}
    return data


def _has_defaults(want: Type) -> bool:
    match want:
        case ListOf(element) | SetOf(element) | MapOf(element):
            return _has_defaults(element)
        case TupleOf(elements):
            return any(map(_has_defaults, elements))
        case ObjectOf(attributes, _, defaults):
            return bool(defaults) or any(map(_has_defaults, attributes.values()))
    return False


def _resolve(got: Type, want: Type) -> Type:
    """The wanted type with each ANY in it replaced by what the value's type shows."""
    match want:
        case Primitive():
            return got if want is ANY else want
        case ListOf(element):
            return ListOf(_resolve(element_of(got), element))
        case SetOf(element):
            return SetOf(_resolve(element_of(got), element))
        case MapOf(element):
            return MapOf(_resolve(element_of(got), element))
        case TupleOf(elements) if isinstance(got, TupleOf):
            return TupleOf(tuple(_resolve(*pair) for pair in zip(got.elements, elements, strict=True)))
        case ObjectOf(attributes, optional):
            resolved: dict[str, Type] = {}
            for key, attribute in attributes.items():
                known = got.attributes.get(key, ANY) if isinstance(got, ObjectOf) else element_of(got)
                resolved[key] = _resolve(known, attribute)
            return ObjectOf(resolved, optional)
    return want
